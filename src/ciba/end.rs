//! What the page's `onEnd` gets when a call of `CIBAClient` ends: docs/contract.md, section B5. Never a token, a TOTP code, an
//! `auth_req_id` or an email.

use super::code::Code;
use crate::options::value::Value;

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
        let (code, cause) = match self.code {
            None if self.is_initiated => (V::from_string("initiated"), V::null()),
            None => (V::from_string("approved"), V::from_string("approved")),
            Some(Code::InvalidCode) if self.is_last_attempt => {
                (V::from_string("invalid_code"), V::from_string("too_many_retries"))
            }
            // The server's own words may quote a secret.
            Some(code) => {
                (V::from_string(code.loggable().as_deref().unwrap_or("serverError")), V::from_string(code.cause()))
            }
        };
        let mut record = V::new_record();
        record.set("method", &V::from_string(self.method));
        record.set("code", &code);
        record.set("cause", &cause);
        record.set("silent", &V::from_boolean(self.code == Some(&Code::Cancelled)));
        record.set("duration", &V::from_number(self.duration.round()));
        record.set("requests", &V::from_number(self.requests.into()));
        record
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
