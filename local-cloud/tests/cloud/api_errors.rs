//! HTTP errors of the API: each status and each body as in docs/contract.md, section A5.5.

use serde_json::{Value, json};

use crate::authenticator::{Algorithm, register};
use crate::http::{Request, Response};
use crate::server::{ACCESS_KEY, Server};

const JSON: (&str, &str) = ("Content-Type", "application/json");
const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

fn is_error(case: &str, response: &Response, status: u16, error: &str) {
    assert_eq!(response.status, status, "{case}: {}", response.text());
    assert_eq!(response.header("content-type"), Some("application/json"), "{case}");
    let body = response.json();
    assert_eq!(body["status"], status, "{case}");
    assert_eq!(body["error"], error, "{case}");
    for member in body.as_object().expect("an object").keys() {
        assert!(["status", "error", "message"].contains(&member.as_str()), "{case}: {member}");
    }
}

fn post(server: &Server, path: &str, headers: &[(&str, &str)], body: &str) -> Response {
    Request { method: "POST", path, headers, body: body.as_bytes() }.send(server.port)
}

fn bearer() -> (&'static str, String) {
    ("Authorization", format!("Bearer {ACCESS_KEY}"))
}

#[test]
fn only_calls_of_a_backend_need_the_access_key() {
    let server = Server::start();
    for (path, media_type) in [
        ("/api/v1/approval", JSON),
        ("/api/v1/users/enroll", JSON),
        ("/api/v1/introspect", FORM),
        ("/_local/faults", JSON),
        ("/_local/ciba/users", JSON),
        ("/_local/ciba/introspect", FORM),
    ] {
        is_error(path, &post(&server, path, &[media_type], "{}"), 401, "Unauthorized");
        assert_eq!(post(&server, path, &[media_type], "{}").header("www-authenticate"), Some("Bearer"));
        for wrong in ["Bearer wrong", "Bearer", "Basic dGVzdA==", ACCESS_KEY, "Bearer test-access-key2", ""] {
            let response = post(&server, path, &[media_type, ("Authorization", wrong)], "{}");
            is_error(&format!("{path} {wrong}"), &response, 403, "Forbidden");
        }
    }
    for path in ["/_app/assertion/result", "/_app/attestation/result", "/api/v1/status"] {
        is_error(path, &post(&server, path, &[JSON], "{}"), 422, "Unprocessable Entity");
    }
}

#[test]
fn another_media_type_is_refused() {
    let server = Server::start();
    let (name, key) = bearer();
    let key = (name, key.as_str());
    for (path, wrong) in [
        ("/api/v1/approval", Some(FORM)),
        ("/api/v1/users/enroll", Some(("Content-Type", "text/plain"))),
        ("/api/v1/introspect", Some(JSON)),
        ("/_app/assertion/result", Some(("Content-Type", "text/plain;charset=UTF-8"))),
        ("/_app/attestation/result", Some(("Content-Type", "application/jsonp"))),
        ("/api/v1/status", None),
        ("/_local/faults", Some(FORM)),
    ] {
        let headers: Vec<_> = wrong.into_iter().chain([key]).collect();
        is_error(path, &post(&server, path, &headers, "{}"), 415, "Unsupported Media Type");
    }
    for right in ["application/json", "application/json;charset=utf-8", "Application/JSON ; charset=\"utf-8\""] {
        let response = post(&server, "/api/v1/status", &[("Content-Type", right)], "{}");
        is_error(right, &response, 422, "Unprocessable Entity");
    }
}

#[test]
fn an_unknown_endpoint_is_405() {
    let server = Server::start();
    for (method, path) in [
        ("GET", "/"),
        ("POST", "/api/v1/unknown"),
        ("POST", "/_app/assertion/result/"),
        ("GET", "/api/v1/status"),
        ("PUT", "/_app/assertion/result"),
        ("DELETE", "/api/v1/approval"),
        ("GET", "/api/v1/users/enroll"),
        ("GET", "/api/v1/introspect"),
        ("OPTIONS", "/api/v1/approval"),
    ] {
        let response = Request { method, path, headers: &[], body: b"" }.send(server.port);
        is_error(&format!("{method} {path}"), &response, 405, "Method Not Allowed");
    }
}

#[test]
fn a_body_that_is_not_json_is_malformed() {
    let server = Server::start();
    let (name, key) = bearer();
    for path in
        ["/api/v1/approval", "/api/v1/users/enroll", "/api/v1/status", "/_app/assertion/result", "/_local/faults"]
    {
        for body in ["", "{", "{'a':1}", r#"{"username": 5, "#, "{} {}", "\u{0}"] {
            let response = post(&server, path, &[JSON, (name, &key)], body);
            is_error(&format!("{path} {body}"), &response, 400, "Bad Request");
        }
        let response =
            Request { method: "POST", path, headers: &[JSON, (name, &key)], body: b"\"\xff\"" }.send(server.port);
        is_error("not UTF-8", &response, 400, "Bad Request");
    }
    for body in ["", "tok=x", "token=a&token=b"] {
        is_error(body, &post(&server, "/api/v1/introspect", &[FORM, (name, &key)], body), 400, "Bad Request");
    }
}

