//! Connections: accepts them, enforces their time limits, cuts them on request, and closes them when the server stops.

use std::convert::Infallible;
use std::io::{self, Write};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::middleware::{self, Next};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tower_service::Service;

/// The maximum size of a request head.
const MAX_HEAD_BYTES: usize = 32 * 1024;
/// How many connections are served at the same time; more wait to be accepted.
const MAX_CONNECTIONS: usize = 512;
/// How long pending requests may take once the server stops.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(5);
/// A connection that was open for longer before its first request is a preconnect, which a browser may treat as reused.
const PRECONNECT_AGE: Duration = Duration::from_millis(100);

/// A response extension: close the connection without sending a response.
#[derive(Clone, Copy)]
pub struct Cut;

/// A request extension: whether the connection existed before this request. A browser resends a POST by itself if such a
/// connection closes without a response.
#[derive(Clone, Copy)]
pub struct Reused(pub bool);

/// A request extension: the address of the client.
#[derive(Clone, Copy)]
pub struct Peer(pub IpAddr);

/// Serves until `stop` completes, then lets pending requests finish. `limit` is how long a client may take to send a request
/// head, and to read a response: one that never reads would occupy a connection forever.
pub async fn serve(listener: TcpListener, routes: Router, limit: Duration, stop: impl Future<Output = ()>) {
    let routes = routes.layer(middleware::from_fn(log));
    let permits = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = async {
            let permit = permits.clone().acquire_owned().await;
            (listener.accept().await, permit)
        };
        let (accepted, permit) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        let Some((stream, peer)) = accept(accepted).await else {
            continue;
        };
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(limit));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limit)
            .max_buf_size(MAX_HEAD_BYTES)
            .serve_connection(TokioIo::new(Box::pin(stream)), connection_service(routes.clone(), peer));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // An error means that the client disconnected, sent invalid HTTP or took too long, or that a fault cut the connection.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(SHUTDOWN_LIMIT, graceful.shutdown()).await;
}

async fn accept(accepted: io::Result<(TcpStream, SocketAddr)>) -> Option<(TcpStream, Peer)> {
    match accepted {
        Ok((stream, address)) => {
            let _ = stream.set_nodelay(true);
            Some((stream, Peer(address.ip())))
        }
        Err(error) => {
            eprintln!("local-cloud: accept: {error}");
            // Most likely out of file descriptors. Wait, so that this loop does not spin.
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

/// The service of one connection. If it fails, hyper closes the connection without writing anything.
fn connection_service(
    routes: Router,
    peer: Peer,
) -> impl hyper::service::Service<
    hyper::Request<Incoming>,
    Response = Response,
    Error = io::Error,
    Future = impl Future<Output = Result<Response, io::Error>> + Send + 'static,
> {
    let accepted_at = Instant::now();
    let served = AtomicBool::new(false);
    service_fn(move |request: hyper::Request<Incoming>| {
        let mut routes = routes.clone();
        let mut request = request.map(Body::new);
        let reused = served.swap(true, Ordering::Relaxed) || accepted_at.elapsed() > PRECONNECT_AGE;
        request.extensions_mut().insert(Reused(reused));
        request.extensions_mut().insert(peer);
        async move {
            let response: Result<Response, Infallible> = routes.call(request).await;
            let Ok(response) = response;
            if response.extensions().get::<Cut>().is_some() {
                return Err(io::Error::new(io::ErrorKind::ConnectionAborted, "cut on request"));
            }
            Ok(response)
        }
    })
}

/// Logs one line per request: method, path and status. Bodies and query strings contain tokens and are never logged.
async fn log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let response = next.run(request).await;
    let path = path.as_deref().unwrap_or("(no such endpoint)");
    let line = if response.extensions().get::<Cut>().is_some() {
        format!("{method} {path} cut\n")
    } else {
        format!("{method} {path} {}\n", response.status().as_u16())
    };
    // In one write, so that lines do not mix. An error is ignored: nobody may be reading stderr any more.
    let _ = io::stderr().write_all(line.as_bytes());
    response
}
