//! Bodies that AuthSec's framework refuses, with the messages of its own types; phones without a token; and what is logged.

use serde_json::{Value, json};

use crate::ciba::{ADMIN, Edition, FAMILIES, Family, Flow, Person, TENANT, introspect, is};
use crate::http::{Request, Response};
use crate::server::Server;

const JSON: (&str, &str) = ("Content-Type", "application/json");

fn post(server: &Server, family: Family, end: &str, headers: &[(&str, &str)], body: &str) -> Response {
    let authorization = family.client.authorization();
    let headers = [headers, &[("Authorization", authorization.as_str())]].concat();
    Request { method: "POST", path: &family.path(end), headers: &headers, body: body.as_bytes() }.send(server.port)
}

/// Asserts the format in which a flow refuses a body.
fn is_refused(case: &str, family: Family, response: &Response, status: u16, problem: &str) {
    match family.flow {
        Flow::Admin => {
            is(case, response, status, json!({ "error": "Invalid request body", "details": problem }));
        }
        Flow::Tenant => is(case, response, status, json!({ "error": problem })),
    }
}

fn broken(type_name: &str, field: &str, tag: &str) -> String {
    format!("Key: '{type_name}.{field}' Error:Field validation for '{field}' failed on the '{tag}' tag")
}

/// An endpoint with the server's type, a valid body, and the properties that it requires, each with its field of the type.
struct Endpoint {
    end: &'static str,
    type_name: &'static str,
    right: Value,
    required: Vec<(&'static str, &'static str)>,
}

fn endpoints(family: Family) -> [Endpoint; 3] {
    let is_admin = family.flow == Flow::Admin;
    let email = if is_admin { ("login_hint", "LoginHint") } else { ("email", "Email") };
    let (id, both) = (("auth_req_id", "AuthReqID"), vec![("email", "Email"), ("totp_code", "TOTPCode")]);
    // The client that spring's tenant flow requires, too.
    let client = (family.edition == Edition::Spring && !is_admin).then_some(("client_id", "ClientID"));
    let and_client = |fields: Vec<_>| fields.into_iter().chain(client).collect::<Vec<_>>();
    let name = |admin: &'static str, tenant: &'static str| if is_admin { admin } else { tenant };
    [
        Endpoint {
            end: "/ciba/initiate",
            type_name: name("CIBAInitiateRequest", "TenantCIBAInitiateRequest"),
            right: family.initiation("anna@example.com", "x"),
            required: and_client(vec![email]),
        },
        Endpoint {
            end: "/ciba/token",
            type_name: name("CIBATokenRequest", "TenantCIBATokenRequest"),
            right: family.with_client(json!({ "auth_req_id": "x" })),
            required: and_client(vec![id]),
        },
        Endpoint {
            end: "/totp/login",
            type_name: name("TOTPLoginRequest", "TenantTOTPLoginRequest"),
            right: family.with_client(json!({ "email": "anna@example.com", "totp_code": "000000" })),
            required: and_client(both),
        },
    ]
}

#[test]
fn a_property_that_is_missing_empty_or_not_a_string_is_named() {
    for family in FAMILIES {
        let server = family.server(&["--workspace-totp"]);
        Person::new(&server, "anna@example.com");
        for Endpoint { end, type_name, right, required } in endpoints(family) {
            for (property, field) in required {
                for empty in [Some(Value::Null), Some(json!("")), None] {
                    let mut body = right.clone();
                    match empty {
                        Some(value) => body[property] = value,
                        None => drop(body.as_object_mut().and_then(|object| object.remove(property))),
                    }
                    let response = post(&server, family, end, &[JSON], &body.to_string());
                    let problem = broken(type_name, field, "required");
                    is_refused(&format!("{end} {body}"), family, &response, 400, &problem);
                }
                for (wrong, kind) in
                    [(json!(5), "number"), (json!({}), "object"), (json!(["x"]), "array"), (json!(true), "bool")]
                {
                    let mut body = right.clone();
                    body[property] = wrong;
                    let response = post(&server, family, end, &[JSON], &body.to_string());
                    let problem = format!(
                        "json: cannot unmarshal {kind} into Go struct field {type_name}.{property} of type string"
                    );
                    is_refused(&format!("{end} {body}"), family, &response, 400, &problem);
                }
            }
        }
    }
}

#[test]
fn all_broken_rules_are_reported_at_once() {
    for family in FAMILIES {
        let server = family.server(&[]);
        let body = family.with_client(json!({ "email": "no email", "totp_code": "12345" }));
        let type_name = family.either("TOTPLoginRequest", "TenantTOTPLoginRequest");
        let problem = format!("{}\n{}", broken(type_name, "Email", "email"), broken(type_name, "TOTPCode", "len"));
        is_refused("both", family, &post(&server, family, "/totp/login", &[JSON], &body.to_string()), 400, &problem);
    }
    // Six characters that are not six bytes pass the framework, and not the tenant flow.
    let server = TENANT.server(&[]);
    let body = TENANT.with_client(json!({ "email": "anna@example.com", "totp_code": "１２３４５６" }));
    let response = TENANT.send(&server, "/totp/login", &body);
    is("wide", &response, 400, json!({ "error": "TOTP code must be exactly 6 digits" }));
}

