//! What the program brings: an HTTP client and a timer.

use std::fmt;
use std::future::{Future, poll_fn};
use std::ops::Deref;
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, SystemTime};

use super::super::response::{Json, Response};

/// The HTTP client, the timer and the clock of a program.
///
/// A reference to a platform is a platform, and so are a `Box` and an `Arc` of one, so that clients can share it.
pub trait Platform: Send + Sync {
    /// Sends a POST, and reads the response with its body, whatever its status.
    ///
    /// It must not follow redirects, because the request may contain a secret, and should limit the length of the body. The
    /// client drops the future after [`HttpRequest::timeout`].
    fn post(&self, request: HttpRequest) -> impl Future<Output = Result<HttpResponse, NoResponse>> + Send;

    /// Completes after this time.
    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send;

    /// The wall clock.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

impl<T: Deref + Send + Sync> Platform for T
where
    T::Target: Platform,
{
    fn post(&self, request: HttpRequest) -> impl Future<Output = Result<HttpResponse, NoResponse>> + Send {
        (**self).post(request)
    }

    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send {
        (**self).sleep(duration)
    }

    fn now(&self) -> SystemTime {
        (**self).now()
    }
}

/// A POST.
#[derive(Clone)]
#[non_exhaustive]
pub struct HttpRequest {
    /// An absolute URL: https, or http on a loopback host.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// JSON or a form, as the header `Content-Type` says.
    pub body: String,
    /// How long it may take, the body of the response included.
    pub timeout: Duration,
}

/// Without the headers and the body, which hold secrets.
impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest").field("url", &self.url).field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

/// The response to a POST.
#[derive(Clone)]
pub struct HttpResponse {
    /// The HTTP status.
    pub status: u16,
    /// The body, as text. Bytes that are not UTF-8 may be replaced: no such response means anything.
    pub body: String,
    /// The header `Retry-After`.
    pub retry_after: Option<String>,
}

/// Without the body, which may hold a token.
impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("retry_after", &self.retry_after)
            .finish_non_exhaustive()
    }
}

/// Why there is no response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoResponse {
    /// None in time: `network_timeout`.
    Late,
    /// There is no connection, or it broke: `connection_failed`.
    Unreachable,
}

/// Sends a request, within its timeout.
pub(super) async fn post<P: Platform>(platform: &P, request: HttpRequest) -> Result<HttpResponse, NoResponse> {
    let mut limit = pin!(platform.sleep(request.timeout));
    let mut response = pin!(platform.post(request));
    poll_fn(|context| match response.as_mut().poll(context) {
        Poll::Ready(response) => Poll::Ready(response),
        Poll::Pending => limit.as_mut().poll(context).map(|()| Err(NoResponse::Late)),
    })
    .await
}

/// What came back, and the wait that its `Retry-After` asks for, in milliseconds.
pub(super) fn read(response: Result<HttpResponse, NoResponse>, now: SystemTime) -> (Response, Option<f64>) {
    match response {
        Ok(HttpResponse { status, body, retry_after }) => {
            let json = serde_json::from_str::<serde_json::Value>(&body).ok();
            let response = json.map_or(Response::NotJson(status), |json| Response::Json(Json::read(status, &json)));
            (response, retry_after.and_then(|value| read_retry_after(&value, now)))
        }
        Err(NoResponse::Late) => (Response::Late, None),
        Err(NoResponse::Unreachable) => (Response::Unreachable, None),
    }
}

/// In seconds or as a date: RFC 9110, section 10.2.3.
fn read_retry_after(value: &str, now: SystemTime) -> Option<f64> {
    let ms = match value.trim().parse::<f64>() {
        Ok(seconds) => seconds * 1000.0,
        Err(_) => httpdate::parse_http_date(value.trim()).ok()?.duration_since(now).ok()?.as_secs_f64() * 1000.0,
    };
    Some(ms).filter(|ms| *ms >= 0.0 && ms.is_finite())
}

#[cfg(test)]
mod tests;
