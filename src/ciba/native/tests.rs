//! The client on a platform whose clock and server the test plays.

use std::collections::{HashSet, VecDeque};
use std::future::{Future, pending};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value as Json, json};

use super::*;

/// What the server does with the next request.
enum Act {
    Respond(u16, Json),
    RespondWith(HttpResponse),
    Break,
    /// For ever.
    Hang,
}

/// A platform whose time passes only in `sleep`.
struct Stage {
    clock: Mutex<Duration>,
    acts: Mutex<VecDeque<Act>>,
    requests: Mutex<Vec<(Duration, HttpRequest)>>,
}

const START: Duration = Duration::from_secs(1_800_000_000);

impl Stage {
    fn new(acts: impl IntoIterator<Item = Act>) -> Arc<Self> {
        Arc::new(Stage {
            clock: Mutex::new(START),
            acts: Mutex::new(acts.into_iter().collect()),
            requests: Mutex::default(),
        })
    }

    fn clock(&self) -> Duration {
        *self.clock.lock().expect("the clock")
    }

    /// When each request was sent, in seconds from the start.
    fn times(&self) -> Vec<f64> {
        self.requests.lock().expect("requests").iter().map(|(at, _)| (*at - START).as_secs_f64()).collect()
    }

    fn sent(&self, index: usize) -> HttpRequest {
        self.requests.lock().expect("requests")[index].1.clone()
    }
}

impl Platform for Stage {
    async fn post(&self, request: HttpRequest) -> Result<HttpResponse, NoResponse> {
        self.requests.lock().expect("requests").push((self.clock(), request));
        let act = self.acts.lock().expect("acts").pop_front();
        match act.expect("no further request") {
            Act::Respond(status, body) => Ok(HttpResponse { status, body: body.to_string(), retry_after: None }),
            Act::RespondWith(response) => Ok(response),
            Act::Break => Err(NoResponse::Unreachable),
            Act::Hang => pending().await,
        }
    }

    async fn sleep(&self, duration: Duration) {
        *self.clock.lock().expect("the clock") += duration;
    }

    fn now(&self) -> SystemTime {
        UNIX_EPOCH + self.clock()
    }
}

fn tenant() -> Options {
    Options {
        base_url: "https://authsec.example".into(),
        client_id: Some("client".into()),
        authentication: Authentication::basic("secret"),
        ..Options::default()
    }
}

fn client(stage: &Arc<Stage>) -> Client<Arc<Stage>> {
    Client::new(stage.clone(), tenant()).expect("valid options")
}

fn pending_act() -> Act {
    Act::Respond(202, json!({ "error": "authorization_pending" }))
}

fn approved() -> Act {
    Act::Respond(200, json!({ "access_token": "TOKEN", "token_type": "Bearer" }))
}

fn initiated() -> Act {
    Act::Respond(200, json!({ "auth_req_id": "ID", "expires_in": 120, "interval": 2 }))
}

fn header<'a>(request: &'a HttpRequest, name: &str) -> Vec<&'a str> {
    let of_name = request.headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
    of_name.map(|(_, value)| value.as_str()).collect()
}

#[tokio::test]
async fn a_push_is_polled_at_the_servers_interval_until_the_user_approves() {
    let stage = Stage::new([initiated(), pending_act(), pending_act(), approved()]);
    let client = client(&stage);
    let push = Push { binding_message: "Pay 20 EUR", ..Push::default() };
    let request = client.request_approval(" Ada@example.com\n", push).await.expect("accepted");
    assert_eq!((request.interval, request.expires_in), (Duration::from_secs(2), Duration::from_secs(120)));
    let mut seen = Vec::new();
    let token = client.poll(&request, PollOptions::default(), |progress| seen.push(progress)).await.expect("approved");
    assert_eq!(token.as_str(), "TOKEN");
    assert_eq!(stage.times(), [0.0, 0.0, 2.0, 4.0]);

    let [push, poll] = [0, 1].map(|index| stage.sent(index));
    assert_eq!(push.url, "https://authsec.example/authsec/uflow/auth/workspace/ciba/initiate");
    assert_eq!(
        serde_json::from_str::<Json>(&push.body).expect("JSON"),
        json!({ "client_id": "client", "email": "Ada@example.com", "binding_message": "Pay 20 EUR" })
    );
    assert_eq!(poll.url, "https://authsec.example/authsec/uflow/auth/workspace/ciba/token");
    assert_eq!(
        serde_json::from_str::<Json>(&poll.body).expect("JSON"),
        json!({ "client_id": "client", "auth_req_id": "ID" })
    );
    for request in [push, poll] {
        assert_eq!(header(&request, "authorization"), ["Basic Y2xpZW50OnNlY3JldA=="]);
        assert_eq!(header(&request, "content-type"), ["application/json"]);
        assert_eq!(header(&request, "accept"), ["application/json"]);
    }

    // A request, and each second of the two between two requests.
    let countdown: Vec<_> = seen.iter().map(|progress| (progress.attempt, progress.time_left.as_secs())).collect();
    assert_eq!(countdown, [(1, 300), (1, 300), (1, 299), (2, 298), (2, 298), (2, 297), (3, 296)]);
    assert_eq!(seen[1].time_to_next_poll, Some(Duration::from_secs(2)));
    assert_eq!(seen[3].time_to_next_poll, Some(Duration::ZERO));
}

