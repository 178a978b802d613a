//! What the server does around the standard's routes: its own name, limits, CORS, faults, and the phone.

use serde_json::json;

use crate::ciba::{CLIENT, Person, TENANT, error, is};
use crate::http::{Request, Response};
use crate::server::{Data, ORIGIN, Server};
use crate::standard::{BC_AUTHORIZE, GRANT, TOKEN, ask_faults, initiated, poll, post, post_with, server};

fn limited(arguments: &[&str]) -> Server {
    Server::start_limited(Data::new(), &[&["--xaa-ciba"], arguments].concat())
}

fn is_over_limit(case: &str, response: &Response) {
    let message = "Too many attempts. Maximum 30 requests per 1m0s allowed. Please try again later.";
    is(case, response, 429, json!({ "error": "Rate limit exceeded", "message": message }));
}

#[test]
fn a_request_under_another_name_is_redirected() {
    let server = limited(&[]);
    let base = format!("http://localhost:{}", server.port);
    let send =
        |headers: &[(&str, &str)], path: &str| Request { method: "POST", path, headers, body: b"x" }.send(server.port);
    // More often than the limit of a route, since a redirected request does not count.
    for _ in 0..40 {
        for path in [BC_AUTHORIZE, TOKEN, "/oauth/token?a=b"] {
            let response = send(&[("Host", &format!("127.0.0.1:{}", server.port))], path);
            if response.status == 429 {
                assert_eq!(response.json()["limit"], 100, "the general limit");
                continue;
            }
            assert_eq!((response.status, response.text().as_str()), (308, ""), "{path}");
            assert_eq!(response.header("location"), Some(format!("{base}{path}").as_str()));
        }
    }
    let server = limited(&[]);
    let own = format!("localhost:{}", server.port);
    let forwarded = [("Host", "127.0.0.1"), ("X-Forwarded-Host", own.as_str())];
    let response = Request { method: "POST", path: TOKEN, headers: &forwarded, body: b"" }.send(server.port);
    is("forwarded", &response, 400, error("invalid_request", "client_id is required"));
}

#[test]
fn the_operator_names_the_address() {
    let server = server(&["--base-url", "https://cloud.test", "--host-name", "cloud.test"]);
    let send =
        |host: &str| Request { method: "POST", path: TOKEN, headers: &[("Host", host)], body: b"" }.send(server.port);
    assert_eq!(send("cloud.test").status, 400);
    let response = send("localhost");
    assert_eq!((response.status, response.header("location")), (308, Some("https://cloud.test/oauth/token")));
}

#[test]
fn each_route_has_30_requests_a_minute() {
    let server = limited(&[]);
    for number in 0..30 {
        assert_eq!(poll(&server, "unknown").status, 400, "{number}");
    }
    is_over_limit("token", &poll(&server, "unknown"));
    assert_eq!(poll(&server, "unknown").header("retry-after"), None, "the server sends none");
    for number in 0..30 {
        assert_eq!(post(&server, BC_AUTHORIZE, &[]).status, 401, "{number}");
    }
    is_over_limit("bc-authorize", &post(&server, BC_AUTHORIZE, &[]));
    // All of these count for the general limit, even those over the limit of a route.
    for _ in 0..37 {
        TENANT.poll(&server, "unknown");
    }
    let response = TENANT.poll(&server, "unknown");
    assert_eq!((response.status, response.json()["limit"].clone()), (429, json!(100)));
}

#[test]
fn flags_lift_the_limits_or_say_how_long_to_wait() {
    let server = limited(&["--no-rate-limits"]);
    for _ in 0..40 {
        assert_eq!(poll(&server, "unknown").status, 400);
    }
    let server = limited(&["--send-retry-after"]);
    for _ in 0..30 {
        assert_eq!(poll(&server, "unknown").status, 400);
    }
    let last = poll(&server, "unknown");
    is_over_limit("over", &last);
    let seconds: u64 = last.header("retry-after").expect("a wait").parse().expect("seconds");
    assert!((50..=60).contains(&seconds), "{seconds}");
}

#[test]
fn a_page_of_a_named_origin_can_read_the_responses() {
    let server = server(&[]);
    let host = format!("localhost:{}", server.port);
    for path in [BC_AUTHORIZE, TOKEN, "/oauth/nothing"] {
        for (origin, status) in [(ORIGIN, 200), ("https://elsewhere.example", 403)] {
            let headers = [("Host", host.as_str()), ("Origin", origin), ("Access-Control-Request-Method", "POST")];
            let preflight = Request { method: "OPTIONS", path, headers: &headers, body: b"" }.send(server.port);
            assert_eq!((preflight.status, preflight.text().as_str()), (status, ""), "{path}");
            let response = post_with(&server, path, &[("Origin", origin)], &[]);
            let allowed = Some(origin).filter(|origin| *origin == ORIGIN);
            assert_eq!(response.header("access-control-allow-origin"), allowed, "{path}");
        }
    }
}

