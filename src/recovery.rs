//! From a sent assertion to its result, although answers get lost: contract section 5 as a state machine.
//!
//! It decides, [`crate::cloud`] acts: no clock, no network, no browser in here.

use crate::answer::{Standing, Verdict};
use crate::text::concat;

/// What to do next.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// Send the same assertion again.
    Send,
    /// Ask the status endpoint, after a wait in milliseconds.
    Ask(u32),
    /// It is decided: the transaction token, or why there is none.
    Done(Result<String, String>),
}

/// How often the same assertion may be sent again.
const RESENDS: u8 = 2;
/// How often the status endpoint may leave us without a word, or at `pending` with no resend left.
const PATIENCE: u8 = 5;

/// The wait in milliseconds before the next try after `failures` failed ones: 250, 500, 1000 …
pub fn retry_wait(failures: u8) -> u32 {
    125 << failures.min(8)
}

/// A finalization whose result is not known yet.
pub struct Recovery {
    reason: String,
    refused: bool,
    resends: u8,
    silences: u8,
}

/// Added to the reason where nobody can say what the cloud decided.
const OUTCOME_UNKNOWN: &str =
    " (the outcome is unknown: let the backend ask the status endpoint before the person is asked again)";

impl Recovery {
    /// After the first answer to a finalization: the recovery that it needs, or the result.
    pub fn of(verdict: Verdict) -> Result<Self, String> {
        let (reason, refused) = match verdict {
            Verdict::Accepted(token) => return Err(token),
            Verdict::Refused(reason) => (reason, true),
            Verdict::Unknown(reason) => (reason, false),
        };
        Ok(Recovery { reason, refused, resends: 0, silences: 0 })
    }

    /// Of a finalization whose assertion is gone, so that nothing can be sent again.
    pub fn of_interrupted(reason: String) -> Self {
        Recovery { reason, refused: false, resends: RESENDS, silences: 0 }
    }

    /// After the answer to an assertion that was sent again.
    pub fn on_verdict(&mut self, verdict: Verdict) -> Next {
        match verdict {
            Verdict::Accepted(token) => return Next::Done(Ok(token)),
            Verdict::Refused(reason) => {
                self.reason = reason;
                self.refused = true;
            }
            // The first reason is the one that began it.
            Verdict::Unknown(_) => {}
        }
        Next::Ask(0)
    }

    /// After an answer of the status endpoint.
    pub fn on_standing(&mut self, standing: Standing) -> Next {
        match standing {
            Standing::Succeeded(token) => Next::Done(Ok(token)),
            // Browsers resend a POST by themselves: the refusal may be of a second copy, so the status was asked once.
            _ if self.refused => Next::Done(Err(self.reason.clone())),
            Standing::Failed => Next::Done(Err(concat(&[&self.reason, " (the status endpoint says failed)"]))),
            Standing::Pending if self.resends < RESENDS => {
                self.resends += 1;
                Next::Send
            }
            Standing::Pending | Standing::Unknown => {
                self.silences += 1;
                if self.silences < PATIENCE { Next::Ask(retry_wait(self.silences)) } else { self.out_of_time() }
            }
        }
    }

    /// When the time for the recovery is over, or patience with the status endpoint.
    pub fn out_of_time(&self) -> Next {
        Next::Done(Err(if self.refused { self.reason.clone() } else { concat(&[&self.reason, OUTCOME_UNKNOWN]) }))
    }
}
