use std::collections::VecDeque;
use std::sync::Arc;

use axum::body::to_bytes;
use webauthn_result::ciba::native::{Authentication, HttpRequest, NoResponse, Options};

use super::*;

/// A provider that responds as the test says.
#[derive(Default)]
struct Provider {
    responses: Mutex<VecDeque<Result<HttpResponse, NoResponse>>>,
    requests: Mutex<Vec<HttpRequest>>,
}

impl Platform for Provider {
    async fn post(&self, request: HttpRequest) -> Result<HttpResponse, NoResponse> {
        self.requests.lock().expect("requests").push(request);
        self.responses.lock().expect("responses").pop_front().expect("no further request")
    }

    async fn sleep(&self, _: Duration) {
        std::future::pending().await
    }
}

impl Provider {
    fn respond(&self, status: u16, body: &Value) {
        self.respond_with(Ok(HttpResponse { status, body: body.to_string(), retry_after: None }));
    }

    fn respond_with(&self, response: Result<HttpResponse, NoResponse>) {
        self.responses.lock().expect("responses").push_back(response);
    }

    /// The URLs and the bodies of the requests since the last call.
    fn received(&self) -> Vec<(String, Value)> {
        let requests = std::mem::take(&mut *self.requests.lock().expect("requests"));
        requests.into_iter().map(|request| (request.url, serde_json::from_str(&request.body).expect("JSON"))).collect()
    }
}

const EMAIL: &str = "ada@example.com";

fn relay(keeps_tokens: bool) -> (Arc<Provider>, Relay<Arc<Provider>>) {
    let provider = Arc::new(Provider::default());
    let options = || Options { base_url: "https://authsec.example".into(), ..Options::default() };
    let push = Options { client_id: Some("shop".into()), authentication: Authentication::basic("secret"), ..options() };
    let codes = Options { workspace_id: Some("workspace".into()), ..options() };
    let client = |options| Client::new(provider.clone(), options).expect("valid options");
    let clients = Clients { push: client(push), codes: Some(client(codes)) };
    (provider.clone(), Relay::new(clients, keeps_tokens))
}

fn session(id: &str) -> Session {
    Session { id: id.into(), email: None }
}

/// The status and the body of a response, or of a refusal.
async fn call(relay: &Relay<Arc<Provider>>, route: &str, session: &Session, body: Value) -> (u16, Value) {
    let asked = Asked { route, session, address: IpAddr::from([192, 0, 2, 1]), body: &body };
    let response = relay.pass_on(asked).await.unwrap_or_else(axum::response::IntoResponse::into_response);
    let status = response.status().as_u16();
    let bytes = to_bytes(response.into_body(), 10_000).await.expect("a body");
    (status, serde_json::from_slice(&bytes).expect("JSON"))
}

/// Starts a push.
async fn initiate(provider: &Provider, relay: &Relay<Arc<Provider>>, session: &Session, id: &str) {
    provider.respond(200, &json!({ "auth_req_id": id, "expires_in": 300, "interval": 5 }));
    assert_eq!(call(relay, "initiate", session, json!({ "email": EMAIL })).await.0, 200);
    provider.received();
}

fn expired() -> Value {
    json!({ "error": "expired_token", "error_description": "this session has no such request, or it has expired" })
}

#[tokio::test]
async fn the_pages_properties_are_passed_on_with_the_clients_and_nothing_else() {
    let (provider, relay) = relay(false);
    let more = |mut body: Value| {
        for name in ["client_id", "client_secret", "workspace_id", "scopes", "resource", "login_hint"] {
            body[name] = json!("x");
        }
        body
    };
    let one = session("one");
    provider.respond(200, &json!({ "auth_req_id": "ID" }));
    let push = json!({ "email": format!(" {} ", EMAIL.to_uppercase()), "binding_message": "Sign in, code W4S2" });
    assert_eq!(call(&relay, "initiate", &one, more(push)).await, (200, json!({ "auth_req_id": "ID" })));
    provider.respond(202, &json!({ "error": "authorization_pending" }));
    let pending = call(&relay, "token", &one, more(json!({ "auth_req_id": "ID" }))).await;
    assert_eq!(pending, (202, json!({ "error": "authorization_pending" })));
    provider.respond(401, &json!({ "success": false }));
    let code = more(json!({ "email": EMAIL, "totp_code": "012345" }));
    assert_eq!(call(&relay, "totp", &one, code).await, (401, json!({ "success": false })));
    let base = "https://authsec.example/authsec/uflow/auth";
    assert_eq!(
        provider.received(),
        [
            (
                format!("{base}/workspace/ciba/initiate"),
                json!({ "client_id": "shop", "email": EMAIL, "binding_message": "Sign in, code W4S2" })
            ),
            (format!("{base}/workspace/ciba/token"), json!({ "client_id": "shop", "auth_req_id": "ID" })),
            (
                format!("{base}/totp/login"),
                json!({ "workspace_id": "workspace", "email": EMAIL, "totp_code": "012345" })
            ),
        ]
    );
}

