//! TOTP: a code of the right user and time signs in once, in every family of routes.

use serde_json::json;

use crate::ciba::{ADMIN, FAMILIES, Person, TENANT, introspect, is_refusal};
use crate::server::Server;

#[test]
fn a_correct_code_returns_a_token_in_every_family() {
    let server = Server::start();
    for (number, family) in FAMILIES.into_iter().enumerate() {
        let person = Person::new(&server, &format!("person-{number}@example.com"));
        let response = family.totp(&server, &person.email.to_uppercase(), &person.code(0));
        assert_eq!(response.status, 200, "{family:?}: {}", response.text());
        assert_eq!(response.json()["success"], true);
        let token = response.json()["token"].as_str().expect("a token").to_owned();
        let claims = introspect(&server, &token).expect("a genuine token");
        assert_eq!((&claims["sub"], &claims["scope"]), (&json!(person.id), &json!("totp")));
        assert_eq!(claims.get("client_id").and_then(|id| id.as_str()), family.client_id);
    }
}

#[test]
fn a_code_can_be_used_once_and_invalidates_earlier_ones() {
    let mut server = Server::start();
    let anna = Person::new(&server, "anna@example.com");
    let (earlier, code) = (anna.code(-1), anna.code(0));
    assert_eq!(TENANT.totp(&server, &anna.email, &code).status, 200);
    is_refusal("again", &TENANT.totp(&server, &anna.email, &code), 401, "invalid_code");
    is_refusal("by the other flow", &ADMIN.totp(&server, &anna.email, &code), 401, "invalid_code");
    is_refusal("the one before", &TENANT.totp(&server, &anna.email, &earlier), 401, "invalid_code");
    server = server.kill_and_restart();
    is_refusal("after a restart", &TENANT.totp(&server, &anna.email, &code), 401, "invalid_code");
    assert_eq!(TENANT.totp(&server, &anna.email, &anna.code(1)).status, 200, "the next one");
}

#[test]
fn a_wrong_code_is_refused_and_invalidates_nothing() {
    let server = Server::start();
    let (anna, ben) = (Person::new(&server, "anna@example.com"), Person::new(&server, "ben@example.com"));
    for family in FAMILIES {
        is_refusal(family.start, &family.totp(&server, &anna.email, &anna.wrong_code()), 401, "invalid_code");
    }
    is_refusal("long past", &TENANT.totp(&server, &anna.email, &anna.code(-3)), 401, "invalid_code");
    is_refusal("not yet", &TENANT.totp(&server, &anna.email, &anna.code(3)), 401, "invalid_code");
    is_refusal("another's", &TENANT.totp(&server, &anna.email, &ben.code(0)), 401, "invalid_code");
    assert_eq!(TENANT.totp(&server, &anna.email, &anna.code(0)).status, 200);
    assert_eq!(TENANT.totp(&server, &ben.email, &ben.code(0)).status, 200);
}

#[test]
fn a_code_may_be_one_step_late_or_early() {
    let server = Server::start();
    let anna = Person::new(&server, "anna@example.com");
    // If the step ends during the test, the previous code is two steps old: then retry in the next step.
    let accepted = (0..2).any(|_| TENANT.totp(&server, &anna.email, &anna.code(-1)).status == 200);
    assert!(accepted);
    assert_eq!(TENANT.totp(&server, &anna.email, &anna.code(1)).status, 200);
}
