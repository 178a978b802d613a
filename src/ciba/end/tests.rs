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
fn each_code_has_the_cause_of_the_tables() {
    for (name, ..) in CIBA_CODES.iter().filter(|(name, ..)| name.contains('_')) {
        assert_eq!(Code::from_server(name).cause(), *name);
    }
    // No server tells of the module.
    let is_servers = |name: &str| name.contains('_') && !name.starts_with("module_");
    assert_eq!((Code::NetworkTimeout.cause(), Code::ConnectionFailed.cause()), ("unreachable", "unreachable"));
    for (name, cause) in
        ALIASES.iter().filter(|(name, _)| is_servers(name) && !name.starts_with("con") && !name.starts_with("net"))
    {
        assert_eq!(Code::from_server(name).cause(), *cause);
    }
    for own in [Code::Timeout, Code::Cancelled, Code::TooManyRetries, Code::InvalidArgument, Code::UnexpectedResponse] {
        assert_eq!(own.cause(), own.text());
    }
    // A server cannot name what is not its business.
    for other in ["approved", "refused", "unreachable", "success-authentication", "my_code", ""] {
        assert_eq!(Code::from_server(other).cause(), "serverError", "{other}");
    }
}
