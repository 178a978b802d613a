//! From a sent assertion to its result, even if responses are lost: docs/contract.md, section A5.2, as a state machine.
//!
//! It decides, [`crate::cloud`] acts: no clock, no network, no browser in here.

use crate::response::{TransactionStatus, Verdict};
use crate::text::concat;

/// What to do next.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// Send the assertion, the first time or the same one again.
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
    /// Of the first answer that told nothing, or of the last refusal; empty until then.
    reason: String,
    refused: bool,
    /// An answer told nothing, so that a copy of the assertion may have been accepted unseen.
    lost: bool,
    resends: u8,
    silences: u8,
}

/// Added to the reason where nobody can say what the cloud decided.
const OUTCOME_UNKNOWN: &str =
    " (the outcome is unknown: let the backend ask the status endpoint before the person is asked again)";

impl Recovery {
    /// Of an assertion that is about to be sent.
    pub fn new() -> Self {
        Recovery { reason: String::new(), refused: false, lost: false, resends: 0, silences: 0 }
    }

    /// Of an assertion that was sent and is gone, so that it cannot be sent again.
    pub fn after_crash(reason: &str) -> Self {
        Recovery { reason: concat(&[reason]), resends: RESENDS, ..Recovery::new() }
    }

    /// After the response to an assertion.
    pub fn on_verdict(&mut self, verdict: Verdict) -> Next {
        match verdict {
            Verdict::Accepted(token) => return Next::Done(Ok(token)),
            Verdict::Refused(reason) => {
                self.reason = reason;
                self.refused = true;
            }
            Verdict::Unknown(reason) => {
                if !self.lost {
                    self.reason = reason;
                }
                self.lost = true;
            }
        }
        Next::Ask(0)
    }

    /// After a response of the status endpoint.
    pub fn on_status(&mut self, status: TransactionStatus) -> Next {
        match status {
            TransactionStatus::Succeeded(token) => Next::Done(Ok(token)),
            // Browsers resend a POST by themselves: the refusal may be of a second copy, so the status was asked once.
            TransactionStatus::Failed(_) if self.refused => self.failed(""),
            _ if self.refused => self.out_of_time(),
            TransactionStatus::Failed(reason) => {
                self.failed(&concat(&[" (the status endpoint says failed", &reason, ")"]))
            }
            TransactionStatus::Pending if self.resends < RESENDS => {
                self.resends += 1;
                Next::Send
            }
            TransactionStatus::Pending | TransactionStatus::Unknown => {
                self.silences += 1;
                if self.silences < PATIENCE { Next::Ask(retry_wait(self.silences)) } else { self.out_of_time() }
            }
        }
    }

    /// When the time for the recovery is over, or patience with the status endpoint.
    pub fn out_of_time(&self) -> Next {
        self.failed(if self.refused && !self.lost { "" } else { OUTCOME_UNKNOWN })
    }

    fn failed(&self, addition: &str) -> Next {
        Next::Done(Err(concat(&[&self.reason, addition])))
    }
}

impl Default for Recovery {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
