use super::*;
use crate::ciba::answer::{Answer, Json};
use crate::ciba::run::{Method, Options, Request};
use crate::ciba::status::Code;

const ANN: usize = 0;
const BOB: usize = 1;
const TICK: Event = Event::Tick;

const OPTIONS: Options = Options { interval: None, timeout: None, max_retries: None, request_timeout: 10_000.0 };

fn http(status: u16, json: Json) -> Event {
    Event::Answer(Answer::Json(Json { status, ..json }))
}

fn taken_up(interval: f64) -> Event {
    http(200, Json { has_id: true, interval, ..Json::default() })
}

fn enter(client: &mut Client, email: usize, method: Method) -> usize {
    client.enter(Run::new(Some(email), method, true, None, OPTIONS))
}

/// A request of this email that the server has taken up.
fn initiate(client: &mut Client, email: usize) -> usize {
    let call = enter(client, email, Method::Initiate);
    client.step(call, 0.0, TICK);
    match client.step(call, 0.0, taken_up(2.0))[..] {
        [Act::Initiated { request, .. }, Act::Done { code: Code::Approved, .. }] => request,
        ref acts => panic!("{acts:?}"),
    }
}

/// What a poll for a request does at first, and after an answer that leaves it undecided.
fn poll(client: &mut Client, request: Option<usize>, interval: Option<f64>) -> [Vec<Act>; 2] {
    let run = Run::new(Some(ANN), Method::Poll, true, request, Options { interval, ..OPTIONS });
    let call = client.enter(run);
    [client.step(call, 0.0, TICK), client.step(call, 0.0, http(200, Json::default()))]
}

/// A code that is wrong.
fn miss(client: &mut Client, email: usize) -> u8 {
    let call = enter(client, email, Method::Verify);
    client.step(call, 0.0, TICK);
    match client.step(call, 0.0, http(401, Json::default()))[..] {
        [Act::Ended(Code::InvalidCode), Act::Done { code: Code::InvalidCode, remaining }] => remaining,
        ref acts => panic!("{acts:?}"),
    }
}

fn may_send_a_code(client: &mut Client, email: usize) -> bool {
    let call = enter(client, email, Method::Verify);
    let acts = client.step(call, 0.0, TICK);
    matches!(acts[..], [Act::Send { request: Request::Totp, .. }])
}

#[test]
fn an_initiation_ends_the_polls_of_its_email_and_forgets_its_wrong_codes() {
    let mut client = Client::default();
    for remaining in [2, 1, 0] {
        assert_eq!(miss(&mut client, ANN), remaining);
    }
    assert!(!may_send_a_code(&mut client, ANN));
    let polls = [ANN, BOB, ANN].map(|email| enter(&mut client, email, Method::Poll));
    let call = enter(&mut client, ANN, Method::Initiate);
    let send = Act::Send { request: Request::Initiation, ms: 10_000.0 };
    assert_eq!(client.step(call, 0.0, TICK), [Act::End(polls[0]), Act::End(polls[2]), send]);
    assert!(may_send_a_code(&mut client, ANN));
}

#[test]
fn a_poll_keeps_the_page_s_interval_or_else_the_server_s_or_else_5_seconds() {
    let mut client = Client::default();
    let request = initiate(&mut client, ANN);
    let mut wait = |request, interval| match poll(&mut client, request, interval)[1][..] {
        [_, Act::Rest { ms, is_nap: true }] => ms,
        ref acts => panic!("{acts:?}"),
    };
    assert_eq!(wait(None, None), 5_000.0);
    assert_eq!(wait(Some(request), None), 2_000.0);
    assert_eq!(wait(Some(request), Some(0.25)), 250.0);
}

#[test]
fn a_request_cancelled_before_its_first_poll_is_never_asked_for() {
    let mut client = Client::default();
    let request = initiate(&mut client, ANN);
    assert_eq!(client.cancel(ANN), []);
    for _ in 0..2 {
        let [first, _] = poll(&mut client, Some(request), None);
        assert_eq!(first, [Act::Ended(Code::Cancelled), Act::Done { code: Code::Cancelled, remaining: 3 }]);
    }
    let next = initiate(&mut client, ANN);
    assert!(matches!(poll(&mut client, Some(next), None)[0][..], [Act::Report(_), Act::Send { .. }]));
}