#[test]
fn an_invalid_value_is_named() {
    let server = Server::start();
    let right = json!({ "username": "anna", "displayName": "Anna", "channel": "fido2" });
    let with = |member: &str, value: Value| {
        let mut body = right.clone();
        body[member] = value;
        body
    };
    let long = "x".repeat(301);
    for (path, body, member) in [
        ("/api/v1/users/enroll", with("username", Value::Null), "username"),
        ("/api/v1/users/enroll", with("username", json!("")), "username"),
        ("/api/v1/users/enroll", with("username", json!("anna b")), "username"),
        ("/api/v1/users/enroll", with("username", json!("änna")), "username"),
        ("/api/v1/users/enroll", with("username", json!(long)), "username"),
        ("/api/v1/users/enroll", with("username", json!(["anna"])), "username"),
        ("/api/v1/users/enroll", with("displayName", Value::Null), "displayName"),
        ("/api/v1/users/enroll", with("displayName", json!("")), "displayName"),
        ("/api/v1/users/enroll", with("displayName", json!("ä".repeat(33))), "displayName"),
        ("/api/v1/users/enroll", with("channel", Value::Null), "channel"),
        ("/api/v1/users/enroll", with("channel", json!("sms")), "channel"),
        ("/api/v1/users/enroll", with("fido2Options", json!({ "attestation": "always" })), "fido2Options.attestation"),
        (
            "/api/v1/users/enroll",
            with("fido2Options", json!({ "authenticatorSelection": { "residentKey": "maybe" } })),
            "fido2Options.authenticatorSelection.residentKey",
        ),
        ("/api/v1/approval", with("channel", json!("app")), "channel"),
        ("/api/v1/approval", with("username", json!(5)), "username"),
        (
            "/api/v1/approval",
            with("fido2Options", json!({ "userVerification": "always" })),
            "fido2Options.userVerification",
        ),
        ("/api/v1/approval", json!([]), ""),
        ("/api/v1/status", json!({}), "statusToken"),
        ("/api/v1/status", json!({ "statusToken": 5 }), "statusToken"),
        ("/_local/faults", json!({ "transactionId": "x", "faults": [{ "at": "moon", "kind": "none" }] }), "faults[0]"),
        ("/_local/faults", json!({ "transactionId": "x", "faults": [{ "at": "result", "kind": "odd" }] }), "faults[0]"),
        (
            "/_local/faults",
            json!({ "transactionId": "x", "faults": [{ "at": "result", "kind": "pending" }] }),
            "faults",
        ),
        ("/_local/faults", json!({ "faults": [] }), "exactly one of"),
        ("/_local/faults", json!({ "transactionId": "x", "email": "x", "faults": [] }), "exactly one of"),
        ("/_local/faults", json!({ "email": "x", "faults": [{ "at": "result", "kind": "none" }] }), "at"),
        ("/_local/faults", json!({ "auth_req_id": "x", "faults": [{ "at": "totp", "kind": "none" }] }), "at"),
        ("/_local/ciba/users", json!({}), "email"),
        ("/_local/ciba/users", json!({ "email": "  " }), "email"),
        ("/_local/ciba/users", json!({ "email": "a\nb" }), "email"),
        ("/_local/ciba/users", json!({ "email": long }), "email"),
    ] {
        let response = server.shop_sends(path, &body);
        is_error(&format!("{path} {body}"), &response, 422, "Unprocessable Entity");
        let message = response.json()["message"].as_str().expect("a message").to_owned();
        assert!(message.contains(member), "{body}: {message}");
    }
}

#[test]
fn an_unknown_object_is_404_and_a_conflict_409() {
    let server = Server::start();
    let ben = register(&server, "ben", Algorithm::Es256);
    register(&server, "anna", Algorithm::Es256);
    server.enroll("without-passkey", json!({}));
    for body in [
        json!({ "username": "nobody", "channel": "fido2" }),
        json!({ "userId": "00000000-0000-4000-8000-000000000000", "channel": "fido2" }),
        json!({ "username": "without-passkey", "channel": "fido2" }),
    ] {
        is_error(&body.to_string(), &server.shop_sends("/api/v1/approval", &body), 404, "Not Found");
    }
    let body = json!({ "username": "anna", "userId": ben.user_id, "channel": "fido2" });
    is_error("two users", &server.shop_sends("/api/v1/approval", &body), 409, "Conflict");
    for subject in ["transactionId", "auth_req_id", "email"] {
        let body = json!({ subject: "none", "faults": [] });
        is_error(subject, &server.shop_sends("/_local/faults", &body), 404, "Not Found");
    }
}
