//! Connections: how they are accepted, limited in time, cut on request, and ended when the server stops.

use std::convert::Infallible;
use std::io::{self, Write};
use std::net::SocketAddr;
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

/// The largest request head, in bytes.
const LARGEST_HEAD: usize = 32 * 1024;
/// How many connections are served at once; further ones wait to be accepted.
const MOST_CONNECTIONS: usize = 512;
/// How long requests under way have to end once the server stops.
const STOP_LIMIT: Duration = Duration::from_secs(5);
/// A connection that was open this long before its first request was opened ahead of need: its client may treat it as reused.
const OPENED_AHEAD: Duration = Duration::from_millis(100);

/// A response extension: close the connection and answer nothing.
#[derive(Clone, Copy)]
pub struct Cut;

/// A request extension: whether the connection was there before this request. Browsers send a POST again by themselves when
/// such a connection closes without an answer.
#[derive(Clone, Copy)]
pub struct Reused(pub bool);

/// Serves until `stop` completes, then lets requests under way end. `limit` is how long a client may take to send a head, and
/// may leave what it is sent untaken: a client that asks and never reads would keep its place for ever.
pub async fn serve(listener: TcpListener, routes: Router, limit: Duration, stop: impl Future<Output = ()>) {
    let routes = routes.layer(middleware::from_fn(log));
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = async {
            let place = places.clone().acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        let Some(stream) = accept(accepted).await else {
            continue;
        };
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(limit));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limit)
            .max_buf_size(LARGEST_HEAD)
            .serve_connection(TokioIo::new(Box::pin(stream)), service(routes.clone()));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // An error here is a client that went away, sent no HTTP or took too long, or a cut that was asked for.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(STOP_LIMIT, graceful.shutdown()).await;
}

async fn accept(accepted: io::Result<(TcpStream, SocketAddr)>) -> Option<TcpStream> {
    match accepted {
        Ok((stream, _)) => {
            let _ = stream.set_nodelay(true);
            Some(stream)
        }
        Err(error) => {
            eprintln!("local-cloud: accept: {error}");
            // Out of file descriptors, most likely: don't spin.
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

/// The routes as one connection's service. hyper closes a connection whose service fails, and writes nothing.
fn service(
    routes: Router,
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
        let reused = served.swap(true, Ordering::Relaxed) || accepted_at.elapsed() > OPENED_AHEAD;
        request.extensions_mut().insert(Reused(reused));
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

/// One line a request: method, path, status. Neither bodies nor query strings, since they hold tokens.
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
    // In one piece, and without an error where nobody reads it any more.
    let _ = io::stderr().write_all(line.as_bytes());
    response
}