#[tokio::test]
async fn a_body_that_is_invalid_is_not_sent() {
    let (provider, relay) = relay(false);
    let push = |name: &str, value: Value| {
        let mut body = json!({ "email": EMAIL });
        body[name] = value;
        body
    };
    let one = session("one");
    for (route, body, name) in [
        ("initiate", json!({}), "email"),
        ("initiate", push("email", json!(1)), "email"),
        ("initiate", push("email", json!(" ")), "email"),
        ("initiate", push("email", json!("x".repeat(255))), "email"),
        ("initiate", push("email", json!("\u{85}ada@example.com")), "email"),
        ("initiate", push("email", json!("a\u{200b}da@example.com")), "email"),
        ("totp", json!({ "email": "ada@example.com\0", "totp_code": "012345" }), "email"),
        ("initiate", push("binding_message", json!(null)), "binding_message"),
        ("initiate", push("binding_message", json!("")), "binding_message"),
        ("initiate", push("binding_message", json!("Your account is locked.")), "binding_message"),
        ("initiate", push("binding_message", json!("Sign in, code W4S2\n")), "binding_message"),
        ("initiate", push("binding_message", json!("xSign in, code W4S2")), "binding_message"),
        ("token", json!({}), "auth_req_id"),
        ("token", json!({ "auth_req_id": "x".repeat(256) }), "auth_req_id"),
        ("totp", json!({ "email": EMAIL, "totp_code": 123_456 }), "totp_code"),
        ("totp", json!({ "email": EMAIL, "totp_code": "1234567" }), "totp_code"),
    ] {
        let (status, response) = call(&relay, route, &one, body.clone()).await;
        assert_eq!((status, &response["error"]), (400, &json!("invalid_request")), "{body}");
        let description = response["error_description"].as_str().expect("a description");
        assert!(description.starts_with(name), "{description}");
    }
    assert_eq!(provider.received(), []);
}

#[tokio::test]
async fn a_poll_is_passed_on_for_the_session_that_started_the_push_until_it_has_the_token() {
    let (provider, relay) = relay(false);
    let [one, two] = ["one", "two"].map(session);
    initiate(&provider, &relay, &one, "ID").await;
    let poll = || json!({ "auth_req_id": "ID" });
    assert_eq!(call(&relay, "token", &two, poll()).await, (400, expired()));
    assert_eq!(call(&relay, "token", &one, json!({ "auth_req_id": "OTHER" })).await, (400, expired()));
    assert_eq!(provider.received(), []);
    provider.respond(200, &json!({ "access_token": "TOKEN" }));
    assert_eq!(call(&relay, "token", &one, poll()).await, (200, json!({ "access_token": "TOKEN" })));
    assert_eq!(call(&relay, "token", &one, poll()).await, (400, expired()));
}

#[tokio::test]
async fn a_session_with_an_email_can_use_that_one_alone() {
    let (provider, relay) = relay(false);
    let of = |email: &str| Session { id: "one".into(), email: Some(email.into()) };
    let ada = of(" ADA@example.com");
    let body = || json!({ "email": EMAIL, "totp_code": "012345" });
    for route in ["initiate", "totp"] {
        let refused = call(&relay, route, &of("bob@example.com"), body()).await;
        assert_eq!(refused, (403, json!({ "message": "email is not that of the session." })));
    }
    assert_eq!(provider.received(), []);
    initiate(&provider, &relay, &ada, "ID").await;
    let poll = || json!({ "auth_req_id": "ID" });
    assert_eq!(call(&relay, "token", &of("bob@example.com"), poll()).await, (400, expired()), "another user");
    provider.respond(202, &json!({}));
    assert_eq!(call(&relay, "token", &ada, poll()).await.0, 202);
}

#[tokio::test]
async fn an_email_has_five_pushes_in_five_minutes_and_ten_codes_in_fifteen_however_it_is_written() {
    let (provider, relay) = relay(false);
    for (route, limit, rule) in [("initiate", 5, "5 in 5 minutes"), ("totp", 10, "10 in 15 minutes")] {
        let spellings = ["\u{e9}ada@example.com", " \u{c9}ADA@example.com", "e\u{301}ada@example.com"];
        for count in 0..limit {
            provider.respond(400, &json!({ "error": "user_not_found" }));
            let body = json!({ "email": spellings[count % 3], "totp_code": "012345" });
            assert_eq!(call(&relay, route, &session(&count.to_string()), body).await.0, 400);
        }
        let emails: Vec<_> = provider.received().into_iter().map(|(_, body)| body["email"].clone()).collect();
        assert!(emails.iter().all(|email| email == spellings[0]), "the provider gets one spelling");
        let body = json!({ "email": spellings[1], "totp_code": "012345" });
        let limited = call(&relay, route, &session("other"), body).await;
        assert_eq!(limited, (429, json!({ "message": format!("Too many requests for this email: {rule}.") })));
        assert_eq!(provider.received(), []);
    }
}

