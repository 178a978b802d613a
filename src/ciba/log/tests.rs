use super::*;

const EMAIL: &str = "ann@example.com";

#[test]
fn each_line_has_its_level_and_its_words() {
    let table = [
        (started(EMAIL), Level::Info, "Asking for the approval of ann@example.com"),
        (initiated(EMAIL), Level::Info, "Push sent to ann@example.com"),
        (asked(EMAIL, 12), Level::Debug, "Poll 12 for ann@example.com"),
        (verifying(EMAIL), Level::Info, "Verifying a TOTP code of ann@example.com"),
        (ended(EMAIL, &Outcome::Approved("tok".into())), Level::Info, "Approved by ann@example.com"),
        (ended(EMAIL, &Outcome::Denied), Level::Warn, "Not approved by ann@example.com: access_denied"),
        (ended(EMAIL, &Outcome::TimedOut), Level::Warn, "Not approved by ann@example.com: timeout"),
        (ended(EMAIL, &Outcome::error("http_404")), Level::Error, "Failed for ann@example.com: http_404"),
        (failed(EMAIL, "network_timeout"), Level::Error, "Failed for ann@example.com: network_timeout"),
    ];
    for (line, level, words) in table {
        assert_eq!(line, (level, String::from(words)));
    }
}

#[test]
fn an_error_that_quotes_a_secret_is_not_told() {
    for secret in [
        "1c266114-a1be-4252-8ad1-04986c5b9ac1",
        "unknown auth_req_id 7f9c2ba4e88f827d616045507605853ed73b8093",
        "code 123456 was used before",
        "123456",
        "eyJhbGciOiJIUzUxMiJ9.e30.c2ln",
    ] {
        let (level, words) = failed(EMAIL, secret);
        assert_eq!(level, Level::Error);
        assert!(!words.contains(secret), "{words}");
    }
}

#[test]
fn the_levels_are_methods_of_the_console() {
    let methods = [Level::Debug, Level::Info, Level::Warn, Level::Error].map(Level::method);
    assert_eq!(methods, ["debug", "info", "warn", "error"]);
}
