use super::*;
use crate::ciba::answer::{Json, Named};

/// A client, its clock in milliseconds, and one call of it.
struct Stage {
    client: Client,
    now: f64,
    call: usize,
}

const EMAIL: usize = 0;
const OPTIONS: Options = Options { interval: None, timeout: None, max_retries: None, request_timeout: 10_000.0 };

impl Stage {
    fn new(method: Method, options: Options) -> Self {
        let mut client = Client::default();
        let call = client.enter(Run::new(Some(EMAIL), method, true, None, options));
        Stage { client, now: 0.0, call }
    }

    /// What a step asks for last.
    fn step(&mut self, event: Event) -> Act {
        *self.steps(event).last().expect("something")
    }

    fn steps(&mut self, event: Event) -> Vec<Act> {
        self.client.step(self.call, self.now, event)
    }

    /// Time goes by as the call asks for, until it asks for something else.
    fn pass(&mut self, mut act: Act) -> Act {
        while let Act::Rest { ms, .. } = act {
            self.now += ms;
            act = self.step(Event::Tick);
        }
        act
    }

    fn answer(&mut self, status: u16, json: Json) -> Act {
        self.step(Event::Answer(Answer::Json(Json { status, ..json })))
    }

    /// The call sends this, and gets this answer.
    fn exchange(&mut self, act: Act, what: Request, status: u16, json: Json) -> Act {
        assert!(matches!(act, Act::Send { request, .. } if request == what), "{act:?}");
        self.answer(status, json)
    }

    fn is_idle(&mut self) -> bool {
        self.client.cancel(EMAIL).is_empty()
    }
}

fn taken_up() -> Json {
    Json { has_id: true, interval: 2.0, ..Json::default() }
}

fn approved() -> Json {
    Json { has_token: true, ..Json::default() }
}

fn error(error: Named) -> Json {
    Json { error, ..Json::default() }
}

fn done(code: Code) -> Act {
    Act::Done { code, remaining: 3 }
}

#[test]
fn an_initiation_is_one_request_and_leaves_a_cancel_nothing_to_end() {
    let mut stage = Stage::new(Method::Initiate, OPTIONS);
    assert_eq!(stage.steps(Event::Tick), [Act::Send { request: Request::Initiation, ms: 10_000.0 }]);
    assert!(stage.is_idle());
    let acts = stage.steps(Event::Answer(Answer::Json(Json { status: 200, ..taken_up() })));
    assert_eq!(acts, [Act::Initiated { request: 0, expires_in: 300.0, interval: 2.0 }, done(Code::Approved)]);
}

#[test]
fn a_poll_asks_at_once_and_waits_the_interval_between_and_each_time_the_page_is_told() {
    let mut stage = Stage::new(Method::Poll, Options { interval: Some(3.0), ..OPTIONS });
    let told = |attempt, left, next| Act::Report(Progress { attempt, left, next: Some(next) });
    let asked = Act::Send { request: Request::Token, ms: 10_000.0 };
    assert_eq!(stage.steps(Event::Tick), [told(1, 300_000.0, 0.0), asked]);
    let pending = Event::Answer(Answer::Json(Json { status: 400, ..error(Named::Pending) }));
    let nap = Act::Rest { ms: 3_000.0, is_nap: true };
    assert_eq!(stage.steps(pending), [told(1, 300_000.0, 3_000.0), nap]);
    stage.now = 3_000.0;
    assert_eq!(stage.steps(Event::Tick), [told(2, 297_000.0, 0.0), asked]);
    let token = Event::Answer(Answer::Json(Json { status: 200, ..approved() }));
    assert_eq!(stage.steps(token), [Act::Ended(Code::Approved), done(Code::Approved)]);
    assert!(stage.is_idle(), "a poll that is over has arrived");
}

#[test]
fn a_poll_bounds_its_requests_by_the_request_timeout() {
    let mut stage = Stage::new(Method::Poll, Options { request_timeout: 1_500.0, ..OPTIONS });
    assert_eq!(stage.step(Event::Tick), Act::Send { request: Request::Token, ms: 1_500.0 });
}

#[test]
fn a_cancel_ends_each_method_whatever_it_waits_for() {
    for method in [Method::Initiate, Method::Poll, Method::Safe, Method::Retry, Method::Fallback] {
        for steps in 0..3 {
            let mut stage = Stage::new(method, OPTIONS);
            let mut act = Act::Rest { ms: 0.0, is_nap: false };
            for step in 0..steps {
                act = match step {
                    0 => stage.step(Event::Tick),
                    _ => stage.answer(200, taken_up()),
                };
            }
            if let Act::Done { .. } = act {
                continue;
            }
            assert_eq!(stage.steps(Event::Cancel), [Act::Ended(Code::Cancelled), done(Code::Cancelled)]);
            assert!(stage.is_idle());
        }
    }
}

