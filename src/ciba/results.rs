//! The results of methods that succeeded, and of polls that ended by a status: docs/contract.md, section B2.
//!
//! Records, which the page gets as plain objects. serde-wasm-bindgen would make those by assignment, which a setter on
//! `Object.prototype` intercepts.

use super::code::Code;
use super::poll::Progress;
use super::response::Initiated;
use crate::options::value::Value;

/// Of `initiateAppApproval`.
pub fn initiated<V: Value>(Initiated { auth_req_id, expires_in, interval }: &Initiated) -> V {
    record(&[
        ("auth_req_id", V::from_string(auth_req_id)),
        ("expires_in", V::from_number(*expires_in)),
        ("interval", V::from_number(*interval)),
    ])
}

/// Of `pollForApproval`, if the user approved.
pub fn approved<V: Value>(token: Option<String>) -> V {
    record(&[("status", V::from_string("approved")), ("token", self::token(token))])
}

/// Of `pollForApproval`, if it ended by a status.
pub fn status<V: Value>(code: &Code) -> V {
    record(&[("status", V::from_string(&code.text()))])
}

/// Of `safeAuthenticate`.
pub fn succeeded<V: Value>(token: Option<String>) -> V {
    record(&[("success", V::from_boolean(true)), ("token", self::token(token))])
}

/// Of `verifyTotp`.
pub fn verified<V: Value>(token: Option<String>, remaining: u8) -> V {
    record(&[
        ("success", V::from_boolean(true)),
        ("token", self::token(token)),
        ("remaining", V::from_number(remaining.into())),
    ])
}

/// Of the methods that resolve to the token alone.
pub fn token<V: Value>(token: Option<String>) -> V {
    token.map_or_else(V::null, |token| V::from_string(&token))
}

/// For `onProgress`.
pub fn progress<V: Value>(Progress { attempt, left, next }: Progress) -> V {
    record(&[
        ("attempt", V::from_number(attempt.into())),
        ("secondsLeft", V::from_number(left / 1000.0)),
        ("secondsToNextPoll", next.map_or_else(V::null, |ms| V::from_number(ms / 1000.0))),
    ])
}

fn record<V: Value>(properties: &[(&'static str, V)]) -> V {
    let mut record = V::new_record();
    for (name, value) in properties {
        record.set(name, value);
    }
    record
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
