//! What the page's `logger` is told: contract section 4.5. Never a token, a TOTP code or an `auth_req_id`.
//!
//! None of these functions takes one, but a server may quote one in its error, so an error is told only if it looks
//! like a code. The page has the whole of it in the result.

use super::status::Outcome;
use crate::text::{concat, decimal};

/// The method of the logger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// `debug`.
    Debug,
    /// `info`.
    Info,
    /// `warn`.
    Warn,
    /// `error`.
    Error,
}

impl Level {
    /// Its name, as the console has it.
    pub fn method(self) -> &'static str {
        match self {
            Level::Debug => "debug",
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }
}

/// What is told: how, and in which words.
pub type Line = (Level, String);

/// A request is about to be sent.
pub fn started(email: &str) -> Line {
    (Level::Info, concat(&["Asking for the approval of ", email]))
}

/// The server has taken it up.
pub fn initiated(email: &str) -> Line {
    (Level::Info, concat(&["Push sent to ", email]))
}

/// A poll asks.
pub fn asked(email: &str, attempt: u32) -> Line {
    (Level::Debug, concat(&["Poll ", &decimal(attempt), " for ", email]))
}

/// A code is about to be verified.
pub fn verifying(email: &str) -> Line {
    (Level::Info, concat(&["Verifying a TOTP code of ", email]))
}

/// The person approved.
pub fn approved(email: &str) -> Line {
    (Level::Info, concat(&["Approved by ", email]))
}

/// A poll is over, or a pattern's attempt.
pub fn ended(email: &str, outcome: &Outcome) -> Line {
    match outcome {
        Outcome::Approved(_) => approved(email),
        Outcome::Error(code) => failed(email, code),
        _ => (Level::Warn, concat(&["Not approved by ", email, ": ", outcome.status()])),
    }
}

/// An initiation or a TOTP code failed.
pub fn failed(email: &str, code: &str) -> Line {
    let code = if is_code(code) { code } else { "the server's own words, which only the result repeats" };
    (Level::Error, concat(&["Failed for ", email, ": ", code]))
}

/// Small letters, underscores and no more than three digits: `invalid_grant` and `http_404`, no identifier and no TOTP.
fn is_code(code: &str) -> bool {
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    digits <= 3 && code.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

#[cfg(test)]
mod tests;
