//! Any status and body from the cloud: a token only from a success that says so, and a reason with everything else.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value as Json;
use webauthn_result::answer::{Answer, Body, Standing, Verdict};
use webauthn_result::options::{Kind, Value};
use webauthn_result_fuzz::parsed::Parsed;

/// As the module reads the body of an answer: the members of a JSON object.
fn answer(status: u16, json: Option<&Json>) -> Answer {
    let body = json.cloned().map(Parsed::from).filter(|json| json.is(Kind::Object)).map(|json| Body {
        status: json.text_member("status"),
        error_message: json.text_member("errorMessage"),
        message: json.text_member("message").or_else(|| json.text_member("error")),
        token: json.text_member("token"),
    });
    Answer::Http { status, body }
}

fuzz_target!(|came: (u16, &[u8])| {
    let (status, text) = came;
    let json = serde_json::from_slice::<Json>(text).ok();
    let member = |name: &str| json.as_ref().and_then(|json| json.get(name)?.as_str()).unwrap_or_default();
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
    if let Standing::Succeeded(token) = answer(status, json.as_ref()).standing() {
        assert_eq!((status / 100, member("status")), (2, "succeeded"));
        assert!(!token.is_empty() && token == member("token"));
    }
});
