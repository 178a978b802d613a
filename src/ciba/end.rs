//! What the page's `onEnd` gets when a call of `CIBAClient` ends: docs/contract.md, section B5. Never a token, a TOTP code, an
//! `auth_req_id` or an email.

use super::code::Code;
use crate::options::value::Value;
use crate::text::concat;

/// The end of a call.
pub struct End<'a> {
    /// The method that the page called.
    pub method: &'static str,
    /// Whether a push was sent, which decides nothing yet.
    pub is_initiated: bool,
    /// Why there is no approval.
    pub code: Option<&'a Code>,
    /// Whether no attempt is left for a TOTP code.
    pub is_last_attempt: bool,
    /// How long it took, in milliseconds.
    pub duration: f64,
    /// How many requests were begun.
    pub requests: u32,
}

impl End<'_> {
    /// The event.
    pub fn record<V: Value>(&self) -> V {
        // The server's own words may quote a secret.
        let text = self.code.map(|code| code.loggable().unwrap_or_else(|| concat(&["serverError"])));
        let (code, cause) = match self.code {
            None if self.is_initiated => ("initiated", None),
            None => ("approved", Some("approved")),
            Some(Code::InvalidCode) if self.is_last_attempt => ("invalid_code", Some("too_many_retries")),
            Some(code) => (text.as_deref().unwrap_or_default(), Some(code.cause())),
        };
        let mut record = V::new_record();
        record.set("method", &V::from_string(self.method));
        record.set("code", &V::from_string(code));
        record.set("cause", &cause.map_or_else(V::null, V::from_string));
        record.set("silent", &V::from_boolean(cause == Some("cancelled")));
        record.set("duration", &V::from_number(self.duration.round()));
        record.set("requests", &V::from_number(self.requests.into()));
        record
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
