//! From a sent assertion to its result, even if responses are lost: docs/contract.md, section A5.2, as a state machine over a
//! clock.
//!
//! It decides and `cloud` acts, so that it can be tested without a clock, a network or a browser.

use crate::cause::Cause;
use crate::messages::{OUTCOME_UNKNOWN, STATUS_FAILED};
use crate::response::{TransactionStatus, Verdict};
use crate::stopwatch::{Stopwatch, limit_wait};
use crate::text::concat;

/// What to do next. Times are in milliseconds.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// Send the assertion, the first time or the same one again.
    Send {
        /// How long to wait for the response.
        ms: f64,
        /// Whether the request outlives the page.
        keepalive: bool,
    },
    /// Query the status, and wait at most so long for the response.
    Query(f64),
    /// Wait.
    Wait(f64),
    /// It is over: the transaction token, or why there is none, and a message.
    Done(Result<String, (Cause, String)>),
}

/// What happened.
#[derive(Debug, PartialEq)]
pub enum Event {
    /// The finalization starts, or a wait is over.
    Tick,
    /// The response to the assertion, and the milliseconds that its `Retry-After` asks for.
    Verdict(Verdict, Option<f64>),
    /// The response to the query, likewise.
    Status(TransactionStatus, Option<f64>),
}

/// How sure a refusal is. One alone may be of a copy that the browser sent by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Only the response says so, or there is none.
    Unsure,
    /// The page's own relying party, which has no status to ask for, has the last word.
    Sure,
    /// The transaction failed, or such a relying party says that it will never accept the passkey.
    ForGood,
}

/// The budget of the whole finalization, in timeouts of its first attempt.
const BUDGET: f64 = 2.0;
/// The last of it is for a query whose response can still arrive.
const LAST_QUERY: f64 = 1_000.0;
/// The shortest wait before another attempt.
const SHORTEST_WAIT: f64 = 200.0;
/// The longest wait between two attempts.
const LONGEST_WAIT: f64 = 2_000.0;
/// The waits between the queries after a rejection.
const WAITS_AFTER_REJECTION: [f64; 2] = [500.0, 1_500.0];

/// The wait in milliseconds before the next try after `failures` failed ones: 250, 500, 1000 …
pub fn retry_wait(failures: u8) -> u32 {
    125 << failures.min(8)
}

/// A finalization whose result is not known yet.
pub struct Recovery {
    /// How long one request may take.
    timeout: f64,
    /// How long it all may take.
    budget: f64,
    stopwatch: Stopwatch,
    /// Whether the next request outlives the page.
    keepalive: bool,
    /// Why the first response was lost; empty until then.
    reason: String,
    /// The last rejection.
    rejection: Option<String>,
    /// The response to a copy of the assertion was lost, so the cloud may have accepted that copy.
    may_be_accepted: bool,
    /// Whether sending the assertion can help.
    can_send: bool,
    is_last_query: bool,
    waits: u8,
    /// The wait that the last response to the assertion asks for, until it is made.
    retry_after: Option<f64>,
    /// Whether the assertion is sent again only after a status that says that it is undecided.
    decides_once: bool,
    /// Whether there is a status to query.
    has_status: bool,
    /// How sure a refusal is.
    refusal: Refusal,
}

impl Recovery {
    /// Of an assertion that is about to be sent. `timeout` is that of the first attempt, in milliseconds; `keepalive` is
    /// whether its request is to outlive the page.
    pub fn new(now: f64, timeout: f64, keepalive: bool) -> Self {
        Recovery {
            timeout,
            budget: timeout * BUDGET,
            stopwatch: Stopwatch::new(now),
            keepalive,
            reason: String::new(),
            rejection: None,
            may_be_accepted: false,
            can_send: true,
            is_last_query: false,
            waits: 0,
            retry_after: None,
            decides_once: false,
            has_status: true,
            refusal: Refusal::Unsure,
        }
    }

    /// Of a relying party of the page's own, which may decide an assertion once: docs/contract.md, section A7. `has_status` is
    /// whether the page can say what it decided.
    pub fn of_own_server(now: f64, timeout: f64, has_status: bool) -> Self {
        Recovery { decides_once: true, has_status, ..Recovery::new(now, timeout, false) }
    }

    /// What to do after `event`, at the clock's `now`.
    pub fn step(&mut self, now: f64, event: Event) -> Next {
        self.stopwatch.advance(now);
        match event {
            Event::Tick => self.request(),
            Event::Verdict(verdict, retry_after) => self.on_verdict(verdict, retry_after),
            Event::Status(status, retry_after) => self.on_status(status, retry_after),
        }
    }

    /// How sure the refusal is, if it ended with one.
    pub fn refusal(&self) -> Refusal {
        self.refusal
    }

    fn left(&self) -> f64 {
        self.budget - self.stopwatch.age
    }

    /// The time left before the last query.
    fn room(&self) -> f64 {
        self.left() - self.last_query()
    }

