//! The Authentication Cloud: sends the answer of the authenticator, and finds out what became of it.

use wasm_bindgen::JsValue;

use crate::answer::{Answer, Body};
use crate::exception::describe;
use crate::host::{self, now};
use crate::http::{Reply, post, sleep};
use crate::options::Value;
use crate::recovery::{Next, Recovery};
use crate::result::Ceremony;
use crate::text::{concat, quote};

impl Ceremony {
    fn path(self) -> &'static str {
        match self {
            Ceremony::Authentication => "/_app/assertion/result",
            Ceremony::Registration => "/_app/attestation/result",
        }
    }
}

/// Where a transaction is decided.
pub struct Transaction<'a> {
    /// Chooses the endpoint.
    pub ceremony: Ceremony,
    /// The cloud's address, without a slash at its end.
    pub base: &'a str,
    /// Names the transaction.
    pub status_token: &'a str,
    /// For the first attempt, and again for all of the recovery, in milliseconds.
    pub timeout: f64,
}

impl Transaction<'_> {
    /// Sends `body`, or begins with the status where there is none, until it is known what the cloud decided: the
    /// transaction token, or why there is none. `on_recovering` is called once the first attempt told nothing.
    pub async fn settle(
        &self,
        mut recovery: Recovery,
        body: Option<&str>,
        on_recovering: &dyn Fn(),
    ) -> Result<String, String> {
        let mut next = if body.is_some() { Next::Send } else { Next::Ask(0) };
        // The first attempt has its own time.
        let mut end = None;
        loop {
            if let Next::Ask(wait) = next {
                let end = *end.get_or_insert_with(|| {
                    on_recovering();
                    now() + self.timeout
                });
                // To the browser's timer, 0 would mean never.
                let left = end - now();
                if wait > 0 && left > 0.0 {
                    sleep(f64::from(wait).min(left)).await;
                }
            }
            // A request that hangs leaves time for another one.
            let limit = match end {
                Some(end) => ((end - now()) / 2.0).ceil(),
                None => self.timeout,
            };
            let sending = match next {
                Next::Done(result) => return result,
                _ if limit < 1.0 => {
                    next = recovery.out_of_time();
                    continue;
                }
                Next::Send => true,
                Next::Ask(_) => false,
            };
            let question;
            let (path, text) = match body {
                Some(body) if sending => (self.ceremony.path(), body),
                _ => {
                    question = self.status_request();
                    ("/api/v1/status", question.as_str())
                }
            };
            let answer = exchange(&concat(&[self.base, path]), text, limit).await;
            next =
                if sending { recovery.on_verdict(answer.verdict()) } else { recovery.on_standing(answer.standing()) };
        }
    }

    fn status_request(&self) -> String {
        let mut body = String::from("{\"statusToken\":");
        quote(&mut body, self.status_token);
        body.push('}');
        body
    }
}

/// One request within `limit` milliseconds.
async fn exchange(url: &str, body: &str, limit: f64) -> Answer {
    let reply = match host::limit(limit, &JsValue::UNDEFINED) {
        Ok(controller) => {
            let reply = post(url, body, &controller).await;
            controller.abort();
            reply
        }
        Err(exception) => Err(exception),
    };
    match reply {
        Ok(Reply { status, json }) => Answer::Http { status, body: json.is_object().then(|| read(&json)) },
        Err(exception) => Answer::None(describe(&exception)),
    }
}

fn read(json: &JsValue) -> Body {
    Body {
        status: json.text_member("status"),
        error_message: json.text_member("errorMessage"),
        message: json.text_member("message").or_else(|| json.text_member("error")),
        token: json.text_member("token"),
    }
}
