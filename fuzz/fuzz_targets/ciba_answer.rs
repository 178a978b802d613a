//! Any response of AuthSec: a token only from 2xx without an error, and every failure has its code.

#![no_main]

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use webauthn_result::ciba::code::Code;
use webauthn_result::ciba::failure::Failure;
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
    let json = json.unwrap_or_default();
    let is_success = matches!(status, 200..300) && !json.has_error;
    let is_undecided = matches!(status, 408 | 429 | 500..);
    // The code of a failure is that of the response.
    let is_of = |failure: &Failure| match &failure.code {
        Code::UnexpectedResponse => matches!(status, 200..300),
        Code::Http(of) => *of == status && json.code.is_none(),
        code => {
            json.code.as_ref().is_none_or(|named| *named == code.text())
                && (json.code.is_some() || json.words.message.is_some())
        }
    };
    match response.reply() {
        Reply::Approved(token) => assert!(is_success && json.token == Some(token)),
        _ if is_success && json.token.is_some() => panic!("a token was thrown away"),
        Reply::Ended(failure) => {
            let is_named = matches!(failure.code, Code::AccessDenied | Code::ExpiredToken);
            assert!((is_named || !is_undecided) && is_of(&failure), "{failure:?}");
        }
        Reply::SlowDown(interval) => assert!(interval.is_none_or(|seconds| seconds > 0.0 && seconds.is_finite())),
        Reply::Fault(failure) => assert!(is_of(&failure), "{failure:?}"),
        Reply::Pending => {}
    }
    match response.verdict() {
        Verdict::NotJudged(failure) => assert!(is_of(&failure), "{failure:?}"),
        Verdict::Right(token) => assert!(is_success && token == json.token && json.success != Some(false)),
        Verdict::Wrong(words) => assert!(!is_undecided && words == json.words),
    }
    match response.initiated() {
        Ok(initiated) => {
            assert!(json.auth_req_id == Some(initiated.auth_req_id) && is_success);
            assert!(initiated.interval > 0.0 && initiated.interval.is_finite());
            assert!(initiated.expires_in > 0.0 && initiated.expires_in.is_finite());
        }
        Err(failure) => assert!(is_of(&failure), "{failure:?}"),
    }
});