#[tokio::test]
async fn a_session_and_an_address_have_limits_whatever_the_emails() {
    let (provider, relay) = relay(false);
    let mut messages = Vec::new();
    for count in 0..62 {
        let who = if count < 11 { "one".into() } else { count.to_string() };
        if count != 10 && count < 61 {
            provider.respond(400, &json!({}));
        }
        let body = json!({ "email": format!("{count}@example.com") });
        let (status, body) = call(&relay, "initiate", &session(&who), body).await;
        if status == 429 {
            messages.push((count, body["message"].as_str().unwrap_or_default().to_owned()));
        }
    }
    assert_eq!(
        messages,
        [
            (10, "Too many requests of this session: 10 in 5 minutes.".to_owned()),
            (60, "Too many requests from this address: 60 in 5 minutes.".to_owned()),
            (61, "Too many requests from this address: 60 in 5 minutes.".to_owned()),
        ]
    );
}

#[tokio::test]
async fn what_is_not_the_providers_response_is_an_error_of_the_relay() {
    let (provider, relay) = relay(false);
    let raw = |status, body: &str| Ok(HttpResponse { status, body: body.into(), retry_after: Some("7".into()) });
    for (response, expected) in [
        (raw(200, "<h1>Sign in to the Wi-Fi</h1>"), 502),
        (raw(200, "[]"), 502),
        (raw(307, "{}"), 502),
        (raw(404, "<h1>Not Found</h1>"), 404),
        (raw(503, ""), 503),
        (Err(NoResponse::Unreachable), 502),
        (Err(NoResponse::Late), 504),
    ] {
        provider.respond_with(response);
        let body = json!({ "email": EMAIL, "totp_code": "012345" });
        let (status, body) = call(&relay, "totp", &session(&expected.to_string()), body).await;
        assert_eq!(status, expected);
        let names: Vec<_> = body.as_object().expect("an object").keys().collect();
        assert_eq!(names, ["message"], "no code: none is the provider's");
    }
}

#[tokio::test]
async fn a_relay_that_keeps_tokens_hands_out_handles_and_no_token() {
    let (provider, relay) = relay(true);
    let one = session("one");
    initiate(&provider, &relay, &one, "ID").await;
    let secrets = json!({
        "access_token": "TOKEN", "id_token": "TOKEN", "token": "TOKEN", "expires_in": 3600, "scope": "openid",
        "user": { "jwt": "TOKEN" },
    });
    provider.respond(200, &secrets);
    let (_, mut body) = call(&relay, "token", &one, json!({ "auth_req_id": "ID" })).await;
    let handle = body["access_token"].take();
    assert_eq!(body, json!({ "access_token": null, "expires_in": 3600, "scope": "openid" }));
    let take = |handle: &Value| {
        let handle = handle.as_str().expect("a handle");
        relay.state().tokens.as_mut().expect("kept").take(handle, Instant::now())
    };
    assert_eq!(take(&handle).as_deref(), Some("TOKEN"));

    let code = || json!({ "email": EMAIL, "totp_code": "012345" });
    provider.respond(200, &json!({ "success": true, "token": "TOKEN", "message": "Welcome" }));
    let (_, mut body) = call(&relay, "totp", &one, code()).await;
    let handle = body["access_token"].take();
    assert_eq!(body, json!({ "access_token": null, "success": true }));
    assert_eq!(take(&handle).as_deref(), Some("TOKEN"));

    for (status, response, left) in [
        (
            202,
            json!({ "error": "authorization_pending", "token": "TOKEN" }),
            json!({ "error": "authorization_pending" }),
        ),
        (400, json!({ "error": { "code": "expired_token", "token": "TOKEN" } }), json!({ "error": "expired_token" })),
        (400, json!({ "error": { "token": "TOKEN" }, "message": { "token": "TOKEN" } }), json!({})),
        (200, json!({ "access_token": "", "token": { "jwt": "TOKEN" }, "success": true }), json!({ "success": true })),
    ] {
        provider.respond(status, &response);
        assert_eq!(call(&relay, "totp", &one, code()).await, (status, left), "{response}");
    }
}
