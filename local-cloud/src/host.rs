//! Whose names this server answers to. A web page can make its own name resolve to 127.0.0.1 (DNS rebinding), and would then be
//! of the same origin as this server; its requests still have that name as their `Host`.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::errors::ApiError;
use crate::loopback::is_loopback;
use crate::state::Cloud;

/// Rejects a request with 421 unless its `Host`, and the host of its target if that is absolute, are names of this server.
pub async fn require_own_name(State(cloud): State<Arc<Cloud>>, request: Request, next: Next) -> Response {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let is_own = |host: &str| is_own_name(host, &cloud.host_names);
    let header_is_own = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().is_ok_and(is_own),
        _ => false,
    };
    let target_is_own = request.uri().authority().is_none_or(|authority| is_own(authority.as_str()));
    if header_is_own && target_is_own {
        return next.run(request).await;
    }
    let message = "the Host header must be localhost, a loopback address, or a name that --host-name gives";
    ApiError::new(StatusCode::MISDIRECTED_REQUEST, message).into_response()
}

/// Whether `host` is a loopback name or one of `names`, which are in lower case. The port is ignored: a development server that
/// forwards requests may keep its own.
fn is_own_name(host: &str, names: &[String]) -> bool {
    let (name, port) = match host.rfind(':') {
        Some(colon) if !host.ends_with(']') => host.split_at(colon),
        _ => (host, ""),
    };
    let name = name.to_ascii_lowercase();
    let is_port = port.bytes().skip(1).all(|byte| byte.is_ascii_digit());
    is_port && (is_loopback(&name) || names.contains(&name))
}
