//! What a response of AuthSec to an initiation, a poll or a TOTP code means: docs/contract.md, section B3.
//!
//! Two rules hold for all three. What is not JSON was not said by AuthSec but by a proxy, a captive portal or a crash,
//! so it counts as not reached. And a 5xx says that the server could not decide, not what it decided.

use super::status::Code;

/// What came back for one request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    /// Nothing in time.
    Late,
    /// Nothing, for want of a connection, or because it broke.
    Unreachable,
    /// An HTTP answer of this status whose body is not JSON.
    NotJson(u16),
    /// One whose body is.
    Json(Json),
}

/// An answer in JSON. What is no object has no members.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Json {
    /// The HTTP status.
    pub status: u16,
    /// Its `error`.
    pub error: Named,
    /// Whether `access_token` or `token` is text, and not empty.
    pub has_token: bool,
    /// Whether `auth_req_id` is.
    pub has_id: bool,
    /// Whether `success` is `true`.
    pub success: bool,
    /// `expires_in`, in seconds, as it came. What is no number is 0, which is no time either.
    pub expires_in: f64,
    /// `interval`, likewise.
    pub interval: f64,
}

/// Which error an answer names, by its number in `js/ciba-wire.js`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Named {
    /// None: the member is no text, or empty.
    #[default]
    Nothing,
    /// `authorization_pending`.
    Pending,
    /// `slow_down`.
    SlowDown,
    /// `access_denied`.
    AccessDenied,
    /// `expired_token`.
    ExpiredToken,
    /// `invalid_request`.
    InvalidRequest,
    /// Any other text.
    Other,
}

/// A request for approval that the server has taken up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Initiated {
    /// How long the request lives, in seconds.
    pub expires_in: f64,
    /// How long to wait between two polls, in seconds.
    pub interval: f64,
}

/// A request lives 5 minutes, in seconds.
const EXPIRES_IN: f64 = 300.0;
/// The interval where the server names none (CIBA core section 7.3), in seconds.
pub const INTERVAL: f64 = 5.0;

/// What the answer to a poll means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reply {
    /// Undecided.
    Pending,
    /// Undecided, and asked too often; with the interval that the server names, if it names one, in seconds.
    SlowDown(Option<f64>),
    /// The poll is over: approved, denied or expired, or the server says by this code that it will not answer otherwise.
    End(Code),
    /// Nobody knows, and this code says why. To be asked again.
    Fault(Code),
}

/// What became of a TOTP code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Right. The response may have `success: true` in place of a token: docs/contract.md, section B3.5.
    Right,
    /// Wrong.
    Wrong,
    /// Nobody judged it, and this code says why.
    Unjudged(Code),
}

impl Answer {
    /// To a request for approval. An error has its code.
    pub fn initiated(self) -> Result<Initiated, Code> {
        match self.json()? {
            Json { error: Named::Nothing, has_id: true, expires_in, interval, status, .. } if is_success(status) => {
                Ok(Initiated {
                    expires_in: time(expires_in).unwrap_or(EXPIRES_IN),
                    interval: time(interval).unwrap_or(INTERVAL),
                })
            }
            json => Err(json.code()),
        }
    }

    /// To a poll.
    pub fn reply(self) -> Reply {
        // A gateway that limits requests need not speak JSON.
        if self == Answer::NotJson(429) {
            return Reply::SlowDown(None);
        }
        let json = match self.json() {
            Ok(json) => json,
            Err(code) => return Reply::Fault(code),
        };
        let is_heard = is_heard(json.status);
        match json.error {
            _ if is_heard && json.has_token => Reply::End(Code::Approved),
            Named::Pending => Reply::Pending,
            Named::AccessDenied => Reply::End(Code::AccessDenied),
            Named::ExpiredToken => Reply::End(Code::ExpiredToken),
            error if error == Named::SlowDown || json.status == 429 => Reply::SlowDown(time(json.interval)),
            Named::Nothing if is_success(json.status) => Reply::Pending,
            _ if is_heard => Reply::End(json.code()),
            _ => Reply::Fault(json.code()),
        }
    }

    /// To a TOTP code. It was judged if any JSON came back with 2xx or 4xx, except 429.
    pub fn judgement(self) -> Judgement {
        match self.json() {
            Err(code) => Judgement::Unjudged(code),
            Ok(json) if !is_heard(json.status) => Judgement::Unjudged(json.code()),
            Ok(json) if json.has_token || json.success => Judgement::Right,
            Ok(_) => Judgement::Wrong,
        }
    }

    /// The JSON that came back, or the code for that none did.
    fn json(self) -> Result<Json, Code> {
        match self {
            Answer::Late => Err(Code::NetworkTimeout),
            Answer::Unreachable | Answer::NotJson(_) => Err(Code::ConnectionFailed),
            Answer::Json(json) => Ok(json),
        }
    }
}

impl Json {
    /// The code for that this is no success.
    fn code(&self) -> Code {
        match self.error {
            Named::InvalidRequest => Code::InvalidRequest,
            Named::Nothing if self.status >= 500 => Code::ConnectionFailed,
            Named::Nothing => Code::Http,
            _ => Code::Theirs,
        }
    }
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// Whether the server had its say: 2xx or 4xx, except 429.
fn is_heard(status: u16) -> bool {
    is_success(status) || ((400..500).contains(&status) && status != 429)
}

/// Seconds, if they are a time to wait.
fn time(seconds: f64) -> Option<f64> {
    (seconds > 0.0 && seconds.is_finite()).then_some(seconds)
}

#[cfg(test)]
mod tests;
