//! `POST /_local/ciba/introspect` (RFC 7662), for development only: a shop's server checks whether an approval token is
//! genuine and valid. AuthSec has its own endpoint, which no client in a page needs.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::tokens::ApprovalClaims;
use crate::access::AccessKey;
use crate::body::FormBody;
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
    claims: Option<ApprovalClaims>,
}

async fn introspect(
    _: AccessKey,
    State(cloud): State<Arc<Cloud>>,
    FormBody(body): FormBody<IntrospectionRequest>,
) -> Json<IntrospectionResponse> {
    let claims = cloud.tokens.approval_claims(&body.token).ok();
    Json(IntrospectionResponse { active: claims.is_some(), claims })
}
