//! Faults at AuthSec's endpoints, injected for a user or for one request, and their effects.

use serde_json::{Value, json};

use crate::ciba::{ADMIN, CLIENT, Person, TENANT, error, is};
use crate::http::{Request, Response};
use crate::server::{Data, ORIGIN, Server};

struct Scene {
    server: Server,
    anna: Person,
}

impl Scene {
    fn new() -> Self {
        let server = Server::start_with(Data::new(), &["--repeat-tokens", "--workspace-totp"]);
        let anna = Person::new(&server, "anna@example.com");
        Self { server, anna }
    }

    /// Injects faults for this user.
    fn ask(&self, faults: Value) {
        self.ask_of("email", "Anna@Example.com", faults);
    }

    fn ask_of(&self, subject: &str, id: &str, faults: Value) {
        let response = self.server.shop_sends("/_local/faults", &json!({ subject: id, "faults": faults }));
        assert_eq!(response.status, 204, "{}", response.text());
    }

    /// `None` if the connection was closed without a response.
    fn raw(&self, path: &str, body: &Value) -> Option<Response> {
        let (authorization, body) = (CLIENT.authorization(), body.to_string());
        let headers =
            [("Origin", ORIGIN), ("Content-Type", "application/json"), ("Authorization", authorization.as_str())];
        let request = Request { method: "POST", path, headers: &headers, body: body.as_bytes() };
        Response::parse(&request.raw(self.server.port).expect("closed in order"))
    }

    fn initiate(&self) -> Option<Response> {
        self.raw(&TENANT.path("/ciba/initiate"), &TENANT.initiation("anna@example.com", "x"))
    }

    fn poll(&self, id: &str) -> Option<Response> {
        self.raw(&TENANT.path("/ciba/token"), &TENANT.with_client(json!({ "auth_req_id": id })))
    }

    fn totp(&self, code: &str) -> Option<Response> {
        let body = TENANT.with_client(json!({ "email": "anna@example.com", "totp_code": code }));
        self.raw(&TENANT.path("/totp/login"), &body)
    }

    /// The `auth_req_id` of a request that was approved.
    fn approved(&self) -> String {
        let id = TENANT.initiated(&self.server, "anna@example.com");
        TENANT.decide(&self.server, &self.anna, &id, true);
        id
    }
}

#[test]
fn a_cut_response_to_a_poll_loses_no_token() {
    let scene = Scene::new();
    for kind in ["cut-before", "cut-after", "cut-body"] {
        let id = scene.approved();
        scene.ask_of("auth_req_id", &id, json!([{ "at": "token", "kind": kind }]));
        match scene.poll(&id) {
            None => assert_ne!(kind, "cut-body"),
            Some(response) => {
                assert_eq!(kind, "cut-body");
                let announced: usize = response.header("content-length").expect("a length").parse().expect("a number");
                assert_eq!(response.body.len(), announced / 2);
            }
        }
        let response = scene.poll(&id).expect("a response");
        assert!(response.json()["access_token"].is_string(), "{kind}: {}", response.text());
    }
}

#[test]
fn a_cut_initiation_reaches_the_phone_only_if_it_was_processed() {
    let scene = Scene::new();
    for (kind, asked) in [("cut-before", 0), ("cut-after", 1)] {
        scene.ask(json!([{ "at": "initiate", "kind": kind }]));
        assert!(scene.initiate().is_none(), "{kind}");
        assert_eq!(scene.anna.requests(&scene.server).len(), asked, "{kind}");
    }
}

#[test]
fn a_cut_code_is_used_up_only_if_it_was_processed() {
    let scene = Scene::new();
    let code = scene.anna.code(0);
    scene.ask(json!([{ "at": "totp", "kind": "cut-before" }, { "at": "totp", "kind": "cut-after" }]));
    assert!(scene.totp(&code).is_none());
    assert!(scene.totp(&code).is_none());
    TENANT.is_wrong_code("judged, and lost", &scene.totp(&code).expect("a response"));
    assert_eq!(scene.totp(&scene.anna.code(1)).expect("a response").status, 200);
}

