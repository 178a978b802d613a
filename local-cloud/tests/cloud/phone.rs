//! The phone page: its files and policy, its user, the TOTP secret and code, and who is refused.

use serde_json::json;

use crate::ciba::{ADMIN, Person, TENANT};
use crate::http::{Request, Response};
use crate::server::{ORIGIN, Server};

const JSON: (&str, &str) = ("Content-Type", "application/json");

fn send(server: &Server, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response {
    let host = format!("localhost:{}", server.phone_port);
    let headers: Vec<_> = headers.iter().copied().chain([("Host", host.as_str())]).collect();
    Request { method, path, headers: &headers, body: body.as_bytes() }.send(server.phone_port)
}

fn sign_in(server: &Server, email: &str) -> Response {
    send(server, "POST", "/phone/sign-in", &[JSON], &json!({ "email": email }).to_string())
}

#[test]
fn the_page_and_its_files_are_served_under_a_strict_policy() {
    let server = Server::start();
    for (path, media_type, part) in [
        ("/", "text/html; charset=utf-8", "<!doctype html>"),
        ("/style/base.css", "text/css; charset=utf-8", "prefers-color-scheme"),
        ("/style/controls.css", "text/css; charset=utf-8", ".primary"),
        ("/style/phone.css", "text/css; charset=utf-8", ".totp"),
        ("/announce.js", "text/javascript; charset=utf-8", "export function"),
        ("/phone.js", "text/javascript; charset=utf-8", "/ciba/respond"),
        ("/requests.js", "text/javascript; charset=utf-8", "export function"),
        ("/favicon.svg", "image/svg+xml", "<svg"),
    ] {
        let response = send(&server, "GET", path, &[], "");
        assert_eq!((response.status, response.header("content-type")), (200, Some(media_type)), "{path}");
        assert!(response.text().contains(part), "{path}");
        let policy = response.header("content-security-policy").expect("a policy");
        for directive in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"] {
            assert!(policy.contains(directive), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(response.header("access-control-allow-origin"), None, "{path}");
    }
    let page = send(&server, "GET", "/", &[], "").text();
    for inline in [" style=", "<style", " onclick=", "<script>"] {
        assert!(!page.contains(inline), "{inline}");
    }
}

#[test]
fn a_user_signs_in_with_an_email_and_decides_on_the_phone_page() {
    let server = Server::start();
    let response = sign_in(&server, " Anna@Example.com ");
    assert_eq!((response.status, &response.json()["email"]), (200, &json!("anna@example.com")));
    let known = send(&server, "GET", "/phone/emails", &[], "").json();
    assert_eq!(known, json!({ "emails": ["anna@example.com"] }));

    let anna = Person {
        token: response.json()["token"].as_str().expect("a token").to_owned(),
        ..Person::new(&server, "anna@example.com")
    };
    let id = TENANT.initiated(&server, "anna@example.com");
    let bearer = format!("Bearer {}", anna.token);
    let authorization = ("Authorization", bearer.as_str());
    let asked = send(&server, "GET", &TENANT.path("/ciba/requests"), &[authorization], "").json();
    assert_eq!(asked["requests"][0]["auth_req_id"], id.as_str());
    let body = json!({ "auth_req_id": id, "approved": true, "biometric_verified": true }).to_string();
    let response = send(&server, "POST", &TENANT.path("/ciba/respond"), &[authorization, JSON], &body);
    assert_eq!(response.status, 200, "{}", response.text());
    assert_eq!(TENANT.poll(&server, &id).status, 200);
}

#[test]
fn signing_in_again_finds_the_same_user() {
    let server = Server::start();
    let [first, again] = [(); 2].map(|()| Person::new(&server, "anna@example.com"));
    assert_eq!((&first.id, &first.totp_secret), (&again.id, &again.totp_secret));
    assert_eq!(first.totp_secret.len(), 20);
    let other = Person::new(&server, "ben@example.com");
    assert_ne!(first.totp_secret, other.totp_secret);
}

#[test]
fn the_phone_shows_the_current_code_and_says_if_it_is_used() {
    let server = Server::start();
    let anna = Person::new(&server, "anna@example.com");
    let bearer = format!("Bearer {}", anna.token);
    let ask = |path: &str| send(&server, "GET", path, &[("Authorization", &bearer)], "");

    let totp = ask("/phone/totp").json();
    assert_eq!(totp["is_used"], false);
    assert!((1..=30).contains(&totp["seconds_left"].as_i64().expect("a number")), "{totp}");
    let secret = totp["secret"].as_str().expect("a secret");
    assert_eq!(data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).expect("base32"), anna.totp_secret);
    assert!(totp["otpauth_uri"].as_str().expect("a URI").contains(&format!("secret={secret}&")), "{totp}");

    // If the step ends in between, the next code is not used yet.
    let is_used = (0..2).any(|_| {
        assert_eq!(ADMIN.totp(&server, &anna.email, &anna.code(0)).status, 200);
        ask("/phone/totp").json()["is_used"] == true
    });
    assert!(is_used);

    let qr = ask("/phone/totp.svg");
    assert_eq!((qr.status, qr.header("content-type")), (200, Some("image/svg+xml")));
    assert!(qr.text().contains("<svg"), "{}", qr.text());
    for path in ["/phone/totp", "/phone/totp.svg"] {
        assert_eq!(send(&server, "GET", path, &[], "").status, 401, "{path}");
    }
}

#[test]
fn pages_of_other_origins_may_not_call_the_phone() {
    let server = Server::start();
    // Not even the demo page.
    let headers = [("Origin", ORIGIN), ("Access-Control-Request-Method", "POST")];
    let response = send(&server, "OPTIONS", "/phone/sign-in", &headers, "");
    assert_eq!((response.status, response.header("access-control-allow-origin")), (405, None));
}

#[test]
fn an_invalid_email_is_refused() {
    let server = Server::start();
    for email in ["", "  ", "a\u{1}b", &"x".repeat(255)] {
        assert_eq!(sign_in(&server, email).status, 422, "{email:?}");
    }
    assert_eq!(send(&server, "GET", "/phone/emails", &[], "").json(), json!({ "emails": [] }));
}
