//! Request bodies: media type, size, time to arrive, then the value itself.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use serde::de::DeserializeOwned;

use crate::cloud::Cloud;
use crate::errors::ApiError;

/// The largest body taken, in bytes; a larger one is answered with 413.
const LARGEST_BODY: usize = 256 * 1024;

/// A JSON body. 415 for another media type, 400 for what is not JSON, 422 for a member that is missing or of another type.
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<Cloud>> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, cloud: &Arc<Cloud>) -> Result<Self, ApiError> {
        require_media_type(request.headers(), "application/json")?;
        let bytes = read(request, cloud.read_limit).await?;
        parse(&bytes).map(Self)
    }
}

/// A form-encoded body. 415 for another media type, 400 for what is not such a form.
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

/// The bytes of a body: 413 over [`LARGEST_BODY`], 408 when they take longer than `limit` to arrive.
pub async fn read(request: Request, limit: Duration) -> Result<Bytes, ApiError> {
    let announced =
        request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > LARGEST_BODY) {
        return Err(too_large());
    }
    match tokio::time::timeout(limit, Limited::new(request.into_body(), LARGEST_BODY).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => Err(too_large()),
        Ok(Err(_)) => Err(ApiError::malformed("the body broke off")),
        Err(_) => Err(ApiError::new(StatusCode::REQUEST_TIMEOUT, "the body took too long to arrive")),
    }
}

fn too_large() -> ApiError {
    ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, format!("a body has at most {LARGEST_BODY} bytes"))
}

fn require_media_type(headers: &HeaderMap, wanted: &str) -> Result<(), ApiError> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(wanted) {
        Ok(())
    } else {
        Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("the Content-Type must be {wanted}")))
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    // In two steps, so that text that is not JSON is 400 wherever a wrong member stands.
    let value: serde_json::Value =
        serde_json::from_slice(bytes).map_err(|error| ApiError::malformed(format!("the body is not JSON: {error}")))?;
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let reason = error.into_inner();
        ApiError::breaks_a_rule(if path == "." { reason.to_string() } else { format!("{path}: {reason}") })
    })
}
