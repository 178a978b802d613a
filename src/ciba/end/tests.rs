//! The event of each end, and that its cause is that of the tables.

use serde_json::{Value, json};

use super::{Code, End};
use crate::cause::{ALIASES, CIBA_CODES};

fn end(code: Option<&Code>, is_initiated: bool, is_last_attempt: bool) -> Value {
    End { method: "verifyTotp", is_initiated, code, is_last_attempt, duration: 12.6, requests: 2 }.record()
}

#[test]
fn the_event_says_how_the_call_ended_and_nothing_that_is_secret() {
    let event = |code: &str, cause: Value, silent: bool| json!({ "method": "verifyTotp", "code": code, "cause": cause, "silent": silent, "duration": 13.0, "requests": 2.0 });
    let quoting = Code::from_server("token eyJhbGciOi.J9 is unknown");
    assert_eq!(end(None, false, false), event("approved", json!("approved"), false));
    assert_eq!(end(None, true, false), event("initiated", Value::Null, false));
    assert_eq!(end(Some(&Code::Cancelled), false, false), event("cancelled", json!("cancelled"), true));
    assert_eq!(end(Some(&Code::InvalidCode), false, false), event("invalid_code", json!("invalid_code"), false));
    assert_eq!(end(Some(&Code::InvalidCode), false, true), event("invalid_code", json!("too_many_retries"), false));
    assert_eq!(end(Some(&Code::Http(503)), false, false), event("http_503", json!("unreachable"), false));
    assert_eq!(end(Some(&Code::Http(404)), false, false), event("http_404", json!("serverError"), false));
    assert_eq!(end(Some(&quoting), false, false), event("serverError", json!("serverError"), false));
}

#[test]
fn each_code_has_the_cause_of_the_tables_and_is_as_silent() {
    for (name, is_silent, _) in CIBA_CODES.iter().filter(|(name, ..)| !["unreachable", "serverError"].contains(name)) {
        let code = Code::from_server(name);
        assert_eq!(code.cause(), *name);
        assert_eq!(end(Some(&code), false, false)["silent"], json!(is_silent), "{name}");
    }
    // A server has no module that could crash.
    for (name, cause) in ALIASES.iter().filter(|(name, _)| name.contains('_') && !name.starts_with("module_")) {
        assert_eq!(Code::from_server(name).cause(), *cause, "{name}");
    }
    for (own, cause) in [
        (Code::Timeout, "timeout"),
        (Code::Cancelled, "cancelled"),
        (Code::TooManyRetries, "too_many_retries"),
        (Code::InvalidArgument, "invalid_argument"),
        (Code::UnexpectedResponse, "unexpected_response"),
        (Code::NetworkTimeout, "unreachable"),
        (Code::ConnectionFailed, "unreachable"),
    ] {
        assert_eq!(own.cause(), cause);
    }
    // Names of passkeys' causes, and of successes, are not for a server to claim.
    for other in ["approved", "refused", "unreachable", "success-authentication", "my_code", ""] {
        assert_eq!(Code::from_server(other).cause(), "serverError", "{other}");
    }
}