async fn poll(acts: impl IntoIterator<Item = Act>, options: PollOptions) -> (Result<String, Code>, Vec<f64>) {
    let stage = Stage::new(acts);
    let result = client(&stage).poll(&ApprovalRequest::from_id("ID"), options, |_| {}).await;
    (result.map(Token::into_string).map_err(|failure| failure.code.clone()), stage.times())
}

fn seconds(timeout: u64) -> PollOptions {
    PollOptions { timeout: Duration::from_secs(timeout), ..PollOptions::default() }
}

#[tokio::test]
async fn a_poll_ends_as_the_server_or_its_own_timeout_says() {
    for (status, error, code) in [
        (403, "access_denied", Code::AccessDenied),
        (400, "expired_token", Code::ExpiredToken),
        (400, "invalid_grant", Code::Server("invalid_grant".into())),
    ] {
        assert_eq!(poll([Act::Respond(status, json!({ "error": error }))], seconds(60)).await.0, Err(code));
    }
    let (result, times) = poll((0..4).map(|_| pending_act()), seconds(17)).await;
    assert_eq!((result, times), (Err(Code::Timeout), vec![0.0, 5.0, 10.0, 15.0]));
    let (result, times) = poll([pending_act()], seconds(0)).await;
    assert_eq!((result, times), (Err(Code::Timeout), vec![0.0]), "a timeout of zero polls once");
}

#[tokio::test]
async fn a_fault_only_delays_a_poll_and_a_server_that_never_responds_has_a_code_of_its_own() {
    let (result, times) = poll([Act::Break, Act::Respond(503, json!(null)), Act::Hang, approved()], seconds(60)).await;
    assert_eq!(result, Ok("TOKEN".into()));
    assert_eq!(times, [0.0, 5.0, 10.0, 25.0], "a request takes 10 seconds at most");
    assert_eq!(poll([Act::Break, Act::Break], seconds(6)).await.0, Err(Code::ConnectionFailed));
    assert_eq!(poll([Act::Hang], seconds(6)).await.0, Err(Code::NetworkTimeout));
}

#[tokio::test]
async fn a_server_that_is_polled_too_often_is_polled_less_often() {
    let busy = HttpResponse { status: 429, body: String::new(), retry_after: Some("30".into()) };
    let slow_down = Act::Respond(400, json!({ "error": "slow_down" }));
    let (result, times) = poll([slow_down, Act::RespondWith(busy), approved()], seconds(60)).await;
    assert_eq!((result, times), (Ok("TOKEN".into()), vec![0.0, 10.0, 40.0]));
}

#[tokio::test]
async fn an_interval_of_the_program_replaces_the_servers_and_must_not_be_zero() {
    let every = |ms| PollOptions { interval: Some(Duration::from_millis(ms)), ..seconds(60) };
    let (_, times) = poll([pending_act(), approved()], every(500)).await;
    assert_eq!(times, [0.0, 0.5]);
    assert_eq!(poll([], every(0)).await.0, Err(Code::InvalidArgument));
}

fn wrong() -> Act {
    Act::Respond(401, json!({ "success": false, "message": "Invalid TOTP code" }))
}

#[tokio::test]
async fn three_wrong_codes_are_all_that_is_sent_until_the_next_request_for_approval() {
    let stage = Stage::new([wrong(), wrong(), wrong(), initiated(), Act::Respond(200, json!({ "success": true }))]);
    let client = client(&stage);
    let code = |result: Result<Option<Token>, Failure>| result.map(|_| ()).map_err(|failure| failure.code.clone());
    for left in [2, 1, 0] {
        assert_eq!(code(client.verify_code("ada@example.com", "012 345").await), Err(Code::InvalidCode));
        assert_eq!(client.remaining_codes("ADA@example.com "), left);
    }
    assert_eq!(code(client.verify_code("Ada@example.com", "012345").await), Err(Code::TooManyRetries));
    assert_eq!(client.remaining_codes("bob@example.com"), 3);
    client.request_approval("ada@example.com", Push::default()).await.expect("accepted");
    assert_eq!(code(client.verify_code("ada@example.com", "012-345").await), Ok(()));
    assert_eq!(stage.times().len(), 5);
    assert_eq!(
        serde_json::from_str::<Json>(&stage.sent(0).body).expect("JSON"),
        json!({ "client_id": "client", "email": "ada@example.com", "totp_code": "012345" })
    );
}

