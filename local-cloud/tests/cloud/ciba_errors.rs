//! AuthSec's errors: the status and code for each invalid input, in the format that AuthSec's clients expect.

use serde_json::{Value, json};

use crate::ciba::{ADMIN, FAMILIES, Family, Person, TENANT, introspect, is_refusal};
use crate::http::{Request, Response};
use crate::server::Server;

const JSON: (&str, &str) = ("Content-Type", "application/json");

fn post(server: &Server, path: &str, headers: &[(&str, &str)], body: &str) -> Response {
    Request { method: "POST", path, headers, body: body.as_bytes() }.send(server.port)
}

/// A valid body for each endpoint.
fn valid_body(family: Family, end: &str) -> Value {
    let hint = if family.client_id.is_some() { "email" } else { "login_hint" };
    family.body(match end {
        "/ciba/initiate" => json!({ hint: "anna@example.com" }),
        "/ciba/token" => json!({ "auth_req_id": "x" }),
        _ => json!({ "email": "anna@example.com", "totp_code": "000000" }),
    })
}

#[test]
fn every_property_that_is_missing_empty_or_not_a_string_is_named() {
    let server = Server::start();
    Person::new(&server, "anna@example.com");
    for family in FAMILIES {
        for end in ["/ciba/initiate", "/ciba/token", "/totp/login"] {
            let right = valid_body(family, end);
            for member in right.as_object().expect("an object").keys() {
                for wrong in [Value::Null, json!(""), json!(" "), json!(5), json!({}), json!(["x"])] {
                    let mut body = right.clone();
                    body[member] = wrong;
                    let response = server.page_sends(&family.path(end), &body);
                    is_refusal(&format!("{end} {body}"), &response, 400, "invalid_request");
                    let description = response.json()["error_description"].as_str().expect("text").to_owned();
                    assert!(description.contains(member.as_str()), "{body}: {description}");
                }
                let mut body = right.clone();
                body.as_object_mut().expect("an object").remove(member);
                let response = server.page_sends(&family.path(end), &body);
                is_refusal(&format!("{end} {body}"), &response, 400, "invalid_request");
            }
        }
    }
}

#[test]
fn a_code_that_is_not_six_digits_is_refused() {
    let server = Server::start();
    let anna = Person::new(&server, "anna@example.com");
    for code in ["12345", "1234567", "12345a", " 12345", "12 345", "١٢٣٤٥٦", "-12345"] {
        is_refusal(code, &TENANT.totp(&server, "anna@example.com", code), 400, "invalid_request");
    }
    assert_eq!(TENANT.totp(&server, "anna@example.com", &anna.code(0)).status, 200, "none was used up");
}

#[test]
fn an_unknown_email_is_reported() {
    let server = Server::start();
    for family in FAMILIES {
        is_refusal(family.start, &family.initiate(&server, "nobody", "x"), 400, "user_not_found");
        is_refusal(family.start, &family.totp(&server, "nobody", "000000"), 401, "user_not_found");
    }
}

#[test]
fn a_binding_message_must_be_readable_and_may_be_absent() {
    let server = Server::start();
    let anna = Person::new(&server, "anna@example.com");
    for message in ["x".repeat(256), "a\nb".to_owned(), "\u{1}".to_owned(), "\u{9b}x".to_owned()] {
        is_refusal(&message, &TENANT.initiate(&server, &anna.email, &message), 400, "invalid_binding_message");
    }
    assert!(anna.requests(&server).is_empty());
    for message in ["ä".repeat(255), "<b>Pay & go</b>".to_owned()] {
        assert_eq!(TENANT.initiate(&server, &anna.email, &message).status, 200, "{message}");
        assert_eq!(anna.requests(&server).last().expect("a request")["binding_message"], message);
    }
    for none in [Value::Null, json!("")] {
        let body = json!({ "login_hint": anna.email, "binding_message": none });
        assert_eq!(server.page_sends(&ADMIN.path("/ciba/initiate"), &body).status, 200);
        assert_eq!(anna.requests(&server).last().expect("a request")["binding_message"], Value::Null);
    }
}

