//! The error responses of AuthSec's endpoints: `{ "success": false, "error", "error_description" }`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::body::JsonBody;
use crate::errors::ApiError;
use crate::state::Cloud;
use crate::text;

/// An HTTP status and an error code of OpenID CIBA core 1.0, sections 11 and 13.
#[derive(Debug)]
pub struct CibaError {
    status: StatusCode,
    code: &'static str,
    description: String,
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    success: bool,
    error: &'a str,
    error_description: &'a str,
}

impl CibaError {
    pub fn new(status: StatusCode, code: &'static str, description: impl Into<String>) -> Self {
        Self { status, code, description: description.into() }
    }

    /// 400.
    pub fn bad_request(code: &'static str, description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, description)
    }

    /// 400 `invalid_request`: a property is missing or has an invalid value.
    pub fn invalid_request(description: impl Into<String>) -> Self {
        Self::bad_request("invalid_request", description)
    }

    /// 400 `invalid_grant`: the request does not exist or is another client's. The response does not say which.
    pub fn invalid_grant() -> Self {
        Self::bad_request("invalid_grant", "the auth_req_id is unknown or was issued to another client")
    }

    /// 400 `expired_token`.
    pub fn expired_token() -> Self {
        Self::bad_request("expired_token", "the request expired")
    }

    /// 401 `invalid_token`: the bearer token is missing or invalid.
    pub fn invalid_token(description: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_token", description)
    }
}

impl From<ApiError> for CibaError {
    /// AuthSec has one code for every invalid body, and 400 instead of the Authentication Cloud's 422.
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
        let body = ErrorBody { success: false, error: self.code, error_description: &self.description };
        let mut response = (self.status, Json(body)).into_response();
        if self.code == "invalid_token" {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// A JSON body, with AuthSec's error responses.
pub struct CibaBody<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<Cloud>> for CibaBody<T> {
    type Rejection = CibaError;

    async fn from_request(request: Request, cloud: &Arc<Cloud>) -> Result<Self, CibaError> {
        let JsonBody(body) = JsonBody::from_request(request, cloud).await?;
        Ok(Self(body))
    }
}

/// In characters: the phone shows it.
const MAX_CLIENT_ID: usize = 255;

/// Rejects a `client_id` that is blank, or that a phone cannot show.
pub fn require_client_id(client_id: &str) -> Result<(), CibaError> {
    require_text("client_id", client_id)?;
    if text::is_displayable(client_id, MAX_CLIENT_ID) {
        return Ok(());
    }
    Err(CibaError::invalid_request(format!(
        "client_id: must have at most {MAX_CLIENT_ID} characters and no control or bidi characters"
    )))
}

/// Rejects a blank property.
pub fn require_text(name: &str, text: &str) -> Result<(), CibaError> {
    if text.trim().is_empty() { Err(CibaError::invalid_request(format!("{name}: is required"))) } else { Ok(()) }
}
