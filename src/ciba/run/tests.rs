use super::*;
use crate::ciba::answer::{Body, Silence};
use crate::ciba::routes::Generation;

/// A client, its clock in milliseconds, and one call of it.
struct Stage {
    client: Client<&'static str>,
    now: f64,
    run: Run<&'static str>,
}

const EMAIL: &str = "ada@example.com";

impl Stage {
    fn new(method: Method, options: Options) -> Self {
        let client = Client::new(None, Generation::Workspace, 10_000.0);
        let mut stage = Stage { client, now: 0.0, run: Run::new(EMAIL.into(), method, options) };
        stage.run.depart(&mut stage.client, "this call");
        stage
    }

    fn step(&mut self, event: Event) -> Next {
        self.run.step(&mut self.client, self.now, event)
    }

    /// Time goes by as the call asks for, until it asks for something else.
    fn pass(&mut self, mut next: Next) -> Next {
        while let Next::Rest(ms) | Next::Nap(ms) = next {
            self.now += ms;
            next = self.step(Event::Tick);
        }
        next
    }

    fn answer(&mut self, status: u16, body: Body) -> Next {
        self.step(Event::Answer(Answer::Http { status, body: Some(body) }))
    }

    /// The call sends to a path that ends so, and gets this answer.
    fn exchange(&mut self, next: &Next, path: &str, status: u16, body: Body) -> Next {
        assert!(matches!(next, Next::Send(_)), "{next:?}");
        assert!(self.run.post.path.ends_with(path), "{}", self.run.post.path);
        self.answer(status, body)
    }

    fn is_idle(&mut self) -> bool {
        self.client.cancel(EMAIL).is_empty()
    }
}

fn taken_up() -> Body {
    Body { auth_req_id: Some("ID".into()), interval: Some(2.0), ..Body::default() }
}

fn approved() -> Body {
    Body { access_token: Some("TOKEN".into()), ..Body::default() }
}

fn error(code: &str) -> Body {
    Body { error: Some(code.into()), ..Body::default() }
}

fn done(json: &str) -> Next {
    Next::Done(json.into())
}