#[test]
fn every_invalid_body_is_refused() {
    for family in FAMILIES {
        let server = family.server(&[]);
        for Endpoint { end, type_name, .. } in endpoints(family) {
            let unmarshal = |kind| format!("json: cannot unmarshal {kind} into Go value of type models.{type_name}");
            for (body, problem) in [
                ("", "EOF".to_owned()),
                ("{", "unexpected EOF".to_owned()),
                ("[]", unmarshal("array")),
                ("\"x\"", unmarshal("string")),
                ("5", unmarshal("number")),
            ] {
                let response = post(&server, family, end, &[JSON], body);
                is_refused(&format!("{end} {body}"), family, &response, 400, &problem);
            }
            assert_eq!(post(&server, family, end, &[JSON], "null").status, 400, "as an empty object");
            assert_eq!(post(&server, family, end, &[JSON], "{x}").status, 400);
            let long = " ".repeat(256 * 1024 + 1);
            assert_eq!(post(&server, family, end, &[JSON], &long).status, 413, "{end}");
        }
    }
}

#[test]
fn the_media_type_does_not_matter() {
    for family in FAMILIES {
        let server = family.server(&[]);
        Person::new(&server, "anna@example.com");
        let body = family.initiation("anna@example.com", "x").to_string();
        for headers in [&[("Content-Type", "text/plain")][..], &[]] {
            assert_eq!(post(&server, family, "/ciba/initiate", headers, &body).status, 200, "{family:?}");
        }
    }
}

#[test]
fn only_the_phones_own_token_is_accepted_on_its_routes() {
    for family in FAMILIES {
        let server = family.server(&[]);
        let anna = Person::new(&server, "anna@example.com");
        let id = family.initiated(&server, "anna@example.com");
        family.decide(&server, &anna, &id, true);
        let approval = family.poll(&server, &id).json()["access_token"].as_str().expect("a token").to_owned();
        let enrolled = server.enroll("anna", json!({}));
        let status_token = enrolled["enrollment"]["statusToken"].as_str().expect("a token").to_owned();
        let of_nobody = {
            let elsewhere = Server::start();
            Person::new(&elsewhere, "anna@example.com").token
        };
        let tampered = format!("{}x", anna.token);
        let tokens = [&approval, &status_token, &of_nobody, &tampered, crate::server::ACCESS_KEY, "x"];
        let mut routes = vec![("POST", family.path("/ciba/respond"))];
        if family.flow == Flow::Tenant {
            routes.push(("GET", family.path("/ciba/requests")));
        }
        for (method, path) in &routes {
            let body = json!({ "auth_req_id": id, "approved": false }).to_string();
            let send =
                |headers: &[(&str, &str)]| Request { method, path, headers, body: body.as_bytes() }.send(server.port);
            is(path, &send(&[JSON]), 401, json!({ "error": "authorization header required" }));
            for token in tokens {
                let response = send(&[JSON, ("Authorization", &format!("Bearer {token}"))]);
                is(&format!("{path} {token}"), &response, 401, json!({ "error": "Invalid or expired token" }));
            }
            let response = send(&[JSON, ("Authorization", &format!("Basic {}", anna.token))]);
            is(path, &response, 401, json!({ "error": "invalid authorization header format" }));
        }
        // A decision without `approved` denies.
        let id = family.initiated(&server, "anna@example.com");
        let body = json!({ "auth_req_id": id }).to_string();
        assert_eq!(anna.sends(server.port, "POST", &family.path("/ciba/respond"), &body).status, 200);
        family.is_denied("by omission", &family.poll(&server, &id));
        let response = anna.sends(server.port, "POST", &family.path("/ciba/respond"), "{}");
        let type_name = family.either("CIBARespondRequest", "TenantCIBARespondRequest");
        is_refused("none", family, &response, 400, &broken(type_name, "AuthReqID", "required"));
    }
}

#[test]
fn a_token_of_one_kind_is_not_accepted_as_another() {
    let server = Server::start();
    let anna = Person::new(&server, "anna@example.com");
    let approval = ADMIN.totp(&server, &anna.email, &anna.code(0)).json()["token"].as_str().expect("token").to_owned();
    assert!(introspect(&server, &approval).is_some());
    assert!(introspect(&server, &anna.token).is_none(), "a phone's token proves no approval");
    for token in [&approval, &anna.token] {
        assert_eq!(server.introspect(token)["active"], false, "no transaction token of the Authentication Cloud");
        let response = server.page_sends("/api/v1/status", &json!({ "statusToken": token }));
        assert_eq!(response.status, 422);
    }
}

#[test]
fn no_token_code_secret_or_request_id_is_in_the_log() {
    for family in FAMILIES {
        let server = family.server(&["--workspace-totp"]);
        let anna = Person::new(&server, "anna@example.com");
        let id = family.initiated(&server, "anna@example.com");
        let code = anna.code(0);
        let by_code = family.totp(&server, &anna.email, &code).json()["token"].as_str().expect("a token").to_owned();
        family.decide(&server, &anna, &id, true);
        let by_push = family.poll(&server, &id).json()["access_token"].as_str().expect("a token").to_owned();
        let log = server.log();
        assert!(log.contains(&format!("{} 200", family.path("/ciba/token"))), "{log}");
        let authorization = family.client.authorization();
        let encoded = authorization.trim_start_matches("Basic ");
        for secret in [&id, &code, &by_code, &by_push, &anna.token, &anna.email, encoded, family.client.secret] {
            assert!(!log.contains(secret), "{log}");
        }
    }
}
