//! The poll for an approval as a state machine over a clock and responses: docs/contract.md, section B3.4.
//!
//! It decides, `call` acts, in a loop that ends with [`Step::Done`]:
//!
//! ```text
//! poll.step(now, Event::Tick) -> Ask { ms }  send a request, of at most that time, then step(now, Event::Response(reply))
//!                             -> Wait { ms } wait at most that long, then step(now, Event::Tick)
//!                             -> Done(result)
//! ```
//!
//! Waking up late (a hidden tab, a laptop that slept) or early does no harm: the clock decides what is due. It is the wall
//! clock, because one that stands still while a laptop sleeps would go on polling after the poll's end.

use super::code::Code;
use super::failure::Failure;
use super::options::invalid;
use super::response::{INTERVAL, Reply};
use crate::messages::{A_TIME, A_TIME_OR_ZERO};
use crate::recovery::retry_wait;

/// The poll's own limit unless the page says otherwise, in seconds.
const TIMEOUT: f64 = 300.0;
/// What `slow_down` adds to the interval (CIBA core section 11), in milliseconds.
const SLOW_DOWN: f64 = 5_000.0;
/// The delay of a browser's timer has 31 bits.
const LONGEST_TIMER: f64 = 2_147_483_647.0;

/// The times of a poll, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Between a response and the next request.
    pub interval: f64,
    /// From the start to the end of the poll. 0 asks exactly once, infinity until the server decides.
    pub timeout: f64,
    /// How long one request may take.
    pub request_timeout: f64,
}

impl Terms {
    /// From the page's options (`interval` and `timeout`) and what the server named for this request (`server_interval`), in
    /// seconds; `request_timeout` is in milliseconds. The page's interval replaces the server's, which can still respond
    /// `slow_down`.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for an interval that is not more than 0, or a timeout that is less.
    pub fn new(
        interval: Option<f64>,
        timeout: Option<f64>,
        server_interval: Option<f64>,
        request_timeout: f64,
    ) -> Result<Self, Failure> {
        let interval = interval.or(server_interval).unwrap_or(INTERVAL) * 1000.0;
        let timeout = timeout.unwrap_or(TIMEOUT) * 1000.0;
        if interval.is_nan() || interval <= 0.0 {
            return Err(invalid("interval", A_TIME));
        }
        if timeout.is_nan() || timeout < 0.0 {
            return Err(invalid("timeout", A_TIME_OR_ZERO));
        }
        Ok(Terms { interval, timeout, request_timeout: request_timeout.min(LONGEST_TIMER) })
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The poll starts, or a wait is over.
    Tick,
    /// The request is over; with the wait that `Retry-After` asks for, in milliseconds.
    Response(Reply, Option<f64>),
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Send a request, of at most so many milliseconds (more than 0).
    Ask {
        /// After that time it counts as [`super::response::Response::Late`].
        ms: f64,
    },
    /// Wait so many milliseconds (more than 0).
    Wait {
        /// Until the next request is due, or the poll ends.
        ms: f64,
    },
    /// The poll is over: the token, or why there is none.
    Done(Result<String, Failure>),
}

/// How far a poll is, for the page's `onProgress`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// How many requests were sent, the current one included.
    pub attempt: u32,
    /// Until the poll's end, in milliseconds.
    pub left: f64,
    /// Until the next request, in milliseconds; 0 during one, `None` if the poll ends before another one.
    pub next: Option<f64>,
}

/// A poll.
pub struct Poll {
    terms: Terms,
    /// The wall clock at the last step.
    clock: f64,
    /// How long the poll has run, in milliseconds. A clock that is set back does not make it younger.
    age: f64,
    /// The age at which the next request is due.
    due: f64,
    requests: u32,
    /// How many requests in a row failed.
    faults: u8,
    /// Whether the server ever responded.
    has_response: bool,
    /// Why it did not: the last failure, but a late response does not replace one that says more.
    fault: Option<Failure>,
}

impl Poll {
    /// A poll that starts now.
    pub fn new(now: f64, terms: Terms) -> Self {
        Poll { terms, clock: now, age: 0.0, due: 0.0, requests: 0, faults: 0, has_response: false, fault: None }
    }

    /// What to do after `event`, at the wall clock's `now`.
    pub fn step(&mut self, now: f64, event: Event) -> Step {
        self.age += (now - self.clock).max(0.0);
        self.clock = now;
        let result = match event {
            Event::Tick => None,
            Event::Response(reply, retry_after) => self.on_reply(reply, retry_after.unwrap_or(0.0)),
        };
        match result {
            Some(result) => Step::Done(result),
            None => self.next(),
        }
    }

    /// How far the poll is after the last step, unless that was the end.
    pub fn progress(&self) -> Progress {
        let left = (self.terms.timeout - self.age).max(0.0);
        let next = (self.due - self.age).max(0.0);
        Progress { attempt: self.requests, left, next: (next == 0.0 || next < left).then_some(next) }
    }

    /// An approval counts even if it comes late: the server gives the token once.
    fn on_reply(&mut self, reply: Reply, retry_after: f64) -> Option<Result<String, Failure>> {
        let mut wait = retry_after;
        match reply {
            Reply::Approved(token) => return Some(Ok(token)),
            Reply::Ended(failure) => return Some(Err(failure)),
            Reply::Fault(failure) => {
                self.faults = self.faults.saturating_add(1);
                wait = wait.max(retry_wait(self.faults).into());
                if self.fault.is_none() || failure.code != Code::NetworkTimeout {
                    self.fault = Some(failure);
                }
            }
            Reply::Pending => self.on_response(),
            Reply::SlowDown(interval) => {
                self.on_response();
                self.terms.interval = (self.terms.interval + SLOW_DOWN).max(interval.unwrap_or(0.0) * 1000.0);
            }
        }
        // Counted from the response, since only then it is certain that the server has seen the request: between two requests
        // it never sees less than the interval, however long each was on its way.
        self.due = self.age + wait.max(self.terms.interval);
        None
    }

    fn on_response(&mut self) {
        self.has_response = true;
        self.faults = 0;
    }

    fn next(&mut self) -> Step {
        let Terms { timeout, request_timeout, .. } = self.terms;
        let left = timeout - self.age;
        // `timeout: 0` asks once, and leaves that request all its time.
        let is_once = timeout == 0.0 && self.requests == 0;
        if left <= 0.0 && !is_once {
            return Step::Done(Err(self.timeout_failure()));
        }
        if self.age < self.due {
            return Step::Wait { ms: (self.due - self.age).min(left).min(LONGEST_TIMER) };
        }
        self.requests += 1;
        Step::Ask { ms: if is_once { request_timeout } else { request_timeout.min(left) } }
    }

    /// `timeout`, unless the server never responded.
    fn timeout_failure(&self) -> Failure {
        self.fault.clone().filter(|_| !self.has_response).unwrap_or(Code::Timeout.into())
    }
}

#[cfg(test)]
mod tests;
