//! The access key that a shop's server sends.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use subtle::ConstantTimeEq;

use crate::errors::ApiError;
use crate::state::Cloud;

/// Proof that the request has the access key. 401 without an Authorization header, 403 with a wrong one.
pub struct AccessKey;

impl FromRequestParts<Arc<Cloud>> for AccessKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, cloud: &Arc<Cloud>) -> Result<Self, ApiError> {
        let header = parts
            .headers
            .get(header::AUTHORIZATION)
            .ok_or_else(|| ApiError::new(StatusCode::UNAUTHORIZED, "the Authorization header is missing"))?;
        let sent_key = header
            .as_bytes()
            .split_at_checked(7)
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case(b"Bearer "))
            .map(|(_, key)| key.trim_ascii());
        match sent_key {
            Some(key) if bool::from(key.ct_eq(cloud.access_key.as_bytes())) => Ok(Self),
            _ => Err(ApiError::new(StatusCode::FORBIDDEN, "the access key is wrong")),
        }
    }
}
