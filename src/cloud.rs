//! The Authentication Cloud: sends the answer of the authenticator, and finds out what became of it.
//!
//! [`crate::recovery`] decides, this acts.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use crate::answer::{Answer, Body};
use crate::host::{self, Call, Progress, now};
use crate::recovery::{Next, Recovery};
use crate::result::{Ceremony, Failure, Fault};

impl Ceremony {
    fn path(self) -> &'static str {
        match self {
            Ceremony::Authentication => "/_app/assertion/result",
            Ceremony::Registration => "/_app/attestation/result",
        }
    }
}

/// What a call does next.
pub enum Step {
    /// It goes on once this is settled.
    Wait(Promise),
    /// It is over: the transaction token.
    Accepted(String),
}

/// A transaction that the cloud is to decide.
pub struct Transaction {
    fault: Fault,
    recovery: Recovery,
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
    /// `fault` is the code where there is no token.
    pub fn new(fault: Fault, recovery: Recovery) -> Self {
        Transaction { fault, recovery, end: None, under_way: UnderWay::Pause }
    }

    /// Sends the answer of the authenticator.
    pub fn send(&mut self, call: &Call) -> Result<Step, Failure> {
        self.act(call, Next::Send)
    }

    /// Begins with the status.
    pub fn begin(&mut self, call: &Call) -> Result<Step, Failure> {
        self.act(call, Next::Ask(0))
    }

    /// What comes after what was waited for.
    pub fn next(&mut self, call: &Call, settled: Result<JsValue, JsValue>) -> Result<Step, Failure> {
        let next = match self.under_way {
            UnderWay::Pause => return self.exchange(call, UnderWay::Question),
            UnderWay::Finalization => self.recovery.on_verdict(read(settled).verdict()),
            UnderWay::Question => self.recovery.on_standing(read(settled).standing()),
        };
        self.act(call, next)
    }

    fn act(&mut self, call: &Call, next: Next) -> Result<Step, Failure> {
        match next {
            Next::Done(result) => result.map(Step::Accepted).map_err(|message| Failure { fault: self.fault, message }),
            Next::Send => self.exchange(call, UnderWay::Finalization),
            Next::Ask(wait) => {
                let end = *self.end.get_or_insert_with(|| {
                    call.tell(Progress::Recovering);
                    now() + host::finalize_timeout(&call.object)
                });
                let wait = f64::from(wait).min(end - now());
                if wait <= 0.0 {
                    return self.exchange(call, UnderWay::Question);
                }
                self.under_way = UnderWay::Pause;
                Ok(Step::Wait(host::sleep(wait)))
            }
        }
    }

    fn exchange(&mut self, call: &Call, what: UnderWay) -> Result<Step, Failure> {
        // A request that hangs leaves time for another one.
        let limit = match self.end {
            Some(end) => ((end - now()) / 2.0).ceil(),
            None => host::finalize_timeout(&call.object),
        };
        if limit < 1.0 {
            let next = self.recovery.out_of_time();
            return self.act(call, next);
        }
        self.under_way = what;
        let path = match what {
            UnderWay::Finalization => call.ceremony.path(),
            _ => "/api/v1/status",
        };
        Ok(Step::Wait(host::exchange(&call.object, path, limit)))
    }
}

/// What an exchange settled to.
fn read(settled: Result<JsValue, JsValue>) -> Answer {
    match settled {
        Ok(resolved) => {
            let status = gloo_net::http::Response::from(host::response_of(&resolved)).status();
            Answer::Http { status, body: Body::read(host::facts_of_answer(&resolved)) }
        }
        Err(exception) => Answer::None(host::describe(&exception)),
    }
}