#[tokio::test]
async fn what_is_no_code_is_not_sent_and_what_is_not_judged_is_not_counted() {
    let stage = Stage::new([Act::Break, Act::Respond(404, json!({ "error": "User not found" }))]);
    let client = client(&stage);
    let mut codes = Vec::new();
    for code in ["", "12345", "012345", "012345"] {
        let failure = client.verify_code("ada@example.com", code).await.expect_err("no success");
        codes.push(failure.code.text());
    }
    assert_eq!(codes, ["invalid_code", "invalid_code", "connection_failed", "user_not_found"]);
    assert_eq!(client.remaining_codes("ada@example.com"), 3);
}

/// A platform on which nothing happens but requests.
#[derive(Default)]
struct Frozen(AtomicU32);

impl Platform for Frozen {
    async fn post(&self, _: HttpRequest) -> Result<HttpResponse, NoResponse> {
        self.0.fetch_add(1, Ordering::Relaxed);
        pending().await
    }

    async fn sleep(&self, _: Duration) {
        pending().await
    }
}

#[test]
fn a_call_that_is_dropped_is_canceled_and_holds_no_code() {
    let frozen = Frozen::default();
    let client = Client::new(&frozen, tenant()).expect("valid options");
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..5 {
        let mut call = Box::pin(client.verify_code("ada@example.com", "012345"));
        assert!(call.as_mut().poll(&mut context).is_pending());
    }
    assert_eq!(frozen.0.load(Ordering::Relaxed), 5, "each was sent, because none is being verified");
    let calls = [(); 4].map(|()| Box::pin(client.verify_code("ada@example.com", "012345")));
    let waiting = calls.map(|mut call| (call.as_mut().poll(&mut context).is_pending(), call));
    assert_eq!(waiting.map(|(is_pending, _)| is_pending), [true, true, true, false], "no more at once than are left");
}

#[tokio::test]
async fn an_email_is_needed() {
    let stage = Stage::new([]);
    let client = client(&stage);
    for email in ["", " ", "\u{feff}\n"] {
        let failure = client.request_approval(email, Push::default()).await.expect_err("invalid");
        assert_eq!(failure.to_string(), "invalid_argument: email must be a non-empty string");
        let failure = client.verify_code(email, "012345").await.expect_err("invalid");
        assert_eq!(failure.code, Code::InvalidArgument);
        assert_eq!(client.remaining_codes(email), 3);
    }
}

