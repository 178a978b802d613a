//! How an approval ends without a token: the statuses and codes of docs/contract.md, section B4.

use std::fmt;

use crate::text::{concat, decimal};

/// Why there is no approval.
#[derive(Clone, PartialEq, Eq)]
pub enum Code {
    /// The user rejected. Offer another method.
    AccessDenied,
    /// The poll's own time is over. Poll again, or with more time.
    Timeout,
    /// The request has expired on the server (5 minutes), or its token was given out before. Start a new one.
    ExpiredToken,
    /// The page canceled. Start a new request.
    Cancelled,
    /// The TOTP code is wrong, or is not six digits. Ask for it again.
    InvalidCode,
    /// Three codes were wrong (`cancelApproval` resets the count), or as many are being verified as there are attempts left.
    TooManyRetries,
    /// No response in time.
    NetworkTimeout,
    /// The server cannot be reached.
    ConnectionFailed,
    /// An argument or an option is invalid, and nothing was sent.
    InvalidArgument,
    /// A response with 2xx that is neither a success nor names an error.
    UnexpectedResponse,
    /// The HTTP status of a response that names no error.
    Http(u16),
    /// The server's own code.
    Server(String),
}

/// The codes of servers that are causes of their own. The first five are this client's, too.
const SERVER_CAUSES: [&str; 12] = [
    "timeout",
    "cancelled",
    "too_many_retries",
    "invalid_argument",
    "unexpected_response",
    "user_not_found",
    "unknown_user_id",
    "no_device_registered",
    "temporarily_locked",
    "invalid_client",
    "invalid_scope",
    "tenant_not_found",
];

/// This client's codes for a server that it cannot reach, which a relay may pass on from its own.
const UNREACHABLE: [&str; 2] = ["network_timeout", "connection_failed"];

impl Code {
    /// The code that the server names.
    pub fn from_server(error: &str) -> Self {
        match error {
            "access_denied" => Code::AccessDenied,
            "expired_token" => Code::ExpiredToken,
            "invalid_code" => Code::InvalidCode,
            _ => Code::Server(concat(&[error])),
        }
    }

    /// The code of a response that names none.
    pub fn from_status(status: u16) -> Self {
        if is_success(status) { Code::UnexpectedResponse } else { Code::Http(status) }
    }

    /// As the page gets it.
    pub fn text(&self) -> String {
        match self {
            Code::Http(status) => concat(&["http_", &decimal((*status).into())]),
            Code::Server(error) => concat(&[error]),
            own => concat(&[own.own_name().unwrap_or_default()]),
        }
    }

    fn own_name(&self) -> Option<&'static str> {
        Some(match self {
            Code::AccessDenied => "access_denied",
            Code::Timeout => "timeout",
            Code::ExpiredToken => "expired_token",
            Code::Cancelled => "cancelled",
            Code::InvalidCode => "invalid_code",
            Code::TooManyRetries => "too_many_retries",
            Code::NetworkTimeout => "network_timeout",
            Code::ConnectionFailed => "connection_failed",
            Code::InvalidArgument => "invalid_argument",
            Code::UnexpectedResponse => "unexpected_response",
            Code::Http(_) | Code::Server(_) => return None,
        })
    }

    /// As the log gets it: a text of the server's own may quote a secret, so only what looks like a code is logged.
    /// Lowercase letters, underscores and at most three digits: `invalid_grant` and `http_404`, no identifier, no TOTP code.
    pub fn loggable_text(&self) -> String {
        let text = "the server's own words, which only the result repeats";
        self.loggable().unwrap_or_else(|| concat(&[text]))
    }

    /// The text, if it looks like a code.
    pub fn loggable(&self) -> Option<String> {
        let text = self.text();
        let mut digits = 0;
        for byte in text.bytes() {
            match byte {
                b'a'..=b'z' | b'_' => {}
                b'0'..=b'9' => digits += 1,
                _ => digits = usize::MAX / 2,
            }
        }
        (digits <= 3).then_some(text)
    }

    /// Its cause, as of `webauthn-result/cause`: docs/contract.md, section A2.4. A test compares it with the tables there,
    /// which would be 500 bytes more here.
    pub fn cause(&self) -> &'static str {
        match self {
            Code::NetworkTimeout | Code::ConnectionFailed => "unreachable",
            Code::Http(status) if is_transient(*status) => "unreachable",
            Code::Http(_) => "serverError",
            Code::Server(error) => match SERVER_CAUSES.iter().find(|cause| *cause == error) {
                Some(cause) => cause,
                None if self.is_transient() || UNREACHABLE.contains(&error.as_str()) => "unreachable",
                None => "serverError",
            },
            own => own.own_name().unwrap_or_default(),
        }
    }

    /// Whether it is a status of a poll, and no error.
    pub fn is_status(&self) -> bool {
        matches!(self, Code::AccessDenied | Code::Timeout | Code::ExpiredToken | Code::Cancelled)
    }

    /// Whether the same request may succeed later.
    pub fn is_transient(&self) -> bool {
        match self {
            Code::NetworkTimeout | Code::ConnectionFailed | Code::UnexpectedResponse => true,
            Code::Http(status) => is_transient(*status),
            Code::Server(error) => ["server_error", "temporarily_unavailable", "slow_down"].contains(&error.as_str()),
            _ => false,
        }
    }
}

/// As the log gets it.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.loggable_text())
    }
}

/// Whether an HTTP status is 2xx.
pub fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// Whether an HTTP status says that the server could not decide, not what it decided.
pub fn is_transient(status: u16) -> bool {
    matches!(status, 408 | 429) || status >= 500
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
