//! Autumn marks the admin flow's push endpoints as deprecated, but not its TOTP (RFC 8594).

use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::MethodRouter;

use super::config::CibaConfig;
use super::edition::Edition;

const HEADERS: [(HeaderName, &str); 3] = [
    (HeaderName::from_static("deprecation"), "true"),
    // Not an HTTP date, but the server's own text.
    (HeaderName::from_static("sunset"), "Thu, 31 Dec 2026 00:00:00 UTC"),
    (header::LINK, "</authsec/uflow/auth/workspace/ciba>; rel=\"successor-version\""),
];

/// Adds the headers to every response of an endpoint, if the edition has them.
pub fn mark<S: Clone + Send + Sync + 'static>(config: &CibaConfig, endpoint: MethodRouter<S>) -> MethodRouter<S> {
    match config.edition {
        Edition::Spring => endpoint,
        Edition::Autumn => endpoint.layer(map_response(add_headers)),
    }
}

async fn add_headers(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
