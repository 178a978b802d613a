//! What a route gets, and what it responds with.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;

use crate::refusal::{Refusal, send_json};
use crate::users::User;

/// Who asks.
pub struct Visitor {
    /// The visitor's cookie, from the first request on.
    pub visit: String,
    /// Who is signed in.
    pub user: Option<User>,
}

/// A response, and what becomes of the visitor's session.
pub struct Reply {
    pub response: Response,
    pub session: Option<SessionChange>,
}

pub enum SessionChange {
    /// A new session, under this ID.
    SignedIn(User, String),
    /// The cookie of this session again, unless it has ended.
    Resumed(String),
}

impl Reply {
    pub fn json(body: &Value) -> Self {
        Reply { response: send_json(StatusCode::OK, body.to_string(), None), session: None }
    }

    pub fn with_session(self, change: SessionChange) -> Self {
        Reply { session: Some(change), ..self }
    }
}

/// One spelling for each name. As in the cloud, which does not distinguish case, but shorter: the username is also the display
/// name, which has up to 64 bytes.
pub fn username_of(body: &Value) -> Result<String, Refusal> {
    let is_valid = |byte: u8| byte.is_ascii_alphanumeric() || b"_.@-".contains(&byte);
    body["username"]
        .as_str()
        .filter(|name| (1..=64).contains(&name.len()) && name.bytes().all(is_valid))
        .map(str::to_ascii_lowercase)
        .ok_or_else(|| {
            let message = "username must be a string of 1 to 64 characters of a-z A-Z 0-9 _ - . @";
            Refusal::new(StatusCode::BAD_REQUEST, "invalid_username", message)
        })
}

pub fn text_of<'a>(body: &'a Value, name: &str) -> Result<&'a str, Refusal> {
    body[name]
        .as_str()
        .filter(|text| !text.is_empty())
        .ok_or_else(|| Refusal::invalid(format!("{name} must be a string, and not empty")))
}
