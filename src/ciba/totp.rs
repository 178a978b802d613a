//! TOTP codes: which are sent, and how many wrong ones a user has left (docs/contract.md, section B3.5).

use super::code::Code;
use super::response::Verdict;

/// How many codes of one email were wrong.
#[derive(Default)]
pub struct WrongCodes {
    counts: Vec<(String, u8)>,
}

impl WrongCodes {
    /// How many wrong codes an email has.
    const ATTEMPTS: u8 = 3;

    /// How many wrong codes this email has left.
    pub fn remaining(&self, email: &str) -> u8 {
        let count = self.counts.iter().find(|(of, _)| of == email).map_or(0, |(_, count)| *count);
        Self::ATTEMPTS.saturating_sub(count)
    }

    /// Whether a code may be sent.
    ///
    /// # Errors
    ///
    /// `too_many_retries` after three wrong codes; `invalid_code` for anything but six ASCII digits, which uses no attempt
    /// since it is not sent.
    pub fn check(&self, email: &str, code: &str) -> Result<(), Code> {
        match self.remaining(email) {
            0 => Err(Code::TooManyRetries),
            _ if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) => Ok(()),
            _ => Err(Code::InvalidCode),
        }
    }

    /// Counts a code by its verdict. Returns the token, if the server gives one for a code that is right.
    ///
    /// # Errors
    ///
    /// `invalid_code` for a wrong code, or why it was not judged.
    pub fn count(&mut self, email: &str, verdict: Verdict) -> Result<Option<String>, Code> {
        match verdict {
            Verdict::Right(token) => {
                self.reset(email);
                Ok(token)
            }
            Verdict::Wrong => {
                match self.counts.iter_mut().find(|(of, _)| of == email) {
                    Some((_, count)) => *count = count.saturating_add(1),
                    None => self.counts.push((email.into(), 1)),
                }
                Err(Code::InvalidCode)
            }
            Verdict::NotJudged(code) => Err(code),
        }
    }

    /// Gives this email all its attempts back.
    pub fn reset(&mut self, email: &str) {
        self.counts.retain(|(of, _)| of != email);
    }
}

#[cfg(test)]
mod tests;
