//! Errors, as the page gets them: a code for the page, and a message for developers.

use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A request that is not served.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    error: &'static str,
    message: String,
    header: Option<(HeaderName, HeaderValue)>,
}

impl Refusal {
    pub fn new(status: StatusCode, error: &'static str, message: impl Into<String>) -> Self {
        Refusal { status, error, message: message.into(), header: None }
    }

    /// An invalid body.
    pub fn invalid(message: impl Into<String>) -> Self {
        Refusal::new(StatusCode::BAD_REQUEST, "invalid_request", message)
    }

    pub fn method() -> Self {
        let header = Some((ALLOW, HeaderValue::from_static("POST")));
        Refusal { header, ..Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "Use POST.") }
    }

    /// Somebody else has the name.
    pub fn name_taken() -> Self {
        Refusal::new(StatusCode::CONFLICT, "name_taken", "Somebody else has this name. Sign in, or choose another.")
    }

    pub fn too_many(seconds_left: u64) -> Self {
        let message = format!("Too many requests. Ask again in {seconds_left} seconds.");
        Refusal::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", message).retry_after(Some(seconds_left.into()))
    }

    /// When the page may ask again.
    pub fn retry_after(self, value: Option<HeaderValue>) -> Self {
        Refusal { header: value.map(|value| (RETRY_AFTER, value)), ..self }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.error, "message": self.message });
        send_json(self.status, body.to_string(), self.header)
    }
}

/// A response of JSON, which no cache may keep.
pub fn send_json(status: StatusCode, text: String, header: Option<(HeaderName, HeaderValue)>) -> Response {
    let fixed = [(CONTENT_TYPE, "application/json; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    (status, fixed, header.map(|header| [header]), text).into_response()
}
