use super::Code::{self, *};

#[test]
fn javascript_has_the_texts_in_this_order() {
    let source = include_str!("../../../js/ciba-codes.js");
    let (_, table) = source.split_once("CODES = [").expect("the table");
    let (table, _) = table.split_once(']').expect("its end");
    let texts: Vec<_> = table.split('"').skip(1).step_by(2).collect();
    let codes: [(Code, &str); 10] = [
        (Approved, "approved"),
        (AccessDenied, "access_denied"),
        (Timeout, "timeout"),
        (ExpiredToken, "expired_token"),
        (Cancelled, "cancelled"),
        (InvalidCode, "invalid_code"),
        (TooManyRetries, "too_many_retries"),
        (NetworkTimeout, "network_timeout"),
        (ConnectionFailed, "connection_failed"),
        (InvalidRequest, "invalid_request"),
    ];
    for (code, text) in codes {
        assert_eq!(texts.get(code as usize), Some(&text));
    }
    // The two whose texts the server gives.
    assert_eq!((texts.len(), Theirs as usize, Http as usize), (10, 10, 11));
}
