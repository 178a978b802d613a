//! Any response of AuthSec: a token only from what the server itself decided, and every end has its code.

#![no_main]

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use webauthn_result::ciba::code::Code;
use webauthn_result::ciba::response::{Json, Reply, Response, Verdict};

#[derive(Arbitrary, Debug)]
struct Received<'a> {
    status: u16,
    body: &'a [u8],
}

fuzz_target!(|received: Received| {
    let Received { status, body } = received;
    let json = serde_json::from_slice::<serde_json::Value>(body).ok().map(|body| Json::read(status, &body));
    let response = json.clone().map_or(Response::NotJson(status), Response::Json);
    let is_decision = json.is_some() && matches!(status, 200..300 | 400..=428 | 430..500);
    let json = json.unwrap_or_default();
    // The text of a code is that of the response.
    let is_of = |code: &Code| match code {
        Code::Server(error) => json.error.as_ref() == Some(error),
        Code::InvalidRequest => json.error.as_deref() == Some("invalid_request"),
        Code::Http(of) => *of == status && json.error.is_none(),
        Code::ConnectionFailed => json.error.is_none() && (json == Json::default() || status >= 500),
        _ => false,
    };
    let tokens = [&json.access_token, &json.token];
    let has_token = tokens.iter().any(|token| token.is_some());
    match response.clone().reply() {
        Reply::Approved(token) => assert!(is_decision && tokens.contains(&&Some(token))),
        _ if is_decision && has_token => panic!("a token was thrown away"),
        Reply::Ended(Code::AccessDenied) => assert_eq!(json.error.as_deref(), Some("access_denied")),
        Reply::Ended(Code::ExpiredToken) => assert_eq!(json.error.as_deref(), Some("expired_token")),
        Reply::Ended(code) => assert!(is_decision && is_of(&code), "{code:?}"),
        Reply::SlowDown(interval) => assert!(interval.is_none_or(|seconds| seconds > 0.0 && seconds.is_finite())),
        Reply::Fault(code) => assert!(!is_decision && is_of(&code), "{code:?}"),
        Reply::Pending => assert!(json != Json::default()),
    }
    match response.clone().verdict() {
        Verdict::NotJudged(code) => assert!(!is_decision && is_of(&code), "{code:?}"),
        Verdict::Right(token) => assert!(is_decision && token.is_some() == has_token && (has_token || json.success)),
        Verdict::Wrong => assert!(is_decision && !has_token && !json.success),
    }
    match response.initiated() {
        Ok(initiated) => {
            assert!(json.auth_req_id == Some(initiated.auth_req_id) && json.error.is_none() && status / 100 == 2);
            assert!(initiated.interval > 0.0 && initiated.interval.is_finite());
            assert!(initiated.expires_in > 0.0 && initiated.expires_in.is_finite());
        }
        Err(code) => assert!(is_of(&code), "{code:?}"),
    }
});
