//! What AuthSec's server does before any endpoint: CORS, then the rate limits; and how it responds where there is none.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::config::Kindness;
use super::edition::Edition;
use super::errors::RetryAfter;
use super::rate_limit;
use crate::connections::Peer;
use crate::origins::allow_header;
use crate::state::Cloud;

const METHODS: &str = "GET, POST, PUT, DELETE, OPTIONS, PATCH, HEAD";
const SPRING_HEADERS: &str = "Content-Type, Authorization, Accept, X-Requested-With, X-CSRF-Token, X-Tenant-ID, \
                              tenant_id, Client-Id, client-id, X-Client-Id, X-Client-ID";
const AUTUMN_HEADERS: &str = "Content-Type, Authorization, Accept, X-Requested-With, X-CSRF-Token, workspace_id, \
                              Client-Id, client-id, X-Client-Id, X-Client-ID, X-Login-Ticket";
/// How long a browser may cache a preflight response.
const PREFLIGHT_SECONDS: &str = "86400";

/// Whether a path is AuthSec's, with or without an endpoint.
pub fn is_authsecs(path: &str) -> bool {
    ["/authsec/", "/uflow/", "/oauth/"].iter().any(|start| path.starts_with(start))
}

/// 404, as AuthSec's server responds to a path or method without an endpoint.
pub async fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "404 page not found").into_response()
}

/// CORS and rate limits, for AuthSec's paths.
pub async fn serve(State(cloud): State<Arc<Cloud>>, request: Request, next: Next) -> Response {
    if !is_authsecs(request.uri().path()) {
        return next.run(request).await;
    }
    let origin = request.headers().get(header::ORIGIN).cloned();
    let allowed = origin.clone().filter(|origin| allow_header(&cloud.origins, origin));
    let mut response = match (request.method() == Method::OPTIONS, &origin, &allowed) {
        (true, None, _) => StatusCode::NO_CONTENT.into_response(),
        (true, Some(_), Some(_)) => StatusCode::OK.into_response(),
        (true, Some(_), None) => StatusCode::FORBIDDEN.into_response(),
        // Without the header, a page cannot read the response, but the request is served.
        (false, ..) => serve_within_limits(&cloud, request, next).await,
    };
    if response.headers().get(header::CONTENT_TYPE).is_some_and(|media_type| media_type == "application/json") {
        let media_type = HeaderValue::from_static("application/json; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    }
    if let Some(origin) = allowed {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
        let request_headers = match cloud.ciba.edition {
            Edition::Spring => SPRING_HEADERS,
            Edition::Autumn => AUTUMN_HEADERS,
        };
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(request_headers));
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(PREFLIGHT_SECONDS));
        headers.insert(header::VARY, HeaderValue::from_static("Origin"));
        if cloud.ciba.is(Kindness::SendRetryAfter) {
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("Retry-After"));
        }
    }
    response
}

async fn serve_within_limits(cloud: &Cloud, request: Request, next: Next) -> Response {
    let config = &cloud.ciba;
    let counted = match request.extensions().get::<Peer>() {
        Some(Peer(peer)) if !config.is(Kindness::NoRateLimits) => {
            let address = rate_limit::address(config.edition, request.headers(), *peer);
            cloud.rate_limits.count(address, request.uri().path(), config.rate_window, Instant::now())
        }
        _ => Ok(()),
    };
    let mut response = match counted {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    };
    let retry_after = response.extensions().get::<RetryAfter>().copied();
    if let (Some(RetryAfter(seconds)), true) = (retry_after, config.is(Kindness::SendRetryAfter)) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
