//! What the standard's routes refuse, and what they do not read.

use serde_json::json;

use crate::ciba::{CLIENT, PUBLIC_CLIENT, Person, error, is};
use crate::http::Request;
use crate::standard::{BC_AUTHORIZE, GRANT, TOKEN, initiate, poll, post, post_as, post_with, server};

#[test]
fn an_initiation_names_the_user_by_login_hint_alone() {
    let server = server(&[]);
    Person::new(&server, "anna@example.com");
    let refusal = error("invalid_request", "login_hint is required");
    for fields in [
        &[("scope", "openid")][..],
        &[("login_hint", "")],
        &[("login_hint", "  ")],
        &[("email", "anna@example.com")],
        &[("id_token_hint", "x")],
        &[("login_hint_token", "x")],
    ] {
        is(&format!("{fields:?}"), &initiate(&server, fields), 400, refusal.clone());
    }
}

#[test]
fn an_initiation_is_refused_as_by_the_workspace_but_without_empty_properties() {
    let server = server(&[]);
    Person::new(&server, "anna@example.com");
    Person::with(&server, json!({ "email": "ben@example.com", "phone": false }));
    let client = "Client not found or not mapped to workspace";
    let scope = "none of the requested scopes is granted to this user for the resource";
    for (fields, code, description) in [
        ([("login_hint", "Nobody@Example.com"), ("", "")], "user_not_found", "User not found: Nobody@Example.com"),
        ([("login_hint", "not an email"), ("", "")], "user_not_found", "User not found: not an email"),
        (
            [("login_hint", "ben@example.com"), ("", "")],
            "no_device_registered",
            "User has no registered push notification devices",
        ),
        ([("login_hint", "anna@example.com"), ("scope", "payments")], "invalid_scope", scope),
        ([("login_hint", "anna@example.com"), ("resource", "https://elsewhere.localhost")], "invalid_client", client),
    ] {
        is(code, &initiate(&server, &fields), 400, error(code, description));
    }
    let long = "x".repeat(256);
    for message in ["a\nb", long.as_str()] {
        let response = initiate(&server, &[("login_hint", "anna@example.com"), ("binding_message", message)]);
        let body = response.json();
        assert_eq!((response.status, &body["error"]), (400, &json!("invalid_binding_message")), "{body}");
        assert_eq!(body.as_object().map(serde_json::Map::len), Some(2), "{body}");
    }
}

#[test]
fn what_the_server_does_not_read_changes_nothing() {
    let server = server(&[]);
    let anna = Person::new(&server, "anna@example.com");
    for (name, value) in [
        ("requested_expiry", "1"),
        ("requested_expiry", "soon"),
        ("user_code", "1234"),
        ("acr_values", "urn:x"),
        ("client_notification_token", "x"),
        ("request", "x"),
    ] {
        let response = initiate(&server, &[("login_hint", "anna@example.com"), (name, value)]);
        let id = response.json()["auth_req_id"].clone();
        is(name, &response, 200, json!({ "auth_req_id": id, "expires_in": 300, "interval": 5 }));
    }
    assert_eq!(anna.requests(&server).len(), 6);
}

#[test]
fn a_poll_is_refused_in_the_servers_order() {
    let server = server(&[]);
    let required = error("invalid_request", "client_id is required");
    is("nothing", &post(&server, TOKEN, &[]), 400, required.clone());
    is("no client", &post(&server, TOKEN, &[GRANT, ("auth_req_id", "x")]), 400, required);
    let unknown = error("invalid_client", "unknown client_id");
    is("unknown", &post(&server, TOKEN, &[("client_id", "unknown")]), 400, unknown);
    for grant in ["", "client_credentials", "authorization_code", "urn:ietf:params:oauth:grant-type:device_code"] {
        let response = post(&server, TOKEN, &[("grant_type", grant), ("client_id", CLIENT.id)]);
        let body = response.json();
        assert_eq!((response.status, &body["error"]), (400, &json!("unsupported_grant_type")), "{grant}");
        let description = body["error_description"].as_str().expect("a text");
        assert!(description.starts_with("only authorization_code, refresh_token, "), "{description}");
    }
    let refusal = error("invalid_client", "invalid_client: no client authentication provided");
    is("not authenticated", &post(&server, TOKEN, &[GRANT, ("client_id", CLIENT.id)]), 401, refusal);
    for id in [&[][..], &[("auth_req_id", "")], &[("auth_req_id", " ")]] {
        let response = post_as(CLIENT, &server, TOKEN, &[&[GRANT], id].concat());
        is("no request", &response, 400, error("invalid_request", "auth_req_id is required"));
    }
    let elsewhere = [GRANT, ("auth_req_id", "x"), ("resource", "https://elsewhere.localhost")];
    let refusal = error("invalid_client", "Client not found or not mapped to workspace");
    is("another resource", &post_as(CLIENT, &server, TOKEN, &elsewhere), 400, refusal);
}

