//! The Authentication Cloud: sends the answer of the authenticator, and finds out what became of it.
//!
//! [`crate::recovery`] decides, this acts.

use wasm_bindgen::prelude::*;

use crate::answer::{Answer, Body};
use crate::ceremony::Step;
use crate::exception::describe;
use crate::host::{self, now};
use crate::options::{Kind, Value};
use crate::recovery::{Next, Recovery};
use crate::request::Request;
use crate::result::{Ceremony, Failure, Fault};
use crate::text::{concat, member};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = JSON, js_name = parse)]
    fn parse(text: &JsValue) -> Result<JsValue, JsValue>;
}

impl Ceremony {
    fn path(self) -> &'static str {
        match self {
            Ceremony::Authentication => "/_app/assertion/result",
            Ceremony::Registration => "/_app/attestation/result",
        }
    }
}

/// A transaction that the cloud is to decide.
pub struct Transaction {
    fault: Fault,
    recovery: Recovery,
    /// The answer of the authenticator; empty where it is lost.
    body: String,
    /// When the time of the recovery is over; the first attempt has its own.
    end: Option<f64>,
    under_way: UnderWay,
}

#[derive(Clone, Copy)]
enum UnderWay {
    Pause,
    Finalization,
    Question,
}

impl Transaction {
    /// Of a body that is still to come, or that a crash has lost. `fault` is the code where there is no token.
    pub fn new(fault: Fault, recovery: Recovery) -> Self {
        Transaction { fault, recovery, body: String::new(), end: None, under_way: UnderWay::Pause }
    }

    /// Sends the answer of the authenticator.
    pub fn send(&mut self, request: &Request, body: String) -> Result<Step, Failure> {
        self.body = body;
        self.act(request, Next::Send)
    }

    /// Begins with the status.
    pub fn begin(&mut self, request: &Request) -> Result<Step, Failure> {
        self.act(request, Next::Ask(0))
    }

    /// What comes after what was waited for.
    pub fn next(&mut self, request: &Request, settled: Result<JsValue, JsValue>) -> Result<Step, Failure> {
        let next = match self.under_way {
            UnderWay::Pause => return self.exchange(request, UnderWay::Question),
            UnderWay::Finalization => self.recovery.on_verdict(read(settled).verdict()),
            UnderWay::Question => self.recovery.on_standing(read(settled).standing()),
        };
        self.act(request, next)
    }

    fn act(&mut self, request: &Request, next: Next) -> Result<Step, Failure> {
        match next {
            Next::Done(result) => result.map(Step::Accepted).map_err(|message| Failure { fault: self.fault, message }),
            Next::Send => self.exchange(request, UnderWay::Finalization),
            Next::Ask(wait) => {
                let end = *self.end.get_or_insert_with(|| {
                    request.settings.progress("recovering");
                    now() + request.settings.finalize_timeout
                });
                let wait = f64::from(wait).min(end - now());
                if wait <= 0.0 {
                    return self.exchange(request, UnderWay::Question);
                }
                self.under_way = UnderWay::Pause;
                Ok(Step::Wait(host::sleep(wait)))
            }
        }
    }

    fn exchange(&mut self, request: &Request, what: UnderWay) -> Result<Step, Failure> {
        // A request that hangs leaves time for another one.
        let limit = match self.end {
            Some(end) => ((end - now()) / 2.0).ceil(),
            None => request.settings.finalize_timeout,
        };
        if limit < 1.0 {
            let next = self.recovery.out_of_time();
            return self.act(request, next);
        }
        self.under_way = what;
        let mut question;
        let (path, body) = match what {
            UnderWay::Finalization => (request.ceremony.path(), &self.body),
            _ => {
                question = String::from("{");
                member(&mut question, "statusToken", &request.status_token);
                question.push('}');
                ("/api/v1/status", &question)
            }
        };
        Ok(Step::Wait(host::exchange(&concat(&[&request.settings.base, path]), body, limit)))
    }
}

/// What an exchange settled to: a `Response` and its text.
fn read(settled: Result<JsValue, JsValue>) -> Answer {
    let answer = settled.and_then(|pair| {
        let response: web_sys::Response = pair.item(0).unwrap_or_default().dyn_into()?;
        let status = gloo_net::http::Response::from(response).status();
        let json = parse(&pair.item(1).unwrap_or_default()).ok().filter(|json| json.is(Kind::Object));
        Ok(Answer::Http { status, body: json.map(|json| members(&json)) })
    });
    answer.unwrap_or_else(|exception| Answer::None(describe(&exception)))
}

fn members(json: &JsValue) -> Body {
    Body {
        status: json.text_member("status"),
        error_message: json.text_member("errorMessage"),
        message: json.text_member("message").or_else(|| json.text_member("error")),
        token: json.text_member("token"),
    }
}
