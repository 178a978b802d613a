use super::*;
use crate::ciba::failure::Words;

#[cfg(not(target_arch = "wasm32"))]
mod properties;

const EMAIL: &str = "ada@example.com";
const CODE: &str = "012345";

fn right() -> Verdict {
    Verdict::Right(Some("tok".into()))
}

fn wrong() -> Verdict {
    Verdict::Wrong(Words::default())
}

/// A code that is sent, and its verdict.
fn attempt(codes: &mut CodeAttempts, email: &str, verdict: Verdict) -> Result<Option<String>, Failure> {
    assert_eq!(codes.begin(email, CODE), Ok(CODE.into()));
    codes.end(email, verdict)
}

fn miss(codes: &mut CodeAttempts, email: &str) {
    assert_eq!(attempt(codes, email, wrong()), Err(Code::InvalidCode.into()));
}

#[test]
fn six_digits_are_sent_as_people_type_them_and_nothing_else_uses_an_attempt() {
    let mut codes = CodeAttempts::default();
    for code in [
        CODE,
        "012 345",
        " 012345\n",
        "0 1 2 3 4 5",
        "012-345",
        "012\u{2011}345",
        "01\u{a0}23\u{202f}45",
        "012\u{200b}345",
        "０１２３４５",
        "０１２\u{3000}345",
        "012\u{2212}345",
        "０１２\u{ff0d}３４５",
        "012\u{ad}345",
    ] {
        assert_eq!(codes.begin(EMAIL, code), Ok(CODE.into()), "{code:?}");
        codes.end(EMAIL, right()).expect("right");
    }
    for code in [
        "",
        "12345",
        "1234567",
        "12345a",
        "1２",
        "٠١٢٣٤٥",
        "12.3456",
        "12,3456",
        "+123456",
        "123_456",
        "１２３４５６７",
    ] {
        assert_eq!(codes.begin(EMAIL, code), Err(Code::InvalidCode), "{code:?}");
    }
    assert_eq!(codes.remaining(EMAIL), 3);
}

#[test]
fn the_third_wrong_code_is_invalid_code_and_the_next_is_not_sent() {
    let mut codes = CodeAttempts::default();
    for remaining in [2, 1, 0] {
        miss(&mut codes, EMAIL);
        assert_eq!(codes.remaining(EMAIL), remaining);
    }
    assert_eq!(codes.begin(EMAIL, CODE), Err(Code::TooManyRetries));
    assert_eq!(codes.begin(EMAIL, "12345"), Err(Code::TooManyRetries));
}

#[test]
fn no_more_codes_are_pending_than_attempts_are_left() {
    let mut codes = CodeAttempts::default();
    miss(&mut codes, EMAIL);
    for _ in 0..2 {
        codes.begin(EMAIL, CODE).expect("an attempt is left");
    }
    assert_eq!(codes.begin(EMAIL, CODE), Err(Code::TooManyRetries));
    assert_eq!(codes.remaining(EMAIL), 2, "as it was");
    codes.end(EMAIL, Verdict::NotJudged(Code::Http(503).into())).unwrap_err();
    codes.begin(EMAIL, CODE).expect("one came back");
    codes.end(EMAIL, wrong()).unwrap_err();
    assert_eq!((codes.remaining(EMAIL), codes.begin(EMAIL, CODE)), (1, Err(Code::TooManyRetries)));
    codes.reset(EMAIL);
    assert_eq!(codes.remaining(EMAIL), 3);
    for _ in 0..2 {
        codes.begin(EMAIL, CODE).expect("two more, beside the one that is still pending");
    }
    assert_eq!(codes.begin(EMAIL, CODE), Err(Code::TooManyRetries));
}

#[test]
fn a_code_that_the_server_did_not_judge_uses_no_attempt() {
    let mut codes = CodeAttempts::default();
    miss(&mut codes, EMAIL);
    for code in [Code::NetworkTimeout, Code::ConnectionFailed, Code::Http(429), Code::Server("e".into())] {
        let failure = Failure::from(code);
        assert_eq!(attempt(&mut codes, EMAIL, Verdict::NotJudged(failure.clone())), Err(failure));
    }
    assert_eq!(codes.remaining(EMAIL), 2);
}

#[test]
fn a_right_code_gives_all_attempts_back() {
    let mut codes = CodeAttempts::default();
    for _ in 0..2 {
        miss(&mut codes, EMAIL);
    }
    assert_eq!(attempt(&mut codes, EMAIL, right()), Ok(Some("tok".into())));
    assert_eq!(codes.remaining(EMAIL), 3);
    assert_eq!(attempt(&mut codes, EMAIL, Verdict::Right(None)), Ok(None));
}

#[test]
fn emails_are_counted_apart_and_reset_apart() {
    let mut codes = CodeAttempts::default();
    for email in ["c", "a", "b"] {
        for _ in 0..3 {
            miss(&mut codes, email);
        }
    }
    codes.reset("c");
    codes.reset("z");
    assert_eq!(["a", "b", "c", "d"].map(|email| codes.remaining(email)), [0, 0, 3, 3]);
}

#[test]
fn the_server_s_words_about_a_wrong_code_are_handed_on() {
    let words = Words { message: Some("Invalid TOTP code".into()), ..Words::default() };
    let failure = attempt(&mut CodeAttempts::default(), EMAIL, Verdict::Wrong(words.clone())).unwrap_err();
    assert_eq!(failure, Failure::new(Code::InvalidCode, words));
}

#[test]
fn nothing_is_remembered_of_an_email_without_wrong_or_pending_codes() {
    let mut codes = CodeAttempts::default();
    for email in ["a", "b"] {
        miss(&mut codes, email);
    }
    attempt(&mut codes, "a", right()).expect("right");
    codes.reset("b");
    codes.begin("c", "1").unwrap_err();
    assert!(codes.counts.is_empty());
}
