//! TOTP codes: which are sent, and how many attempts a user has left (docs/contract.md, section B3.5).

use super::code::Code;
use super::failure::Failure;
use super::response::Verdict;
use crate::text::decimal;

/// The attempts of each email.
#[derive(Default)]
pub struct CodeAttempts {
    counts: Vec<Count>,
}

/// What is remembered of an email whose attempts are not all left.
struct Count {
    email: String,
    wrong: u8,
    /// Codes that the server has not judged yet.
    pending: u8,
}

impl CodeAttempts {
    /// How many attempts an email has.
    const ALLOWED: u8 = 3;

    /// How many attempts this email has left.
    pub fn remaining(&self, email: &str) -> u8 {
        Self::ALLOWED
            .saturating_sub(self.counts.iter().find(|count| count.email == email).map_or(0, |count| count.wrong))
    }

    /// Begins an attempt, and returns the six digits to send. [`CodeAttempts::end`] must follow.
    ///
    /// # Errors
    ///
    /// `too_many_retries` if as many codes were wrong, or are pending, as there are attempts; `invalid_code` for anything but
    /// six digits, which uses no attempt since it is not sent.
    pub fn begin(&mut self, email: &str, code: &str) -> Result<String, Code> {
        let pending = self.counts.iter().find(|count| count.email == email).map_or(0, |count| count.pending);
        if pending >= self.remaining(email) {
            return Err(Code::TooManyRetries);
        }
        let digits = read_digits(code).ok_or(Code::InvalidCode)?;
        self.count(email).pending += 1;
        Ok(digits)
    }

    /// Ends an attempt by its verdict. Returns the token, if the server gives one for a code that is right.
    ///
    /// # Errors
    ///
    /// `invalid_code` for a wrong code, or why it was not judged.
    pub fn end(&mut self, email: &str, verdict: Verdict) -> Result<Option<String>, Failure> {
        let count = self.count(email);
        count.pending = count.pending.saturating_sub(1);
        let result = match verdict {
            Verdict::Right(token) => {
                count.wrong = 0;
                Ok(token)
            }
            Verdict::Wrong(words) => {
                count.wrong = count.wrong.saturating_add(1);
                Err(Failure::new(Code::InvalidCode, words))
            }
            Verdict::NotJudged(failure) => Err(failure),
        };
        self.forget();
        result
    }

    /// Gives this email all its attempts back.
    pub fn reset(&mut self, email: &str) {
        if let Some(count) = self.counts.iter_mut().find(|count| count.email == email) {
            count.wrong = 0;
        }
        self.forget();
    }

    fn count(&mut self, email: &str) -> &mut Count {
        let index = self.counts.iter().position(|count| count.email == email).unwrap_or_else(|| {
            self.counts.push(Count { email: email.into(), wrong: 0, pending: 0 });
            self.counts.len() - 1
        });
        &mut self.counts[index]
    }

    fn forget(&mut self) {
        self.counts.retain(|count| count.wrong > 0 || count.pending > 0);
    }
}

/// Six digits, as people type and paste them: with blanks and hyphens, or full-width (RFC 6238 leaves that to the form).
fn read_digits(code: &str) -> Option<String> {
    let mut digits = String::new();
    for character in code.chars() {
        match character {
            '0'..='9' => digits.push_str(&decimal(character as u32 - '0' as u32)),
            '\u{ff10}'..='\u{ff19}' => digits.push_str(&decimal(character as u32 - 0xff10)),
            // White space.
            '\t'..='\r' | ' ' | '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{3000}' => {}
            // Hyphens, dashes and the minus sign.
            '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => {}
            _ => return None,
        }
    }
    (digits.len() == 6).then_some(digits)
}

#[cfg(test)]
mod tests;
