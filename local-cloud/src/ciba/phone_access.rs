//! The bearer token that identifies a phone's user.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::errors::CibaError;
use super::users::{self, CibaUser};
use crate::state::Cloud;
use crate::tokens::InvalidToken;

/// The user whose phone sent the request. 401 `invalid_token` if the token is missing, invalid or expired.
pub struct Phone(pub CibaUser);

impl FromRequestParts<Arc<Cloud>> for Phone {
    type Rejection = CibaError;

    async fn from_request_parts(parts: &mut Parts, cloud: &Arc<Cloud>) -> Result<Self, CibaError> {
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|header| header.to_str().ok()?.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .ok_or_else(|| CibaError::invalid_token("the bearer token is missing"))?;
        let id = cloud.tokens.phone_user(token).map_err(|invalid| {
            CibaError::invalid_token(match invalid {
                InvalidToken::Expired => "the bearer token expired",
                InvalidToken::Forged => "the bearer token is not a phone's",
            })
        })?;
        cloud
            .store
            .transact(move |database| users::by_id(database, &id))
            .await?
            .map(Self)
            .ok_or_else(|| CibaError::invalid_token("the user of the bearer token does not exist"))
    }
}
