//! Any answer of AuthSec, as it crosses: a token only from what the server itself said, and every end has its code.

#![no_main]

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use webauthn_result::ciba::answer::{Answer, Json, Judgement, Named, Reply};
use webauthn_result::ciba::status::Code;

#[derive(Arbitrary, Debug)]
struct Came {
    is_json: bool,
    status: u16,
    error: u8,
    has_token: bool,
    has_id: bool,
    success: bool,
    expires_in: f64,
    interval: f64,
}

const ERRORS: [Named; 7] = [
    Named::Nothing,
    Named::Pending,
    Named::SlowDown,
    Named::AccessDenied,
    Named::ExpiredToken,
    Named::InvalidRequest,
    Named::Other,
];

fuzz_target!(|came: Came| {
    let Came { is_json, status, error, has_token, has_id, success, expires_in, interval } = came;
    let error = ERRORS[usize::from(error) % ERRORS.len()];
    let answer = match is_json {
        true => Answer::Json(Json { status, error, has_token, has_id, success, expires_in, interval }),
        false => Answer::NotJson(status),
    };
    let is_heard = is_json && matches!(status, 200..300 | 400..=428 | 430..500);
    // The text that a code stands for is there.
    let is_told = |code| match code {
        Code::Theirs | Code::InvalidRequest => is_json && error != Named::Nothing,
        Code::Http => is_json && error == Named::Nothing,
        Code::ConnectionFailed => !is_json || (error == Named::Nothing && status >= 500),
        _ => false,
    };
    match answer.reply() {
        Reply::End(Code::Approved) => assert!(is_heard && has_token),
        _ if is_heard && has_token => panic!("a token was thrown away"),
        Reply::End(Code::AccessDenied) => assert_eq!(error, Named::AccessDenied),
        Reply::End(Code::ExpiredToken) => assert_eq!(error, Named::ExpiredToken),
        Reply::End(code) => assert!(is_heard && is_told(code), "{code:?}"),
        Reply::SlowDown(interval) => assert!(interval.is_none_or(|seconds| seconds > 0.0 && seconds.is_finite())),
        Reply::Fault(code) => assert!(!is_heard && is_told(code), "{code:?}"),
        Reply::Pending => assert!(is_json),
    }
    match answer.judgement() {
        Judgement::Unjudged(code) => assert!(!is_heard && is_told(code), "{code:?}"),
        judgement => assert!(is_heard && (judgement == Judgement::Right) == (has_token || success)),
    }
    match answer.initiated() {
        Ok(initiated) => {
            assert!(is_json && has_id && error == Named::Nothing && status / 100 == 2);
            assert!(initiated.interval > 0.0 && initiated.interval.is_finite());
            assert!(initiated.expires_in > 0.0 && initiated.expires_in.is_finite());
        }
        Err(code) => assert!(is_told(code), "{code:?}"),
    }
});
