//! `POST /_local/ciba/introspect` (RFC 7662), for development only: a shop's server checks whether an approval token is
//! genuine and valid. AuthSec has its own endpoint, which no client in a page needs.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::native_tokens::NativeClaims;
use super::tokens::ApprovalClaims;
use super::users;
use crate::access::AccessKey;
use crate::body::FormBody;
use crate::errors::ApiError;
use crate::state::Cloud;

pub fn routes() -> Router<Arc<Cloud>> {
    Router::new().route("/_local/ciba/introspect", post(introspect))
}

#[derive(Deserialize)]
struct IntrospectionRequest {
    token: String,
}

#[derive(Serialize)]
struct IntrospectionResponse {
    active: bool,
    #[serde(flatten)]
    claims: Option<IntrospectedClaims>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum IntrospectedClaims {
    Approval(ApprovalClaims),
    /// These tokens do not contain the email, by which a shop knows its users.
    Native {
        #[serde(flatten)]
        claims: NativeClaims,
        email: String,
    },
}

async fn introspect(
    _: AccessKey,
    State(cloud): State<Arc<Cloud>>,
    FormBody(body): FormBody<IntrospectionRequest>,
) -> Result<Json<IntrospectionResponse>, ApiError> {
    let claims = match cloud.tokens.approval_claims(&body.token) {
        Ok(claims) => Some(IntrospectedClaims::Approval(claims)),
        Err(_) => introspect_native(&cloud, &body.token).await?,
    };
    Ok(Json(IntrospectionResponse { active: claims.is_some(), claims }))
}

async fn introspect_native(cloud: &Cloud, token: &str) -> Result<Option<IntrospectedClaims>, ApiError> {
    let Ok(claims) = cloud.tokens.native_claims(token) else {
        return Ok(None);
    };
    let id = claims.sub.clone();
    let user = cloud.store.transact(move |database| users::by_id(database, &id)).await?;
    Ok(user.map(|user| IntrospectedClaims::Native { claims, email: user.email }))
}
