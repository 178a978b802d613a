//! The standard's routes, which autumn has: OpenID CIBA core 1.0, in poll mode. They lead to the same requests as the workspace
//! routes.

mod assertion;
pub mod base_url;
mod bc_authorize;
mod client_auth;
mod enabled;
mod form;
mod token;
mod used_assertions;

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::post;

use super::config::{CibaConfig, Kindness};
use super::edition::Edition;
use super::rate_limit;
use crate::connections::Peer;
use crate::errors::ApiError;
use crate::state::Cloud;

pub fn routes(config: &CibaConfig) -> Router<Arc<Cloud>> {
    match config.edition {
        Edition::Spring => Router::new(),
        Edition::Autumn => Router::new()
            .route("/oauth/bc-authorize", post(bc_authorize::bc_authorize))
            .route("/oauth/token", post(token::token)),
    }
}

/// What the server does before these routes: it redirects to its own name, then limits each route.
pub async fn guard(State(cloud): State<Arc<Cloud>>, request: Request, next: Next) -> Response {
    if let Some(target) = cloud.base_url.redirect(&request) {
        return match HeaderValue::from_str(&target) {
            Ok(target) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, target)]).into_response(),
            Err(error) => ApiError::internal(error).into_response(),
        };
    }
    let config = &cloud.ciba;
    if let (Some(Peer(peer)), false) = (request.extensions().get::<Peer>(), config.is(Kindness::NoRateLimits)) {
        let address = rate_limit::address(config.edition, request.headers(), *peer);
        let (path, now) = (request.uri().path(), Instant::now());
        if let Err(error) = cloud.rate_limits.count_strictly(address, path, config.rate_window, now) {
            return error.into_response();
        }
    }
    next.run(request).await
}