/// OpenID CIBA Core 1.0, sections 7.1 and 10.1.
#[tokio::test]
async fn the_standards_routes_take_forms_and_a_new_assertion_with_each() {
    let stage = Stage::new([initiated(), Act::Respond(400, json!({ "error": "authorization_pending" })), approved()]);
    let options = Options {
        routes: Routes::Oidc,
        scopes: vec!["email".into()],
        authentication: Authentication::private_key_jwt(|claims| Ok(format!("signed {claims}"))),
        ..tenant()
    };
    let client = Client::new(stage.clone(), options).expect("valid options");
    let push = Push { binding_message: "W4SCT & more", requested_expiry: Some(90) };
    let request = client.request_approval("ada@example.com", push).await.expect("accepted");
    client.poll(&request, PollOptions::default(), |_| {}).await.expect("approved");

    let forms: Vec<Vec<(String, String)>> = (0..3)
        .map(|index| {
            let request = stage.sent(index);
            assert_eq!(header(&request, "content-type"), ["application/x-www-form-urlencoded"]);
            assert!(header(&request, "authorization").is_empty());
            url::form_urlencoded::parse(request.body.as_bytes()).into_owned().collect()
        })
        .collect();
    let value = |form: &[(String, String)], name: &str| {
        form.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    assert_eq!(stage.sent(0).url, "https://authsec.example/oauth/bc-authorize");
    for (name, expected) in [
        ("client_id", "client"),
        ("scope", "openid email"),
        ("login_hint", "ada@example.com"),
        ("binding_message", "W4SCT & more"),
        ("requested_expiry", "90"),
    ] {
        assert_eq!(value(&forms[0], name), expected, "{name}");
    }
    assert_eq!(stage.sent(1).url, "https://authsec.example/oauth/token");
    assert_eq!(value(&forms[1], "grant_type"), "urn:openid:params:grant-type:ciba");
    assert_eq!(value(&forms[1], "auth_req_id"), "ID");
    let identifiers: HashSet<_> = forms
        .iter()
        .map(|form| {
            assert_eq!(value(form, "client_assertion_type"), "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            let assertion = value(form, "client_assertion");
            let claims: Json = serde_json::from_str(assertion.trim_start_matches("signed ")).expect("claims");
            assert_eq!(claims["aud"], "https://authsec.example/oauth/token");
            claims["jti"].to_string()
        })
        .collect();
    assert_eq!(identifiers.len(), 3);

    let failure = client.verify_code("ada@example.com", "012345").await.expect_err("no TOTP");
    assert_eq!(failure.code, Code::InvalidArgument);
}

#[tokio::test]
async fn a_relay_gets_each_response_as_it_is() {
    let busy = HttpResponse { status: 429, body: "<busy>".into(), retry_after: Some("7".into()) };
    let stage = Stage::new([Act::RespondWith(busy), Act::Break, Act::Hang]);
    let client = client(&stage);
    let send = || client.send(Request::Token { auth_req_id: "ID" });
    let response = send().await.expect("a response");
    assert_eq!((response.status, response.body.as_str()), (429, "<busy>"));
    assert_eq!(response.retry_after.as_deref(), Some("7"));
    assert_eq!(send().await.expect_err("none").code, Code::ConnectionFailed);
    assert_eq!(send().await.expect_err("none").code, Code::NetworkTimeout);
    assert_eq!(header(&stage.sent(0), "authorization").len(), 1);
}

#[tokio::test]
async fn headers_of_the_program_are_sent_but_replace_none_of_the_clients() {
    let stage = Stage::new([approved()]);
    let headers = [("X-Trace", "1"), ("authorization", "Bearer other"), ("Content-type", "text/plain")];
    let headers = headers.map(|(name, value)| (name.into(), value.into())).into();
    let client = Client::new(stage.clone(), Options { headers, ..tenant() }).expect("valid options");
    client.send(Request::Token { auth_req_id: "ID" }).await.expect("a response");
    let sent = stage.sent(0);
    assert_eq!(header(&sent, "x-trace"), ["1"]);
    assert_eq!(header(&sent, "authorization"), ["Basic Y2xpZW50OnNlY3JldA=="]);
    assert_eq!(header(&sent, "content-type"), ["application/json"]);
}

/// What `axum` and `tokio::spawn` ask of a future.
#[test]
fn calls_can_move_between_threads() {
    fn movable<T: Send>(value: T) -> T {
        value
    }
    let stage = Stage::new([]);
    let client = movable(client(&stage));
    let request = movable(ApprovalRequest::from_id("ID"));
    drop(movable(client.request_approval("ada@example.com", Push::default())));
    drop(movable(client.poll(&request, PollOptions::default(), |_| {})));
    drop(movable(client.verify_code("ada@example.com", "012345")));
    drop(movable(client.send(Request::Token { auth_req_id: "ID" })));
    fn shareable<T: Sync>(_: &T) {}
    shareable(&client);
}

#[tokio::test]
async fn nothing_shows_a_secret_in_debug_output_or_as_an_error() {
    let quoting = json!({ "error": "SECRET-1", "error_description": "SECRET-2", "message": "SECRET-3" });
    let stage = Stage::new([
        Act::Respond(200, json!({ "auth_req_id": "SECRET-4" })),
        Act::Respond(200, json!({ "access_token": "SECRET-5" })),
        Act::Respond(400, quoting),
    ]);
    let options = Options { authentication: Authentication::basic("SECRET-6"), ..tenant() };
    let client = Client::new(stage.clone(), options).expect("valid options");
    let request = client.request_approval("ada@example.com", Push::default()).await.expect("accepted");
    let token = client.poll(&request, PollOptions::default(), |_| {}).await.expect("approved");
    let failure = client.poll(&request, PollOptions::default(), |_| {}).await.expect_err("refused");
    let error: &dyn std::error::Error = &failure;
    let shown = format!("{client:?} {request:?} {token:?} {failure:?} {error} {}", failure.code);
    assert!(!shown.contains("SECRET"), "{shown}");
    assert_eq!(failure.words.message.as_deref(), Some("SECRET-3"), "the program can read it");
}
