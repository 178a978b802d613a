//! The decisions of `safeAuthenticate`, `authenticateWithRetry` and `authenticateWithFallback`:
//! docs/contract.md, section B5.

use super::code::Code;
use crate::recovery::retry_wait;

/// How long `safeAuthenticate` polls, in seconds.
pub const SAFE_TIMEOUT: f64 = 60.0;
/// How long `authenticateWithFallback` polls unless the page says otherwise, in seconds.
pub const FALLBACK_TIMEOUT: f64 = 30.0;
/// How many attempts `authenticateWithRetry` has unless the page says otherwise.
const ATTEMPTS: u32 = 3;

/// The attempts of one `authenticateWithRetry`.
pub struct Attempts {
    made: u32,
    allowed: u32,
}

impl Attempts {
    /// `maxRetries` counts the attempts, the first included. A value that is not a number of at least 1 allows none.
    pub fn new(max_retries: Option<f64>) -> Self {
        Attempts { made: 0, allowed: max_retries.map_or(ATTEMPTS, |allowed| allowed as u32) }
    }

    /// How long to wait before the next attempt, in milliseconds, if there is one.
    ///
    /// `ended` is how the attempt before ended; [`Code::Timeout`] asks for the first one.
    pub fn next(&mut self, ended: &Code) -> Option<f64> {
        let wait = match ended {
            Code::Timeout | Code::ExpiredToken => 0.0,
            // 2, 4, 8 … seconds, by the schedule of the passkeys' recovery.
            code if code.is_transient() => f64::from(retry_wait(self.made.saturating_add(3).min(8) as u8)),
            // Trying again cannot help. Above all, someone who is asked again and again learns to approve.
            _ => return None,
        };
        let is_left = self.made < self.allowed;
        self.made += u32::from(is_left);
        is_left.then_some(wait)
    }
}

/// Whether `authenticateWithFallback` asks for a TOTP code after a push that ended so. A user who rejected may still sign in
/// by code; one who canceled may not be asked for one.
pub fn wants_code(ended: &Code) -> bool {
    !matches!(ended, Code::Cancelled | Code::InvalidArgument)
}

#[cfg(test)]
mod tests;