    /// The assertion, if sending it can help, or else a query.
    fn request(&mut self) -> Next {
        if !self.can_send || self.is_last_query || self.left() < 1.0 {
            return self.query();
        }
        self.can_send = !self.decides_once;
        let is_first = self.stopwatch.age == 0.0;
        let ms = if is_first { self.timeout } else { self.request_timeout() };
        Next::Send { ms, keepalive: self.keepalive }
    }

    /// Half of the time left, so that there is time for another request if this one hangs.
    fn request_timeout(&self) -> f64 {
        self.timeout.min((self.left() / 2.0).ceil())
    }

    fn query(&mut self) -> Next {
        if !self.has_status {
            return self.give_up();
        }
        if self.left() < 1.0 {
            // The page was frozen, or the computer slept, beyond the budget.
            self.is_last_query = true;
            return Next::Query(self.last_query());
        }
        Next::Query(if self.is_last_query { self.timeout.min(self.left().ceil()) } else { self.request_timeout() })
    }

    fn last_query(&self) -> f64 {
        LAST_QUERY.min(self.timeout / 4.0).ceil()
    }

    fn on_verdict(&mut self, verdict: Verdict, retry_after: Option<f64>) -> Next {
        match verdict {
            Verdict::Accepted(token) => return Next::Done(Ok(token)),
            Verdict::RefusedForGood(reason) => {
                let next = self.on_verdict(Verdict::Refused(reason), retry_after);
                if !self.has_status {
                    self.refusal = Refusal::ForGood;
                }
                return next;
            }
            Verdict::Refused(reason) => {
                if !self.has_status {
                    self.refusal = Refusal::Sure;
                }
                self.rejection = Some(reason);
                self.can_send = false;
                self.waits = 0;
            }
            Verdict::Failed(reason) => {
                self.lose(reason);
                // Browsers limit the bytes that all scripts of a page keep alive together, and fail what exceeds them at
                // once.
                if self.keepalive {
                    self.keepalive = false;
                    return self.request();
                }
            }
            Verdict::Unknown(reason) => self.lose(reason),
        }
        self.retry_after = retry_after;
        self.query()
    }

    fn lose(&mut self, reason: String) {
        if !self.may_be_accepted {
            self.reason = reason;
        }
        self.may_be_accepted = true;
    }

    fn on_status(&mut self, status: TransactionStatus, retry_after: Option<f64>) -> Next {
        match status {
            TransactionStatus::Succeeded(token) => return Next::Done(Ok(token)),
            // Browsers resend a POST by themselves: the rejection may be of a second copy, so the status was queried.
            TransactionStatus::Failed(reason) => {
                self.refusal = Refusal::ForGood;
                return match self.rejection.take() {
                    Some(rejection) => Next::Done(Err((Cause::Refused, rejection))),
                    None => self.failed(Cause::Refused, &concat(&[STATUS_FAILED, &reason, ")"])),
                };
            }
            // A page that may not query it learns nothing by another query.
            TransactionStatus::NoResponse(_) if self.is_decided() => return self.give_up(),
            // The server does not know the transaction, or does not any more.
            TransactionStatus::Unknown => self.can_send = false,
            TransactionStatus::Pending => self.can_send |= self.decides_once && self.rejection.is_none(),
            TransactionStatus::NoResponse(_) | TransactionStatus::Unusable(_) => {}
        }
        let wait = if self.is_decided() {
            WAITS_AFTER_REJECTION.get(usize::from(self.waits)).copied()
        } else {
            let asked = self.retry_after.take().or(retry_after).map(|ms| ms.max(SHORTEST_WAIT));
            let scheduled = f64::from(retry_wait(self.waits.saturating_add(1))).min(LONGEST_WAIT);
            Some(asked.filter(|ms| *ms < self.room()).unwrap_or(scheduled))
        };
        self.waits = self.waits.saturating_add(1);
        match wait {
            Some(wait) if !self.is_last_query => self.wait(wait),
            _ => self.give_up(),
        }
    }

    /// Waits before the next attempt, or before the last query if there is no time for another attempt.
    fn wait(&mut self, wait: f64) -> Next {
        let room = self.room();
        // Attempts near the end of the budget come closer together, so that one is late enough for an outage that ends there.
        let wait = if wait < room { wait } else { room / 2.0 };
        if wait < SHORTEST_WAIT.min(self.timeout / 8.0) {
            self.is_last_query = true;
            return Next::Wait(limit_wait(room.max(0.0)));
        }
        Next::Wait(limit_wait(wait))
    }

    fn give_up(&mut self) -> Next {
        match self.rejection.take() {
            Some(rejection) if !self.may_be_accepted => Next::Done(Err((Cause::Refused, rejection))),
            _ => self.failed(Cause::OutcomeUnknown, OUTCOME_UNKNOWN),
        }
    }

    /// Whether the cloud rejected the only copy. After a lost response a rejection proves nothing.
    fn is_decided(&self) -> bool {
        self.rejection.is_some() && !self.may_be_accepted
    }

    fn failed(&self, cause: Cause, addition: &str) -> Next {
        Next::Done(Err((cause, concat(&[&self.reason, addition]))))
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
