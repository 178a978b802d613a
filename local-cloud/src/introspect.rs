//! `POST /api/v1/introspect` (RFC 7662): a shop's server checks whether a transaction token is genuine and valid.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use crate::access::AccessKey;
use crate::body::FormBody;
use crate::errors::ApiError;
use crate::state::Cloud;
use crate::tokens::Claims;
use crate::transactions::Status;
use crate::{clock, transactions};

pub fn routes() -> Router<Arc<Cloud>> {
    Router::new().route("/api/v1/introspect", post(introspect))
}

#[derive(Deserialize)]
struct IntrospectionRequest {
    token: String,
}

#[derive(Serialize)]
struct IntrospectionResponse {
    active: bool,
    #[serde(flatten)]
    claims: Option<Claims>,
}

/// A transaction token is active if this server signed it, it has not expired, and the database has the transaction as
/// succeeded. A status token is never active: a page has it before the user approves anything.
async fn introspect(
    _: AccessKey,
    State(cloud): State<Arc<Cloud>>,
    FormBody(body): FormBody<IntrospectionRequest>,
) -> Result<Json<IntrospectionResponse>, ApiError> {
    let Ok(claims) = cloud.tokens.transaction_claims(&body.token) else {
        return Ok(Json(IntrospectionResponse { active: false, claims: None }));
    };
    let id = claims.jti.clone();
    let succeeded = cloud
        .store
        .transact(move |database| {
            let transaction = transactions::find(database, &id, clock::now())?;
            Ok(transaction.is_some_and(|transaction| transaction.status == Status::Succeeded))
        })
        .await?;
    Ok(Json(IntrospectionResponse { active: succeeded, claims: succeeded.then_some(claims) }))
}
