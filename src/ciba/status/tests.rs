use super::*;

#[test]
fn every_end_of_a_poll_is_the_documented_object() {
    let table = [
        (Outcome::Approved("a.b\"c".into()), r#"{"status":"approved","token":"a.b\"c"}"#, "approved"),
        (Outcome::Denied, r#"{"status":"access_denied"}"#, "access_denied"),
        (Outcome::TimedOut, r#"{"status":"timeout"}"#, "timeout"),
        (Outcome::Expired, r#"{"status":"expired_token"}"#, "expired_token"),
        (Outcome::Cancelled, r#"{"status":"cancelled"}"#, "cancelled"),
        (Outcome::error("invalid_grant"), r#"{"status":"error","error":"invalid_grant"}"#, "invalid_grant"),
    ];
    for (outcome, json, code) in table {
        assert_eq!(outcome.json(), json);
        assert_eq!(outcome.code(), code);
    }
}

#[test]
fn the_binding_message_fits_any_phone_and_names_no_voice_client() {
    assert!(BINDING_MESSAGE.len() <= 64);
    assert!(BINDING_MESSAGE.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()));
    assert!(!BINDING_MESSAGE.to_lowercase().contains("voice"));
}
