//! What a client gets for a request, in both flows of both editions: docs/contract.md, section B3.

use std::thread::{self, sleep};
use std::time::Duration;

use serde_json::json;

use crate::ciba::{
    ADMIN, CLIENT, Edition, FAMILIES, Family, Flow, OTHER_CLIENT, Person, SPRING_ADMIN, SPRING_TENANT, TENANT, error,
    introspect, is,
};
use crate::server::Server;

#[test]
fn an_approved_request_returns_a_token_once() {
    for family in FAMILIES {
        let server = family.server(&[]);
        let anna = Person::new(&server, "anna@example.com");
        let initiated = family.initiate(&server, "Anna@Example.com", "Pay CHF 72.50");
        let id = initiated.json()["auth_req_id"].as_str().expect("an auth_req_id").to_owned();
        let message = family
            .either("Push notification sent to user's device", "Push notification sent to your registered device");
        let body = json!({ "auth_req_id": id, "expires_in": 300, "interval": 5, "message": message });
        is(family.start, &initiated, 200, body);
        for _ in 0..3 {
            family.is_pending("however often", &family.poll(&server, &id));
        }
        family.decide(&server, &anna, &id, true);

        let response = family.poll(&server, &id);
        let token = response.json()["access_token"].as_str().expect("a token").to_owned();
        let seconds = if family.edition == Edition::Spring { family.either(365 * 86400, 86400) } else { 86400 };
        let mut body = json!({ "access_token": token, "token_type": "Bearer", "expires_in": seconds });
        if (family.edition, family.flow) != (Edition::Autumn, Flow::Tenant) {
            body["scope"] = "openid email profile".into();
        }
        is(family.start, &response, 200, body);
        let claims = introspect(&server, &token).expect("a genuine token");
        assert_eq!((&claims["sub"], &claims["scope"]), (&json!(anna.id), &json!("push")));
        assert_eq!(claims["email"], "anna@example.com");
        assert_eq!(claims.get("client_id").and_then(|id| id.as_str()), family.either(None, Some(CLIENT.id)));
        assert_eq!(claims["exp"].as_i64(), claims["iat"].as_i64().map(|at| at + seconds));
        // The token must not contain the ID with which it was requested.
        assert!(!claims.to_string().contains(&id), "{family:?}");

        for _ in 0..2 {
            family.is_used("a second poll", &family.poll(&server, &id));
        }
        let server = server.kill_and_restart_with(&family.edition_arguments());
        family.is_used("after a restart", &family.poll(&server, &id));
    }
}

#[test]
fn polls_at_once_get_one_token() {
    for family in FAMILIES {
        let server = family.server(&[]);
        let anna = Person::new(&server, "anna@example.com");
        let id = family.initiated(&server, "anna@example.com");
        family.decide(&server, &anna, &id, true);
        let tokens = thread::scope(|scope| {
            let polls: Vec<_> = (0..20).map(|_| scope.spawn(|| family.poll(&server, &id).json())).collect();
            let responses = polls.into_iter().map(|poll| poll.join().expect("a response"));
            responses.filter(|response| response["access_token"].is_string()).count()
        });
        assert_eq!(tokens, 1, "{family:?}");
    }
}

#[test]
fn a_denied_request_stays_denied() {
    for family in FAMILIES {
        let server = family.server(&[]);
        let anna = Person::new(&server, "anna@example.com");
        let id = family.initiated(&server, "anna@example.com");
        family.decide(&server, &anna, &id, false);
        for _ in 0..2 {
            family.is_denied(family.start, &family.poll(&server, &id));
        }
    }
}

#[test]
fn a_request_expires_whatever_was_decided() {
    for family in FAMILIES {
        let server = family.server(&["--request-seconds", "1"]);
        let anna = Person::new(&server, "anna@example.com");
        let [undecided, approved, denied] = [(); 3].map(|()| family.initiated(&server, "anna@example.com"));
        family.decide(&server, &anna, &approved, true);
        family.decide(&server, &anna, &denied, false);
        sleep(Duration::from_millis(1100));
        for id in [&undecided, &approved, &denied] {
            family.is_expired(family.start, &family.poll(&server, id));
        }
        assert!(anna.requests(&server).is_empty());
        let late = family.respond(&server, &anna, &undecided, true);
        match family.flow {
            Flow::Admin => {
                is("late", &late, 400, json!({ "error": "Failed to respond", "details": "request expired" }));
            }
            Flow::Tenant => {
                is("late", &late, 200, json!({ "success": false, "message": "Request is no longer pending" }));
            }
        }
        family.is_expired("still", &family.poll(&server, &undecided));
    }
}

#[test]
fn an_unknown_request_is_expired() {
    for family in FAMILIES {
        let server = family.server(&[]);
        family.is_unknown(family.start, &family.poll(&server, "unknown"));
    }
}

#[test]
fn the_flows_do_not_see_each_others_requests() {
    for (admin, tenant) in [(ADMIN, TENANT), (SPRING_ADMIN, SPRING_TENANT)] {
        let server = admin.server(&[]);
        Person::new(&server, "anna@example.com");
        let (admins, tenants) =
            (admin.initiated(&server, "anna@example.com"), tenant.initiated(&server, "anna@example.com"));
        tenant.is_unknown("an admin's", &tenant.poll(&server, &admins));
        admin.is_unknown("a tenant's", &admin.poll(&server, &tenants));
    }
}

