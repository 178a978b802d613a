//! TOTP codes: which are sent, and how many wrong ones a user has (docs/contract.md, section B3.5).

use super::answer::Judgement;
use super::status::Code;

/// The wrong codes of each email, by its number.
#[derive(Default)]
pub struct Misses {
    of: Vec<u8>,
}

impl Misses {
    /// How many wrong codes an email has.
    pub const ATTEMPTS: u8 = 3;

    /// Without any.
    pub const fn new() -> Self {
        Misses { of: Vec::new() }
    }

    /// How many wrong codes this email has left.
    pub fn remaining(&self, email: usize) -> u8 {
        Self::ATTEMPTS.saturating_sub(self.of.get(email).copied().unwrap_or(0))
    }

    /// Whether a code may be sent, by whether it is six ASCII digits.
    ///
    /// # Errors
    ///
    /// `too_many_retries` after three misses; `invalid_code` for what is not six digits, which costs no attempt, as no
    /// server ever saw it.
    pub fn check(&self, email: usize, is_code: bool) -> Result<(), Code> {
        match self.remaining(email) {
            0 => Err(Code::TooManyRetries),
            _ if is_code => Ok(()),
            _ => Err(Code::InvalidCode),
        }
    }

    /// Counts what became of a code.
    pub fn judge(&mut self, email: usize, judgement: Judgement) -> Code {
        match judgement {
            Judgement::Right => {
                self.reset(email);
                Code::Approved
            }
            Judgement::Wrong => {
                if self.of.len() <= email {
                    self.of.resize(email + 1, 0);
                }
                if let Some(misses) = self.of.get_mut(email) {
                    *misses = misses.saturating_add(1);
                }
                Code::InvalidCode
            }
            Judgement::Unjudged(code) => code,
        }
    }

    /// Forgets the misses of this email.
    pub fn reset(&mut self, email: usize) {
        if let Some(misses) = self.of.get_mut(email) {
            *misses = 0;
        }
    }
}

#[cfg(test)]
mod tests;
