//! The Authentication Cloud: sends the assertion or attestation, and queries the status if the response is lost.
//!
//! [`crate::recovery`] decides what to do next; this file does it.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::cause::Cause;
use crate::credential::build_status_body;
use crate::http::{self, Delivery};
use crate::messages::CRASHED;
use crate::options::Settings;
use crate::page::{create_deadline, describe, now, sleep_or_online};
use crate::recovery::{Event, Next, Recovery};
use crate::response::{Body, Response};
use crate::result::{Ceremony, Failure, FailureKind, Outcome};
use crate::stage::Stage;
use crate::text::concat;

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
        let recovery = Recovery::new(now(), self.settings.finalize_timeout(), body.len() < KEEPALIVE_LIMIT);
        let failure = |(cause, message)| Failure { kind: FailureKind::Finalization, cause, message };
        self.settle(body, recovery).await.map_err(failure)
    }

    /// Queries the outcome of a body that may have been sent.
    ///
    /// # Errors
    ///
    /// [`FailureKind::Unknown`].
    pub async fn recover(&self) -> Outcome {
        let recovery = Recovery::after_crash(now(), self.settings.finalize_timeout(), CRASHED);
        let failure = |(cause, message)| Failure { kind: FailureKind::Unknown, cause, message };
        self.settle("", recovery).await.map_err(failure)
    }

    async fn settle(&self, body: &str, mut recovery: Recovery) -> Result<String, (Cause, String)> {
        let unsent = |exception: JsValue| (Cause::OutcomeUnknown, describe(&exception));
        let status_body = build_status_body(self.status_token).map_err(unsent)?;
        let url = |path| concat(&[&self.settings.base_url, path]);
        let own_status_url = self.settings.get("statusUrl").and_then(|url| url.as_string());
        let is_own = own_status_url.is_some();
        let (body_url, status_url) = (url(self.ceremony.path()), own_status_url.unwrap_or_else(|| url(STATUS_PATH)));
        let mut is_recovering = false;
        let mut event = Event::Tick;
        loop {
            event = match recovery.step(now(), event) {
                Next::Done(result) => return result,
                Next::Wait(ms) => {
                    if let Ok(promise) = sleep_or_online(ms) {
                        let _ = JsFuture::from(promise).await;
                    }
                    Event::Tick
                }
                Next::Send { ms, keepalive } => {
                    let (response, retry_after) =
                        send(&body_url, body, Delivery { keepalive, ..Delivery::JSON }, ms).await;
                    Event::Verdict(response.verdict(), retry_after)
                }
                Next::Query(ms) => {
                    if !is_recovering {
                        is_recovering = true;
                        self.settings.report(Stage::Recovering);
                    }
                    let delivery = Delivery { cookies: is_own, ..Delivery::JSON };
                    let (response, retry_after) = send(&status_url, &status_body, delivery, ms).await;
                    Event::Status(response.transaction_status(), retry_after)
                }
            };
        }
    }
}

/// Sends a request, which may take `ms` milliseconds. Returns the response, and the wait that it asks for.
async fn send(url: &str, body: &str, delivery: Delivery<'_>, ms: f64) -> (Response, Option<f64>) {
    let deadline = match create_deadline(ms, &JsValue::UNDEFINED) {
        Ok(deadline) => deadline,
        Err(exception) => return (Response::Failed(describe(&exception)), None),
    };
    let received = http::post(url, body, delivery, &deadline).await;
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
