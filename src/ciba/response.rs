//! What AuthSec's response to an initiation, a poll or a TOTP code means: docs/contract.md, section B3.
//!
//! Two rules hold for all three. A body that is not JSON is not AuthSec's but a proxy's, a captive portal's or a crash's, so
//! it counts as no connection. And a 5xx says that the server could not decide, not what it decided.

use super::code::Code;
use crate::options::value::{Value, non_empty_string};

/// What came back for one request.
#[derive(Clone, Debug, PartialEq)]
pub enum Response {
    /// Nothing in time.
    Late,
    /// Nothing: there is no connection, or it broke.
    Unreachable,
    /// An HTTP response with this status whose body is not JSON.
    NotJson(u16),
    /// One whose body is.
    Json(Json),
}

/// A response in JSON. A body that is not an object has no properties, and a string counts only if it is not empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Json {
    /// The HTTP status.
    pub status: u16,
    /// `error`.
    pub error: Option<String>,
    /// `access_token`.
    pub access_token: Option<String>,
    /// `token`.
    pub token: Option<String>,
    /// `auth_req_id`.
    pub auth_req_id: Option<String>,
    /// Whether `success` is `true`.
    pub success: bool,
    /// `expires_in`, in seconds, if it is a time.
    pub expires_in: Option<f64>,
    /// `interval`, likewise.
    pub interval: Option<f64>,
}

/// A request for approval that the server has accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct Initiated {
    /// The request's identifier. Who holds it can ask for the token.
    pub auth_req_id: String,
    /// In how many seconds the request expires.
    pub expires_in: f64,
    /// How many seconds to wait between two polls.
    pub interval: f64,
}

/// When a request expires if the server names no time, in seconds.
const EXPIRES_IN: f64 = 300.0;
/// The interval if the server names none (CIBA core section 7.3), in seconds.
pub const INTERVAL: f64 = 5.0;

/// What the response to a poll means.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// Undecided.
    Pending,
    /// Undecided, and polled too often; with the interval that the server names, if it names one, in seconds.
    SlowDown(Option<f64>),
    /// Approved, and this is the token.
    Approved(String),
    /// Denied or expired, or the server says by this code that it will not decide.
    Ended(Code),
    /// This request failed. The next one may not.
    Fault(Code),
}

/// What the response to a TOTP code means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Right. `success: true` may take the place of a token: docs/contract.md, section B3.5.
    Right(Option<String>),
    /// Wrong.
    Wrong,
    /// The server did not judge it.
    NotJudged(Code),
}

impl Response {
    /// To a request for approval.
    ///
    /// # Errors
    ///
    /// The code why there is none.
    pub fn initiated(self) -> Result<Initiated, Code> {
        match self.json()? {
            Json { error: None, auth_req_id: Some(auth_req_id), expires_in, interval, status, .. }
                if is_success(status) =>
            {
                Ok(Initiated {
                    auth_req_id,
                    expires_in: expires_in.unwrap_or(EXPIRES_IN),
                    interval: interval.unwrap_or(INTERVAL),
                })
            }
            json => Err(json.code()),
        }
    }

    /// To a poll.
    pub fn reply(self) -> Reply {
        // A gateway that limits requests need not speak JSON.
        if self == Response::NotJson(429) {
            return Reply::SlowDown(None);
        }
        let mut json = match self.json() {
            Ok(json) => json,
            Err(code) => return Reply::Fault(code),
        };
        let is_decision = is_decision(json.status);
        if is_decision && let Some(token) = json.access_token.take().or(json.token.take()) {
            return Reply::Approved(token);
        }
        match json.error.as_deref() {
            Some("authorization_pending") => Reply::Pending,
            Some("access_denied") => Reply::Ended(Code::AccessDenied),
            Some("expired_token") => Reply::Ended(Code::ExpiredToken),
            error if error == Some("slow_down") || json.status == 429 => Reply::SlowDown(json.interval),
            None if is_success(json.status) => Reply::Pending,
            _ if is_decision => Reply::Ended(json.code()),
            _ => Reply::Fault(json.code()),
        }
    }

    /// To a TOTP code. The server judged it if it responded with JSON and 2xx or 4xx, except 429.
    pub fn verdict(self) -> Verdict {
        match self.json() {
            Err(code) => Verdict::NotJudged(code),
            Ok(json) if !is_decision(json.status) => Verdict::NotJudged(json.code()),
            Ok(json) => match json.token.or(json.access_token) {
                None if !json.success => Verdict::Wrong,
                token => Verdict::Right(token),
            },
        }
    }

    fn json(self) -> Result<Json, Code> {
        match self {
            Response::Late => Err(Code::NetworkTimeout),
            Response::Unreachable | Response::NotJson(_) => Err(Code::ConnectionFailed),
            Response::Json(json) => Ok(json),
        }
    }
}

impl Json {
    /// Reads parsed JSON.
    pub fn read<V: Value>(status: u16, json: &V) -> Self {
        let string = |name| non_empty_string(json, name).and_then(|value| value.as_string());
        let seconds = |name| {
            let number = json.get(name).and_then(|value| value.as_number());
            number.filter(|seconds| *seconds > 0.0 && seconds.is_finite())
        };
        Json {
            status,
            error: string("error"),
            access_token: string("access_token"),
            token: string("token"),
            auth_req_id: string("auth_req_id"),
            success: json.get("success").and_then(|success| success.as_boolean()) == Some(true),
            expires_in: seconds("expires_in"),
            interval: seconds("interval"),
        }
    }

    /// Why this is not a success.
    fn code(self) -> Code {
        match self.error {
            Some(error) if error == "invalid_request" => Code::InvalidRequest,
            Some(error) => Code::Server(error),
            None if self.status >= 500 => Code::ConnectionFailed,
            None => Code::Http(self.status),
        }
    }
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// Whether the server decided: 2xx or 4xx, except 429.
fn is_decision(status: u16) -> bool {
    is_success(status) || ((400..500).contains(&status) && status != 429)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
