//! Any texts and numbers as members and as results: what is written is JSON, and says the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use webauthn_result::ciba::json::{Member, object, token_json};
use webauthn_result::ciba::log;
use webauthn_result::ciba::routes::{Generation, Routes};
use webauthn_result::ciba::status::Outcome;
use webauthn_result::result::{Ceremony, Failure, Fault, Report};

fuzz_target!(|given: (&str, &str, u32, f64)| {
    let (one, two, count, ms) = given;
    let read = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let members = [(one, Member::Text(two)), ("count", Member::Count(count)), ("seconds", Member::Seconds(ms))];
    let written = read(&object(&members));
    if !["count", "seconds"].contains(&one) {
        assert_eq!(written[one], two);
        assert_eq!(written["count"], count);
    }
    assert!(written["seconds"].is_number());
    assert_eq!(read(&token_json(Some(two.into()))), two);
    assert_eq!(read(&Outcome::Error(two.into()).json())["error"], two);
    let post = Routes::new(Some(one.into()), Generation::Workspace).totp(one, two);
    assert_eq!((&read(&post.body)["email"], &read(&post.body)["totp_code"]), (&json!(one), &json!(two)));
    let outcome = Err(Failure::new(Fault::Finalization, two));
    assert_eq!(json!(Report { ceremony: Ceremony::Registration, outcome })[3], two);
    // Whatever a server gives as its error: the log has a code or none of it.
    let (_, line) = log::failed("", two);
    let is_code = two.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    assert!(is_code || line == log::failed("", "Not a code").1, "{line}");
});
