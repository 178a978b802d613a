//! What a client gets for a request at the standard's routes (OpenID CIBA core 1.0), and that it is a request of the workspace.

use std::thread::sleep;
use std::time::Duration;

use serde_json::json;

use crate::ciba::{ADMIN, CLIENT, OTHER_CLIENT, Person, TENANT, error, introspect, is};
use crate::server::Server;
use crate::standard::{BC_AUTHORIZE, GRANT, TOKEN, ask_faults, initiate, initiated, poll, poll_as, post_as, server};

fn pending() -> serde_json::Value {
    error("authorization_pending", "User has not responded to authentication request")
}

#[test]
fn an_approved_request_returns_a_token_once() {
    let server = server(&[]);
    let anna = Person::new(&server, "anna@example.com");
    let fields = [
        ("scope", "openid payments profile"),
        ("login_hint", " Anna@Example.com "),
        ("binding_message", "Pay CHF 72.50"),
        ("client_id", CLIENT.id),
        ("resource", "https://resource.localhost"),
    ];
    let initiated = initiate(&server, &fields);
    let id = initiated.json()["auth_req_id"].as_str().expect("an auth_req_id").to_owned();
    is("initiated", &initiated, 200, json!({ "auth_req_id": id, "expires_in": 300, "interval": 5 }));
    for _ in 0..3 {
        is("however often", &poll(&server, &id), 400, pending());
    }
    let on_phone = anna.requests(&server).remove(0);
    assert_eq!((&on_phone["client_id"], &on_phone["binding_message"]), (&json!(CLIENT.id), &json!("Pay CHF 72.50")));
    assert_eq!(on_phone["scopes"], json!(["openid", "profile"]), "those that the user holds");
    TENANT.decide(&server, &anna, &id, true);

    let response = poll(&server, &id);
    let token = response.json()["access_token"].as_str().expect("a token").to_owned();
    let body = json!({ "access_token": token, "token_type": "Bearer", "expires_in": 3600, "scope": "openid profile" });
    is("approved", &response, 200, body);
    let claims = introspect(&server, &token).expect("a genuine token");
    let expected = json!({
        "active": true, "sub": anna.id, "email": "anna@example.com", "client_id": CLIENT.id, "scope": "openid profile",
        "iss": format!("http://localhost:{}", server.port), "aud": ["https://resource.localhost"], "tf": "ciba",
        "iat": claims["iat"], "exp": claims["iat"].as_i64().expect("a time") + 3600, "jti": claims["jti"],
    });
    assert_eq!(claims, expected);
    assert!(!claims.to_string().contains(&id), "it must not contain the ID with which it was requested");

    let used = error("expired_token", "Invalid request state");
    is("a second poll", &poll(&server, &id), 400, used.clone());
    let server = server.kill_and_restart_with(&["--xaa-ciba"]);
    is("after a restart", &poll(&server, &id), 400, used);
    assert!(introspect(&server, &token).is_some(), "another port is no other server");
}

#[test]
fn a_token_without_scopes_names_none() {
    let server = server(&[]);
    let anna = Person::new(&server, "anna@example.com");
    let response = initiate(&server, &[("login_hint", "anna@example.com")]);
    let id = crate::standard::id_of(&response);
    TENANT.decide(&server, &anna, &id, true);
    let response = poll(&server, &id);
    assert_eq!((response.status, response.json().get("scope").cloned()), (200, None), "{}", response.text());
}

#[test]
fn every_outcome_but_a_token_is_400() {
    let server = server(&[]);
    let anna = Person::new(&server, "anna@example.com");
    let [undecided, denied] = [(); 2].map(|()| initiated(&server, "anna@example.com"));
    TENANT.decide(&server, &anna, &denied, false);
    for _ in 0..2 {
        let refusal = error("access_denied", "User denied the authentication request");
        is("denied", &poll(&server, &denied), 400, refusal);
    }
    let refusal = error("invalid_grant", "auth_req_id was not issued to this client for this resource");
    is("another client's", &poll_as(OTHER_CLIENT, &server, &undecided), 400, refusal);
    let refusal = error("expired_token", "Authentication request not found");
    is("unknown", &poll(&server, "unknown"), 400, refusal);
}

#[test]
fn a_request_expires_whatever_was_decided() {
    let server = server(&["--request-seconds", "1"]);
    let anna = Person::new(&server, "anna@example.com");
    let [undecided, approved, denied] = [(); 3].map(|()| initiated(&server, "anna@example.com"));
    TENANT.decide(&server, &anna, &approved, true);
    TENANT.decide(&server, &anna, &denied, false);
    sleep(Duration::from_millis(1100));
    let refusal = error("expired_token", "Authentication request has expired");
    for id in [&undecided, &approved, &denied] {
        is("expired", &poll(&server, id), 400, refusal.clone());
    }
    assert!(anna.requests(&server).is_empty());
}

