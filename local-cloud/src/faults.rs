//! Faults on request.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::cloud::Cloud;

#[derive(Default)]
pub struct Faults;

pub fn routes() -> Router<Arc<Cloud>> {
    Router::new()
}

pub async fn inject(State(_cloud): State<Arc<Cloud>>, request: Request, next: Next) -> Response {
    next.run(request).await
}
