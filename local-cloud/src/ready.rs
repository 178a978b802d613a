//! Whether the server can serve, for scripts that wait for it.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

use crate::errors::ApiError;
use crate::state::Cloud;

pub fn routes() -> Router<Arc<Cloud>> {
    Router::new().route("/ready", get(ready))
}

#[derive(Serialize)]
struct ReadyResponse {
    status: &'static str,
}

/// 200 if the database can be written, which every decision needs.
async fn ready(State(cloud): State<Arc<Cloud>>) -> Result<Json<ReadyResponse>, ApiError> {
    cloud.store.transact(|_| Ok(())).await?;
    Ok(Json(ReadyResponse { status: "ready" }))
}
