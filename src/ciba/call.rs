//! One call of a method, from its arguments to its result: the methods of `CIBAClient` as async functions.
//!
//! [`super::poll`], [`super::patterns`], [`super::totp`] and [`super::response`] decide, this acts.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::client::{Client, Email};
use super::code::Code;
use super::failure::Failure;
use super::log::Entry;
use super::options::{Options, invalid};
use super::patterns::{Attempts, FALLBACK_TIMEOUT, SAFE_TIMEOUT, wants_code};
use super::poll::{Event, Poll, Progress, Step, Terms};
use super::response::{Initiated, Verdict};
use super::results;
use super::wire::Request;
use crate::messages::{A_FUNCTION, A_TEXT, AN_ABORT_SIGNAL, NO_TOTP};
use crate::page::{Deadline, call_function, create_deadline, nap, notify, pause, read_clock, to_object};

/// The token, if the server gives one, or why there is no approval.
type Approval = Result<Option<String>, Failure>;

/// A call.
pub struct Call<'a> {
    pub(super) client: Rc<Client>,
    email: &'a Email,
    options: Options<JsValue>,
    /// Ends the call: by the page's signal, `cancelApproval` or a new request for approval.
    pub(super) deadline: Deadline,
    /// How many requests were begun.
    pub requests: Cell<u32>,
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        self.client.leave(&self.deadline);
        let _ = self.deadline.close();
    }
}

impl<'a> Call<'a> {
    /// A call for this email, which `cancelApproval` ends if it is cancelable.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for an option that is invalid, or an empty email; `cancelled` if the page's signal is aborted.
    pub fn new(client: &Rc<Client>, email: &'a Email, options: &JsValue, is_cancelable: bool) -> Result<Self, Failure> {
        if let Some(problem) = &client.problem {
            return Err(problem.clone());
        }
        let options = Options::read(options)?;
        let deadline = create_deadline(0.0, &options.signal).map_err(|_| invalid("signal", AN_ABORT_SIGNAL))?;
        let call = Call { client: client.clone(), email, options, deadline, requests: Cell::default() };
        call.check()?;
        if email.key.is_empty() {
            return Err(Failure::argument(&["email", A_TEXT]));
        }
        if is_cancelable {
            client.enter(&email.key, &call.deadline);
        }
        Ok(call)
    }

    /// `initiateAppApproval`.
    ///
    /// # Errors
    ///
    /// Why there is no request.
    pub async fn initiate(&self) -> Result<Initiated, Failure> {
        let initiated = self.request_approval().await;
        if let Err(failure) = &initiated {
            self.client.log(&self.email.text, Entry::Failed(failure));
        }
        initiated
    }

    /// `pollForApproval`.
    ///
    /// # Errors
    ///
    /// Why there is no approval.
    pub async fn poll(&self, auth_req_id: &str) -> Approval {
        self.logged(self.request_token(auth_req_id, None).await)
    }

    /// `verifyTotp`: the token, if the server gives one.
    ///
    /// # Errors
    ///
    /// Why the TOTP code is not verified.
    pub async fn verify(&self, code: &str) -> Approval {
        self.logged(self.request_verdict(code).await)
    }

    /// `safeAuthenticate`.
    ///
    /// # Errors
    ///
    /// Why there is no approval.
    pub async fn approve(&self) -> Approval {
        self.push(Some(SAFE_TIMEOUT)).await
    }

    /// `authenticateWithRetry`.
    ///
    /// # Errors
    ///
    /// That of the last attempt.
    pub async fn retry(&self) -> Approval {
        let mut attempts = Attempts::new(self.options.max_retries);
        let mut ended = Failure::from(Code::Timeout);
        while let Some(wait) = attempts.next(&ended.code) {
            if wait > 0.0
                && let Err(code) = self.rest(pause(wait, &self.deadline.signal())).await
            {
                return self.logged(Err(code.into()));
            }
            match self.push(None).await {
                Err(failure) => ended = failure,
                approved => return approved,
            }
        }
        Err(ended)
    }

    /// `authenticateWithFallback`: the token, if the server gives one.
    ///
    /// # Errors
    ///
    /// That of the push or of the TOTP code.
    pub async fn fall_back(&self) -> Approval {
        let Some(prompt) = &self.options.prompt_for_code else {
            return self.logged(Err(invalid("promptForCode", A_FUNCTION)));
        };
        // Before the phone shows anything.
        self.check_codes()?;
        match self.push(Some(FALLBACK_TIMEOUT)).await {
            Err(failure) if wants_code(&failure.code) => {
                let entered = self.ask(prompt, &failure.code).await;
                if let Err(code) = self.check() {
                    return self.logged(Err(code.into()));
                }
                // The user has none, or the page has failed to ask.
                let entered = entered.ok().and_then(|code| code.as_string()).ok_or(Code::Cancelled)?;
                self.verify(&entered).await
            }
            result => result,
        }
    }

