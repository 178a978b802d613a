use super::*;

#[test]
fn the_words_for_a_person_are_those_of_the_contract_to_the_letter() {
    let table = [
        ("access_denied", "You rejected the authentication request. Please try again."),
        ("timeout", "Request timed out. Please ensure your phone is nearby and try again."),
        ("expired_token", "Request expired. Starting a new authentication..."),
        ("invalid_code", "Invalid code. Please check your authenticator app."),
        ("too_many_retries", "Too many failed attempts. Please wait a moment and try again."),
        ("network_timeout", "Network issue detected. Please check your connection."),
        ("connection_failed", "Cannot reach authentication server. Please try again later."),
    ];
    for (code, words) in table {
        assert_eq!(user_friendly_error(code), words);
    }
}

#[test]
fn a_code_without_words_is_told_as_it_is() {
    for code in ["approved", "cancelled", "invalid_grant", "", "Access_denied", "quote \" and {}"] {
        assert_eq!(user_friendly_error(code), format!("An error occurred: {code}"));
    }
}

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
