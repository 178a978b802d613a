//! Approval by push in every family of routes: docs/contract.md, section B3, and OpenID CIBA core 1.0, section 11.

use std::collections::HashSet;
use std::thread::sleep;
use std::time::Duration;

use serde_json::json;

use crate::ciba::{ADMIN, CLIENT, FAMILIES, Family, Person, TENANT, introspect, is_refusal};
use crate::server::{Data, Server};

/// Allows immediate polls.
const EAGER: [&str; 2] = ["--poll-seconds", "0.001"];

fn eager() -> Server {
    Server::start_with(Data::new(), &EAGER)
}

/// Polls after the interval that [`EAGER`] sets.
fn poll(server: &Server, family: Family, id: &str) -> crate::http::Response {
    sleep(Duration::from_millis(2));
    family.poll(server, id)
}

#[test]
fn an_approved_request_returns_its_token_in_every_family() {
    let server = eager();
    let anna = Person::new(&server, "anna@example.com");
    for family in FAMILIES {
        let (pending, _) = statuses(family);
        let initiated = family.initiate(&server, "Anna@Example.com", "Pay CHF 72.50").json();
        assert_eq!((&initiated["expires_in"], &initiated["interval"]), (&json!(300), &json!(0.001)), "{family:?}");
        let id = initiated["auth_req_id"].as_str().expect("an auth_req_id");
        is_refusal(family.start, &poll(&server, family, id), pending, "authorization_pending");

        let asked = anna.requests(&server);
        assert_eq!(asked.len(), 1, "{family:?}");
        assert_eq!(asked[0]["auth_req_id"], id);
        assert_eq!(asked[0]["binding_message"], "Pay CHF 72.50");
        assert_eq!(asked[0]["client_id"], json!(family.client_id));
        assert_eq!(asked[0]["user_email"], "anna@example.com");
        assert_eq!(asked[0]["status"], "pending");
        assert_eq!(asked[0]["expires_at"].as_i64(), asked[0]["created_at"].as_i64().map(|at| at + 300));

        let response = family.respond(&server, &anna, id, true);
        assert_eq!((response.status, &response.json()["success"]), (200, &json!(true)), "{family:?}");
        assert!(anna.requests(&server).is_empty(), "{family:?}");

        let response = poll(&server, family, id);
        assert_eq!(response.status, 200, "{family:?}: {}", response.text());
        assert_eq!(response.json()["token_type"], "Bearer");
        let token = response.json()["access_token"].as_str().expect("a token").to_owned();
        let claims = introspect(&server, &token).expect("a genuine token");
        assert_eq!((&claims["sub"], &claims["scope"]), (&json!(anna.id), &json!("push")));
        assert_eq!(claims["email"], "anna@example.com");
        assert_eq!(claims.get("client_id").and_then(|id| id.as_str()), family.client_id);
        // The token must not contain the ID with which it can be requested.
        assert!(!claims.to_string().contains(id), "{family:?}");
    }
}

/// The HTTP statuses of AuthSec's two flows while a request is pending, and after it was denied.
fn statuses(family: Family) -> (u16, u16) {
    if family.client_id.is_some() { (202, 400) } else { (200, 403) }
}

#[test]
fn a_denied_request_stays_denied_in_every_family() {
    let server = eager();
    let anna = Person::new(&server, "anna@example.com");
    for family in FAMILIES {
        let (_, denied) = statuses(family);
        let id = family.initiated(&server, "anna@example.com");
        assert_eq!(family.respond(&server, &anna, &id, false).status, 200);
        for _ in 0..2 {
            is_refusal(family.start, &poll(&server, family, &id), denied, "access_denied");
        }
    }
}

#[test]
fn routes_of_both_generations_lead_to_the_same_requests() {
    let server = eager();
    let anna = Person::new(&server, "anna@example.com");
    let [admin, tenant, older_admin, older_tenant] = FAMILIES;
    for (asks, polls) in [(admin, older_admin), (older_tenant, tenant)] {
        let id = asks.initiated(&server, "anna@example.com");
        assert_eq!(polls.respond(&server, &anna, &id, true).status, 200);
        assert_eq!(poll(&server, polls, &id).status, 200, "{asks:?} {polls:?}");
    }
}

#[test]
fn a_token_whose_response_was_lost_is_returned_again() {
    let server = eager();
    let anna = Person::new(&server, "anna@example.com");
    let id = TENANT.initiated(&server, "anna@example.com");
    assert_eq!(TENANT.respond(&server, &anna, &id, true).status, 200);
    let first = poll(&server, TENANT, &id).json()["access_token"].clone();
    assert!(first.is_string());
    assert_eq!(poll(&server, TENANT, &id).json()["access_token"], first);
    let server = server.kill_and_restart();
    assert_eq!(TENANT.poll(&server, &id).json()["access_token"], first);
}

#[test]
fn a_confirmed_decision_survives_a_kill_of_the_server() {
    let mut server = Server::start();
    let anna = Person::new(&server, "anna@example.com");
    for approved in [true, false] {
        let id = TENANT.initiated(&server, "anna@example.com");
        assert_eq!(TENANT.respond(&server, &anna, &id, approved).status, 200);
        server = server.kill_and_restart();
        let response = TENANT.poll(&server, &id);
        assert_eq!(response.status, if approved { 200 } else { 400 }, "{}", response.text());
    }
}

