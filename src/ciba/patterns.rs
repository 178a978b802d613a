//! The decisions of `safeAuthenticate`, `authenticateWithRetry` and `authenticateWithFallback`: contract section 4.
//!
//! To all three, an initiation that failed is an [`Outcome::Error`] with its code, and a cancel at any moment an
//! [`Outcome::Cancelled`].

use super::json::{Member, object};
use super::status::{INVALID_REQUEST, Outcome};
use super::totp::Verdict;
use crate::recovery::retry_wait;

/// How long `safeAuthenticate` polls, in seconds.
pub const SAFE_TIMEOUT: f64 = 60.0;
/// How long `authenticateWithFallback` polls unless the page says otherwise, in seconds.
pub const FALLBACK_TIMEOUT: f64 = 30.0;
/// How many attempts `authenticateWithRetry` has unless the page says otherwise.
const ATTEMPTS: u32 = 3;

/// What `safeAuthenticate` resolves to, as JSON text: `{ success: true, token }` or `{ success: false, error: code }`.
pub fn safe_json(outcome: &Outcome) -> String {
    let (success, name, text) = match outcome {
        Outcome::Approved(token) => (true, "token", token.as_str()),
        _ => (false, "error", outcome.code()),
    };
    object(&[("success", Member::Boolean(success)), (name, Member::Text(text))])
}

/// What `authenticateWithRetry` does next.
#[derive(Debug, PartialEq)]
pub enum Retry {
    /// After a wait in milliseconds, which a cancel ends: a new request, and its poll.
    Initiate(f64),
    /// The token, or none.
    Done(Option<String>),
}

/// The attempts of one `authenticateWithRetry`.
pub struct Attempts {
    made: u32,
    allowed: u32,
}

impl Attempts {
    /// `maxRetries` counts the attempts, the first included. What is no number of at least 1 allows none.
    pub fn new(max_retries: Option<f64>) -> Self {
        Attempts { made: 0, allowed: max_retries.map_or(ATTEMPTS, |allowed| allowed as u32) }
    }

    /// How it begins.
    pub fn first(&mut self) -> Retry {
        self.next(0.0)
    }

    /// How it goes on after an attempt.
    pub fn after(&mut self, outcome: Outcome) -> Retry {
        match outcome {
            Outcome::Approved(token) => Retry::Done(Some(token)),
            // A person who is asked again and again learns to approve.
            Outcome::Denied | Outcome::Cancelled => Retry::Done(None),
            Outcome::TimedOut | Outcome::Expired => self.next(0.0),
            Outcome::Error(code) if code == INVALID_REQUEST => Retry::Done(None),
            // 2, 4, 8 … seconds, by the schedule that the passkey's recovery keeps.
            Outcome::Error(_) => self.next(f64::from(retry_wait(self.made.saturating_add(3).min(8) as u8))),
        }
    }

    fn next(&mut self, wait: f64) -> Retry {
        if self.made < self.allowed {
            self.made += 1;
            Retry::Initiate(wait)
        } else {
            Retry::Done(None)
        }
    }
}

/// What `authenticateWithFallback` does after the push.
#[derive(Debug, PartialEq)]
pub enum Fallback {
    /// Ask the page for a TOTP code and verify it; no code, or a cancel, is the end.
    Prompt,
    /// The token, or none.
    Done(Option<String>),
}

/// After the push: whoever rejected it may still sign in by code, whoever cancelled may not be asked for one.
pub fn after_push(outcome: Outcome) -> Fallback {
    match outcome {
        Outcome::Approved(token) => Fallback::Done(Some(token)),
        Outcome::Cancelled => Fallback::Done(None),
        Outcome::Error(code) if code == INVALID_REQUEST => Fallback::Done(None),
        _ => Fallback::Prompt,
    }
}

/// After the code: the token, or none.
pub fn after_code(verdict: Verdict) -> Option<String> {
    match verdict {
        Verdict::Right(token) => token,
        Verdict::Failed { .. } => None,
    }
}

#[cfg(test)]
mod tests;
