//! What a client may do where it runs: docs/contract.md, section B1. A page never holds a secret, since anybody can read it there.

use super::SERVER;
use super::failure::Failure;
use super::options::invalid;
use crate::messages::{A_TEXT, FOR_SERVERS, INSECURE_PATH, NEEDS_OIDC, WITH_SECRET};
use crate::options::value::Value;
use crate::place::Place;

/// Why no method of a client may send anything: options that are right as such, but not here, or not together.
pub fn problem<V: Value>(options: &V) -> Option<Failure> {
    let string = |name| options.get(name).and_then(|value| value.as_string()).unwrap_or_default();
    let is_given = |name| options.get(name).is_some_and(|value| !value.is_absent());
    let is_page = Place::read(options) == Place::Page;
    let (has_secret, has_key) = (is_given("clientSecret"), is_given("privateKey"));
    let is_oidc = string("routes") == "oidc";
    // A path that has an origin to trust has become a URL.
    if string("baseUrl").starts_with('/') {
        return Some(Failure::argument(&[INSECURE_PATH]));
    }
    let is_forbidden = is_page || !SERVER;
    let (option, problem) = match () {
        () if is_forbidden && has_secret => ("clientSecret", FOR_SERVERS),
        () if is_forbidden && has_key => ("privateKey", FOR_SERVERS),
        () if is_forbidden && is_oidc => ("routes \"oidc\"", FOR_SERVERS),
        () if !SERVER => return None,
        () if has_secret && has_key => ("privateKey", WITH_SECRET),
        () if has_key && !is_oidc => ("privateKey", NEEDS_OIDC),
        () if has_secret && string("clientSecret").is_empty() => ("clientSecret", A_TEXT),
        () if (has_secret || has_key || is_oidc) && string("clientId").is_empty() => ("clientId", A_TEXT),
        () => return None,
    };
    Some(invalid(option, problem))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
