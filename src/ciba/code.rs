//! How an approval ends without a token: the statuses and codes of docs/contract.md, section B4.

use crate::text::{concat, decimal};

/// Why there is no approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// The user rejected. Offer another method.
    AccessDenied,
    /// The poll's own time is over. Poll again, or with more time.
    Timeout,
    /// The request has expired on the server (5 minutes). Start a new one.
    ExpiredToken,
    /// The page canceled. Start a new request.
    Cancelled,
    /// The TOTP code is wrong, or is not six digits. Ask for it again.
    InvalidCode,
    /// Three codes were wrong. `cancelApproval` resets the count.
    TooManyRetries,
    /// No response in time.
    NetworkTimeout,
    /// No connection, or what responded is not a working AuthSec server.
    ConnectionFailed,
    /// An argument or an option is invalid, and nothing was sent; or the server says so of the request.
    InvalidRequest,
    /// The HTTP status of a response that names no error.
    Http(u16),
    /// The `error` of the server's response.
    Server(String),
}

impl Code {
    /// As the page gets it.
    pub fn text(&self) -> String {
        let text = match self {
            Code::AccessDenied => "access_denied",
            Code::Timeout => "timeout",
            Code::ExpiredToken => "expired_token",
            Code::Cancelled => "cancelled",
            Code::InvalidCode => "invalid_code",
            Code::TooManyRetries => "too_many_retries",
            Code::NetworkTimeout => "network_timeout",
            Code::ConnectionFailed => "connection_failed",
            Code::InvalidRequest => "invalid_request",
            Code::Http(status) => return concat(&["http_", &decimal((*status).into())]),
            Code::Server(error) => error,
        };
        concat(&[text])
    }

    /// As the log gets it: words of the server's own may quote a secret, so only what looks like a code is logged.
    /// Lowercase letters, underscores and at most three digits: `invalid_grant` and `http_404`, no identifier, no TOTP code.
    pub fn loggable_text(&self) -> String {
        let text = self.text();
        let mut digits = 0;
        for byte in text.bytes() {
            match byte {
                b'a'..=b'z' | b'_' => {}
                b'0'..=b'9' => digits += 1,
                _ => digits = usize::MAX / 2,
            }
        }
        if digits <= 3 { text } else { concat(&["the server's own words, which only the result repeats"]) }
    }

    /// Whether it is a status of a poll, and no error.
    pub fn is_status(&self) -> bool {
        matches!(self, Code::AccessDenied | Code::Timeout | Code::ExpiredToken | Code::Cancelled)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
