//! The statuses and codes of docs/contract.md, section B4. `js/ciba-codes.js` has their strings by these numbers.

/// How a poll, a code or a whole call ended. The first five are the statuses of a poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Code {
    /// The person approved, or whatever else was asked for was done. Continue with the token.
    Approved,
    /// The person rejected. Offer another method.
    AccessDenied,
    /// The poll's own time is over. Poll again, or with more time.
    Timeout,
    /// The request lived longer than the server lets it (5 minutes). Start a new one.
    ExpiredToken,
    /// The page cancelled. Start a new request.
    Cancelled,
    /// The TOTP code is wrong, or is not six digits. Ask for it again.
    InvalidCode,
    /// Three codes were wrong. `cancelApproval` resets the count.
    TooManyRetries,
    /// No answer in time.
    NetworkTimeout,
    /// The server cannot be reached: no connection, or whoever answered is not a working AuthSec server.
    ConnectionFailed,
    /// An argument is unusable: an empty email or `auth_req_id`, an interval or a timeout that is no time. Nothing was
    /// sent. OAuth's own code for this (RFC 6749 section 5.2), which a server may give too.
    InvalidRequest,
    /// The text that the server gave as its `error`, in the last answer that was JSON.
    Theirs,
    /// `http_` and the HTTP status of that answer, which names no error: `http_404`.
    Http,
}

#[cfg(test)]
mod tests;