#[test]
fn an_initiation_is_one_request_and_leaves_a_cancel_nothing_to_end() {
    let mut stage = Stage::new(Method::Initiate, Options::default());
    let next = stage.step(Event::Tick);
    assert_eq!(next, Next::Send(10_000.0));
    assert!(stage.is_idle());
    let next = stage.exchange(&next, "/ciba/initiate", 200, taken_up());
    assert_eq!(next, done(r#"{"auth_req_id":"ID","expires_in":300,"interval":2}"#));
}

#[test]
fn a_poll_asks_at_once_and_waits_the_interval_between() {
    let mut stage = Stage::new(Method::Poll("ID".into()), Options { interval: Some(3.0), ..Options::default() });
    let next = stage.step(Event::Tick);
    assert_eq!(stage.run.progress().unwrap().attempt, 1);
    let next = stage.exchange(&next, "/ciba/token", 400, error("authorization_pending"));
    assert_eq!(next, Next::Nap(3000.0));
    let next = stage.pass(next);
    assert_eq!(stage.run.progress().unwrap().attempt, 2);
    assert_eq!(stage.exchange(&next, "/ciba/token", 200, approved()), done(r#"{"status":"approved","token":"TOKEN"}"#));
    assert!(stage.is_idle(), "a poll that is over has arrived");
}

#[test]
fn a_cancel_ends_each_method_whatever_it_waits_for() {
    type Make = fn() -> Method;
    let methods: [(Make, &str); 5] = [
        (|| Method::Initiate, r#"{"success":false,"error":"cancelled"}"#),
        (|| Method::Poll("ID".into()), r#"{"status":"cancelled"}"#),
        (|| Method::Safe, r#"{"success":false,"error":"cancelled"}"#),
        (|| Method::Retry, "null"),
        (|| Method::Fallback, "null"),
    ];
    for (method, json) in methods {
        for steps in 0..3 {
            let mut stage = Stage::new(method(), Options::default());
            let mut next = Next::Rest(0.0);
            for step in 0..steps {
                next = match step {
                    0 => stage.step(Event::Tick),
                    _ => stage.answer(200, taken_up()),
                };
            }
            if let Next::Done(_) = next {
                continue;
            }
            assert_eq!(stage.step(Event::Cancel), done(json), "after {steps} steps");
            assert!(stage.is_idle());
        }
    }
}

#[test]
fn an_initiation_that_a_cancel_broke_off_is_forgotten() {
    let mut stage = Stage::new(Method::Safe, Options::default());
    stage.step(Event::Tick);
    stage.step(Event::Cancel);
    // The same id, of a later request.
    let ticket = stage.client.initiate(EMAIL, None, None, 0.0).unwrap().ticket;
    let answer = Answer::Http { status: 200, body: Some(taken_up()) };
    stage.client.initiated(ticket, answer, 0.0).unwrap();
    assert!(stage.client.poll(EMAIL, "ID", None, None, 0.0).is_ok());
}

#[test]
fn safe_authenticate_gives_the_poll_a_minute_and_the_page_may_say_otherwise() {
    for (timeout, seconds) in [(None, 60.0), (Some(7.0), 7.0)] {
        let mut stage = Stage::new(Method::Safe, Options { timeout, ..Options::default() });
        let next = stage.step(Event::Tick);
        stage.exchange(&next, "/ciba/initiate", 200, taken_up());
        assert_eq!(stage.run.progress().unwrap().left, seconds * 1000.0);
    }
}

#[test]
fn a_retry_waits_after_a_fault_and_asks_anew_after_an_expiry() {
    let mut stage = Stage::new(Method::Retry, Options::default());
    stage.step(Event::Tick);
    let next = stage.step(Event::Answer(Answer::None(Silence::Unreachable)));
    assert_eq!(next, Next::Rest(2000.0));
    let next = stage.pass(next);
    let next = stage.exchange(&next, "/ciba/initiate", 200, taken_up());
    let next = stage.exchange(&next, "/ciba/token", 400, error("expired_token"));
    let next = stage.exchange(&next, "/ciba/initiate", 200, taken_up());
    assert_eq!(stage.exchange(&next, "/ciba/token", 200, approved()), done("\"TOKEN\""));
}

#[test]
fn a_person_who_rejected_is_not_asked_again() {
    let mut stage = Stage::new(Method::Retry, Options::default());
    let next = stage.step(Event::Tick);
    let next = stage.exchange(&next, "/ciba/initiate", 200, taken_up());
    assert_eq!(stage.exchange(&next, "/ciba/token", 403, error("access_denied")), done("null"));
}

#[test]
fn the_fallback_asks_for_a_code_and_says_why() {
    let mut stage = Stage::new(Method::Fallback, Options::default());
    let next = stage.step(Event::Tick);
    let next = stage.exchange(&next, "/ciba/initiate", 400, error("no_device"));
    assert_eq!(next, Next::Prompt("no_device".into()));
    let next = stage.step(Event::Code(Some("123456".into())));
    let right = Body { success: true, token: Some("TOTP".into()), ..Body::default() };
    assert_eq!(stage.exchange(&next, "/totp/login", 200, right), done("\"TOTP\""));
}

#[test]
fn the_fallback_without_a_code_or_with_a_wrong_one_is_null() {
    for code in [None, Some("12345"), Some("123456")] {
        let mut stage = Stage::new(Method::Fallback, Options::default());
        stage.step(Event::Tick);
        stage.answer(400, error("no_device"));
        let mut next = stage.step(Event::Code(code.map(String::from)));
        if let Next::Send(_) = next {
            next = stage.answer(401, error("invalid_code"));
        }
        assert_eq!(next, done("null"));
    }
}

#[test]
fn a_pattern_ends_other_flights_of_its_email_and_not_itself() {
    let mut stage = Stage::new(Method::Safe, Options::default());
    stage.client.flights.depart(EMAIL, "another poll");
    stage.client.flights.depart("eve@example.com", "of somebody else");
    stage.step(Event::Tick);
    assert_eq!(stage.run.ended, ["another poll"]);
}

#[test]
fn unusable_arguments_send_nothing() {
    let table: [(Method, &str); 5] = [
        (Method::Initiate, r#"{"success":false,"error":"invalid_request"}"#),
        (Method::Poll("ID".into()), r#"{"status":"error","error":"invalid_request"}"#),
        (Method::Safe, r#"{"success":false,"error":"invalid_request"}"#),
        (Method::Retry, "null"),
        (Method::Fallback, "null"),
    ];
    for (method, json) in table {
        let mut stage = Stage::new(method, Options::default());
        assert_eq!(stage.step(Event::Refuse), done(json));
    }
}

#[test]
fn no_line_for_the_logger_has_a_token_a_code_or_a_request_id() {
    let mut lines = Vec::new();
    let mut stage = Stage::new(Method::Fallback, Options::default());
    let mut hear = |stage: &mut Stage| lines.extend(mem::take(&mut stage.run.lines));
    stage.step(Event::Tick);
    hear(&mut stage);
    stage.answer(200, taken_up());
    hear(&mut stage);
    stage.answer(400, error("ID was 123456 TOKEN"));
    hear(&mut stage);
    stage.step(Event::Code(Some("123456".into())));
    hear(&mut stage);
    stage.answer(200, Body { success: true, token: Some("TOKEN".into()), ..Body::default() });
    hear(&mut stage);
    assert!(lines.len() >= 6, "{lines:?}");
    for (_, text) in lines {
        assert!(!text.contains("ID") && !text.contains("123456") && !text.contains("TOKEN"), "{text}");
    }
}