#[test]
fn polling_faster_than_the_interval_is_slowed_down_and_the_interval_grows() {
    let server = Server::start_with(Data::new(), &["--poll-seconds", "2"]);
    let anna = Person::new(&server, "anna@example.com");
    let id = TENANT.initiated(&server, "anna@example.com");
    is_refusal("the first", &TENANT.poll(&server, &id), 202, "authorization_pending");
    is_refusal("at once", &TENANT.poll(&server, &id), 400, "slow_down");
    sleep(Duration::from_secs(2));
    is_refusal("after the old interval", &TENANT.poll(&server, &id), 400, "slow_down");
    // A decision is returned even if the poll comes too early.
    assert_eq!(TENANT.respond(&server, &anna, &id, true).status, 200);
    assert_eq!(TENANT.poll(&server, &id).status, 200);
}

#[test]
fn polling_at_the_interval_is_never_slowed_down() {
    let server = Server::start_with(Data::new(), &["--poll-seconds", "0.05"]);
    Person::new(&server, "anna@example.com");
    let id = ADMIN.initiated(&server, "anna@example.com");
    for _ in 0..5 {
        is_refusal("patient", &ADMIN.poll(&server, &id), 200, "authorization_pending");
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_request_expires_whether_it_was_approved_or_not() {
    let server = Server::start_with(Data::new(), &["--request-seconds", "1", "--poll-seconds", "0.001"]);
    let anna = Person::new(&server, "anna@example.com");
    let [undecided, approved, denied] = [(); 3].map(|()| TENANT.initiated(&server, "anna@example.com"));
    assert_eq!(TENANT.respond(&server, &anna, &approved, true).status, 200);
    assert_eq!(TENANT.respond(&server, &anna, &denied, false).status, 200);
    sleep(Duration::from_millis(1100));
    is_refusal("undecided", &TENANT.poll(&server, &undecided), 400, "expired_token");
    is_refusal("approved", &TENANT.poll(&server, &approved), 400, "expired_token");
    is_refusal("denied", &TENANT.poll(&server, &denied), 400, "access_denied");
    assert!(anna.requests(&server).is_empty());
    is_refusal("too late", &TENANT.respond(&server, &anna, &undecided, true), 400, "expired_token");
    is_refusal("still", &TENANT.poll(&server, &undecided), 400, "expired_token");
}

#[test]
fn a_decision_is_final_and_repeating_it_succeeds() {
    let server = eager();
    let anna = Person::new(&server, "anna@example.com");
    for (approved, status) in [(true, 200), (false, 400)] {
        let id = TENANT.initiated(&server, "anna@example.com");
        assert_eq!(TENANT.respond(&server, &anna, &id, approved).status, 200);
        let again = TENANT.respond(&server, &anna, &id, approved);
        assert_eq!((again.status, &again.json()["success"]), (200, &json!(true)));
        is_refusal("the other", &TENANT.respond(&server, &anna, &id, !approved), 409, "already_decided");
        assert_eq!(poll(&server, TENANT, &id).status, status);
    }
}

#[test]
fn requests_are_listed_oldest_first_and_only_to_their_user() {
    let server = eager();
    let (anna, ben) = (Person::new(&server, "anna@example.com"), Person::new(&server, "ben@example.com"));
    let ids: Vec<_> = (0..3).map(|_| TENANT.initiated(&server, "anna@example.com")).collect();
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), 3);
    assert!(ids.iter().all(|id| id.len() == 43), "32 random bytes: {ids:?}");
    let shown: Vec<_> = anna.requests(&server).iter().map(|request| request["auth_req_id"].clone()).collect();
    assert_eq!(json!(shown), json!(ids));
    assert!(ben.requests(&server).is_empty());
}

#[test]
fn a_poll_of_another_client_is_refused_and_changes_nothing() {
    let server = Server::start();
    let anna = Person::new(&server, "anna@example.com");
    let other = Family { client_id: Some("another-shop"), ..TENANT };
    let tenants = TENANT.initiated(&server, "anna@example.com");
    let admins = ADMIN.initiated(&server, "anna@example.com");
    for (polls, id) in [(other, &tenants), (ADMIN, &tenants), (TENANT, &admins), (TENANT, &"x".repeat(43))] {
        for _ in 0..2 {
            is_refusal(&format!("{polls:?}"), &polls.poll(&server, id), 400, "invalid_grant");
        }
    }
    // Not even the interval: the first poll of the right client does not count as too fast.
    is_refusal(CLIENT, &TENANT.poll(&server, &tenants), 202, "authorization_pending");
    assert_eq!(TENANT.respond(&server, &anna, &tenants, true).status, 200);
    is_refusal("approved", &other.poll(&server, &tenants), 400, "invalid_grant");
    assert_eq!(TENANT.poll(&server, &tenants).status, 200);
}

#[test]
fn a_decision_of_another_user_is_refused_and_changes_nothing() {
    let server = eager();
    let (anna, ben) = (Person::new(&server, "anna@example.com"), Person::new(&server, "ben@example.com"));
    for family in FAMILIES {
        let id = family.initiated(&server, "anna@example.com");
        for approved in [true, false] {
            is_refusal(family.start, &family.respond(&server, &ben, &id, approved), 404, "not_found");
        }
        assert_eq!(poll(&server, family, &id).json()["error"], "authorization_pending");
        assert_eq!(family.respond(&server, &anna, &id, true).status, 200);
        assert_eq!(poll(&server, family, &id).status, 200);
    }
}
