//! The paths of AuthSec's two flows, each with an older spelling.

use std::sync::Arc;

use axum::Router;
use axum::routing::MethodRouter;

use crate::state::Cloud;

/// The admin flow, which has no client id.
pub const ADMIN: [&str; 2] = ["/authsec/uflow/auth", "/uflow/auth"];
/// The tenant flow, which has a client id.
pub const TENANT: [&str; 2] = ["/authsec/uflow/auth/workspace", "/uflow/auth/tenant"];

/// Routes an endpoint at both paths of a flow.
pub fn route([current, older]: [&str; 2], endpoint: &str, method: MethodRouter<Arc<Cloud>>) -> Router<Arc<Cloud>> {
    Router::new().route(&format!("{current}{endpoint}"), method.clone()).route(&format!("{older}{endpoint}"), method)
}
