//! From a sent assertion to its result, even if responses are lost: docs/contract.md, section A5.2, as a state machine.
//!
//! It decides and [`crate::cloud`] acts, so that it can be tested without a clock, a network or a browser.

use crate::messages::{OUTCOME_UNKNOWN, STATUS_FAILED};
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
const MAX_RESENDS: u8 = 2;
/// How many responses of the status endpoint may be inconclusive: missing, unusable, or `pending` with no resend left.
const MAX_INCONCLUSIVE: u8 = 5;

/// The wait in milliseconds before the next try after `failures` failed ones: 250, 500, 1000 …
pub fn retry_wait(failures: u8) -> u32 {
    125 << failures.min(8)
}

/// A finalization whose result is not known yet.
pub struct Recovery {
    /// Why the first response was lost, or the last rejection; empty until then.
    reason: String,
    is_refused: bool,
    /// The response to a copy of the assertion was lost, so the cloud may have accepted that copy.
    may_be_accepted: bool,
    resends: u8,
    inconclusive: u8,
}

impl Recovery {
    /// Of an assertion that is about to be sent.
    pub fn new() -> Self {
        Recovery { reason: String::new(), is_refused: false, may_be_accepted: false, resends: 0, inconclusive: 0 }
    }

    /// Of an assertion that was sent and is gone, so that it cannot be sent again.
    pub fn after_crash(reason: &str) -> Self {
        Recovery { reason: concat(&[reason]), resends: MAX_RESENDS, ..Recovery::new() }
    }

    /// After the response to an assertion.
    pub fn on_verdict(&mut self, verdict: Verdict) -> Next {
        match verdict {
            Verdict::Accepted(token) => return Next::Done(Ok(token)),
            Verdict::Refused(reason) => {
                self.reason = reason;
                self.is_refused = true;
            }
            Verdict::Unknown(reason) => {
                if !self.may_be_accepted {
                    self.reason = reason;
                }
                self.may_be_accepted = true;
            }
        }
        Next::Ask(0)
    }

    /// After a response of the status endpoint.
    pub fn on_status(&mut self, status: TransactionStatus) -> Next {
        match status {
            TransactionStatus::Succeeded(token) => Next::Done(Ok(token)),
            // Browsers resend a POST by themselves: the refusal may be of a second copy, so the status was asked once.
            TransactionStatus::Failed(_) if self.is_refused => self.failed(""),
            _ if self.is_refused => self.out_of_time(),
            TransactionStatus::Failed(reason) => self.failed(&concat(&[STATUS_FAILED, &reason, ")"])),
            TransactionStatus::Pending if self.resends < MAX_RESENDS => {
                self.resends += 1;
                Next::Send
            }
            TransactionStatus::Pending | TransactionStatus::Unknown => {
                self.inconclusive += 1;
                if self.inconclusive < MAX_INCONCLUSIVE {
                    Next::Ask(retry_wait(self.inconclusive))
                } else {
                    self.out_of_time()
                }
            }
        }
    }

    /// When no time is left for the recovery, or the status endpoint was inconclusive too often.
    pub fn out_of_time(&self) -> Next {
        self.failed(if self.is_refused && !self.may_be_accepted { "" } else { OUTCOME_UNKNOWN })
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
