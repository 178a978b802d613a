//! The bearer token by which a phone says whose it is.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::answers::CibaError;
use super::users::{self, Person};
use crate::cloud::Cloud;
use crate::tokens::Invalid;

/// The person whose phone sent the request. 401 `invalid_token` where it does not say so, or says so no more.
pub struct Phone(pub Person);

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
                Invalid::Expired => "the bearer token expired",
                Invalid::Forged => "the bearer token is not one of a phone",
            })
        })?;
        cloud
            .store
            .transact(move |database| users::by_id(database, &id))
            .await?
            .map(Self)
            .ok_or_else(|| CibaError::invalid_token("the bearer token is of nobody"))
    }
}
