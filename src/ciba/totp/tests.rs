use super::*;

#[cfg(not(target_arch = "wasm32"))]
mod properties;

const EMAIL: &str = "ann@example.com";

fn failed(error: &str, remaining: u8) -> Verdict {
    Verdict::Failed { error: error.into(), remaining }
}

#[test]
fn only_six_ascii_digits_are_sent_and_nothing_else_costs_an_attempt() {
    let misses = Misses::default();
    for code in ["000000", "123456", "999999"] {
        assert_eq!(misses.check(EMAIL, code), Ok(()));
    }
    for code in [
        "",
        "12345",
        "1234567",
        "12345a",
        "123 456",
        " 123456",
        "123456\n",
        "１２３４５６",
        "٠١٢٣٤٥",
        "-12345",
        "12.456",
    ] {
        assert_eq!(misses.check(EMAIL, code), Err(failed("invalid_code", 3)), "{code}");
    }
    assert_eq!(misses.remaining(EMAIL), 3);
}

#[test]
fn the_third_miss_is_invalid_code_and_the_next_is_not_sent() {
    let mut misses = Misses::default();
    for remaining in [2, 1, 0] {
        assert_eq!(misses.check(EMAIL, "000000"), Ok(()));
        assert_eq!(misses.judge(EMAIL, Judgement::Wrong), failed("invalid_code", remaining));
    }
    assert_eq!(misses.check(EMAIL, "123456"), Err(failed("too_many_retries", 0)));
    assert_eq!(misses.check(EMAIL, "not a code"), Err(failed("too_many_retries", 0)));
}

#[test]
fn a_code_that_nobody_judged_costs_no_attempt() {
    let mut misses = Misses::default();
    misses.judge(EMAIL, Judgement::Wrong);
    for code in ["network_timeout", "connection_failed", "http_429"] {
        assert_eq!(misses.judge(EMAIL, Judgement::Unjudged(code.into())), failed(code, 2));
    }
    assert_eq!(misses.remaining(EMAIL), 2);
}

#[test]
fn a_right_code_gives_all_attempts_back() {
    let mut misses = Misses::default();
    misses.judge(EMAIL, Judgement::Wrong);
    misses.judge(EMAIL, Judgement::Wrong);
    let right = misses.judge(EMAIL, Judgement::Right(Some("tok".into())));
    assert_eq!(right, Verdict::Right(Some("tok".into())));
    assert_eq!(misses.remaining(EMAIL), 3);
}

#[test]
fn emails_are_counted_apart_and_reset_apart() {
    let mut misses = Misses::default();
    for email in ["a@x", "A@x", "b@x"] {
        for _ in 0..3 {
            misses.judge(email, Judgement::Wrong);
        }
    }
    misses.reset("a@x");
    misses.reset("unknown@x");
    assert_eq!(["a@x", "A@x", "b@x", "c@x"].map(|email| misses.remaining(email)), [3, 0, 0, 3]);
}

#[test]
fn codes_sent_at_once_never_leave_less_than_no_attempt() {
    let mut misses = Misses::default();
    for remaining in [2, 1, 0, 0, 0] {
        assert_eq!(misses.judge(EMAIL, Judgement::Wrong), failed("invalid_code", remaining));
    }
    for _ in 0..251 {
        misses.judge(EMAIL, Judgement::Wrong);
    }
    assert_eq!(misses.remaining(EMAIL), 0);
}

#[test]
fn each_verdict_is_the_documented_object() {
    let table = [
        (Verdict::Right(Some("tok".into())), r#"{"success":true,"token":"tok","remaining":3}"#),
        (Verdict::Right(None), r#"{"success":true,"token":null,"remaining":3}"#),
        (failed("invalid_code", 2), r#"{"success":false,"error":"invalid_code","remaining":2}"#),
        (failed("too_many_retries", 0), r#"{"success":false,"error":"too_many_retries","remaining":0}"#),
    ];
    for (verdict, json) in table {
        assert_eq!(verdict.json(), json);
    }
}
