//! The HTTP client and the timer: reqwest and tokio.

use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use reqwest::redirect::Policy;
use webauthn_result::ciba::native::{HttpRequest, HttpResponse, NoResponse, Platform};

/// No response of a provider is as long.
const LONGEST_BODY: usize = 64 * 1024;

/// reqwest and tokio.
pub struct Web(reqwest::Client);

impl Web {
    /// An HTTP client that knows the system's certificates and follows no redirect, because requests contain secrets.
    pub fn new() -> Result<Self, reqwest::Error> {
        // Fails if the program has chosen one before, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Ok(Web(reqwest::Client::builder().redirect(Policy::none()).build()?))
    }

    async fn exchange(&self, request: HttpRequest) -> Result<Option<HttpResponse>, reqwest::Error> {
        let mut call = self.0.post(request.url).timeout(request.timeout).body(request.body);
        for (name, value) in request.headers {
            call = call.header(name, value);
        }
        let mut response = call.send().await?;
        let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            body.extend_from_slice(&chunk);
            if body.len() > LONGEST_BODY {
                return Ok(None);
            }
        }
        let body = String::from_utf8_lossy(&body).into_owned();
        Ok(Some(HttpResponse { status: response.status().as_u16(), body, retry_after }))
    }
}

impl Platform for Web {
    async fn post(&self, request: HttpRequest) -> Result<HttpResponse, NoResponse> {
        match self.exchange(request).await {
            Ok(response) => response.ok_or(NoResponse::Unreachable),
            Err(error) if error.is_timeout() => Err(NoResponse::Late),
            Err(_) => Err(NoResponse::Unreachable),
        }
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}
