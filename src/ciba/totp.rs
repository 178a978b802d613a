//! TOTP codes: which are sent, and how often a person may be wrong. Contract sections 1 and 3.

use super::answer::Judgement;
use super::json::{Member, object};
use super::status::{INVALID_CODE, TOO_MANY_RETRIES};

/// How many wrong codes an email has.
const ATTEMPTS: u8 = 3;

/// What `verifyTotp` resolves to.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The code is right; the token, which the contract lets be absent (see [`Judgement::Right`]).
    Right(Option<String>),
    /// There is no approval.
    Failed {
        /// `invalid_code`, `too_many_retries`, or why nobody judged the code.
        error: String,
        /// How many wrong codes are left, 0 to 3.
        remaining: u8,
    },
}

impl Verdict {
    /// The code that says why there is no approval; empty if there is one.
    pub fn error(&self) -> &str {
        match self {
            Verdict::Right(_) => "",
            Verdict::Failed { error, .. } => error,
        }
    }

    /// As JSON text: `{ success: true, token, remaining: 3 }` or `{ success: false, error, remaining }`.
    pub fn json(&self) -> String {
        let success = Member::Boolean(matches!(self, Verdict::Right(_)));
        let (name, text, remaining) = match self {
            Verdict::Right(token) => ("token", token.as_deref().map_or(Member::Null, Member::Text), ATTEMPTS),
            Verdict::Failed { error, remaining } => ("error", Member::Text(error), *remaining),
        };
        object(&[("success", success), (name, text), ("remaining", Member::Count(remaining.into()))])
    }
}

/// The wrong codes of each email, which is compared as it is written. Emails without any take no room.
#[derive(Default)]
pub struct Misses {
    of: Vec<(String, u8)>,
}

impl Misses {
    /// How many wrong codes this email has left.
    pub fn remaining(&self, email: &str) -> u8 {
        let misses = self.of.iter().find(|(of, _)| of == email).map_or(0, |(_, misses)| *misses);
        ATTEMPTS.saturating_sub(misses)
    }

    /// Whether a code may be sent.
    ///
    /// # Errors
    ///
    /// `too_many_retries` after three misses; `invalid_code` for what is not six ASCII digits, which costs no attempt,
    /// as no server ever saw it.
    pub fn check(&self, email: &str, code: &str) -> Result<(), Verdict> {
        match self.remaining(email) {
            0 => Err(self.failed(email, TOO_MANY_RETRIES.into())),
            _ if code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()) => Ok(()),
            _ => Err(self.failed(email, INVALID_CODE.into())),
        }
    }

    /// Counts what became of a code.
    pub fn judge(&mut self, email: &str, judgement: Judgement) -> Verdict {
        let error = match judgement {
            Judgement::Right(token) => {
                self.reset(email);
                return Verdict::Right(token);
            }
            Judgement::Wrong => {
                match self.of.iter_mut().find(|(of, _)| of == email) {
                    Some((_, misses)) => *misses = misses.saturating_add(1),
                    None => self.of.push((email.into(), 1)),
                }
                INVALID_CODE.into()
            }
            Judgement::Unjudged(code) => code,
        };
        self.failed(email, error)
    }

    /// Forgets the misses of this email.
    pub fn reset(&mut self, email: &str) {
        self.of.retain(|(of, _)| of != email);
    }

    /// No approval for this email, counting as it stands.
    pub fn failed(&self, email: &str, error: String) -> Verdict {
        Verdict::Failed { error, remaining: self.remaining(email) }
    }
}

#[cfg(test)]
mod tests;
