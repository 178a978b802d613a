//! The bearer token that identifies a phone's user.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};

use super::errors::CibaError;
use super::users::{self, CibaUser};
use crate::state::Cloud;

/// The user whose phone sent the request. 401 if the token is missing, invalid or expired.
pub struct Phone(pub CibaUser);

impl FromRequestParts<Arc<Cloud>> for Phone {
    type Rejection = CibaError;

    async fn from_request_parts(parts: &mut Parts, cloud: &Arc<Cloud>) -> Result<Self, CibaError> {
        let refused = |text: &str| CibaError::text(StatusCode::UNAUTHORIZED, text);
        let header =
            parts.headers.get(header::AUTHORIZATION).ok_or_else(|| refused("authorization header required"))?;
        let token = header
            .to_str()
            .ok()
            .and_then(|header| header.strip_prefix("Bearer "))
            .ok_or_else(|| refused("invalid authorization header format"))?;
        let invalid = || refused("Invalid or expired token");
        let id = cloud.tokens.phone_user(token).map_err(|_| invalid())?;
        cloud.store.transact(move |database| users::by_id(database, &id)).await?.map(Self).ok_or_else(invalid)
    }
}
