use super::*;

/// RFC 6238, appendix B. The codes are the last six of its eight digits.
const SECRET: &[u8] = b"12345678901234567890";

#[test]
fn the_codes_are_those_of_rfc_6238() {
    for (seconds, expected) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ] {
        assert_eq!(code(SECRET, step_at(seconds * 1000)), expected, "at {seconds}");
    }
}

#[test]
fn a_clock_may_be_off_by_one_step_at_most() {
    let now = 1_234_567_890_000;
    for (drift, accepted) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
        let code = code(SECRET, step_at(now) + drift);
        assert_eq!(matching_step(SECRET, &code, now).is_some(), accepted, "{drift} steps off");
    }
}

#[test]
fn a_code_is_shown_for_30_seconds() {
    for (now, left) in [(0, 30), (999, 30), (1000, 29), (29_999, 1), (30_000, 30)] {
        assert_eq!(seconds_left(now), left, "at {now}");
    }
}

#[test]
fn an_email_cannot_break_out_of_the_uri() {
    let uri = otpauth_uri("a&secret=x#@b.c", SECRET);
    assert_eq!(
        uri,
        "otpauth://totp/local-cloud:a%26secret%3Dx%23%40b%2Ec?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
         &issuer=local-cloud&algorithm=SHA1&digits=6&period=30"
    );
}