#[test]
fn a_body_that_is_no_form_is_an_empty_one() {
    let server = server(&[]);
    Person::new(&server, "anna@example.com");
    let (host, authorization) = (format!("localhost:{}", server.port), CLIENT.authorization());
    let send = |path, media_type, body: &str| {
        let headers = [("Host", host.as_str()), ("Content-Type", media_type), ("Authorization", &authorization)];
        Request { method: "POST", path, headers: &headers, body: body.as_bytes() }.send(server.port)
    };
    let body = json!({ "login_hint": "anna@example.com" }).to_string();
    let refusal = error("invalid_request", "login_hint is required");
    is("JSON", &send(BC_AUTHORIZE, "application/json", &body), 400, refusal.clone());
    is("text", &send(BC_AUTHORIZE, "text/plain", "login_hint=anna@example.com"), 400, refusal);
    let media_type = "application/x-www-form-urlencoded; charset=utf-8";
    assert_eq!(send(BC_AUTHORIZE, media_type, "login_hint=anna@example.com").status, 200);
    let form = "login_hint=anna@example.com&login_hint=ben@example.com";
    assert_eq!(send(BC_AUTHORIZE, media_type, form).status, 200, "the first value counts");
    let response = send(TOKEN, "application/json", &json!({ "auth_req_id": "x" }).to_string());
    assert_eq!(response.json()["error"], "unsupported_grant_type");

    let long = send(BC_AUTHORIZE, media_type, &"x".repeat(256 * 1024 + 1));
    assert_eq!((long.status, long.json()["error"].clone()), (413, json!("invalid_request")));
}

#[test]
fn what_is_wrong_with_a_secret_is_said() {
    let server = server(&["--allow-unauthenticated-clients"]);
    let anna = Person::new(&server, "anna@example.com");
    let basic =
        |id: &str, secret: &str| format!("Basic {}", data_encoding::BASE64.encode(format!("{id}:{secret}").as_bytes()));
    let hint = ("login_hint", "anna@example.com");
    for (authorization, fields, problem) in [
        (Some(basic(CLIENT.id, "wrong")), vec![hint], "invalid client secret"),
        (Some(basic(CLIENT.id, "")), vec![hint], "invalid client secret"),
        (Some(basic("unknown", "x")), vec![hint], "unknown client_id"),
        (Some(basic(PUBLIC_CLIENT, "x")), vec![hint], "client does not support client_secret_basic"),
        (Some("Basic ?".to_owned()), vec![hint], "no client authentication provided"),
        (Some("Bearer x".to_owned()), vec![hint], "no client authentication provided"),
        (None, vec![hint], "no client authentication provided"),
        (None, vec![hint, ("client_id", CLIENT.id)], "no client authentication provided"),
        (
            None,
            vec![hint, ("client_id", CLIENT.id), ("client_secret", CLIENT.secret)],
            "no client authentication provided",
        ),
        (None, vec![hint, ("client_id", "unknown")], "unknown client_id"),
        (None, vec![hint, ("client_id", PUBLIC_CLIENT)], "confidential authentication required"),
    ] {
        let headers: Vec<_> = authorization.iter().map(|value| ("Authorization", value.as_str())).collect();
        let response = post_with(&server, BC_AUTHORIZE, &headers, &fields);
        let refusal = error("invalid_client", &format!("invalid_client: {problem}"));
        is(&format!("{headers:?} {fields:?}"), &response, 401, refusal);
        assert_eq!(response.header("www-authenticate"), None, "the server sends none");
    }
    assert!(anna.requests(&server).is_empty(), "nobody asked the user");
    assert_eq!(poll(&server, "unknown").status, 400, "the right secret is accepted");
}
