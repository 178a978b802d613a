//! AuthSec's CIBA service: the user approves on the phone (push), or enters a code from an authenticator app (TOTP).
//!
//! Each route exists at AuthSec's current path and at that of older servers, and does the same at both.

mod codes;
mod errors;
mod initiate;
mod introspect;
mod paths;
mod phone_access;
pub mod push_timing;
mod requests;
mod respond;
mod token;
mod tokens;
mod totp;
pub mod users;

use std::sync::Arc;

use axum::Router;

use crate::state::Cloud;

pub use errors::CibaError;
pub use phone_access::Phone;
pub use requests::{deny, email_of};

/// The endpoints that a page or another client of AuthSec calls.
pub fn routes_for_pages() -> Router<Arc<Cloud>> {
    Router::new().merge(initiate::routes()).merge(token::routes()).merge(totp::routes())
}

/// The endpoints that the user's phone calls.
pub fn routes_for_phones() -> Router<Arc<Cloud>> {
    respond::routes()
}

/// For development only: stands in for AuthSec's administration.
pub fn routes_for_servers() -> Router<Arc<Cloud>> {
    Router::new().merge(users::routes()).merge(introspect::routes())
}