#[test]
fn the_workspaces_routes_lead_to_the_same_requests() {
    let server = server(&[]);
    let anna = Person::new(&server, "anna@example.com");
    let standards = initiated(&server, "anna@example.com");
    TENANT.is_pending("the standard's", &TENANT.poll(&server, &standards));
    let workspaces = TENANT.initiated(&server, "anna@example.com");
    is("the workspace's", &poll(&server, &workspaces), 400, pending());
    for id in [&standards, &workspaces] {
        TENANT.decide(&server, &anna, id, true);
    }
    assert!(TENANT.poll(&server, &standards).json()["access_token"].is_string());
    assert!(poll(&server, &workspaces).json()["access_token"].is_string());

    let admins = ADMIN.initiated(&server, "anna@example.com");
    is("an admin's", &poll(&server, &admins), 400, error("expired_token", "Authentication request not found"));
    ADMIN.is_unknown("the standard's", &ADMIN.poll(&server, &initiated(&server, "anna@example.com")));
}

/// One service of the server makes the tokens for both kinds of routes.
#[test]
fn the_operators_setting_changes_the_workspaces_tokens_too() {
    for (arguments, seconds, family) in [(&["--xaa-ciba"][..], 3600, json!("ciba")), (&[], 86400, json!(null))] {
        let server = TENANT.server(arguments);
        let anna = Person::new(&server, "anna@example.com");
        for (flow, seconds, family) in [(TENANT, seconds, family), (ADMIN, 86400, json!(null))] {
            let id = flow.initiated(&server, "anna@example.com");
            flow.decide(&server, &anna, &id, true);
            let response = flow.poll(&server, &id).json();
            assert_eq!(response["expires_in"], seconds, "{flow:?}");
            let claims = introspect(&server, response["access_token"].as_str().expect("a token")).expect("genuine");
            assert_eq!((&claims["tf"], &claims["email"]), (&family, &json!("anna@example.com")), "{flow:?}");
        }
    }
}

#[test]
fn without_the_operators_setting_the_routes_are_not_enabled() {
    let server = Server::start();
    Person::new(&server, "anna@example.com");
    let refusal = error("unsupported_grant_type", "CIBA is not enabled on this authorization server");
    is("initiate", &initiate(&server, &[("login_hint", "anna@example.com")]), 400, refusal.clone());
    is("nobody", &crate::standard::post(&server, BC_AUTHORIZE, &[]), 400, refusal.clone());
    is("poll", &poll(&server, "unknown"), 400, refusal.clone());
    // The server looks up the client first, but not its secret.
    is("bare", &crate::standard::post(&server, TOKEN, &[GRANT, ("client_id", CLIENT.id)]), 400, refusal);
    let unknown = crate::standard::post(&server, TOKEN, &[GRANT, ("client_id", "unknown")]);
    is("unknown", &unknown, 400, error("invalid_client", "unknown client_id"));
}

#[test]
fn a_failed_minting_is_reported_and_the_next_poll_mints() {
    let server = server(&[]);
    let anna = Person::new(&server, "anna@example.com");
    let id = initiated(&server, "anna@example.com");
    TENANT.decide(&server, &anna, &id, true);
    ask_faults(&server, &id, &json!([{ "at": "token", "kind": "minting-fails" }]));
    is("minting", &poll(&server, &id), 500, json!({ "error": "server_error" }));
    assert!(poll(&server, &id).json()["access_token"].is_string());
}

#[test]
fn early_polls_are_slowed_down_and_tokens_repeated_only_by_flags() {
    let server = server(&["--slow-down", "--repeat-tokens"]);
    let anna = Person::new(&server, "anna@example.com");
    let id = initiated(&server, "anna@example.com");
    is("the first", &poll(&server, &id), 400, pending());
    let slow_down = error("slow_down", "the interval is 5 seconds longer from now on");
    is("at once", &poll(&server, &id), 400, slow_down);
    TENANT.decide(&server, &anna, &id, true);
    let first = poll(&server, &id).json()["access_token"].clone();
    assert!(first.is_string());
    assert_eq!(poll(&server, &id).json()["access_token"], first);
}

/// The source compares the client that authenticated, and not the one in the form.
#[test]
fn a_client_id_in_the_form_is_only_looked_up() {
    let server = server(&[]);
    Person::new(&server, "anna@example.com");
    for client_id in [OTHER_CLIENT.id, "unknown"] {
        let fields = [("login_hint", "anna@example.com"), ("client_id", client_id)];
        assert_eq!(initiate(&server, &fields).status, 200, "{client_id}");
    }
    let id = initiated(&server, "anna@example.com");
    let fields = |client_id| [GRANT, ("auth_req_id", id.as_str()), ("client_id", client_id)];
    is("another's", &post_as(CLIENT, &server, TOKEN, &fields(OTHER_CLIENT.id)), 400, pending());
    let unknown = post_as(CLIENT, &server, TOKEN, &fields("unknown"));
    is("unknown", &unknown, 400, error("invalid_client", "unknown client_id"));
}
