//! Any status and body from the cloud: a token only for a success, otherwise a reason.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value as Json;
use webauthn_result::response::{Body, Response, TransactionStatus, Verdict};

fn response(status: u16, json: Option<&Json>) -> Response {
    Response::Http { status, body: json.and_then(Body::read) }
}

fuzz_target!(|input: (u16, &[u8])| {
    let (status, text) = input;
    let json = serde_json::from_slice::<Json>(text).ok();
    // These two strings represent a getter that throws and a function: src/options/json.rs.
    let read_text =
        |name: &str| json.as_ref()?.get(name)?.as_str().filter(|text| !matches!(*text, "throw!" | "function!"));
    let property = |name: &str| read_text(name).unwrap_or_default();
    match response(status, json.as_ref()).verdict() {
        Verdict::Accepted(token) => {
            assert_eq!((status / 100, property("errorMessage")), (2, ""));
            assert_ne!(property("status"), "failed");
            assert!(!token.is_empty() && token == property("token"));
        }
        Verdict::Refused(reason) | Verdict::RefusedForGood(reason) => {
            let is_refused = !property("errorMessage").is_empty() || property("status") == "failed";
            assert!((status / 100 == 4 && !matches!(status, 408 | 425 | 429)) || is_refused, "{reason}");
            assert!(!reason.is_empty());
        }
        Verdict::Failed(reason) | Verdict::Unknown(reason) => assert!(!reason.is_empty()),
    }
    if let TransactionStatus::Succeeded(token) = response(status, json.as_ref()).transaction_status() {
        assert_eq!((status / 100, property("status")), (2, "succeeded"));
        assert!(!token.is_empty() && token == property("token"));
    }
});
