//! The poll for an approval as a state machine over a clock and events: docs/contract.md, section B3.4.
//!
//! It decides, the driver acts, in a loop that ends with [`Step::Done`]:
//!
//! ```text
//! poll.step(now, Event::Tick) -> Ask { ms }  post, at most that long, then step(now, Event::Answer(answer.reply()))
//!                             -> Wait { ms } sleep, at most that long, then step(now, Event::Tick)
//!                             -> Done(outcome)
//! ```
//!
//! A cancel ends the request or the sleep under way, and is told by `step(now, Event::Cancel)`. A driver that wakes late
//! (a hidden tab, a laptop that slept) or early does no harm: what is due is decided by the clock.

use super::answer::{INTERVAL, Reply};
use super::status::Code;
use crate::recovery::retry_wait;

/// The poll's own limit unless the page says otherwise, in seconds.
const TIMEOUT: f64 = 300.0;
/// What `slow_down` adds to the interval (CIBA core section 11), in milliseconds.
const SLOW_DOWN: f64 = 5_000.0;
/// A timer of the browser holds no more than 31 bits.
const LONGEST_TIMER: f64 = 2_147_483_647.0;

/// The times that a poll keeps to, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Between an answer and the next request.
    pub interval: f64,
    /// From the start to the end of the poll. 0 asks exactly once, infinity until the server decides.
    pub timeout: f64,
    /// How long one request may take.
    pub request_timeout: f64,
}

impl Terms {
    /// From what the page asks for (`interval` and `timeout`) and what the server said of this request
    /// (`server_interval`), all in seconds. The page's own interval goes before the server's, which may answer
    /// `slow_down`.
    ///
    /// # Errors
    ///
    /// `invalid_request` for an interval that is not more than 0, or a timeout that is less.
    pub fn new(
        interval: Option<f64>,
        timeout: Option<f64>,
        server_interval: Option<f64>,
        request_timeout: f64,
    ) -> Result<Self, Code> {
        let interval = interval.or(server_interval).unwrap_or(INTERVAL) * 1000.0;
        let timeout = timeout.unwrap_or(TIMEOUT) * 1000.0;
        // Written so that what is not a number is refused too.
        if interval > 0.0 && timeout >= 0.0 {
            Ok(Terms { interval, timeout, request_timeout: request_timeout.min(LONGEST_TIMER) })
        } else {
            Err(Code::InvalidRequest)
        }
    }
}

/// What the driver tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// The poll starts, or a sleep is over.
    Tick,
    /// The request is over.
    Answer(Reply),
    /// The page cancelled.
    Cancel,
}

/// What the driver does next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Ask the server, and give up on its answer after so many milliseconds (more than 0).
    Ask {
        /// Counts as an answer that came too late: [`super::answer::Answer::Late`].
        ms: f64,
    },
    /// Sleep so many milliseconds (more than 0).
    Wait {
        /// Until the next request is due, or the poll's end.
        ms: f64,
    },
    /// The poll is over. It is not to be asked again.
    Done(Code),
}

/// Where a poll stands, for the page's `onProgress`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// How many requests were sent, the one under way included.
    pub attempt: u32,
    /// Until the poll's end, in milliseconds.
    pub left: f64,
    /// Until the next request, in milliseconds; 0 while one is under way, `None` if the poll ends before another one.
    pub next: Option<f64>,
}

/// A poll.
#[derive(Clone, Copy)]
pub struct Poll {
    terms: Terms,
    /// The wall clock at the last step.
    clock: f64,
    /// How long the poll has run, in milliseconds. A clock that is set back does not make it younger.
    age: f64,
    /// The age at which the next request is due.
    due: f64,
    asked: u32,
    faults: u8,
    /// Whether the server ever answered.
    heard: bool,
    /// Why it did not. What says more than that time ran out stays.
    fault: Option<Code>,
}

impl Poll {
    /// A poll that starts now.
    pub fn new(now: f64, terms: Terms) -> Self {
        Poll { terms, clock: now, age: 0.0, due: 0.0, asked: 0, faults: 0, heard: false, fault: None }
    }

    /// After `event` at the wall clock's `now`: what to do next.
    pub fn step(&mut self, now: f64, event: Event) -> Step {
        self.age += (now - self.clock).max(0.0);
        self.clock = now;
        let end = match event {
            Event::Tick => None,
            Event::Cancel => Some(Code::Cancelled),
            Event::Answer(reply) => self.hear(reply),
        };
        match end {
            Some(code) => Step::Done(code),
            None => self.go_on(),
        }
    }

    /// Where the poll stands after the last step, if that was not the end.
    pub fn progress(&self) -> Progress {
        let left = (self.terms.timeout - self.age).max(0.0);
        let next = (self.due - self.age).max(0.0);
        Progress { attempt: self.asked, left, next: (next == 0.0 || next < left).then_some(next) }
    }

    /// An approval counts even when it comes late: the server gives the token away once.
    fn hear(&mut self, reply: Reply) -> Option<Code> {
        let mut wait = 0.0;
        match reply {
            Reply::End(code) => return Some(code),
            Reply::Fault(code) => {
                self.faults = self.faults.saturating_add(1);
                wait = f64::from(retry_wait(self.faults));
                if self.fault.is_none() || code != Code::NetworkTimeout {
                    self.fault = Some(code);
                }
            }
            Reply::Pending => self.be_heard(),
            Reply::SlowDown(interval) => {
                self.be_heard();
                self.terms.interval = (self.terms.interval + SLOW_DOWN).max(interval.unwrap_or(0.0) * 1000.0);
            }
        }
        // Counted from the answer, since only then it is certain that the server saw the request before: between two
        // requests it never sees less than the interval, however long each was on its way.
        self.due = self.age + wait.max(self.terms.interval);
        None
    }

    fn be_heard(&mut self) {
        self.heard = true;
        self.faults = 0;
    }

    fn go_on(&mut self) -> Step {
        let Terms { timeout, request_timeout, .. } = self.terms;
        let left = timeout - self.age;
        // `timeout: 0` asks once, and leaves that request all its time.
        let is_once = timeout == 0.0 && self.asked == 0;
        if left <= 0.0 && !is_once {
            return Step::Done(self.out_of_time());
        }
        if self.age < self.due {
            return Step::Wait { ms: (self.due - self.age).min(left).min(LONGEST_TIMER) };
        }
        self.asked += 1;
        Step::Ask { ms: if is_once { request_timeout } else { request_timeout.min(left) } }
    }

    /// `timeout`, unless nobody answered all the while.
    fn out_of_time(&self) -> Code {
        self.fault.filter(|_| !self.heard).unwrap_or(Code::Timeout)
    }
}

#[cfg(test)]
mod tests;
