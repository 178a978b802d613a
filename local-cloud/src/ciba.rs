//! AuthSec's CIBA service: the user approves on the phone (push), or enters a code from an authenticator app (TOTP).
//!
//! It plays the real server in two editions, to the letter of their public source. What is kinder is a flag.

mod bind;
mod client_auth;
pub mod client_keys;
pub mod clients;
mod codes;
pub mod config;
mod deprecation;
pub mod edition;
mod errors;
pub mod gateway;
mod initiate;
mod initiation;
mod introspect;
pub mod lockout;
mod native_tokens;
pub mod oauth;
mod paths;
mod phone_access;
pub mod poll;
pub mod push_timing;
pub mod rate_limit;
mod requests;
mod respond;
pub mod token;
mod tokens;
pub mod totp;
pub mod users;
mod workspace;

use std::sync::Arc;

use axum::Router;

use crate::state::Cloud;
use config::CibaConfig;

pub use errors::CibaError;
pub use phone_access::Phone;
pub use requests::{deny, email_of};
/// The endpoints that a phone calls, for the phone page.
pub use respond::routes_everywhere as routes_for_phone_page;

/// The endpoints that a page or another client of AuthSec calls.
pub fn routes_for_pages(config: &CibaConfig) -> Router<Arc<Cloud>> {
    Router::new().merge(initiate::routes(config)).merge(token::routes(config)).merge(totp::routes(config))
}

/// The standard's endpoints, which servers call.
pub fn routes_of_the_standard(config: &CibaConfig) -> Router<Arc<Cloud>> {
    oauth::routes(config)
}

/// The endpoints that the user's phone calls.
pub fn routes_for_phones(config: &CibaConfig) -> Router<Arc<Cloud>> {
    respond::routes(config)
}

/// For development only: stands in for AuthSec's administration.
pub fn routes_for_servers() -> Router<Arc<Cloud>> {
    Router::new().merge(users::routes()).merge(introspect::routes())
}
