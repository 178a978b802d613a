//! AuthSec's CIBA service: a person is asked on the phone (push), or reads a code from an authenticator app (TOTP).
//!
//! Each route exists twice, under AuthSec's current path and under that of older servers, and means the same at both.

mod answers;
mod codes;
mod initiate;
mod introspect;
mod phone_access;
mod requests;
mod respond;
mod token;
mod tokens;
mod totp;
pub mod users;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::MethodRouter;
use serde_json::Number;

use crate::cloud::Cloud;

pub use answers::CibaError;
pub use phone_access::Phone;
pub use requests::{deny, email_of};

/// The flow without a client id.
const ADMIN: [&str; 2] = ["/authsec/uflow/auth", "/uflow/auth"];
/// The flow with a client id.
const TENANT: [&str; 2] = ["/authsec/uflow/auth/workspace", "/uflow/auth/tenant"];

/// What a page or another client of AuthSec calls.
pub fn routes_for_pages() -> Router<Arc<Cloud>> {
    Router::new().merge(initiate::routes()).merge(token::routes()).merge(totp::routes())
}

/// What the phone of the person calls who is asked.
pub fn routes_for_phones() -> Router<Arc<Cloud>> {
    respond::routes()
}

/// For development only: what AuthSec has in its administration.
pub fn routes_for_servers() -> Router<Arc<Cloud>> {
    Router::new().merge(users::routes()).merge(introspect::routes())
}

fn route(starts: [&str; 2], end: &str, method: MethodRouter<Arc<Cloud>>) -> Router<Arc<Cloud>> {
    let [current, older] = starts;
    Router::new().route(&format!("{current}{end}"), method.clone()).route(&format!("{older}{end}"), method)
}

/// The times of requests for approval by push, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    pub lifetime: i64,
    /// Between two polls.
    pub interval: i64,
}

impl Terms {
    pub fn new(lifetime: NonZeroU32, interval: Duration) -> Self {
        Self {
            lifetime: i64::from(lifetime.get()) * 1000,
            interval: i64::try_from(interval.as_millis()).unwrap_or(i64::MAX),
        }
    }
}

/// Milliseconds as a number of seconds, whole where they are.
fn seconds(milliseconds: i64) -> Number {
    if milliseconds % 1000 == 0 {
        return Number::from(milliseconds / 1000);
    }
    // Never so many that a float would be no number.
    Number::from_f64(milliseconds as f64 / 1000.0).unwrap_or_else(|| Number::from(milliseconds / 1000))
}
