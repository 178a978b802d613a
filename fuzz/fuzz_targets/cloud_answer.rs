//! Any status and body from the cloud: a token only from a success that says so, and a reason with everything else.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value as Json;
use webauthn_result::response::{Body, Response, TransactionStatus, Verdict};

fn answer(status: u16, json: Option<&Json>) -> Response {
    Response::Http { status, body: json.and_then(Body::read) }
}

fuzz_target!(|came: (u16, &[u8])| {
    let (status, text) = came;
    let json = serde_json::from_slice::<Json>(text).ok();
    // What stands for a getter that throws is nothing to read, and JSON has none.
    let read_text = |name: &str| json.as_ref()?.get(name)?.as_str().filter(|text| *text != "throw!");
    let member = |name: &str| read_text(name).unwrap_or_default();
    match answer(status, json.as_ref()).verdict() {
        Verdict::Accepted(token) => {
            assert_eq!((status / 100, member("status"), member("errorMessage")), (2, "ok", ""));
            assert!(!token.is_empty() && token == member("token"));
        }
        Verdict::Refused(reason) => {
            let is_said = !member("errorMessage").is_empty() || !matches!(member("status"), "" | "ok");
            assert!(status / 100 == 4 || is_said, "{reason}");
            assert!(!reason.is_empty());
        }
        Verdict::Unknown(reason) => assert!(!reason.is_empty()),
    }
    if let TransactionStatus::Succeeded(token) = answer(status, json.as_ref()).transaction_status() {
        assert_eq!((status / 100, member("status")), (2, "succeeded"));
        assert!(!token.is_empty() && token == member("token"));
    }
});
