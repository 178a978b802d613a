//! The table of faults: what the client receives for each, and the effect on the transaction.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};

use crate::authenticator::{Algorithm, Passkey, Ways, register};
use crate::http::{Request, Response, read_one};
use crate::server::{ORIGIN, Server};

const RESULT: &str = "/_app/assertion/result";
const STATUS: &str = "/api/v1/status";
const HEADERS: [(&str, &str); 2] = [("Origin", ORIGIN), ("Content-Type", "application/json")];

struct Scene {
    server: Server,
    passkey: Passkey,
}

impl Scene {
    fn new() -> Self {
        let server = Server::start();
        let passkey = register(&server, "anna", Algorithm::Es256);
        Self { server, passkey }
    }

    /// An approval with faults, and a valid assertion for it.
    fn approve(&mut self, faults: Value) -> (Value, Value) {
        let approval = self.server.approve(Some("anna"), json!({}));
        self.server.ask_faults(&approval["transactionId"], faults);
        let body = self.passkey.assert(&approval, &Ways::default());
        (approval["statusToken"].clone(), body)
    }

    /// All bytes of the response.
    fn raw(&self, path: &str, body: &Value) -> Vec<u8> {
        let body = body.to_string();
        let request = Request { method: "POST", path, headers: &HEADERS, body: body.as_bytes() };
        request.raw(self.server.port).expect("closed in order")
    }

    fn send(&self, body: &Value) -> Response {
        Response::parse(&self.raw(RESULT, body)).expect("an response")
    }

    fn status_of(&self, status_token: &Value) -> String {
        self.server.status(status_token)["status"].as_str().expect("a status").to_owned()
    }
}

fn at_result(kind: Value) -> Value {
    let mut fault = kind;
    fault["at"] = "result".into();
    json!([fault])
}

#[test]
fn a_cut_sends_nothing_and_the_transaction_is_decided_only_if_it_was_processed() {
    let mut scene = Scene::new();
    for (kind, status, then) in [("cut-before", "pending", "ok"), ("cut-after", "succeeded", "failed")] {
        let (token, body) = scene.approve(at_result(json!({ "kind": kind })));
        assert_eq!(scene.raw(RESULT, &body), b"", "{kind}");
        assert_eq!(scene.status_of(&token), status, "{kind}");
        assert_eq!(scene.send(&body).json()["status"], then, "{kind}: sent again");
        assert_eq!(scene.status_of(&token), "succeeded", "{kind}");
    }
}

#[test]
fn a_cut_also_applies_to_the_resent_copy_on_a_reused_connection() {
    let mut scene = Scene::new();
    for (kind, status) in [("cut-before", "pending"), ("cut-after", "succeeded")] {
        let (token, body) = scene.approve(at_result(json!({ "kind": kind })));
        let (text, question) = (body.to_string(), json!({ "statusToken": "x" }).to_string());
        // A connection that has already served a request, as after a preflight.
        let mut reused = TcpStream::connect(("127.0.0.1", scene.server.port)).expect("connected");
        let first = Request { method: "POST", path: STATUS, headers: &HEADERS, body: question.as_bytes() };
        reused.write_all(&first.bytes("keep-alive")).expect("sent");
        assert_eq!(read_one(&mut reused).status, 422);
        let second = Request { method: "POST", path: RESULT, headers: &HEADERS, body: text.as_bytes() };
        reused.write_all(&second.bytes("keep-alive")).expect("sent");
        let mut bytes = Vec::new();
        reused.read_to_end(&mut bytes).expect("closed in order");
        assert_eq!(bytes, b"", "{kind}");

        assert_eq!(scene.raw(RESULT, &body), b"", "{kind}: the copy");
        assert_eq!(scene.status_of(&token), status, "{kind}");
        // After a status query, this is not a copy.
        let meant = scene.send(&body).json();
        assert_eq!(meant["status"], if kind == "cut-before" { "ok" } else { "failed" }, "{kind}: {meant}");
    }
}

