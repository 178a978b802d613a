//! CORS for the endpoints that pages call.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::errors::ApiError;
use crate::origins::allow_header;
use crate::state::Cloud;

/// How long a browser may cache a preflight response.
const PREFLIGHT_SECONDS: &str = "600";

/// Responds to preflights, and lets pages of allowed origins read responses. Credentials are never allowed.
pub async fn allow_pages(State(cloud): State<Arc<Cloud>>, request: Request, next: Next) -> Response {
    let allowed = request.headers().get(header::ORIGIN).filter(|origin| allow_header(&cloud.origins, origin)).cloned();
    let preflight =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);

    let mut response = match (preflight, &allowed) {
        (false, _) => next.run(request).await,
        (true, None) => ApiError::new(StatusCode::FORBIDDEN, "this origin is not allowed").into_response(),
        (true, Some(_)) => {
            let mut response = StatusCode::NO_CONTENT.into_response();
            let headers = response.headers_mut();
            headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
            headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("accept, content-type"));
            headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(PREFLIGHT_SECONDS));
            response
        }
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = allowed {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    response
}
