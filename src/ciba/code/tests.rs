use super::Code::{self, *};

#[test]
fn the_codes_are_those_of_the_contract() {
    let codes = [
        (AccessDenied, "access_denied"),
        (Timeout, "timeout"),
        (ExpiredToken, "expired_token"),
        (Cancelled, "cancelled"),
        (InvalidCode, "invalid_code"),
        (TooManyRetries, "too_many_retries"),
        (NetworkTimeout, "network_timeout"),
        (ConnectionFailed, "connection_failed"),
        (InvalidArgument, "invalid_argument"),
        (UnexpectedResponse, "unexpected_response"),
        (Http(404), "http_404"),
        (Server("invalid_grant".into()), "invalid_grant"),
    ];
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/contract.md")).expect("the contract");
    let section = page.split("\n### ").find(|section| section.starts_with("B4 ")).expect("the section");
    for (index, (code, text)) in codes.into_iter().enumerate() {
        let is_documented = section.contains(&format!("`{text}`")) || matches!(code, Http(_) | Server(_));
        assert!(is_documented, "{text}");
        assert_eq!(code.text(), text);
        assert_eq!(code.loggable_text(), text);
        assert_eq!(code.is_status(), index < 4, "{text}");
    }
}

#[test]
fn the_log_gets_a_code_of_the_server_and_none_of_its_words_which_may_quote_a_secret() {
    for (error, is_loggable) in [
        ("invalid_grant", true),
        ("e404", true),
        ("", true),
        ("1c266114-a1be-4252-8ad1-04986c5b9ac1", false),
        ("unknown auth_req_id 7f9c2ba4e88f827d616045507605853ed73b8093", false),
        ("code 123456 was used before", false),
        ("123456", false),
        ("a1b2c3d4", false),
        ("eyJhbGciOiJIUzUxMiJ9.e30.c2ln", false),
        ("Invalid_grant", false),
        ("invalid_grant\n", false),
        ("e\u{301}", false),
    ] {
        let expected = if is_loggable { error } else { "the server's own words, which only the result repeats" };
        assert_eq!(Code::Server(error.into()).loggable_text(), expected);
    }
}
