//! Request bodies: checks the media type, limits size and time, and parses.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use serde::de::DeserializeOwned;

use crate::errors::ApiError;
use crate::json::UnambiguousValue;
use crate::state::Cloud;

/// A larger request body is rejected with 413.
const MAX_BODY_BYTES: usize = 256 * 1024;

/// A JSON body. 415 for another media type, 400 for invalid or ambiguous JSON, 422 for a property that is missing or has the wrong type.
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<Cloud>> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, cloud: &Arc<Cloud>) -> Result<Self, ApiError> {
        require_media_type(request.headers(), "application/json")?;
        let bytes = read(request, cloud.read_limit).await?;
        parse(&bytes).map(Self)
    }
}

/// A form-encoded body. 415 for another media type, 400 for an invalid form.
pub struct FormBody<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<Cloud>> for FormBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, cloud: &Arc<Cloud>) -> Result<Self, ApiError> {
        require_media_type(request.headers(), "application/x-www-form-urlencoded")?;
        let bytes = read(request, cloud.read_limit).await?;
        let rebuilt = Request::builder()
            .method("POST")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(bytes))
            .map_err(ApiError::internal)?;
        axum::Form::from_request(rebuilt, &())
            .await
            .map(|axum::Form(value)| Self(value))
            .map_err(|rejection| ApiError::malformed(rejection.body_text()))
    }
}

/// Reads a body. 413 if it is larger than [`MAX_BODY_BYTES`], 408 if it takes longer than `limit`.
pub async fn read(request: Request, limit: Duration) -> Result<Bytes, ApiError> {
    let content_length =
        request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if content_length.is_some_and(|length| length > MAX_BODY_BYTES) {
        return Err(too_large());
    }
    match tokio::time::timeout(limit, Limited::new(request.into_body(), MAX_BODY_BYTES).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => Err(too_large()),
        Ok(Err(_)) => Err(ApiError::malformed("the connection closed before the end of the body")),
        Err(_) => Err(ApiError::new(StatusCode::REQUEST_TIMEOUT, "the body took too long to arrive")),
    }
}

fn too_large() -> ApiError {
    ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, format!("the body must have at most {MAX_BODY_BYTES} bytes"))
}

fn require_media_type(headers: &HeaderMap, media_type: &str) -> Result<(), ApiError> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(media_type) {
        Ok(())
    } else {
        Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("the Content-Type must be {media_type}")))
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    // In two steps, so that invalid JSON is 400 even if a wrong property comes before the syntax error.
    let UnambiguousValue(value) = serde_json::from_slice(bytes)
        .map_err(|error| ApiError::malformed(format!("the body is not JSON that every parser reads alike: {error}")))?;
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let reason = error.into_inner();
        ApiError::unprocessable(if path == "." { reason.to_string() } else { format!("{path}: {reason}") })
    })
}
