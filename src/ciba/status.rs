//! The statuses and codes of contract section 3, and how a poll can end. Their words for a person are in
//! `js/ciba-errors.js`, since a page may ask for them before the module has loaded.

use super::json::{Member, object};

/// The person approved. Continue with the token.
pub const APPROVED: &str = "approved";
/// The person rejected. Offer another method.
pub const ACCESS_DENIED: &str = "access_denied";
/// The poll's own time is over. Poll again, or with more time.
pub const TIMEOUT: &str = "timeout";
/// The request lived longer than the server lets it (5 minutes). Start a new one.
pub const EXPIRED_TOKEN: &str = "expired_token";
/// The page cancelled. Start a new request.
pub const CANCELLED: &str = "cancelled";
/// The status of a poll that ended with an error code instead of one of the above.
pub const ERROR: &str = "error";

/// The TOTP code is wrong, or is not six digits. Ask for it again.
pub const INVALID_CODE: &str = "invalid_code";
/// Three codes were wrong. `cancelApproval` resets the count.
pub const TOO_MANY_RETRIES: &str = "too_many_retries";

/// No answer in time.
pub const NETWORK_TIMEOUT: &str = "network_timeout";
/// The server cannot be reached: no connection, or whoever answered is not a working AuthSec server.
pub const CONNECTION_FAILED: &str = "connection_failed";

/// An argument is unusable: an empty email or `auth_req_id`, an interval or a timeout that is no time. Nothing was sent.
/// OAuth's own code for this (RFC 6749 section 5.2).
pub const INVALID_REQUEST: &str = "invalid_request";
/// What begins the code for an answer that is an error by its HTTP status alone: `http_404`.
pub const HTTP: &str = "http_";

/// What the phone shows unless the page says otherwise: plain ASCII and short, as CIBA core section 7.1 asks.
pub const BINDING_MESSAGE: &str = "Approve only if you are signing in right now.";

/// How a poll ended. An approval without a token cannot be built.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// `approved`, with the token.
    Approved(String),
    /// `access_denied`.
    Denied,
    /// `timeout`.
    TimedOut,
    /// `expired_token`.
    Expired,
    /// `cancelled`.
    Cancelled,
    /// `error`, with the code: of the server, of the network, or [`INVALID_REQUEST`].
    Error(String),
}

impl Outcome {
    /// An error by its code.
    pub fn error(code: &str) -> Self {
        Outcome::Error(code.into())
    }

    /// The member `status`.
    pub fn status(&self) -> &'static str {
        match self {
            Outcome::Approved(_) => APPROVED,
            Outcome::Denied => ACCESS_DENIED,
            Outcome::TimedOut => TIMEOUT,
            Outcome::Expired => EXPIRED_TOKEN,
            Outcome::Cancelled => CANCELLED,
            Outcome::Error(_) => ERROR,
        }
    }

    /// The one code that says what happened, fit for `getUserFriendlyError`: of an error its own, else the status.
    pub fn code(&self) -> &str {
        match self {
            Outcome::Error(code) => code,
            _ => self.status(),
        }
    }

    /// What `pollForApproval` resolves to, as JSON text: `{ status }`, with `token` if approved, with `error` if an error.
    pub fn json(&self) -> String {
        let (token, error) = match self {
            Outcome::Approved(token) => (Member::Text(token), Member::Absent),
            Outcome::Error(code) => (Member::Absent, Member::Text(code)),
            _ => (Member::Absent, Member::Absent),
        };
        object(&[("status", Member::Text(self.status())), ("token", token), ("error", error)])
    }
}

#[cfg(test)]
mod tests;
