//! `POST /_local/faults`, for development only: injects faults into requests about a transaction, a user, or a request for
//! approval.
//!
//! Faults wait in one queue for each subject and endpoint. Each request takes the next one; when the queue is empty,
//! requests are served normally.

mod broken_body;
mod endpoint;
mod fault;
mod inject;
mod lookup;
pub mod queue;
mod subject;

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use serde::Deserialize;

use crate::access::AccessKey;
use crate::body::JsonBody;
use crate::errors::ApiError;
use crate::state::Cloud;

use fault::Fault;
use lookup::FaultSubject;
use subject::Subject;

pub use inject::inject;

pub fn routes() -> Router<Arc<Cloud>> {
    Router::new().route("/_local/faults", post(add_faults))
}

#[derive(Deserialize)]
struct FaultRequest {
    #[serde(flatten)]
    subject: FaultSubject,
    faults: Vec<Fault>,
}

async fn add_faults(
    _: AccessKey,
    State(cloud): State<Arc<Cloud>>,
    JsonBody(body): JsonBody<FaultRequest>,
) -> Result<StatusCode, ApiError> {
    let subject = Subject::try_from(body.subject)?;
    for fault in &body.faults {
        fault.check(&subject)?;
    }
    lookup::require_existing(&cloud, &subject).await?;
    cloud.faults.add(&subject, body.faults, Instant::now());
    Ok(StatusCode::NO_CONTENT)
}
