use super::*;

#[cfg(not(target_arch = "wasm32"))]
mod properties;

const EMAIL: usize = 1;

#[test]
fn only_what_is_a_code_is_sent_and_nothing_else_costs_an_attempt() {
    let misses = Misses::default();
    assert_eq!(misses.check(EMAIL, true), Ok(()));
    assert_eq!(misses.check(EMAIL, false), Err(Code::InvalidCode));
    assert_eq!(misses.remaining(EMAIL), 3);
}

#[test]
fn the_third_miss_is_invalid_code_and_the_next_is_not_sent() {
    let mut misses = Misses::default();
    for remaining in [2, 1, 0] {
        assert_eq!(misses.check(EMAIL, true), Ok(()));
        assert_eq!(misses.judge(EMAIL, Judgement::Wrong), Code::InvalidCode);
        assert_eq!(misses.remaining(EMAIL), remaining);
    }
    assert_eq!(misses.check(EMAIL, true), Err(Code::TooManyRetries));
    assert_eq!(misses.check(EMAIL, false), Err(Code::TooManyRetries));
}

#[test]
fn a_code_that_nobody_judged_costs_no_attempt() {
    let mut misses = Misses::default();
    misses.judge(EMAIL, Judgement::Wrong);
    for code in [Code::NetworkTimeout, Code::ConnectionFailed, Code::Http, Code::Theirs] {
        assert_eq!(misses.judge(EMAIL, Judgement::Unjudged(code)), code);
    }
    assert_eq!(misses.remaining(EMAIL), 2);
}

#[test]
fn a_right_code_gives_all_attempts_back() {
    let mut misses = Misses::default();
    misses.judge(EMAIL, Judgement::Wrong);
    misses.judge(EMAIL, Judgement::Wrong);
    assert_eq!(misses.judge(EMAIL, Judgement::Right), Code::Approved);
    assert_eq!(misses.remaining(EMAIL), 3);
}

#[test]
fn emails_are_counted_apart_and_reset_apart() {
    let mut misses = Misses::default();
    for email in [2, 0, 1] {
        for _ in 0..3 {
            misses.judge(email, Judgement::Wrong);
        }
    }
    misses.reset(2);
    misses.reset(99);
    assert_eq!([0, 1, 2, 3].map(|email| misses.remaining(email)), [0, 0, 3, 3]);
}

#[test]
fn codes_sent_at_once_never_leave_less_than_no_attempt() {
    let mut misses = Misses::default();
    for remaining in [2, 1, 0, 0, 0] {
        misses.judge(EMAIL, Judgement::Wrong);
        assert_eq!(misses.remaining(EMAIL), remaining);
    }
    for _ in 0..251 {
        misses.judge(EMAIL, Judgement::Wrong);
    }
    assert_eq!(misses.remaining(EMAIL), 0);
}
