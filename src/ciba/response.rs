//! What AuthSec's response to an initiation, a poll or a TOTP code means: docs/contract.md, section B3.
//!
//! Three rules hold for all three. Nothing is a success but 2xx without an `error`. An HTTP status of 408, 429 or 5xx says that
//! the server could not decide, not what it decided; only `access_denied` and `expired_token` end a poll whatever the status.
//! And where the server has a sentence in place of a code, the sentence is looked up.

use super::code::{Code, is_success, is_transient};
use super::failure::{Failure, Words};
use crate::options::value::{Value, non_empty_string};
use crate::text::contains;

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
    /// Whether there is an `error` that is not `null`, `false`, `0` or empty.
    pub has_error: bool,
    /// The server's code: of `error`, or of its `code` or `error`, if it is an object.
    pub code: Option<String>,
    /// The server's words.
    pub words: Words,
    /// `access_token`, or `token`.
    pub token: Option<String>,
    /// `auth_req_id`.
    pub auth_req_id: Option<String>,
    /// `success`.
    pub success: Option<bool>,
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
/// A longer `error` is no code.
const LONGEST_CODE: usize = 64;

/// Parts of the server's sentences, in lower case, and the codes for them.
const SENTENCES: [(&str, &str); 6] = [
    ("user not found", "user_not_found"),
    ("no totp devices registered", "no_device_registered"),
    ("client not found", "invalid_client"),
    ("invalid client", "invalid_client"),
    ("tenant not found", "tenant_not_found"),
    ("temporarily locked", "temporarily_locked"),
];

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
    Ended(Failure),
    /// This request failed. The next one may not.
    Fault(Failure),
}

/// What the response to a TOTP code means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Right. `success: true` may take the place of a token: docs/contract.md, section B3.5.
    Right(Option<String>),
    /// Wrong.
    Wrong(Words),
    /// The server did not judge it.
    NotJudged(Failure),
}

impl Response {
    /// To a request for approval.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub fn initiated(&self) -> Result<Initiated, Failure> {
        let initiated = match self {
            Response::Json(json) if json.is_success() => json.initiated(),
            _ => None,
        };
        initiated.ok_or_else(|| self.failure())
    }

    /// To a poll.
    pub fn reply(&self) -> Reply {
        let (status, interval) = match self {
            Response::Json(json) if json.is_success() => {
                return json.token.clone().map_or(Reply::Pending, Reply::Approved);
            }
            Response::Json(json) => (json.status, json.interval),
            Response::NotJson(status) => (*status, None),
            Response::Late | Response::Unreachable => (0, None),
        };
        let failure = self.failure();
        match &failure.code {
            Code::AccessDenied | Code::ExpiredToken => Reply::Ended(failure),
            Code::Server(error) if error == "authorization_pending" => Reply::Pending,
            Code::Server(error) if error == "slow_down" => Reply::SlowDown(interval),
            // A gateway that limits requests need not speak JSON.
            _ if status == 429 => Reply::SlowDown(interval),
            // An `error` that is no code ends the poll, too.
            Code::UnexpectedResponse if matches!(self, Response::Json(_)) => Reply::Ended(failure),
            code if is_transient(status) || code.is_transient() => Reply::Fault(failure),
            _ => Reply::Ended(failure),
        }
    }

    /// To a TOTP code. Only what speaks of the code is a verdict about it.
    pub fn verdict(&self) -> Verdict {
        match self {
            Response::Json(json) if json.accepts_code() => Verdict::Right(json.token.clone()),
            Response::Json(json) if json.rejects_code() => Verdict::Wrong(json.words.clone()),
            _ => Verdict::NotJudged(self.failure()),
        }
    }

    /// Why this is not a success.
    fn failure(&self) -> Failure {
        match self {
            Response::Late => Code::NetworkTimeout.into(),
            Response::Unreachable => Code::ConnectionFailed.into(),
            Response::NotJson(status) => Code::from_status(*status).into(),
            Response::Json(json) => json.failure(),
        }
    }
}

impl Json {
    /// Reads parsed JSON.
    pub fn read<V: Value>(status: u16, json: &V) -> Self {
        let string = |owner: &V, name| non_empty_string(owner, name).and_then(|value| value.as_string());
        let seconds = |name| {
            let number = json.get(name).and_then(|value| value.to_number());
            number.filter(|seconds| *seconds > 0.0 && seconds.is_finite())
        };
        let error = json.get("error").filter(|error| !error.is_falsy());
        let has_error = error.is_some();
        let error = error.unwrap_or_default();
        let text = error.as_string().or_else(|| string(&error, "code")).or_else(|| string(&error, "error"));
        let (code, sentence) = match text {
            Some(text) if is_code(&text) => (Some(text), None),
            sentence => (None, sentence),
        };
        let message = string(json, "message").or_else(|| string(&error, "message")).or(sentence);
        Json {
            status,
            has_error,
            code,
            words: Words { error_description: string(json, "error_description"), message },
            token: string(json, "access_token").or_else(|| string(json, "token")),
            auth_req_id: json.get("auth_req_id").and_then(|id| id.as_text()).filter(|id| !id.is_empty()),
            success: json.get("success").and_then(|success| success.as_boolean()),
            expires_in: seconds("expires_in"),
            interval: seconds("interval"),
        }
    }

    fn is_success(&self) -> bool {
        is_success(self.status) && !self.has_error
    }

    fn initiated(&self) -> Option<Initiated> {
        Some(Initiated {
            auth_req_id: self.auth_req_id.clone()?,
            expires_in: self.expires_in.unwrap_or(EXPIRES_IN),
            interval: self.interval.unwrap_or(INTERVAL),
        })
    }

    fn accepts_code(&self) -> bool {
        self.is_success()
            && match self.success {
                Some(success) => success,
                None => self.token.is_some(),
            }
    }

    fn rejects_code(&self) -> bool {
        let is_bare =
            self.success == Some(false) && !self.has_error && self.token.is_none() && self.words == Words::default();
        !is_transient(self.status)
            && (is_bare || self.code.as_deref() == Some("invalid_code") || self.sentence_code() == Some("invalid_code"))
    }

    /// The code for the server's sentence.
    fn sentence_code(&self) -> Option<&'static str> {
        let sentence = self.words.message.as_ref()?.to_ascii_lowercase();
        if let Some((_, code)) = SENTENCES.iter().find(|(part, _)| contains(&sentence, part)) {
            return Some(code);
        }
        // The word: a body that is "invalid" because the server cannot "decode" it says nothing about a code.
        let names_code =
            sentence.as_bytes().split(|byte| !byte.is_ascii_alphabetic()).any(|word| word.starts_with(b"code"));
        (names_code && contains(&sentence, "invalid")).then_some("invalid_code")
    }

    /// Why this is not a success.
    fn failure(&self) -> Failure {
        let code = match (&self.code, self.sentence_code()) {
            (Some(code), _) => Code::from_server(code),
            // A 5xx may quote any sentence of another service.
            (None, Some(code)) if self.status < 500 => Code::from_server(code),
            _ => Code::from_status(self.status),
        };
        Failure::new(code, self.words.clone())
    }
}

/// Whether an `error` is a code, and not a sentence.
fn is_code(text: &str) -> bool {
    text.len() <= LONGEST_CODE && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
