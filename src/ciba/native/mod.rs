//! A client for Rust programs, without a browser: command lines, servers, and relays for pages.
//!
//! What a request contains and what a response means is decided by the code that the module for pages is built of. The program
//! brings its HTTP client, its timer and, for `private_key_jwt`, its signer.
//!
//! ```
//! use std::time::Duration;
//!
//! use webauthn_result::ciba::native::{
//!     Authentication, Client, Failure, HttpRequest, HttpResponse, NoResponse, Options, Platform, PollOptions,
//!     Push,
//! };
//!
//! /// reqwest and tokio.
//! struct Web(reqwest::Client);
//!
//! impl Platform for Web {
//!     async fn post(&self, request: HttpRequest) -> Result<HttpResponse, NoResponse> {
//!         let mut call = self.0.post(request.url).body(request.body);
//!         for (name, value) in request.headers {
//!             call = call.header(name, value);
//!         }
//!         let response = call.send().await.map_err(|_| NoResponse::Unreachable)?;
//!         let retry_after = response.headers().get("Retry-After").and_then(|value| Some(value.to_str().ok()?.to_owned()));
//!         let status = response.status().as_u16();
//!         let body = response.text().await.map_err(|_| NoResponse::Unreachable)?;
//!         Ok(HttpResponse { status, body, retry_after })
//!     }
//!
//!     async fn sleep(&self, duration: Duration) {
//!         tokio::time::sleep(duration).await;
//!     }
//! }
//!
//! /// Returns the token of the approval.
//! async fn approve(http: reqwest::Client, client_secret: &str) -> Result<String, Failure> {
//!     let client = Client::new(
//!         Web(http),
//!         Options {
//!             client_id: Some("your_client_id".into()),
//!             authentication: Authentication::basic(client_secret),
//!             ..Options::default()
//!         },
//!     )?;
//!     let push = Push { binding_message: "Pay 20 EUR to the shop", ..Push::default() };
//!     let request = client.request_approval("user@example.com", push).await?;
//!     let terms = PollOptions { timeout: Duration::from_secs(60), ..PollOptions::default() };
//!     let token = client.poll(&request, terms, |progress| println!("{} s left", progress.time_left.as_secs())).await?;
//!     Ok(token.into_string())
//! }
//! ```
//!
//! To cancel a call, drop its future.

mod authentication;
mod base_url;
mod client;
mod error;
mod http;
mod options;

pub use authentication::{Authentication, SignError};
pub use client::{ApprovalRequest, Client, PollOptions, Progress, Push, Token};
pub use http::{HttpRequest, HttpResponse, NoResponse, Platform};
pub use options::{Options, Routes};

pub use super::code::Code;
pub use super::failure::Failure;
pub use super::wire::Request;

#[cfg(test)]
mod tests;
