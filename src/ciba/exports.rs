//! What JavaScript sees: the class `CIBAClient`, whose methods never throw and whose promises always fulfill.

use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::call::Call;
use super::client::{Client, Email};
use super::code::Code;
use super::end::End;
use super::failure::Failure;
use super::log::Entry;
use super::response::Initiated;
use super::results;
use crate::executor::spawn;
use crate::options::value::Value;
use crate::page::{create_pending, read_clock, to_object};

#[wasm_bindgen(module = "/js/ciba-results.js")]
extern "C" {
    /// The result of a method that failed. It is JavaScript's, because the guard needs it where no instance runs.
    fn failed(method: &str, error: &str, words: &JsValue, remaining: u8) -> JsValue;
}

/// A client of an AuthSec server: docs/contract.md, section B2.
#[wasm_bindgen]
pub struct CIBAClient {
    client: Rc<Client>,
}

/// What a method that succeeds comes to.
enum Success {
    Initiated(Initiated),
    /// A TOTP code may be right without a token.
    Token(Option<String>),
}

/// A method, with its argument beside the email and the options.
enum Method {
    Initiate,
    Poll(JsValue),
    Verify(JsValue),
    Approve,
    Retry,
    FallBack,
}

#[wasm_bindgen]
impl CIBAClient {
    /// A client with these options.
    ///
    /// # Errors
    ///
    /// `TypeError` for an option that is invalid, since that is a mistake in the page's code.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_optional_param_type = "unknown")] options: &JsValue,
    ) -> Result<CIBAClient, JsValue> {
        Ok(CIBAClient { client: Rc::new(Client::new(options)?) })
    }

    /// Sends a push.
    #[wasm_bindgen(js_name = initiateAppApproval)]
    pub fn initiate_app_approval(
        &self,
        email: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "unknown")] options: JsValue,
    ) -> Promise {
        self.start(Method::Initiate, email, options)
    }

    /// Waits for the user's decision.
    #[wasm_bindgen(js_name = pollForApproval)]
    pub fn poll_for_approval(
        &self,
        email: JsValue,
        auth_req_id: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "unknown")] options: JsValue,
    ) -> Promise {
        self.start(Method::Poll(auth_req_id), email, options)
    }

    /// Verifies a TOTP code.
    #[wasm_bindgen(js_name = verifyTotp)]
    pub fn verify_totp(&self, email: JsValue, code: JsValue) -> Promise {
        self.start(Method::Verify(code), email, JsValue::UNDEFINED)
    }

    /// Ends what runs for this email at once, also a poll that is yet to begin, and forgets its wrong codes.
    #[wasm_bindgen(js_name = cancelApproval)]
    pub fn cancel_approval(&self, email: &JsValue) -> JsValue {
        self.client.cancel(&Email::read(email).key);
        to_object(&results::status(&Code::Cancelled))
    }

    /// A push and its poll in one.
    #[wasm_bindgen(js_name = safeAuthenticate)]
    pub fn safe_authenticate(
        &self,
        email: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "unknown")] options: JsValue,
    ) -> Promise {
        self.start(Method::Approve, email, options)
    }

    /// The same, tried again after a failure.
    #[wasm_bindgen(js_name = authenticateWithRetry)]
    pub fn authenticate_with_retry(
        &self,
        email: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "unknown")] options: JsValue,
    ) -> Promise {
        self.start(Method::Retry, email, options)
    }

    /// The same, and then one TOTP code.
    #[wasm_bindgen(js_name = authenticateWithFallback)]
    pub fn authenticate_with_fallback(
        &self,
        email: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "unknown")] options: JsValue,
    ) -> Promise {
        self.start(Method::FallBack, email, options)
    }
}

impl CIBAClient {
    /// Runs a method. Everything up to the first request happens before this returns.
    fn start(&self, method: Method, email: JsValue, options: JsValue) -> Promise {
        let page_call = create_pending();
        let promise = page_call.promise();
        let client = self.client.clone();
        let start = read_clock();
        spawn(async move {
            let email = Email::read(&email);
            let mut requests = 0;
            let outcome = match Call::new(&client, &email, &options, method.is_cancelable()) {
                Ok(call) => {
                    let outcome = perform(&method, &call).await;
                    requests = call.requests.get();
                    outcome
                }
                Err(failure) => {
                    client.log(&email.text, Entry::Failed(&failure));
                    Err(failure)
                }
            };
            let remaining = client.code_attempts.borrow().remaining(&email.key);
            client.report(&End {
                method: method.name(),
                is_initiated: matches!(outcome, Ok(Success::Initiated(_))),
                code: outcome.as_ref().err().map(|failure| &failure.code),
                is_last_attempt: remaining == 0,
                duration: read_clock() - start,
                requests,
            });
            page_call.resolve(&method.result(outcome, remaining));
        });
        promise
    }
}

async fn perform(method: &Method, call: &Call<'_>) -> Result<Success, Failure> {
    match method {
        Method::Initiate => return call.initiate().await.map(Success::Initiated),
        Method::Poll(auth_req_id) => call.poll(&auth_req_id.as_text().unwrap_or_default()).await,
        Method::Verify(code) => call.verify(&code.as_string().unwrap_or_default()).await,
        Method::Approve => call.approve().await,
        Method::Retry => call.retry().await,
        Method::FallBack => call.fall_back().await,
    }
    .map(Success::Token)
}

impl Method {
    fn name(&self) -> &'static str {
        match self {
            Method::Initiate => "initiateAppApproval",
            Method::Poll(_) => "pollForApproval",
            Method::Verify(_) => "verifyTotp",
            Method::Approve => "safeAuthenticate",
            Method::Retry => "authenticateWithRetry",
            Method::FallBack => "authenticateWithFallback",
        }
    }

    /// Whether `cancelApproval` ends it. It lets a request for approval and a TOTP code go on.
    fn is_cancelable(&self) -> bool {
        !matches!(self, Method::Initiate | Method::Verify(_))
    }

    /// What the promise fulfills with.
    fn result(&self, outcome: Result<Success, Failure>, remaining: u8) -> JsValue {
        let record = match (self, outcome) {
            (_, Ok(Success::Initiated(request))) => results::initiated(&request),
            (Method::Verify(_), Ok(Success::Token(token))) => results::verified(token, remaining),
            (Method::Poll(_), Ok(Success::Token(token))) => results::approved(token),
            (Method::Poll(_), Err(failure)) if failure.code.is_status() => results::status(&failure.code),
            (Method::Retry | Method::FallBack, Ok(Success::Token(token))) => return results::token(token),
            (_, Ok(Success::Token(token))) => results::succeeded(token),
            (_, Err(failure)) => return failed(self.name(), &failure.code.text(), &failure.words.record(), remaining),
        };
        to_object(&record)
    }
}