#[test]
fn a_response_is_broken_as_requested() {
    let scene = Scene::new();
    let id = scene.approved();
    scene.ask(json!([
        { "at": "token", "kind": "none" },
        { "at": "token", "kind": "delay", "ms": 5 },
        { "at": "token", "kind": "http", "status": 503 },
        { "at": "token", "kind": "http", "status": 429 },
        { "at": "token", "kind": "http", "status": 400, "body": "{\"error\":\"odd\"}" },
        { "at": "token", "kind": "not-json" },
        { "at": "token", "kind": "truncated", "processed": true },
        { "at": "token", "kind": "wrong-shape" },
        { "at": "token", "kind": "redirect", "location": "http://localhost:1/x" },
        { "at": "token", "kind": "pending" },
    ]));
    let poll = || scene.poll(&id).expect("a response");
    assert!(poll().json()["access_token"].is_string());
    assert!(poll().json()["access_token"].is_string());
    is("http", &poll(), 503, error("server_error", "injected fault"));
    is("http", &poll(), 429, error("invalid_request", "injected fault"));
    let odd = poll();
    assert_eq!((odd.status, odd.json()), (400, json!({ "error": "odd" })));
    assert_eq!(odd.header("access-control-allow-origin"), Some(ORIGIN));
    assert!(poll().text().starts_with("<!doctype html>"));
    let truncated = poll();
    assert!(truncated.text().starts_with(r#"{"access_token":"#), "{}", truncated.text());
    assert!(serde_json::from_slice::<Value>(&truncated.body).is_err());
    assert_eq!(poll().json(), json!([]));
    assert_eq!(poll().header("location"), Some("http://localhost:1/x"));
    TENANT.is_pending("pending", &poll());
    assert!(poll().json()["access_token"].is_string());
}

#[test]
fn a_requested_refusal_denies_only_a_pending_request() {
    let scene = Scene::new();
    let refused = json!([{ "at": "token", "kind": "refused", "message": "not today" }]);
    let pending = TENANT.initiated(&scene.server, "anna@example.com");
    let approved = scene.approved();
    for id in [&pending, &approved] {
        scene.ask_of("auth_req_id", id, refused.clone());
        let response = scene.poll(id).expect("a response");
        is("refused", &response, 400, error("access_denied", "not today"));
    }
    TENANT.is_denied("denied", &scene.poll(&pending).expect("a response"));
    assert!(scene.anna.requests(&scene.server).is_empty());
    assert_eq!(scene.poll(&approved).expect("a response").status, 200);

    scene.ask(json!([
        { "at": "initiate", "kind": "refused", "message": "no" },
        { "at": "totp", "kind": "refused", "message": "no" },
    ]));
    is("initiate", &scene.initiate().expect("a response"), 400, error("access_denied", "no"));
    TENANT.is_wrong_code("totp", &scene.totp(&scene.anna.code(0)).expect("a response"));
    assert_eq!(scene.totp(&scene.anna.code(0)).expect("a response").status, 200, "it used nothing up");
}

#[test]
fn a_fault_applies_to_its_endpoint_and_user_in_every_family() {
    let scene = Scene::new();
    let ben = Person::new(&scene.server, "ben@example.com");
    let fault = |at: &str| json!([{ "at": at, "kind": "http", "status": 500 }]);
    scene.ask(fault("initiate"));
    scene.ask(fault("totp"));
    assert_eq!(TENANT.initiate(&scene.server, &ben.email, "x").status, 200);
    assert_eq!(TENANT.totp(&scene.server, &ben.email, &ben.code(0)).status, 200);
    assert_eq!(ADMIN.initiate(&scene.server, "anna@example.com", "x").status, 500);
    assert_eq!(ADMIN.totp(&scene.server, "anna@example.com", "000000").status, 500);

    // The user has two requests: first a fault for one of them by its ID, then for the other by the user.
    let (first, second) = (ADMIN.initiated(&scene.server, "anna@example.com"), scene.approved());
    scene.ask_of("auth_req_id", &first, fault("token"));
    assert_eq!(TENANT.poll(&scene.server, &second).status, 200);
    assert_eq!(ADMIN.poll(&scene.server, &first).status, 500);
    scene.ask(fault("token"));
    assert_eq!(TENANT.poll(&scene.server, &second).status, 500);
}

#[test]
fn a_minting_fails_only_at_token() {
    let scene = Scene::new();
    for at in ["initiate", "totp"] {
        let body = json!({ "email": "anna@example.com", "faults": [{ "at": at, "kind": "minting-fails" }] });
        assert_eq!(scene.server.shop_sends("/_local/faults", &body).status, 422, "{at}");
    }
}