#[test]
fn no_other_path_or_method_exists_and_none_in_spring() {
    let autumn = server(&[]);
    let spring = Server::start_with(Data::new(), &["--authsec", "spring", "--xaa-ciba"]);
    let is_missing = |server: &Server, method, path| {
        let headers = [("Host", &format!("localhost:{}", server.port)[..])];
        let response = Request { method, path, headers: &headers, body: b"" }.send(server.port);
        (response.status, response.text().as_str()) == (404, "404 page not found")
    };
    for (method, path) in [
        ("GET", TOKEN),
        ("GET", BC_AUTHORIZE),
        ("POST", "/oauth/authorize"),
        ("POST", "/oauth/token/"),
        ("POST", "/authsec/oauth/token"),
    ] {
        assert!(is_missing(&autumn, method, path), "{method} {path}");
    }
    for path in [TOKEN, BC_AUTHORIZE] {
        assert!(is_missing(&spring, "POST", path), "{path}");
        assert!(!is_missing(&autumn, "POST", path), "{path}");
    }
}

#[test]
fn faults_work_at_both_routes() {
    let server = server(&["--repeat-tokens"]);
    let anna = Person::new(&server, "anna@example.com");
    let for_anna = |faults| {
        let body = json!({ "email": "anna@example.com", "faults": faults });
        assert_eq!(server.shop_sends("/_local/faults", &body).status, 204);
    };
    let initiate = || crate::standard::initiate(&server, &[("login_hint", " Anna@example.com")]);
    for_anna(json!([
        { "at": "initiate", "kind": "http", "status": 503 },
        { "at": "initiate", "kind": "refused", "message": "no" },
        { "at": "initiate", "kind": "not-json" },
    ]));
    is("http", &initiate(), 503, error("server_error", "injected fault"));
    is("refused", &initiate(), 400, error("access_denied", "no"));
    assert!(initiate().text().starts_with("<!doctype html>"));
    assert!(anna.requests(&server).is_empty(), "none was processed");

    let id = initiated(&server, "anna@example.com");
    TENANT.decide(&server, &anna, &id, true);
    for_anna(json!([{ "at": "token", "kind": "http", "status": 500 }]));
    ask_faults(
        &server,
        &id,
        &json!([{ "at": "token", "kind": "pending" }, { "at": "token", "kind": "refused", "message": "no" }]),
    );
    let pending = error("authorization_pending", "User has not responded to authentication request");
    is("pending", &poll(&server, &id), 400, pending);
    is("refused", &poll(&server, &id), 400, error("access_denied", "no"));
    is("of the user", &poll(&server, &id), 500, error("server_error", "injected fault"));
    assert!(poll(&server, &id).json()["access_token"].is_string());
}

#[test]
fn a_cut_poll_loses_no_token_that_is_repeated() {
    let server = server(&["--repeat-tokens"]);
    let anna = Person::new(&server, "anna@example.com");
    let id = initiated(&server, "anna@example.com");
    TENANT.decide(&server, &anna, &id, true);
    ask_faults(&server, &id, &json!([{ "at": "token", "kind": "cut-after" }]));
    let (host, authorization) = (format!("localhost:{}", server.port), CLIENT.authorization());
    let headers = [
        ("Host", host.as_str()),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Authorization", authorization.as_str()),
    ];
    let body = format!("{}={}&auth_req_id={id}", GRANT.0, GRANT.1);
    let cut = Request { method: "POST", path: TOKEN, headers: &headers, body: body.as_bytes() }.raw(server.port);
    assert!(cut.expect("closed in order").is_empty());
    assert!(poll(&server, &id).json()["access_token"].is_string());
}

#[test]
fn no_form_is_logged() {
    let server = server(&[]);
    let anna = Person::new(&server, "anna@example.com");
    let id = initiated(&server, "anna@example.com");
    TENANT.decide(&server, &anna, &id, true);
    let token = poll(&server, &id).json()["access_token"].as_str().expect("a token").to_owned();
    let log = server.log();
    assert!(log.contains("POST /oauth/bc-authorize 200\n") && log.contains("POST /oauth/token 200\n"), "{log}");
    for secret in [&id, &token, CLIENT.secret, "anna@example.com"] {
        assert!(!log.contains(secret), "{log}");
    }
}