#[test]
fn every_invalid_body_is_an_invalid_request() {
    let server = Server::start();
    for family in FAMILIES {
        for end in ["/ciba/initiate", "/ciba/token", "/totp/login"] {
            let path = family.path(end);
            for body in ["", "{", "[]", "\"x\"", "null"] {
                is_refusal(&format!("{path} {body}"), &post(&server, &path, &[JSON], body), 400, "invalid_request");
            }
            is_refusal(&path, &post(&server, &path, &[("Content-Type", "text/plain")], "{}"), 415, "invalid_request");
            let long = " ".repeat(256 * 1024 + 1);
            is_refusal(&path, &post(&server, &path, &[JSON], &long), 413, "invalid_request");
            assert_eq!(Request { method: "GET", path: &path, headers: &[], body: b"" }.send(server.port).status, 405);
        }
    }
}

#[test]
fn only_the_phones_own_token_is_accepted_on_its_routes() {
    let server = Server::start();
    let anna = Person::new(&server, "anna@example.com");
    let id = TENANT.initiated(&server, "anna@example.com");
    assert_eq!(TENANT.respond(&server, &anna, &id, true).status, 200);
    let approval = TENANT.poll(&server, &id).json()["access_token"].as_str().expect("a token").to_owned();
    let enrolled = server.enroll("anna", json!({}));
    let status_token = enrolled["enrollment"]["statusToken"].as_str().expect("a token").to_owned();
    let of_nobody = {
        let elsewhere = Server::start();
        Person::new(&elsewhere, "anna@example.com").token
    };
    let tampered = format!("{}x", anna.token);
    let tokens = [&approval, &status_token, &of_nobody, &tampered, crate::server::ACCESS_KEY, ""];
    let routes = [
        ("GET", TENANT.path("/ciba/requests")),
        ("POST", TENANT.path("/ciba/respond")),
        ("POST", ADMIN.path("/ciba/respond")),
    ];
    for (method, path) in &routes {
        let body = json!({ "auth_req_id": id, "approved": false }).to_string();
        let send =
            |headers: &[(&str, &str)]| Request { method, path, headers, body: body.as_bytes() }.send(server.port);
        let response = send(&[JSON]);
        is_refusal(path, &response, 401, "invalid_token");
        assert_eq!(response.header("www-authenticate"), Some("Bearer"));
        for token in tokens {
            let response = send(&[JSON, ("Authorization", &format!("Bearer {token}"))]);
            is_refusal(&format!("{path} {token}"), &response, 401, "invalid_token");
        }
        is_refusal(path, &send(&[JSON, ("Authorization", &format!("Basic {}", anna.token))]), 401, "invalid_token");
    }
    for body in [json!({}), json!({ "auth_req_id": id }), json!({ "auth_req_id": "", "approved": true })] {
        let response = anna.sends(server.port, "POST", &TENANT.path("/ciba/respond"), &body.to_string());
        is_refusal(&body.to_string(), &response, 400, "invalid_request");
    }
}

#[test]
fn a_token_of_one_kind_is_not_accepted_as_another() {
    let server = Server::start();
    let anna = Person::new(&server, "anna@example.com");
    let approval = TENANT.totp(&server, &anna.email, &anna.code(0)).json()["token"].as_str().expect("token").to_owned();
    assert!(introspect(&server, &approval).is_some());
    assert!(introspect(&server, &anna.token).is_none(), "a phone's token proves no approval");
    for token in [&approval, &anna.token] {
        assert_eq!(server.introspect(token)["active"], false, "no transaction token of the Authentication Cloud");
        let response = server.page_sends("/api/v1/status", &json!({ "statusToken": token }));
        assert_eq!(response.status, 422);
    }
}

#[test]
fn no_token_code_or_request_id_is_in_the_log() {
    let server = Server::start();
    let anna = Person::new(&server, "anna@example.com");
    let id = TENANT.initiated(&server, "anna@example.com");
    let code = anna.code(0);
    let by_code = TENANT.totp(&server, &anna.email, &code).json()["token"].as_str().expect("a token").to_owned();
    assert_eq!(TENANT.respond(&server, &anna, &id, true).status, 200);
    let by_push = TENANT.poll(&server, &id).json()["access_token"].as_str().expect("a token").to_owned();
    let log = server.log();
    assert!(log.contains("/authsec/uflow/auth/workspace/ciba/token 200"), "{log}");
    for secret in [&id, &code, &by_code, &by_push, &anna.token, &anna.email] {
        assert!(!log.contains(secret.as_str()), "{log}");
    }
}
