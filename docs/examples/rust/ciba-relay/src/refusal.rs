//! What the relay itself responds with: a request that it rejects, or a provider that does not respond.

use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::limits::Exceeded;

/// A response of the relay's own.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: StatusCode,
    /// An error code, where the client takes the response for the provider's.
    pub error: Option<&'static str>,
    /// For developers.
    pub message: String,
    pub header: Option<(HeaderName, String)>,
}

impl Refusal {
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Refusal { status, error: None, message: message.into(), header: None }
    }

    /// An invalid body.
    pub fn invalid(message: impl Into<String>) -> Self {
        Refusal { error: Some("invalid_request"), ..Refusal::new(StatusCode::BAD_REQUEST, message) }
    }

    /// What a provider says of an `auth_req_id` that it does not know.
    pub fn expired() -> Self {
        let message = "this session has no such request, or it has expired";
        Refusal { error: Some("expired_token"), ..Refusal::new(StatusCode::BAD_REQUEST, message) }
    }

    pub fn method() -> Self {
        let header = Some((ALLOW, "POST".into()));
        Refusal { header, ..Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "Use POST.") }
    }

    /// `complaint` says what there is too much of.
    pub fn exceeded(complaint: &str, Exceeded { seconds_left, rule }: Exceeded) -> Self {
        let message = format!("{complaint}: {rule}.");
        let header = Some((RETRY_AFTER, seconds_left.to_string()));
        Refusal { header, ..Refusal::new(StatusCode::TOO_MANY_REQUESTS, message) }
    }

    /// The provider's own header, beside a response that is not the provider's.
    pub fn with_retry_after(self, retry_after: Option<String>) -> Self {
        Refusal { header: retry_after.map(|value| (RETRY_AFTER, value)), ..self }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Refusal { status, error, message, header } = self;
        let body = match error {
            Some(error) => json!({ "error": error, "error_description": message }),
            None => json!({ "message": message }),
        };
        send_json(status, body.to_string(), header)
    }
}

/// A response of JSON, which no cache may keep.
pub fn send_json(status: StatusCode, text: String, header: Option<(HeaderName, String)>) -> Response {
    let fixed = [(CONTENT_TYPE, "application/json; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    (status, fixed, header.map(|header| [header]), text).into_response()
}
