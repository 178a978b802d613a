//! `POST /api/v1/introspect` (RFC 7662): a shop's server asks whether a transaction token is genuine and valid.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use crate::access::AccessKey;
use crate::body::FormBody;
use crate::cloud::Cloud;
use crate::errors::ApiError;
use crate::tokens::Claims;
use crate::transactions::Status;
use crate::{clock, transactions};

pub fn routes() -> Router<Arc<Cloud>> {
    Router::new().route("/api/v1/introspect", post(introspect))
}

#[derive(Deserialize)]
struct Introspect {
    token: String,
}

#[derive(Serialize)]
struct Introspection {
    active: bool,
    #[serde(flatten)]
    claims: Option<Claims>,
}

/// Active is a transaction token that this server signed, whose time is not up, of a transaction that it knows to have
/// succeeded. A status token is not: a page has one before anybody approved anything.
async fn introspect(
    _: AccessKey,
    State(cloud): State<Arc<Cloud>>,
    FormBody(body): FormBody<Introspect>,
) -> Result<Json<Introspection>, ApiError> {
    let Ok(claims) = cloud.tokens.transaction_claims(&body.token) else {
        return Ok(Json(Introspection { active: false, claims: None }));
    };
    let id = claims.jti.clone();
    let succeeded = cloud
        .store
        .transact(move |database| {
            let transaction = transactions::find(database, &id, clock::now())?;
            Ok(transaction.is_some_and(|transaction| transaction.status == Status::Succeeded))
        })
        .await?;
    Ok(Json(Introspection { active: succeeded, claims: succeeded.then_some(claims) }))
}
