//! The Authentication Cloud: sends the assertion or attestation, and queries the status if the response is lost.
//!
//! [`crate::recovery`] decides what to do next; this file does it.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::credential::build_status_body;
use crate::http;
use crate::messages::CRASHED;
use crate::options::Settings;
use crate::options::value::Value;
use crate::page::{create_deadline, describe, global, now, sleep};
use crate::recovery::{Next, Recovery};
use crate::response::{Body, Response};
use crate::result::{Ceremony, Failure, FailureKind, Outcome};
use crate::stage::Stage;
use crate::text::concat;

const STATUS_PATH: &str = "/api/v1/status";

impl Ceremony {
    fn path(self) -> &'static str {
        match self {
            Ceremony::Authentication => "/_app/assertion/result",
            Ceremony::Registration => "/_app/attestation/result",
        }
    }
}

/// A transaction that the user has consented to.
pub struct Transaction<'a> {
    /// Which ceremony it is.
    pub ceremony: Ceremony,
    /// Identifies the transaction.
    pub status_token: &'a JsValue,
    /// The page's settings: the timeout, the URL and the callbacks.
    pub settings: &'a Settings<JsValue>,
}

impl Transaction<'_> {
    /// Sends the body, and recovers the outcome if the response is lost.
    ///
    /// # Errors
    ///
    /// [`FailureKind::Finalization`].
    pub async fn finalize(&self, body: &str) -> Outcome {
        let failure = |message| Failure { kind: FailureKind::Finalization, message };
        self.settle(body, Next::Send, Recovery::new()).await.map_err(failure)
    }

    /// Queries the outcome of a body that may have been sent.
    ///
    /// # Errors
    ///
    /// [`FailureKind::Unknown`].
    pub async fn recover(&self) -> Outcome {
        let failure = |message| Failure { kind: FailureKind::Unknown, message };
        let recovery = Recovery::after_crash(CRASHED);
        self.settle("", Next::Ask(0), recovery).await.map_err(failure)
    }

    async fn settle(&self, body: &str, first: Next, mut recovery: Recovery) -> Result<String, String> {
        let timeout = self.settings.finalize_timeout();
        let status_body = build_status_body(self.status_token).map_err(|exception| describe(&exception))?;
        let own = || global("location").ok().and_then(|location| location.get("origin"));
        let base = self.settings.get("baseUrl").or_else(own).and_then(|base| base.as_string()).unwrap_or_default();
        // The deadline of the recovery; the first attempt has a timeout of its own.
        let mut end = None;
        let mut next = first;
        loop {
            let sends = match next {
                Next::Done(result) => return result,
                Next::Send => true,
                Next::Ask(wait) => {
                    let end = *end.get_or_insert_with(|| {
                        self.settings.report(Stage::Recovering);
                        now() + timeout
                    });
                    let wait = f64::from(wait).min(end - now());
                    if wait > 0.0
                        && let Ok(promise) = sleep(wait)
                    {
                        let _ = JsFuture::from(promise).await;
                    }
                    false
                }
            };
            // At most half of the time left, so that there is time for another request if this one hangs.
            let limit = end.map_or(timeout, |end: f64| ((end - now()) / 2.0).ceil());
            let has_time = limit >= 1.0;
            if !has_time {
                next = recovery.out_of_time();
                continue;
            }
            let (path, body) = if sends { (self.ceremony.path(), body) } else { (STATUS_PATH, &*status_body) };
            let response = send(&concat(&[&base, path]), body, limit).await;
            next = if sends {
                recovery.on_verdict(response.verdict())
            } else {
                recovery.on_status(response.transaction_status())
            };
        }
    }
}

/// Sends a request, which may take `ms` milliseconds.
async fn send(url: &str, body: &str, ms: f64) -> Response {
    let received = match create_deadline(ms, &JsValue::UNDEFINED) {
        Ok(deadline) => {
            let received = http::post(url, body, &deadline).await;
            let _ = deadline.close();
            received
        }
        Err(exception) => Err(exception),
    };
    match received {
        Ok(http::Response { status, json }) => Response::Http { status, body: json.and_then(|json| Body::read(&json)) },
        Err(exception) => Response::None(describe(&exception)),
    }
}