#[test]
fn a_cut_body_announces_its_length_and_sends_half() {
    let mut scene = Scene::new();
    let (token, body) = scene.approve(at_result(json!({ "kind": "cut-body" })));
    let response = scene.send(&body);
    assert_eq!(response.status, 200);
    let announced: usize = response.header("content-length").expect("a length").parse().expect("a number");
    assert_eq!(response.body.len(), announced / 2);
    assert!(response.text().starts_with(r#"{"status":"ok""#), "{}", response.text());
    assert_eq!(response.header("access-control-allow-origin"), Some(ORIGIN));
    assert_eq!(scene.status_of(&token), "succeeded");
}

#[test]
fn a_response_is_broken_as_requested_before_or_after_processing() {
    let mut scene = Scene::new();
    for processed in [false, true] {
        let expected = if processed { "succeeded" } else { "pending" };

        let (token, body) = scene.approve(at_result(json!({ "kind": "http", "status": 503, "processed": processed })));
        let response = scene.send(&body);
        assert_eq!(response.status, 503);
        assert_eq!(
            (&response.json()["status"], &response.json()["error"]),
            (&json!(503), &json!("Service Unavailable"))
        );
        assert_eq!(response.header("access-control-allow-origin"), Some(ORIGIN));
        assert_eq!(scene.status_of(&token), expected, "http");

        let fault =
            json!({ "kind": "http", "status": 502, "processed": processed, "body": "<h1>Bad", "type": "text/html" });
        let (token, body) = scene.approve(at_result(fault));
        let response = scene.send(&body);
        assert_eq!((response.status, response.text().as_str()), (502, "<h1>Bad"));
        assert_eq!(response.header("content-type"), Some("text/html"));
        assert_eq!(scene.status_of(&token), expected, "http with a body");

        let (token, body) = scene.approve(at_result(json!({ "kind": "not-json", "processed": processed })));
        let response = scene.send(&body);
        assert_eq!(response.status, 200);
        assert!(response.header("content-type").is_some_and(|text| text.starts_with("text/html")));
        assert!(serde_json::from_slice::<Value>(&response.body).is_err());
        assert_eq!(scene.status_of(&token), expected, "not-json");

        let (token, body) = scene.approve(at_result(json!({ "kind": "truncated", "processed": processed })));
        let response = scene.send(&body);
        assert_eq!(response.status, 200);
        assert_eq!(response.header("content-length"), Some(response.body.len().to_string().as_str()));
        assert!(response.text().starts_with(r#"{"status":"ok""#));
        assert!(serde_json::from_slice::<Value>(&response.body).is_err());
        assert_eq!(scene.status_of(&token), expected, "truncated");

        let (token, body) = scene.approve(at_result(json!({ "kind": "wrong-shape", "processed": processed })));
        assert_eq!(scene.send(&body).json(), json!([]));
        assert_eq!(scene.status_of(&token), expected, "wrong-shape");

        let fault = json!({ "kind": "wrong-shape", "processed": processed, "body": { "status": "ok" } });
        let (token, body) = scene.approve(at_result(fault));
        assert_eq!(scene.send(&body).json(), json!({ "status": "ok" }));
        assert_eq!(scene.status_of(&token), expected, "wrong-shape with a body");
    }
}

#[test]
fn a_delay_or_no_fault_ends_in_the_normal_response() {
    let mut scene = Scene::new();
    let (token, body) = scene.approve(json!([{ "at": "result", "kind": "delay", "ms": 50 }]));
    assert_eq!(scene.send(&body).json()["status"], "ok");
    assert_eq!(scene.status_of(&token), "succeeded");
    let (_, body) = scene.approve(at_result(json!({ "kind": "none" })));
    assert_eq!(scene.send(&body).json()["status"], "ok");
}

#[test]
fn a_delayed_request_is_processed_even_if_its_client_disconnects() {
    let mut scene = Scene::new();
    let (token, body) = scene.approve(at_result(json!({ "kind": "delay", "ms": 200 })));
    let text = body.to_string();
    let request = Request { method: "POST", path: RESULT, headers: &HEADERS, body: text.as_bytes() };
    let mut stream = TcpStream::connect(("127.0.0.1", scene.server.port)).expect("connected");
    stream.write_all(&request.bytes("close")).expect("sent");
    // Disconnect only after the fault was taken: before that, the request may not have been read completely.
    std::thread::sleep(std::time::Duration::from_millis(100));
    assert_eq!(scene.status_of(&token), "pending");
    drop(stream);
    let decided = (0..500).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(20));
        scene.status_of(&token) != "pending"
    });
    assert!(decided);
    assert_eq!(scene.status_of(&token), "succeeded");
}

#[test]
fn a_redirect_names_the_other_address() {
    let mut scene = Scene::new();
    let (token, body) = scene.approve(at_result(json!({ "kind": "redirect", "location": "http://localhost:1/x" })));
    let response = scene.send(&body);
    assert_eq!((response.status, response.header("location")), (307, Some("http://localhost:1/x")));
    assert_eq!(scene.status_of(&token), "pending");
}

#[test]
fn a_requested_refusal_fails_only_a_pending_transaction() {
    let mut scene = Scene::new();
    let (token, body) = scene.approve(at_result(json!({ "kind": "refused", "message": "not today" })));
    let refusal = json!({ "status": "failed", "errorMessage": "not today", "token": null });
    assert_eq!(scene.send(&body).json(), refusal);
    let status = scene.server.status(&token);
    assert_eq!((&status["status"], &status["errorMessage"]), (&json!("failed"), &json!("not today")));

    let faults =
        json!([{ "at": "result", "kind": "cut-after" }, { "at": "result", "kind": "refused", "message": "late" }]);
    let (token, body) = scene.approve(faults);
    assert_eq!(scene.raw(RESULT, &body), b"");
    assert_eq!(scene.send(&body).json()["errorMessage"], "late");
    assert_eq!(scene.status_of(&token), "succeeded");
}

#[test]
fn the_status_endpoint_has_separate_faults() {
    let mut scene = Scene::new();
    let faults = json!([
        { "at": "status", "kind": "pending" },
        { "at": "status", "kind": "http", "status": 500 },
        { "at": "status", "kind": "cut-before" },
        { "at": "status", "kind": "not-json" },
        { "at": "status", "kind": "wrong-shape", "body": 5 },
    ]);
    let (token, body) = scene.approve(faults);
    assert_eq!(scene.send(&body).json()["status"], "ok", "the result endpoints are not touched");
    let question = json!({ "statusToken": token });
    let ask = || Response::parse(&scene.raw(STATUS, &question));

    let pending = ask().expect("an response").json();
    assert_eq!((&pending["status"], pending.get("token")), (&json!("pending"), None));
    assert_eq!(ask().expect("an response").status, 500);
    assert!(ask().is_none());
    assert!(ask().expect("an response").text().starts_with("<!doctype html>"));
    assert_eq!(ask().expect("an response").json(), json!(5));
    assert_eq!(ask().expect("an response").json()["status"], "succeeded");
}

#[test]
fn faults_apply_to_one_transaction_also_of_a_registration() {
    let mut scene = Scene::new();
    let (_, spoiled) = scene.approve(at_result(json!({ "kind": "http", "status": 500 })));
    let (_, other) = scene.approve(json!([]));
    assert_eq!(scene.send(&other).json()["status"], "ok");
    assert_eq!(scene.send(&spoiled).status, 500);

    let enrolled = scene.server.enroll("ben", json!({}));
    scene.server.ask_faults(&enrolled["enrollment"]["transactionId"], at_result(json!({ "kind": "cut-after" })));
    let body = Passkey::new(Algorithm::EdDsa, &enrolled["userId"]).attest(&enrolled, &Ways::default());
    assert_eq!(scene.raw("/_app/attestation/result", &body), b"");
    assert_eq!(scene.status_of(&enrolled["enrollment"]["statusToken"]), "succeeded");
}