#[test]
fn autumn_refuses_another_clients_poll_and_spring_does_not() {
    let server = TENANT.server(&[]);
    let anna = Person::new(&server, "anna@example.com");
    let other = Family { client: OTHER_CLIENT, ..TENANT };
    let id = TENANT.initiated(&server, "anna@example.com");
    let refusal = error("invalid_grant", "auth_req_id was not issued to this client for this resource");
    is("pending", &other.poll(&server, &id), 400, refusal.clone());
    TENANT.decide(&server, &anna, &id, true);
    is("approved", &other.poll(&server, &id), 400, refusal);
    assert!(TENANT.poll(&server, &id).json()["access_token"].is_string(), "it used nothing up");

    let server = SPRING_TENANT.server(&[]);
    let anna = Person::new(&server, "anna@example.com");
    let other = Family { client: OTHER_CLIENT, ..SPRING_TENANT };
    let id = SPRING_TENANT.initiated(&server, "anna@example.com");
    SPRING_TENANT.decide(&server, &anna, &id, true);
    assert!(other.poll(&server, &id).json()["access_token"].is_string());
}

#[test]
fn an_autumn_admins_poll_repeats_the_client_it_was_started_with() {
    let server = ADMIN.server(&[]);
    let anna = Person::new(&server, "anna@example.com");
    let body = json!({ "login_hint": "anna@example.com", "client_id": CLIENT.id });
    let initiated = ADMIN.send(&server, "/ciba/initiate", &body);
    let id = initiated.json()["auth_req_id"].as_str().expect("an auth_req_id").to_owned();
    ADMIN.decide(&server, &anna, &id, true);
    for client_id in [json!(null), json!(""), json!(OTHER_CLIENT.id), json!("unknown")] {
        let response = ADMIN.send(&server, "/ciba/token", &json!({ "auth_req_id": id, "client_id": client_id }));
        is("another", &response, 401, error("invalid_client", "client_id does not match the request"));
    }
    let response = ADMIN.send(&server, "/ciba/token", &json!({ "auth_req_id": id, "client_id": CLIENT.id }));
    assert!(response.json()["access_token"].is_string(), "{}", response.text());
}

#[test]
fn a_confirmed_decision_survives_a_kill_of_the_server() {
    let mut server = Server::start();
    let anna = Person::new(&server, "anna@example.com");
    for approved in [true, false] {
        let id = TENANT.initiated(&server, "anna@example.com");
        TENANT.decide(&server, &anna, &id, approved);
        server = server.kill_and_restart();
        let response = TENANT.poll(&server, &id);
        assert_eq!(response.status, if approved { 200 } else { 400 }, "{}", response.text());
    }
}

#[test]
fn a_failed_minting_is_reported_and_the_next_poll_mints() {
    for family in FAMILIES {
        let server = family.server(&[]);
        let anna = Person::new(&server, "anna@example.com");
        let id = family.initiated(&server, "anna@example.com");
        let faults = json!([{ "at": "token", "kind": "minting-fails" }, { "at": "token", "kind": "minting-fails" }]);
        let asked = server.shop_sends("/_local/faults", &json!({ "auth_req_id": id, "faults": faults }));
        assert_eq!(asked.status, 204, "{}", asked.text());
        family.is_pending("nothing to mint", &family.poll(&server, &id));
        family.decide(&server, &anna, &id, true);
        let response = family.poll(&server, &id);
        match family.flow {
            Flow::Admin => is("minting", &response, 200, error("server_error", "Failed to generate token")),
            Flow::Tenant => {
                let text = "failed to generate JWT token: the key cannot be used";
                is("minting", &response, 500, json!({ "error": text }));
            }
        }
        let response = family.poll(&server, &id);
        assert!(response.json()["access_token"].is_string(), "{family:?}: {}", response.text());
    }
}

#[test]
fn early_polls_are_slowed_down_only_by_a_flag() {
    for family in FAMILIES {
        let server = family.server(&["--slow-down", "--poll-seconds", "2"]);
        let anna = Person::new(&server, "anna@example.com");
        let id = family.initiated(&server, "anna@example.com");
        family.is_pending("the first", &family.poll(&server, &id));
        let slow_down = error("slow_down", "the interval is 5 seconds longer from now on");
        is("at once", &family.poll(&server, &id), 400, slow_down.clone());
        sleep(Duration::from_secs(2));
        is("after the old interval", &family.poll(&server, &id), 400, slow_down);
        // A decision is returned even if the poll comes too early.
        family.decide(&server, &anna, &id, true);
        assert_eq!(family.poll(&server, &id).status, 200);
    }
}

#[test]
fn tokens_are_repeated_only_by_a_flag() {
    for family in FAMILIES {
        let server = family.server(&["--repeat-tokens"]);
        let anna = Person::new(&server, "anna@example.com");
        let id = family.initiated(&server, "anna@example.com");
        family.decide(&server, &anna, &id, true);
        let first = family.poll(&server, &id).json()["access_token"].clone();
        assert!(first.is_string());
        assert_eq!(family.poll(&server, &id).json()["access_token"], first, "{family:?}");
    }
}
