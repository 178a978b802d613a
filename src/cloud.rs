//! The Authentication Cloud, or the page's own relying party: sends the credential, and queries the status if the response is
//! lost.
//!
//! [`crate::recovery`] and [`crate::inquiry`] decide what to do next; this file does it.

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::cause::Cause;
use crate::http::{self, Delivery};
use crate::inquiry::Inquiry;
use crate::messages::{OUTCOME_UNKNOWN, PAGE_ABORTED};
use crate::options::Settings;
use crate::options::value::Value;
use crate::page::{
    Call, Deadline, call_function, create_deadline, describe, now, reason_of, sleep_or_online, to_object,
};
use crate::prompt::refused;
use crate::recovery::{Event, Next, Recovery, Refusal};
use crate::response::{Body, Response};
use crate::result::{Ceremony, Failure, FailureKind, Outcome};
use crate::signed::{Form, Signed, build_status_body};
use crate::step::Step;
use crate::stopwatch::Clock;
use crate::text::{concat, decimal};

const STATUS_PATH: &str = "/api/v1/status";
/// The largest body for `keepalive`, in bytes. Browsers allow 64 KiB for all requests of a page together.
const KEEPALIVE_LIMIT: usize = 60_000;

impl Ceremony {
    fn path(self) -> &'static str {
        match self {
            Ceremony::Authentication => "/_app/assertion/result",
            Ceremony::Registration => "/_app/attestation/result",
        }
    }
}

/// A transaction.
pub struct Transaction<'a> {
    /// Which ceremony it is.
    pub ceremony: Ceremony,
    /// Identifies it.
    pub status_token: &'a JsValue,
    /// The page's settings: the timeout and the URLs.
    pub settings: &'a Settings<JsValue>,
    /// The page's call.
    pub call: &'a Call,
}