    /// A request for approval, and its poll.
    async fn push(&self, default_timeout: Option<f64>) -> Approval {
        self.logged(self.request_approval_and_token(default_timeout).await)
    }

    async fn request_approval_and_token(&self, default_timeout: Option<f64>) -> Approval {
        // Before the phone shows anything.
        self.terms(None, default_timeout)?;
        let initiated = self.request_approval().await?;
        self.request_token(&initiated.auth_req_id, default_timeout).await
    }

    async fn request_approval(&self) -> Result<Initiated, Failure> {
        let Call { client, email: Email { text: email, key }, .. } = self;
        client.code_attempts.borrow_mut().reset(key);
        client.end(key, Some(&self.deadline));
        let request_key = client.requests.borrow_mut().enter(key, read_clock());
        client.log(email, Entry::Initiating);
        let request = Request::Initiation {
            email,
            binding_message: &self.options.binding_message,
            requested_expiry: self.options.requested_expiry.unwrap_or_default(),
        };
        let initiated = match self.send(request, client.request_timeout).await {
            Ok((response, _)) => response.initiated(),
            Err(failure) => Err(failure),
        };
        match &initiated {
            Ok(initiated) => {
                client.requests.borrow_mut().accept(request_key, initiated, read_clock());
                client.log(email, Entry::Initiated);
            }
            Err(_) => client.requests.borrow_mut().forget(request_key),
        }
        initiated
    }

    async fn request_token(&self, auth_req_id: &str, default_timeout: Option<f64>) -> Approval {
        let known = self.client.requests.borrow().find(auth_req_id);
        let terms = self.terms(known.map(|(interval, _)| interval), default_timeout)?;
        match known {
            _ if auth_req_id.is_empty() => return Err(Failure::argument(&["authReqId", A_TEXT])),
            Some((_, true)) => return Err(Code::Cancelled.into()),
            _ => {}
        }
        let mut poll = Poll::new(read_clock(), terms);
        let mut event = Event::Tick;
        loop {
            let step = poll.step(read_clock(), event);
            let progress = poll.progress();
            event = match step {
                Step::Done(result) => return result.map(Some),
                Step::Wait { ms } => {
                    self.report(progress);
                    self.rest(nap(ms, &self.deadline.signal())).await?;
                    Event::Tick
                }
                Step::Ask { ms } => {
                    self.report(progress);
                    self.client.log(&self.email.text, Entry::Polling(progress.attempt));
                    let (response, retry_after) = self.send(Request::Token { auth_req_id }, ms).await?;
                    Event::Response(response.reply(), retry_after)
                }
            };
        }
    }

    async fn request_verdict(&self, code: &str) -> Approval {
        let Call { client, email: Email { text: email, key }, .. } = self;
        self.check_codes()?;
        let code = &client.code_attempts.borrow_mut().begin(key, code)?;
        client.log(email, Entry::Verifying);
        let verdict = match self.send(Request::Totp { email, code }, client.request_timeout).await {
            Ok((response, _)) => response.verdict(),
            Err(failure) => Verdict::NotJudged(failure),
        };
        client.code_attempts.borrow_mut().end(key, verdict)
    }

    fn logged(&self, result: Approval) -> Approval {
        let entry = match &result {
            Ok(_) => Entry::Approved,
            Err(failure) => Entry::Failed(failure),
        };
        self.client.log(&self.email.text, entry);
        result
    }

    async fn ask(&self, prompt: &JsValue, ended: &Code) -> Result<JsValue, JsValue> {
        let answer = call_function(prompt, &JsValue::from_str(&ended.text()))?;
        self.deadline.until(answer.unchecked_ref()).await
    }

    fn terms(&self, server_interval: Option<f64>, default_timeout: Option<f64>) -> Result<Terms, Failure> {
        let Options { interval, timeout, .. } = self.options;
        Terms::new(interval, timeout.or(default_timeout), server_interval, self.client.request_timeout)
    }

    /// Waits, unless the call is ended.
    async fn rest(&self, wait: Result<js_sys::Promise, JsValue>) -> Result<(), Code> {
        if let Ok(promise) = wait {
            let _ = JsFuture::from(promise).await;
        }
        self.check()
    }

    pub(super) fn check(&self) -> Result<(), Code> {
        if self.deadline.is_aborted() { Err(Code::Cancelled) } else { Ok(()) }
    }

    fn check_codes(&self) -> Result<(), Failure> {
        if self.client.wire.takes_codes() { Ok(()) } else { Err(Failure::argument(&[NO_TOTP])) }
    }

    fn report(&self, progress: Progress) {
        if let Some(listener) = &self.options.on_progress {
            notify(Some(listener.clone()), &to_object(&results::progress(progress)));
        }
    }
}