#[test]
fn an_initiation_that_a_cancel_broke_off_or_the_server_refused_is_forgotten() {
    for event in [Event::Cancel, Event::Answer(Answer::Unreachable)] {
        let mut stage = Stage::new(Method::Safe, OPTIONS);
        stage.step(Event::Tick);
        assert!(stage.client.requests.has(EMAIL));
        stage.step(event);
        // Its number goes to the next one.
        assert_eq!(stage.client.requests.enter(1, 0.0), 0);
    }
}

#[test]
fn safe_authenticate_gives_the_poll_a_minute_and_the_page_may_say_otherwise() {
    for (method, timeout, seconds) in [
        (Method::Safe, None, 60.0),
        (Method::Safe, Some(7.0), 7.0),
        (Method::Retry, None, 300.0),
        (Method::Fallback, None, 30.0),
    ] {
        let mut stage = Stage::new(method, Options { timeout, ..OPTIONS });
        stage.step(Event::Tick);
        let acts = stage.steps(Event::Answer(Answer::Json(Json { status: 200, ..taken_up() })));
        let [Act::Initiated { .. }, Act::Report(progress), Act::Send { .. }] = acts[..] else { panic!("{acts:?}") };
        assert_eq!(progress.left, seconds * 1000.0);
    }
}

#[test]
fn a_pattern_s_poll_keeps_the_server_s_interval() {
    let mut stage = Stage::new(Method::Safe, OPTIONS);
    stage.step(Event::Tick);
    stage.answer(200, taken_up());
    assert_eq!(stage.answer(200, Json::default()), Act::Rest { ms: 2_000.0, is_nap: true });
}

#[test]
fn a_retry_waits_after_a_fault_and_asks_anew_after_an_expiry() {
    let mut stage = Stage::new(Method::Retry, OPTIONS);
    stage.step(Event::Tick);
    let act = stage.step(Event::Answer(Answer::Unreachable));
    assert_eq!(act, Act::Rest { ms: 2_000.0, is_nap: false });
    let act = stage.pass(act);
    let act = stage.exchange(act, Request::Initiation, 200, taken_up());
    let act = stage.exchange(act, Request::Token, 400, error(Named::ExpiredToken));
    let act = stage.exchange(act, Request::Initiation, 200, taken_up());
    assert_eq!(stage.exchange(act, Request::Token, 200, approved()), done(Code::Approved));
}

#[test]
fn a_person_who_rejected_is_not_asked_again() {
    let mut stage = Stage::new(Method::Retry, OPTIONS);
    let act = stage.step(Event::Tick);
    let act = stage.exchange(act, Request::Initiation, 200, taken_up());
    assert_eq!(stage.exchange(act, Request::Token, 403, error(Named::AccessDenied)), done(Code::AccessDenied));
}

#[test]
fn no_attempt_at_all_is_no_request_and_no_approval() {
    let mut stage = Stage::new(Method::Retry, Options { max_retries: Some(0.0), ..OPTIONS });
    assert_eq!(stage.steps(Event::Tick), [done(Code::Timeout)]);
}

#[test]
fn the_fallback_asks_for_a_code_and_says_why() {
    let mut stage = Stage::new(Method::Fallback, OPTIONS);
    let act = stage.step(Event::Tick);
    let act = stage.exchange(act, Request::Initiation, 400, error(Named::Other));
    assert_eq!(act, Act::Prompt(Code::Theirs));
    let act = stage.step(Event::Code(true));
    assert_eq!(stage.exchange(act, Request::Totp, 200, approved()), done(Code::Approved));
}

#[test]
fn the_fallback_without_a_code_or_with_a_wrong_one_is_no_approval() {
    let to_no_device = |event| {
        let mut stage = Stage::new(Method::Fallback, OPTIONS);
        stage.step(Event::Tick);
        stage.answer(400, error(Named::Other));
        let act = stage.step(event);
        (stage, act)
    };
    assert_eq!(to_no_device(Event::Tick).1, done(Code::Cancelled));
    assert_eq!(to_no_device(Event::Code(false)).1, done(Code::InvalidCode));
    let (mut stage, act) = to_no_device(Event::Code(true));
    let wrong = stage.exchange(act, Request::Totp, 401, error(Named::Other));
    assert_eq!(wrong, Act::Done { code: Code::InvalidCode, remaining: 2 });
}

#[test]
fn a_pattern_ends_other_flights_of_its_email_and_not_itself() {
    let mut stage = Stage::new(Method::Safe, OPTIONS);
    let [other, of_somebody_else] =
        [EMAIL, EMAIL + 1].map(|email| stage.client.enter(Run::new(Some(email), Method::Poll, true, None, OPTIONS)));
    let acts = stage.steps(Event::Tick);
    assert!(matches!(acts[..], [Act::End(ended), Act::Send { .. }] if ended == other), "{acts:?}");
    assert_ne!(other, of_somebody_else);
}

#[test]
fn unusable_options_send_nothing() {
    for method in [Method::Initiate, Method::Poll, Method::Safe, Method::Retry, Method::Fallback] {
        let mut stage = Stage::new(method, OPTIONS);
        assert_eq!(stage.steps(Event::Refuse), [Act::Ended(Code::InvalidRequest), done(Code::InvalidRequest)]);
    }
}
