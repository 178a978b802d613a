use super::*;
use crate::ciba::answer::{Body, Silence};
use crate::ciba::poll::{Event, Step};
use crate::ciba::routes::Generation::Workspace;

const EMAIL: &str = "ann@example.com";

type TestClient = Client<&'static str>;

fn client() -> TestClient {
    Client::new(None, Workspace, REQUEST_TIMEOUT)
}

fn http(status: u16, body: Body) -> Answer {
    Answer::Http { status, body: Some(body) }
}

fn taken_up(auth_req_id: &str, interval: f64) -> Answer {
    http(200, Body { auth_req_id: Some(auth_req_id.into()), interval: Some(interval), ..Body::default() })
}

fn initiate(client: &mut TestClient, auth_req_id: &str) {
    let ticket = client.initiate(EMAIL, None, None, 0.0).expect("an email").ticket;
    client.initiated(ticket, taken_up(auth_req_id, 2.0), 0.0).expect("taken up");
}

/// What a poll does at first, and after an answer that leaves it undecided.
fn first_steps(client: &TestClient, interval: Option<f64>) -> (Step, Step) {
    let (_, mut poll) = client.poll(EMAIL, "r", interval, None, 0.0).expect("a poll");
    let pending = Event::Answer(http(200, Body::default()).reply());
    (poll.step(0.0, Event::Tick), poll.step(0.0, pending))
}

#[test]
fn an_initiation_sends_the_page_s_message_or_a_neutral_one() {
    let mut client = client();
    let sent = client.initiate(EMAIL, Some("Pay 5 €"), None, 0.0).expect("an email");
    assert_eq!(sent.post.body, r#"{"login_hint":"ann@example.com","binding_message":"Pay 5 €"}"#);
    let sent = client.initiate(EMAIL, None, None, 0.0).expect("an email");
    assert!(sent.post.body.contains(BINDING_MESSAGE));
}

#[test]
fn an_initiation_ends_the_polls_of_its_email_and_forgets_its_wrong_codes() {
    let mut client = client();
    for _ in 0..3 {
        client.verified(EMAIL, http(401, Body::default()));
    }
    client.flights.depart(EMAIL, "poll");
    client.flights.depart("bob@example.com", "bob");
    let initiation = client.initiate(EMAIL, None, None, 0.0).expect("an email");
    assert_eq!(initiation.ended, ["poll"]);
    assert!(client.verify(EMAIL, "123456").is_ok());
}

#[test]
fn a_poll_keeps_the_page_s_interval_or_else_the_server_s_or_else_5_seconds() {
    let mut client = client();
    let wait = |client: &TestClient, interval| first_steps(client, interval).1;
    assert_eq!(wait(&client, None), Step::Wait { ms: 5_000.0 });
    initiate(&mut client, "r");
    assert_eq!(wait(&client, None), Step::Wait { ms: 2_000.0 });
    assert_eq!(wait(&client, Some(0.25)), Step::Wait { ms: 250.0 });
}

#[test]
fn a_poll_bounds_its_requests_by_the_request_timeout() {
    let client = Client::new(None, Workspace, 1_500.0);
    assert_eq!(first_steps(&client, None).0, Step::Ask { ms: 1_500.0 });
}

#[test]
fn a_request_cancelled_before_its_first_poll_is_never_asked_for() {
    let mut client = client();
    initiate(&mut client, "r");
    client.cancel(EMAIL);
    for _ in 0..2 {
        assert_eq!(client.poll(EMAIL, "r", None, None, 0.0).err(), Some(Outcome::Cancelled));
    }
    initiate(&mut client, "r2");
    assert!(client.poll(EMAIL, "r2", None, None, 0.0).is_ok());
}

#[test]
fn a_cancel_ends_the_polls_of_its_email_and_forgets_its_wrong_codes() {
    let mut client = client();
    for _ in 0..3 {
        client.verified(EMAIL, http(401, Body::default()));
    }
    client.flights.depart(EMAIL, "one");
    client.flights.depart(EMAIL, "two");
    assert_eq!(client.cancel(EMAIL), ["one", "two"]);
    assert!(client.verify(EMAIL, "123456").is_ok());
}

#[test]
fn a_refused_initiation_is_the_documented_object() {
    let mut client = client();
    let ticket = client.initiate(EMAIL, None, None, 0.0).expect("an email").ticket;
    let code = client.initiated(ticket, Answer::None(Silence::Unreachable), 0.0).expect_err("no answer");
    assert_eq!(failed_json(&code), r#"{"success":false,"error":"connection_failed"}"#);
}

#[test]
fn bad_input_has_a_documented_code_and_sends_nothing() {
    let mut client = client();
    client.flights.depart("", "stays");
    assert_eq!(client.initiate("", None, None, 0.0).err(), Some("invalid_request"));
    assert_eq!(client.flights.cancel(""), ["stays"]);

    let refused = Some(Outcome::error("invalid_request"));
    let polls = [
        ("", "r", None, None),
        (EMAIL, "", None, None),
        (EMAIL, "r", Some(0.0), None),
        (EMAIL, "r", Some(-1.0), None),
        (EMAIL, "r", Some(f64::NAN), None),
        (EMAIL, "r", None, Some(-0.001)),
        (EMAIL, "r", None, Some(f64::NAN)),
    ];
    for (email, auth_req_id, interval, timeout) in polls {
        assert_eq!(client.poll(email, auth_req_id, interval, timeout, 0.0).err(), refused);
    }

    let failed = |error: &str, remaining| Err(Verdict::Failed { error: error.into(), remaining });
    assert_eq!(client.verify("", "123456"), failed("invalid_request", 3));
    client.verified(EMAIL, http(401, Body::default()));
    assert_eq!(client.verify(EMAIL, "12345"), failed("invalid_code", 2));
    assert_eq!(client.verify(EMAIL, "12345x"), failed("invalid_code", 2));
}

#[test]
fn a_code_is_sent_and_its_answer_counted() {
    let mut client = client();
    let post = client.verify(EMAIL, "012345").expect("six digits");
    assert_eq!(post.body, r#"{"email":"ann@example.com","totp_code":"012345"}"#);
    let wrong = client.verified(EMAIL, http(401, Body::default()));
    assert_eq!(wrong, Verdict::Failed { error: "invalid_code".into(), remaining: 2 });
    let lost = client.verified(EMAIL, Answer::None(Silence::Late));
    assert_eq!(lost, Verdict::Failed { error: "network_timeout".into(), remaining: 2 });
    let right = client.verified(EMAIL, http(200, Body { token: Some("tok".into()), ..Body::default() }));
    assert_eq!(right, Verdict::Right(Some("tok".into())));
    let wrong = client.verified(EMAIL, http(401, Body::default()));
    assert_eq!(wrong, Verdict::Failed { error: "invalid_code".into(), remaining: 2 });
}
