//! The server around the relay: the files of the page, its sessions, and what every request of the relay must have.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ORIGIN};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use serde_json::Value;
use tokio::time::timeout;
use tower_http::services::ServeDir;
use webauthn_result::ciba::native::Platform;

use crate::refusal::Refusal;
use crate::relay::{Asked, Relay};
use crate::sessions::Sessions;

const PREFIX: &str = "/auth/ciba/";
const LONGEST_BODY: usize = 8 * 1024;
/// How long a request may take to arrive.
const READ_TIMEOUT: Duration = Duration::from_secs(10);

/// What the server serves.
pub struct Server<P> {
    pub relay: Relay<P>,
    pub sessions: Sessions,
    /// The page's origin, as browsers write it.
    pub origin: String,
    /// The folder of the page's files.
    pub page: PathBuf,
}

impl<P: Platform + 'static> Server<P> {
    /// The routes of the relay, and the files of the page.
    pub fn router(self) -> Router {
        let files = ServeDir::new(&self.page);
        let server = Arc::new(self);
        let page = Router::new().fallback_service(files).layer(from_fn_with_state(server.clone(), start_session));
        Router::new()
            .route(&format!("{PREFIX}{{*route}}"), any(serve_relay))
            .route(PREFIX, any(serve_relay))
            .with_state(server)
            .fallback_service(page)
    }
}

/// A page starts a session, unless it has one.
async fn start_session<P: Platform>(State(server): State<Arc<Server<P>>>, request: Request, next: Next) -> Response {
    let cookies = server.sessions.start(request.headers()).filter(|_| request.method() == Method::GET);
    let mut response = next.run(request).await;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let cookies = cookies.filter(|_| response.status().is_success());
    (cookies, response).into_response()
}

async fn serve_relay<P: Platform>(
    State(server): State<Arc<Server<P>>>,
    ConnectInfo(visitor): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    server.pass_on(visitor, request).await.unwrap_or_else(IntoResponse::into_response)
}

impl<P: Platform> Server<P> {
    async fn pass_on(&self, visitor: SocketAddr, request: Request) -> Result<Response, Refusal> {
        let (head, body) = request.into_parts();
        // As it was sent, with a query: no other spelling of a route is served.
        let path = head.uri.path_and_query().map_or("", |path| path.as_str());
        let route = path.strip_prefix(PREFIX).unwrap_or_default();
        if !Relay::<P>::has_route(route) {
            return Err(Refusal::new(StatusCode::NOT_FOUND, "No such endpoint."));
        }
        if head.method != Method::POST {
            return Err(Refusal::method());
        }
        // Browsers add `Origin` to every POST, and no page can change it.
        if head.headers.get(ORIGIN).is_none_or(|origin| origin.as_bytes() != self.origin.as_bytes()) {
            return Err(Refusal::new(StatusCode::FORBIDDEN, "Only the backend's own page may call this."));
        }
        let ended = || Refusal::new(StatusCode::UNAUTHORIZED, "The session has ended. Load the page again.");
        let session = &self.sessions.find(&head.headers).ok_or_else(ended)?;
        if route == "totp" && !self.relay.takes_codes() {
            return Err(Refusal::new(StatusCode::NOT_FOUND, "The provider has no TOTP. Offer another way."));
        }
        let body = &read_json_object(&head.headers, body).await?;
        self.relay.pass_on(Asked { route, session, address: visitor.ip(), body }).await
    }
}

async fn read_json_object(headers: &HeaderMap, body: Body) -> Result<Value, Refusal> {
    // A page of another origin can send a form without a preflight, but not JSON.
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let content_type = content_type.split(';').next().unwrap_or_default().trim();
    if !content_type.eq_ignore_ascii_case("application/json") {
        let message = "The Content-Type must be application/json.";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    let too_long =
        |_| Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, format!("The body must have at most {LONGEST_BODY} bytes."));
    let too_slow = |_| Refusal::new(StatusCode::REQUEST_TIMEOUT, "The body did not arrive in time.");
    let bytes = timeout(READ_TIMEOUT, to_bytes(body, LONGEST_BODY)).await.map_err(too_slow)?.map_err(too_long)?;
    let value: Value = serde_json::from_slice(&bytes).map_err(|_| Refusal::invalid("The body is not JSON."))?;
    if !value.is_object() {
        return Err(Refusal::invalid("The body is not a JSON object."));
    }
    Ok(value)
}

#[cfg(test)]
mod tests;