impl Transaction<'_> {
    /// Sends the credential, and recovers the outcome if the response is lost. The outcome, whose failure is a
    /// [`FailureKind::Finalization`], and how sure a refusal is.
    pub async fn finalize(&self, signed: &Signed) -> (Outcome, Refusal) {
        let timeout = self.settings.finalize_timeout();
        let mut recovery = match &signed.form {
            Form::ForCloud(body) => Recovery::new(0.0, timeout, body.len() < KEEPALIVE_LIMIT),
            Form::ForOwnServer(_) => Recovery::of_own_server(0.0, timeout, self.settings.get("status").is_some()),
        };
        let mut step = |now, event| recovery.step(now, event);
        let outcome = self.settle(FailureKind::Finalization, signed, &JsValue::UNDEFINED, &mut step).await;
        (outcome, recovery.refusal())
    }

    /// Asks for the outcome, for as long as the page waits; after a crash, for as long as a finalization may take.
    ///
    /// # Errors
    ///
    /// [`FailureKind::Finalization`], or [`FailureKind::Prompt`] if the page aborts it; [`FailureKind::Unknown`] after a
    /// crash.
    pub async fn ask(&self) -> Outcome {
        // Only a call whose instance crashed after the user had consented comes with one.
        let has_crashed = !self.call.status_token().is_undefined();
        let timeout = self.settings.finalize_timeout();
        let (kind, patience) = match has_crashed {
            true => (FailureKind::Unknown, timeout),
            false => (FailureKind::Finalization, self.settings.wait()),
        };
        let mut inquiry = Inquiry::new(0.0, patience, timeout, has_crashed);
        let mut step = |now, event| inquiry.step(now, event);
        let signal = self.settings.get("signal").unwrap_or_default();
        // Only a call that crashed has one.
        let credential_id = self.call.credential_id().as_string().unwrap_or_default();
        let nothing = Signed { credential_id, is_new: false, form: Form::ForCloud(String::new()) };
        self.settle(kind, &nothing, &signal, &mut step).await
    }

    async fn settle(
        &self,
        kind: FailureKind,
        signed: &Signed,
        signal: &JsValue,
        step: &mut dyn FnMut(f64, Event) -> Next,
    ) -> Outcome {
        let unsent = |exception: JsValue| Failure {
            kind,
            cause: Cause::OutcomeUnknown,
            message: concat(&[&describe(&exception), OUTCOME_UNKNOWN]),
        };
        let deadline = create_deadline(0.0, signal).map_err(unsent)?;
        let result = self.steps(&deadline, signed, step).await;
        let _ = deadline.close();
        result.map_err(unsent)?.map_err(|(cause, message)| match cause {
            Cause::Aborted => refused(self.ceremony, cause, &concat(&[&message, PAGE_ABORTED])),
            _ => Failure { kind, cause, message },
        })
    }

    /// What `step` decides, by a clock that starts now, or the page's abort.
    async fn steps(
        &self,
        deadline: &Deadline,
        signed: &Signed,
        step: &mut dyn FnMut(f64, Event) -> Next,
    ) -> Result<Result<String, (Cause, String)>, JsValue> {
        let finalization = self.finalization(signed);
        let status_endpoint = self.status_endpoint(signed)?;
        let mut event = Event::Tick;
        let mut clock = Clock::new(now());
        let mut timer = 0.0;
        loop {
            let is_decided = matches!(&event, Event::Status(status, _) if status.is_decided());
            if deadline.is_aborted() && !is_decided {
                return Ok(Err((Cause::Aborted, describe(&reason_of(&deadline.signal())?))));
            }
            event = match step(clock.advance(now(), timer), event) {
                Next::Done(result) => return Ok(result),
                Next::Wait(ms) => {
                    self.call.step(Step::Waiting, &decimal(ms as u32));
                    timer = ms;
                    if let Ok(promise) = sleep_or_online(ms)
                        && deadline.until(&promise).await.is_ok_and(|is_online| is_online.is_truthy())
                    {
                        timer = 0.0;
                    }
                    Event::Tick
                }
                Next::Send { ms, keepalive } => {
                    let (response, retry_after) = self.send(&finalization, keepalive, ms, deadline).await;
                    timer = response.time_limit(ms);
                    let verdict = response.verdict();
                    self.call.step(Step::Received, verdict.text());
                    Event::Verdict(verdict, retry_after)
                }
                Next::Query(ms) => {
                    let (response, retry_after) = self.send(&status_endpoint, false, ms, deadline).await;
                    timer = response.time_limit(ms);
                    let status = response.transaction_status();
                    self.call.step(Step::Received, status.text());
                    Event::Status(status, retry_after)
                }
            };
        }
    }

    /// Where the credential is sent.
    fn finalization(&self, signed: &Signed) -> Endpoint {
        let step = Step::Sending;
        match &signed.form {
            Form::ForCloud(body) => {
                let url = concat(&[&self.settings.base_url, self.ceremony.path()]);
                Endpoint { step, target: Target::Url { url, body: concat(&[body]), cookies: false } }
            }
            Form::ForOwnServer(json) => {
                let mut context = JsValue::new_record();
                context.set("statusToken", self.status_token);
                Endpoint { step, target: self.own_function("finalize", json, Some(context)) }
            }
        }
    }

    /// Where the status is queried.
    ///
    /// # Errors
    ///
    /// What JSON threw, if a page broke it.
    fn status_endpoint(&self, signed: &Signed) -> Result<Endpoint, JsValue> {
        let step = Step::Querying;
        // Without `status`, a server of the page's own is never asked.
        if self.settings.has_own_server() || self.settings.get("status").is_some() {
            let mut transaction = JsValue::new_record();
            transaction.set("statusToken", self.status_token);
            if !signed.credential_id.is_empty() {
                transaction.set("credentialId", &JsValue::from_str(&signed.credential_id));
            }
            return Ok(Endpoint { step, target: self.own_function("status", &to_object(&transaction), None) });
        }
        let own_url = self.settings.get("statusUrl").and_then(|url| url.as_string());
        let target = Target::Url {
            // The page's own backend gets its cookies.
            cookies: own_url.is_some(),
            url: own_url.unwrap_or_else(|| concat(&[&self.settings.base_url, STATUS_PATH])),
            body: build_status_body(self.status_token)?,
        };
        Ok(Endpoint { step, target })
    }

    fn own_function(&self, name: &'static str, argument: &JsValue, context: Option<JsValue>) -> Target {
        let function = self.settings.get(name).unwrap_or_default();
        Target::Function { name, function, argument: argument.clone(), context }
    }

    /// Sends a request, which may take `ms` milliseconds, or until that deadline. Returns the response, and the wait
    /// that it asks for.
    async fn send(&self, endpoint: &Endpoint, keepalive: bool, ms: f64, until: &Deadline) -> (Response, Option<f64>) {
        self.call.step(endpoint.step, endpoint.target.name());
        let deadline = match create_deadline(ms, &until.signal()) {
            Ok(deadline) => deadline,
            Err(exception) => return (Response::Failed(describe(&exception)), None),
        };
        let received = match &endpoint.target {
            Target::Url { url, body, cookies } => {
                let delivery = Delivery { keepalive, cookies: *cookies, ..Delivery::JSON };
                http::post(url, body, delivery, &deadline).await
            }
            Target::Function { function, argument, context, .. } => {
                let resolved = call_own(function, argument, context.as_ref(), &deadline).await;
                resolved.map(|value| http::Response { status: 200, json: Some(value), retry_after: None })
            }
        };
        let is_late = deadline.is_aborted();
        let _ = deadline.close();
        match received {
            Ok(http::Response { status, json, retry_after }) => {
                (Response::Http { status, body: json.and_then(|json| Body::read(&json)) }, retry_after)
            }
            Err(exception) if is_late => (Response::Late(describe(&exception)), None),
            Err(exception) => (Response::Failed(describe(&exception)), None),
        }
    }
}

/// Calls a function of the page's, and awaits what it returns.
async fn call_own(
    function: &JsValue,
    argument: &JsValue,
    context: Option<&JsValue>,
    deadline: &Deadline,
) -> Result<JsValue, JsValue> {
    let returned = match context {
        Some(context) => {
            let mut context = context.clone();
            context.set("signal", &deadline.signal());
            function.unchecked_ref::<Function>().call2(&JsValue::UNDEFINED, argument, &to_object(&context))
        }
        None => call_function(function, argument),
    };
    deadline.until(returned?.unchecked_ref()).await
}

/// A step of the call, and what takes it.
struct Endpoint {
    step: Step,
    target: Target,
}

enum Target {
    /// A request.
    Url {
        url: String,
        body: String,
        /// Whether it gets the cookies of the page's own origin, if it goes there.
        cookies: bool,
    },
    /// A function of the page's own relying party.
    Function {
        /// The setting.
        name: &'static str,
        function: JsValue,
        argument: JsValue,
        /// More for the function, beside which it gets a signal.
        context: Option<JsValue>,
    },
}

impl Target {
    /// For the log.
    fn name(&self) -> &str {
        match self {
            Target::Url { url, .. } => url,
            Target::Function { name, .. } => name,
        }
    }
}
