//! The limits of the relay, which are those of any backend.

#[path = "../../ciba-relay/src/limits.rs"]
mod of_relay;

pub use self::of_relay::{RateLimit, network_of};
