//! Any status and body from AuthSec: a token only from what the server itself said, and every result is JSON.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use webauthn_result::ciba::answer::{Answer, Body, Judgement, Reply};
use webauthn_result::ciba::log::failed;
use webauthn_result::ciba::totp::Misses;
use webauthn_result_fuzz::Answered;

fuzz_target!(|came: (u16, &[u8])| {
    let (status, text) = came;
    let json = serde_json::from_slice::<Value>(text).ok();
    let body = json.clone().map(|json| Body::read(&Answered(json)));
    let answer = Answer::Http { status, body };
    let is_heard = json.is_some() && matches!(status, 200..300 | 400..=428 | 430..500);
    match answer.clone().reply() {
        Reply::Approved(token) => assert!(is_heard && !token.is_empty()),
        Reply::Error(code) => {
            assert!(is_heard && !code.is_empty());
            failed("anna@example.com", &code);
        }
        Reply::SlowDown(interval) => assert!(interval.is_none_or(|ms| ms > 0.0)),
        Reply::Fault(code) => assert!(!code.is_empty()),
        Reply::Pending | Reply::Denied | Reply::Expired => assert!(json.is_some()),
    }
    let judgement = answer.clone().judgement();
    assert_eq!(is_heard, !matches!(judgement, Judgement::Unjudged(_)));
    let verdict = Misses::default().judge("anna@example.com", judgement).json();
    assert!(serde_json::from_str::<Value>(&verdict).is_ok(), "{verdict}");
    if let Ok(initiated) = answer.initiated() {
        assert!(status / 100 == 2 && initiated.interval > 0.0 && initiated.expires_in > 0.0);
        let text = initiated.json();
        assert!(serde_json::from_str::<Value>(&text).is_ok(), "{text}");
    }
});
