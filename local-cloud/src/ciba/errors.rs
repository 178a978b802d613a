//! The error responses of AuthSec's endpoints. Its two flows have different formats, and so have its endpoints.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::errors::ApiError;

#[derive(Debug)]
pub struct CibaError {
    status: StatusCode,
    body: Value,
    retry_after: Option<RetryAfter>,
}

/// A response extension: in how many seconds the client may ask again.
#[derive(Clone, Copy, Debug)]
pub struct RetryAfter(pub i64);

impl CibaError {
    /// `{ error, error_description }`: a code of OpenID CIBA core 1.0, sections 11 and 13, or of AuthSec.
    pub fn new(status: StatusCode, code: &str, description: impl AsRef<str>) -> Self {
        Self::with_body(status, json!({ "error": code, "error_description": description.as_ref() }))
    }

    /// 400 `{ error, error_description }`.
    pub fn bad_request(code: &str, description: impl AsRef<str>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, description)
    }

    /// `{ error }`, a text and no code.
    pub fn text(status: StatusCode, text: impl AsRef<str>) -> Self {
        Self::with_body(status, json!({ "error": text.as_ref() }))
    }

    /// `{ error, details }`, texts and no code.
    pub fn with_details(status: StatusCode, text: &str, details: impl AsRef<str>) -> Self {
        Self::with_body(status, json!({ "error": text, "details": details.as_ref() }))
    }

    pub fn with_body(status: StatusCode, body: Value) -> Self {
        Self { status, body, retry_after: None }
    }

    /// An initiation that was refused: the body has the properties of a success, too, which are empty.
    pub fn initiation(status: StatusCode, code: &str, description: impl AsRef<str>) -> Self {
        let description = description.as_ref();
        Self::with_body(
            status,
            json!({
                "auth_req_id": "", "expires_in": 0, "interval": 0, "error": code, "error_description": description
            }),
        )
    }

    pub fn retry_after(self, seconds: i64) -> Self {
        Self { retry_after: Some(RetryAfter(seconds.max(1))), ..self }
    }
}

impl From<ApiError> for CibaError {
    fn from(error: ApiError) -> Self {
        let status = match error.status() {
            StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
            status => status,
        };
        let code = if status.is_server_error() { "server_error" } else { "invalid_request" };
        Self::new(status, code, error.message())
    }
}

impl IntoResponse for CibaError {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        if let Some(retry_after) = self.retry_after {
            response.extensions_mut().insert(retry_after);
        }
        response
    }
}
