//! What the page's `logger` gets: docs/contract.md, section B5. Never a token, a TOTP code or an `auth_req_id`.

use super::failure::Failure;
use crate::text::{concat, decimal};

/// What happened.
pub enum Entry<'a> {
    /// A request for approval is about to be sent.
    Initiating,
    /// The server has accepted it.
    Initiated,
    /// A request for the token is about to be sent; the number counts them.
    Polling(u32),
    /// A TOTP code is about to be sent.
    Verifying,
    /// The user has approved, or the TOTP code was right.
    Approved,
    /// A push or a TOTP code ended otherwise.
    Failed(&'a Failure),
}

impl Entry<'_> {
    /// The method of the `logger`, and its argument.
    pub fn line(&self, email: &str) -> (&'static str, String) {
        match self {
            Entry::Initiating => ("info", concat(&["Asking for the approval of ", email])),
            Entry::Initiated => ("info", concat(&["Push sent to ", email])),
            Entry::Polling(count) => ("debug", concat(&["Poll ", &decimal(*count), " for ", email])),
            Entry::Verifying => ("info", concat(&["Verifying a TOTP code of ", email])),
            Entry::Approved => ("info", concat(&["Approved by ", email])),
            Entry::Failed(failure) => {
                let (level, what) =
                    if failure.code.is_status() { ("warn", "Not approved by ") } else { ("error", "Failed for ") };
                (level, concat(&[what, email, ": ", &failure.loggable_text()]))
            }
        }
    }
}

#[cfg(test)]
mod tests;
