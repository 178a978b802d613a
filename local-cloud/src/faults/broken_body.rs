//! A response body that is cut off in the middle.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use tokio::time::Sleep;

/// When a body fails, hyper discards what it has not written yet. So the first half gets this long to be written.
const WRITE_TIME: Duration = Duration::from_millis(50);

/// Yields the first half of a body, then fails, which closes the connection.
pub struct BrokenBody {
    half: Option<Bytes>,
    write_time: Pin<Box<Sleep>>,
}

impl BrokenBody {
    /// HTTP 200 with the Content-Length of `whole`, which is JSON, and half of its bytes.
    pub fn response(whole: &Bytes) -> Response {
        let body =
            Self { half: Some(whole.slice(..whole.len() / 2)), write_time: Box::pin(tokio::time::sleep(WRITE_TIME)) };
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (header::CONTENT_LENGTH, HeaderValue::from(whole.len())),
        ];
        (headers, Body::new(body)).into_response()
    }
}

impl http_body::Body for BrokenBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(half) = self.half.take() {
            return Poll::Ready(Some(Ok(Frame::data(half))));
        }
        ready!(self.write_time.as_mut().poll(context));
        Poll::Ready(Some(Err(io::Error::new(io::ErrorKind::ConnectionAborted, "cut on request"))))
    }
}