#[test]
fn a_cancel_ends_the_polls_and_patterns_of_its_email_alone_and_forgets_its_wrong_codes() {
    let mut client = Client::default();
    for _ in 0..3 {
        miss(&mut client, ANN);
    }
    let [initiation, code, poll, safe] =
        [Method::Initiate, Method::Verify, Method::Poll, Method::Safe].map(|method| enter(&mut client, ANN, method));
    let other = enter(&mut client, BOB, Method::Poll);
    assert_eq!(client.cancel(ANN), [Act::End(poll), Act::End(safe)]);
    assert!(may_send_a_code(&mut client, ANN));
    for over in [poll, safe] {
        client.step(over, 0.0, Event::Cancel);
    }
    assert_eq!(client.cancel(ANN), [], "neither an initiation ({initiation}) nor a code ({code}) is ended");
    assert_eq!(client.cancel(BOB), [Act::End(other)]);
}

#[test]
fn a_poll_that_is_over_takes_nobody_with_it() {
    let mut client = Client::default();
    let [first, second] = [Method::Poll; 2].map(|method| enter(&mut client, ANN, method));
    client.step(first, 0.0, Event::Cancel);
    assert_eq!(client.cancel(ANN), [Act::End(second)]);
}

#[test]
fn a_call_that_is_over_takes_no_step() {
    let mut client = Client::default();
    let call = enter(&mut client, ANN, Method::Poll);
    assert!(!client.step(call, 0.0, TICK).is_empty());
    assert!(!client.step(call, 0.0, Event::Cancel).is_empty());
    assert_eq!(client.step(call, 0.0, TICK), []);
    assert_ne!(enter(&mut client, BOB, Method::Poll), call);
    assert_eq!(client.step(call, 0.0, TICK), []);
}

#[test]
fn bad_input_has_a_documented_code_and_sends_nothing() {
    let mut client = Client::default();
    let nan = Some(f64::NAN);
    let polls = [
        (None, true, None, None),
        (Some(ANN), false, None, None),
        (Some(ANN), true, Some(0.0), None),
        (Some(ANN), true, Some(-1.0), None),
        (Some(ANN), true, nan, None),
        (Some(ANN), true, None, Some(-0.001)),
        (Some(ANN), true, None, nan),
    ];
    let mut refused = |run: Run| {
        let call = client.enter(run);
        match client.step(call, 0.0, TICK)[..] {
            [Act::Ended(told), Act::Done { code, remaining: 3 }] if told == code => code,
            ref acts => panic!("{acts:?}"),
        }
    };
    for (email, has_argument, interval, timeout) in polls {
        let options = Options { interval, timeout, ..OPTIONS };
        assert_eq!(refused(Run::new(email, Method::Poll, has_argument, None, options)), Code::InvalidRequest);
    }
    for method in [Method::Initiate, Method::Verify, Method::Safe, Method::Retry, Method::Fallback] {
        assert_eq!(refused(Run::new(None, method, true, None, OPTIONS)), Code::InvalidRequest);
    }
    assert_eq!(refused(Run::new(Some(ANN), Method::Verify, false, None, OPTIONS)), Code::InvalidCode);
}

#[test]
fn a_code_is_sent_and_its_answer_counted() {
    let mut client = Client::default();
    let token = Json { has_token: true, ..Json::default() };
    let answers = [
        (http(401, Json::default()), Code::InvalidCode, 2),
        (Event::Answer(Answer::Late), Code::NetworkTimeout, 2),
        (http(200, token), Code::Approved, 3),
        (http(401, Json::default()), Code::InvalidCode, 2),
    ];
    for (answer, code, remaining) in answers {
        let call = enter(&mut client, ANN, Method::Verify);
        assert_eq!(client.step(call, 0.0, TICK), [Act::Send { request: Request::Totp, ms: 10_000.0 }]);
        assert_eq!(client.step(call, 0.0, answer), [Act::Ended(code), Act::Done { code, remaining }]);
    }
}

#[test]
fn an_email_keeps_its_number_as_long_as_anything_is_remembered_of_it() {
    let mut client = Client::default();
    assert_eq!([0, 1, 5].map(|used| client.spare(used)), [0, 0, 0]);
    miss(&mut client, 0);
    let poll = enter(&mut client, 1, Method::Poll);
    initiate(&mut client, 2);
    assert_eq!([1, 2, 3, 4].map(|used| client.spare(used)), [1, 2, 3, 3]);
    client.step(poll, 0.0, Event::Cancel);
    assert_eq!(client.spare(3), 1);
    client.cancel(0);
    assert_eq!(client.spare(3), 0);
}
