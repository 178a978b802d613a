//! What an answer of AuthSec means, to a request for approval, to a poll and to a TOTP code: contract sections 2, 3 and 5.
//!
//! Two rules hold for all three. What is not JSON was not said by AuthSec but by a proxy, a captive portal or a crash,
//! so it counts as not reached. And a 5xx says that the server could not decide, not what it decided.

use super::json::{Member, object};
use super::status;
use crate::text::{concat, decimal};

/// What came back for one request.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Nothing.
    None(Silence),
    /// An HTTP answer.
    Http {
        /// The HTTP status.
        status: u16,
        /// The members of its body that matter here; `None` where the body is not JSON.
        body: Option<Body>,
    },
}

/// Why nothing came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// Not in time: `network_timeout`.
    Late,
    /// No connection, or one that broke: `connection_failed`.
    Unreachable,
}

impl Silence {
    /// The code of contract section 3.
    pub fn code(self) -> &'static str {
        match self {
            Silence::Late => status::NETWORK_TIMEOUT,
            Silence::Unreachable => status::CONNECTION_FAILED,
        }
    }
}

/// The members of an answer. Texts only where they are text and not empty, numbers as they came, in seconds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// `access_token`.
    pub access_token: Option<String>,
    /// `token`.
    pub token: Option<String>,
    /// `error`.
    pub error: Option<String>,
    /// `auth_req_id`.
    pub auth_req_id: Option<String>,
    /// `expires_in`.
    pub expires_in: Option<f64>,
    /// `interval`.
    pub interval: Option<f64>,
    /// Whether `success` is `true`.
    pub success: bool,
}

/// Parsed JSON of any shape, as far as an answer is read: in a page a JavaScript value. What is no object has no members.
pub trait Json {
    /// A member that is text.
    fn text(&self, name: &str) -> Option<String>;
    /// A member that is a number.
    fn number(&self, name: &str) -> Option<f64>;
    /// Whether a member is `true`.
    fn is_true(&self, name: &str) -> bool;
}

impl Body {
    /// Reads parsed JSON.
    pub fn read(json: &impl Json) -> Self {
        let text = |name| json.text(name).filter(|text| !text.is_empty());
        Body {
            access_token: text("access_token"),
            token: text("token"),
            error: text("error"),
            auth_req_id: text("auth_req_id"),
            expires_in: json.number("expires_in"),
            interval: json.number("interval"),
            success: json.is_true("success"),
        }
    }
}

/// A request for approval that the server has taken up.
#[derive(Clone, Debug, PartialEq)]
pub struct Initiated {
    /// Names the request. Who holds it can ask for the token, so it is a secret.
    pub auth_req_id: String,
    /// How long the request lives, in milliseconds.
    pub expires_in: f64,
    /// How long to wait between two polls, in milliseconds.
    pub interval: f64,
}

/// A request lives 5 minutes, in milliseconds.
const EXPIRES_IN: f64 = 300_000.0;
/// The interval where the server names none (CIBA core section 7.3), in milliseconds.
pub const INTERVAL: f64 = 5_000.0;

impl Initiated {
    /// What `initiateAppApproval` resolves to, as JSON text: `{ auth_req_id, expires_in, interval }`.
    pub fn json(&self) -> String {
        object(&[
            ("auth_req_id", Member::Text(&self.auth_req_id)),
            ("expires_in", Member::Seconds(self.expires_in)),
            ("interval", Member::Seconds(self.interval)),
        ])
    }
}

/// What the answer to a poll means.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// Approved, and this is the token.
    Approved(String),
    /// Undecided.
    Pending,
    /// Undecided, and asked too often; with the interval that the server names, if it names one, in milliseconds.
    SlowDown(Option<f64>),
    /// The person rejected.
    Denied,
    /// The request lives no more.
    Expired,
    /// The server says by this code that it will not answer otherwise.
    Error(String),
    /// Nobody knows, and this code says why. To be asked again.
    Fault(String),
}

/// What became of a TOTP code.
#[derive(Clone, Debug, PartialEq)]
pub enum Judgement {
    /// Right. The contract lets `success: true` come without a token.
    Right(Option<String>),
    /// Wrong.
    Wrong,
    /// Nobody judged it, and this code says why.
    Unjudged(String),
}

impl Answer {
    /// To a request for approval. An error has its code.
    pub fn initiated(self) -> Result<Initiated, String> {
        let (status, body) = self.body()?;
        match (body.error, body.auth_req_id) {
            (Some(code), _) => Err(code),
            (None, Some(auth_req_id)) if is_success(status) => Ok(Initiated {
                auth_req_id,
                expires_in: ms(body.expires_in).unwrap_or(EXPIRES_IN),
                interval: ms(body.interval).unwrap_or(INTERVAL),
            }),
            _ => Err(unsaid(status)),
        }
    }

    /// To a poll.
    pub fn reply(self) -> Reply {
        // A gateway that limits requests need not speak JSON.
        if let Answer::Http { status: 429, body: None } = self {
            return Reply::SlowDown(None);
        }
        let (status, body) = match self.body() {
            Ok(answer) => answer,
            Err(code) => return Reply::Fault(code),
        };
        let is_heard = is_heard(status);
        if let (true, Some(token)) = (is_heard, body.access_token.or(body.token)) {
            return Reply::Approved(token);
        }
        match body.error.as_deref() {
            Some("authorization_pending") => Reply::Pending,
            Some("slow_down") => Reply::SlowDown(ms(body.interval)),
            Some(status::ACCESS_DENIED) => Reply::Denied,
            Some(status::EXPIRED_TOKEN) => Reply::Expired,
            _ if status == 429 => Reply::SlowDown(ms(body.interval)),
            None if is_success(status) => Reply::Pending,
            _ => {
                let code = body.error.unwrap_or_else(|| unsaid(status));
                if is_heard { Reply::Error(code) } else { Reply::Fault(code) }
            }
        }
    }

    /// To a TOTP code. It was judged if any JSON came back with 2xx or 4xx, except 429.
    pub fn judgement(self) -> Judgement {
        match self.body() {
            Err(code) => Judgement::Unjudged(code),
            Ok((status, body)) if is_heard(status) => match body.token.or(body.access_token) {
                None if !body.success => Judgement::Wrong,
                token => Judgement::Right(token),
            },
            Ok((status, body)) => Judgement::Unjudged(body.error.unwrap_or_else(|| unsaid(status))),
        }
    }

    /// The JSON that came back, or the code for that none did.
    fn body(self) -> Result<(u16, Body), String> {
        match self {
            Answer::None(silence) => Err(silence.code().into()),
            Answer::Http { body: None, .. } => Err(status::CONNECTION_FAILED.into()),
            Answer::Http { status, body: Some(body) } => Ok((status, body)),
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

/// The code for JSON that names no error.
fn unsaid(status: u16) -> String {
    match status {
        500.. => status::CONNECTION_FAILED.into(),
        _ => concat(&[status::HTTP, &decimal(status.into())]),
    }
}

/// Seconds in milliseconds, if they are a time to wait.
fn ms(seconds: Option<f64>) -> Option<f64> {
    seconds.filter(|seconds| *seconds > 0.0 && seconds.is_finite()).map(|seconds| seconds * 1000.0)
}

#[cfg(test)]
mod tests;
