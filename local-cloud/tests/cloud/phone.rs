//! The phone page's address: the page and its policy, whose phone it is, the TOTP secret and code, and who is turned away.

use serde_json::json;

use crate::ciba::{Person, TENANT};
use crate::http::{Answer, Request};
use crate::server::{ORIGIN, Server};

const JSON: (&str, &str) = ("Content-Type", "application/json");

fn send(server: &Server, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let host = format!("localhost:{}", server.phone_port);
    let headers: Vec<_> = headers.iter().copied().chain([("Host", host.as_str())]).collect();
    Request { method, path, headers: &headers, body: body.as_bytes() }.send(server.phone_port)
}

fn sign_in(server: &Server, email: &str) -> Answer {
    send(server, "POST", "/phone/sign-in", &[JSON], &json!({ "email": email }).to_string())
}

#[test]
fn the_page_and_its_files_are_served_under_a_strict_policy() {
    let server = Server::start();
    for (path, media_type, part) in [
        ("/", "text/html; charset=utf-8", "<!doctype html>"),
        ("/style.css", "text/css; charset=utf-8", "prefers-color-scheme"),
        ("/phone.js", "text/javascript; charset=utf-8", "/ciba/respond"),
        ("/requests.js", "text/javascript; charset=utf-8", "export function"),
        ("/favicon.svg", "image/svg+xml", "<svg"),
    ] {
        let answer = send(&server, "GET", path, &[], "");
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(media_type)), "{path}");
        assert!(answer.text().contains(part), "{path}");
        let policy = answer.header("content-security-policy").expect("a policy");
        for directive in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"] {
            assert!(policy.contains(directive), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
    }
    let page = send(&server, "GET", "/", &[], "").text();
    for inline in [" style=", "<style", " onclick=", "<script>"] {
        assert!(!page.contains(inline), "{inline}");
    }
}

#[test]
fn a_person_signs_in_by_an_email_and_decides_at_the_phones_own_address() {
    let server = Server::start();
    let answer = sign_in(&server, " Anna@Example.com ");
    assert_eq!((answer.status, &answer.json()["email"]), (200, &json!("anna@example.com")));
    let known = send(&server, "GET", "/phone/emails", &[], "").json();
    assert_eq!(known, json!({ "emails": ["anna@example.com"] }));

    let anna = Person {
        token: answer.json()["token"].as_str().expect("a token").to_owned(),
        ..Person::new(&server, "anna@example.com")
    };
    let id = TENANT.initiated(&server, "anna@example.com");
    let bearer = format!("Bearer {}", anna.token);
    let authorization = ("Authorization", bearer.as_str());
    let asked = send(&server, "GET", &TENANT.path("/ciba/requests"), &[authorization], "").json();
    assert_eq!(asked["requests"][0]["auth_req_id"], id.as_str());
    let body = json!({ "auth_req_id": id, "approved": true, "biometric_verified": true }).to_string();
    let answer = send(&server, "POST", &TENANT.path("/ciba/respond"), &[authorization, JSON], &body);
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(TENANT.poll(&server, &id).status, 200);
}

#[test]
fn signing_in_again_finds_the_same_person() {
    let server = Server::start();
    let [first, again] = [(); 2].map(|()| Person::new(&server, "anna@example.com"));
    assert_eq!((&first.id, &first.totp_secret), (&again.id, &again.totp_secret));
    assert_eq!(first.totp_secret.len(), 20);
    let other = Person::new(&server, "ben@example.com");
    assert_ne!(first.totp_secret, other.totp_secret);
}

#[test]
fn the_phone_shows_the_code_that_signs_in_and_says_once_it_is_used() {
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

    assert_eq!(TENANT.totp(&server, &anna.email, &anna.code(1)).status, 200);
    assert_eq!(ask("/phone/totp").json()["is_used"], true, "a later one was used");

    let qr = ask("/phone/totp.svg");
    assert_eq!((qr.status, qr.header("content-type")), (200, Some("image/svg+xml")));
    assert!(qr.text().contains("<svg"), "{}", qr.text());
    for path in ["/phone/totp", "/phone/totp.svg"] {
        assert_eq!(send(&server, "GET", path, &[], "").status, 401, "{path}");
    }
}

#[test]
fn whoever_reaches_the_phone_by_another_name_is_turned_away() {
    let server = Server::start();
    for host in ["evil.example", "localhost", "localhost:1", "localhost:5195.evil.example"] {
        let headers = [("Host", host), JSON];
        for (method, path) in [("GET", "/"), ("GET", "/phone/emails"), ("POST", "/phone/sign-in")] {
            let answer = Request { method, path, headers: &headers, body: b"{}" }.send(server.phone_port);
            assert_eq!(answer.status, 421, "{host} {path}");
        }
    }
    // A page of another origin, the demo page too, is not let in by CORS.
    let headers = [("Origin", ORIGIN), ("Access-Control-Request-Method", "POST")];
    let answer = send(&server, "OPTIONS", "/phone/sign-in", &headers, "");
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (405, None));
}

#[test]
fn an_email_that_cannot_be_one_signs_nobody_in() {
    let server = Server::start();
    for email in ["", "  ", "a\u{0}b", &"x".repeat(255)] {
        assert_eq!(sign_in(&server, email).status, 422, "{email:?}");
    }
    assert_eq!(send(&server, "GET", "/phone/emails", &[], "").json(), json!({ "emails": [] }));
}
