//! The server around the shop: what every request must have, and how many there may be.

use std::borrow::Cow;
use std::error::Error;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::time::timeout;

use crate::limits::{RateLimit, network_of};
use crate::refusal::Refusal;
use crate::requests::{Reply, SessionChange, Visitor};
use crate::shop::{ROUTES, Shop};
use crate::users::{Sessions, Visits};

const LONGEST_BODY: usize = 16 * 1024;
/// How much of what a client sent the log may have.
const LOGGED_LENGTH: usize = 200;
/// How long a body may take to arrive.
const READ_TIMEOUT: Duration = Duration::from_secs(10);

/// For which the limits of the routes count.
const WINDOW: Duration = Duration::from_secs(5 * 60);

struct Server {
    shop: Shop,
    visits: Visits,
    sessions: Sessions,
    origin: String,
    /// The page's own, behind a proxy that keeps it, and this server's.
    hosts: [String; 3],
    /// In the order of the routes.
    limits: Mutex<[Limits; ROUTES.len()]>,
}

struct Limits {
    address: RateLimit,
    visit: RateLimit,
}

/// Serves the shop to the page at `origin`, until the process ends.
///
/// # Errors
///
/// With a sentence for the operator, if it cannot listen.
pub async fn run(shop: Shop, origin: String, port: u16, session_lifetime: Duration) -> Result<(), Box<dyn Error>> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = TcpListener::bind(address).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            format!("Cannot listen on {address}: another program uses this port. Set PORT to another one.")
        }
        _ => format!("Cannot listen on {address}: {error}."),
    })?;
    let port = listener.local_addr()?.port();
    let server = Arc::new(Server::new(shop, origin, port, session_lifetime));
    println!("backend listening on http://localhost:{port}");
    let router = Router::new().fallback(serve).with_state(server);
    Ok(axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await?)
}

async fn serve(
    State(server): State<Arc<Server>>,
    // Behind a proxy, take the address from the header that your proxy sets.
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    server.check_and_serve(address, request).await.unwrap_or_else(IntoResponse::into_response)
}

impl Server {
    fn new(shop: Shop, origin: String, port: u16, session_lifetime: Duration) -> Self {
        let secure = origin.starts_with("https:");
        let host = origin.split_once("://").map_or("", |(_, host)| host).to_owned();
        let limits = ROUTES.map(|(_, address, visit)| Limits {
            address: RateLimit::new(address, WINDOW),
            visit: RateLimit::new(visit, WINDOW),
        });
        Server {
            shop,
            visits: Visits::new(secure),
            sessions: Sessions::new(secure, session_lifetime),
            origin,
            hosts: [host, format!("localhost:{port}"), format!("127.0.0.1:{port}")],
            limits: Mutex::new(limits),
        }
    }

    async fn check_and_serve(&self, address: SocketAddr, request: Request) -> Result<Response, Refusal> {
        let (head, body) = request.into_parts();
        // Other names are somebody else's page (DNS rebinding).
        let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
        if !self.hosts.iter().any(|own| Some(own.as_str()) == host) {
            let message = "This server has another name.";
            return Err(Refusal::new(StatusCode::MISDIRECTED_REQUEST, "unknown_host", message));
        }
        // As it was sent, with a query: no other spelling of a route is served.
        let path = head.uri.path_and_query().map_or("", |path| path.as_str());
        let Some(route) = ROUTES.iter().position(|(own, ..)| *own == path) else {
            return Err(Refusal::new(StatusCode::NOT_FOUND, "no_such_route", "No such route."));
        };
        if head.method != Method::POST {
            return Err(Refusal::method());
        }
        // Browsers add `Origin` to every POST, and no page can change it.
        let origin = head.headers.get(ORIGIN).map(|origin| String::from_utf8_lossy(origin.as_bytes()));
        if origin.as_deref() != Some(&self.origin) {
            // Mostly it is ORIGIN that is wrong.
            let start = |origin: Cow<str>| origin.chars().take(LOGGED_LENGTH).collect::<String>();
            let origin = origin.map_or("missing".into(), |origin| format!("{:?}", start(origin)));
            eprintln!("backend: not_own_page: the Origin is {origin}, not {:?}", self.origin);
            let message = "Only the backend's own page may call this.";
            return Err(Refusal::new(StatusCode::FORBIDDEN, "not_own_page", message));
        }
        let (visit, cookie) = self.visits.start(&head.headers);
        self.count(route, address, &visit)?;
        let response = self.serve_visitor(path, &head.headers, body, visit).await;
        Ok((cookie, response.unwrap_or_else(IntoResponse::into_response)).into_response())
    }

    async fn serve_visitor(
        &self,
        path: &str,
        headers: &HeaderMap,
        body: Body,
        visit: String,
    ) -> Result<Response, Refusal> {
        let body = &read_json_object(headers, body).await?;
        let visitor = &Visitor { visit, user: self.sessions.user(headers) };
        let Reply { response, session } = self.shop.serve(path, body, visitor).await?;
        Ok(match session {
            None => response,
            Some(SessionChange::SignedIn(user, id)) => {
                (self.sessions.sign_in(headers, user, id), response).into_response()
            }
            Some(SessionChange::Resumed(id)) => (self.sessions.resume(id), response).into_response(),
        })
    }

    /// Counts a request.
    fn count(&self, route: usize, address: SocketAddr, visit: &str) -> Result<(), Refusal> {
        let mut limits = self.limits.lock().unwrap_or_else(PoisonError::into_inner);
        let (now, limits) = (Instant::now(), &mut limits[route]);
        let counted = limits.address.use_key(&network_of(address.ip()), now);
        counted.and_then(|()| limits.visit.use_key(visit, now)).map_err(|left| Refusal::too_many(left.seconds_left))
    }
}

async fn read_json_object(headers: &HeaderMap, body: Body) -> Result<Value, Refusal> {
    // A page of another origin can send a form without a preflight, but not JSON.
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let content_type = content_type.split(';').next().unwrap_or_default().trim();
    if !content_type.eq_ignore_ascii_case("application/json") {
        let message = "The Content-Type must be application/json.";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message));
    }
    let too_long = |_| {
        let message = format!("The body must have at most {LONGEST_BODY} bytes.");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", message)
    };
    let too_slow = |_| {
        let message = "The body did not arrive in time.";
        Refusal::new(StatusCode::REQUEST_TIMEOUT, "too_slow", message)
    };
    let bytes = timeout(READ_TIMEOUT, to_bytes(body, LONGEST_BODY)).await.map_err(too_slow)?.map_err(too_long)?;
    let value: Value = serde_json::from_slice(&bytes).map_err(|_| Refusal::invalid("The body is not JSON."))?;
    if !value.is_object() {
        return Err(Refusal::invalid("The body is not a JSON object."));
    }
    Ok(value)
}
