//! Asks for the outcome of a transaction until it is decided or the time is over: docs/contract.md, section A5.3, as a state
//! machine over a clock, like [`crate::recovery`].

use crate::cause::Cause;
use crate::messages::{CRASHED, NOT_KNOWN, OUTCOME_UNKNOWN, PENDING, REJECTED, STATUS_FAILED};
use crate::recovery::{Event, Next};
use crate::response::TransactionStatus;
use crate::stopwatch::{Stopwatch, limit_wait};
use crate::text::concat;

/// The waits between the first queries, in milliseconds.
const FIRST_WAITS: [f64; 3] = [1_000.0, 2_000.0, 3_000.0];
/// The wait between all others.
const WAIT: f64 = 5_000.0;

/// An inquiry that is under way.
pub struct Inquiry {
    stopwatch: Stopwatch,
    /// How long to wait for a decision.
    patience: f64,
    /// How long one request may take.
    timeout: f64,
    /// Whether it goes on with a call that crashed after the user had consented.
    has_crashed: bool,
    waits: usize,
}

impl Inquiry {
    /// With a patience of 0 it asks once. Times are in milliseconds.
    pub fn new(now: f64, patience: f64, timeout: f64, has_crashed: bool) -> Self {
        Inquiry { stopwatch: Stopwatch::new(now), patience, timeout, has_crashed, waits: 0 }
    }

    /// What to do after `event`, at the clock's `now`.
    pub fn step(&mut self, now: f64, event: Event) -> Next {
        self.stopwatch.advance(now);
        let Event::Status(status, retry_after) = event else {
            return Next::Query(self.timeout);
        };
        let left = self.patience - self.stopwatch.age;
        // What is not decided can change, and a response can arrive: the browser may be offline.
        if status.is_decided() || left < 1.0 {
            return Next::Done(self.result(status));
        }
        let wait = FIRST_WAITS.get(self.waits).copied().unwrap_or(WAIT);
        self.waits = self.waits.saturating_add(1);
        // The last query is at the end of the time.
        Next::Wait(limit_wait(retry_after.unwrap_or_default().max(wait).min(left)))
    }

    fn result(&self, status: TransactionStatus) -> Result<String, (Cause, String)> {
        Err(match status {
            TransactionStatus::Succeeded(token) => return Ok(token),
            TransactionStatus::Failed(reason) => {
                let start = if self.has_crashed { CRASHED } else { REJECTED };
                (Cause::Refused, concat(&[start, STATUS_FAILED, &reason, ")"]))
            }
            _ if self.has_crashed => (Cause::OutcomeUnknown, concat(&[CRASHED, OUTCOME_UNKNOWN])),
            TransactionStatus::Pending => (Cause::Pending, concat(&[PENDING])),
            TransactionStatus::Unknown => (Cause::OutcomeUnknown, concat(&[NOT_KNOWN, OUTCOME_UNKNOWN])),
            TransactionStatus::Unusable(reason) | TransactionStatus::NoResponse(reason) => {
                (Cause::OutcomeUnknown, concat(&[&reason, OUTCOME_UNKNOWN]))
            }
        })
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
