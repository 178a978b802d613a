use super::*;

#[cfg(not(target_arch = "wasm32"))]
mod properties;

const EMAIL: &str = "ada@example.com";
const CODE: &str = "012345";

fn right() -> Verdict {
    Verdict::Right(Some("tok".into()))
}

#[test]
fn only_six_ascii_digits_are_sent_and_nothing_else_uses_an_attempt() {
    let codes = WrongCodes::default();
    for code in ["000000", "999999", CODE] {
        assert_eq!(codes.check(EMAIL, code), Ok(()));
    }
    for code in ["", "12345", "1234567", "12345a", "123 456", " 123456", "123456\n", "１２", "٠١٢", "-12345", "12.456"]
    {
        assert_eq!(codes.check(EMAIL, code), Err(Code::InvalidCode), "{code}");
    }
    assert_eq!(codes.remaining(EMAIL), 3);
}

#[test]
fn the_third_wrong_code_is_invalid_code_and_the_next_is_not_sent() {
    let mut codes = WrongCodes::default();
    for remaining in [2, 1, 0] {
        assert_eq!(codes.check(EMAIL, CODE), Ok(()));
        assert_eq!(codes.count(EMAIL, Verdict::Wrong), Err(Code::InvalidCode));
        assert_eq!(codes.remaining(EMAIL), remaining);
    }
    assert_eq!(codes.check(EMAIL, CODE), Err(Code::TooManyRetries));
    assert_eq!(codes.check(EMAIL, "12345"), Err(Code::TooManyRetries));
}

#[test]
fn a_code_that_the_server_did_not_judge_uses_no_attempt() {
    let mut codes = WrongCodes::default();
    codes.count(EMAIL, Verdict::Wrong).unwrap_err();
    for code in [Code::NetworkTimeout, Code::ConnectionFailed, Code::Http(429), Code::Server("e".into())] {
        assert_eq!(codes.count(EMAIL, Verdict::NotJudged(code.clone())), Err(code));
    }
    assert_eq!(codes.remaining(EMAIL), 2);
}

#[test]
fn a_right_code_gives_all_attempts_back() {
    let mut codes = WrongCodes::default();
    for _ in 0..2 {
        codes.count(EMAIL, Verdict::Wrong).unwrap_err();
    }
    assert_eq!(codes.count(EMAIL, right()), Ok(Some("tok".into())));
    assert_eq!(codes.remaining(EMAIL), 3);
    assert_eq!(codes.count(EMAIL, Verdict::Right(None)), Ok(None));
}

#[test]
fn emails_are_counted_apart_and_reset_apart() {
    let mut codes = WrongCodes::default();
    for email in ["c", "a", "b"] {
        for _ in 0..3 {
            codes.count(email, Verdict::Wrong).unwrap_err();
        }
    }
    codes.reset("c");
    codes.reset("z");
    assert_eq!(["a", "b", "c", "d"].map(|email| codes.remaining(email)), [0, 0, 3, 3]);
}

#[test]
fn codes_sent_at_once_never_leave_less_than_no_attempt() {
    let mut codes = WrongCodes::default();
    for remaining in [2, 1, 0, 0, 0] {
        codes.count(EMAIL, Verdict::Wrong).unwrap_err();
        assert_eq!(codes.remaining(EMAIL), remaining);
    }
    for _ in 0..251 {
        codes.count(EMAIL, Verdict::Wrong).unwrap_err();
    }
    assert_eq!(codes.remaining(EMAIL), 0);
}

#[test]
fn nothing_is_remembered_of_an_email_without_wrong_codes() {
    let mut codes = WrongCodes::default();
    for email in ["a", "b"] {
        codes.count(email, Verdict::Wrong).unwrap_err();
    }
    codes.count("a", right()).expect("right");
    codes.reset("b");
    assert!(codes.counts.is_empty());
}
