//! The server's rate limits, with its own words, and what a client learns of the time to wait.

use std::thread::sleep;
use std::time::Duration;

use serde_json::json;

use crate::ciba::{ADMIN, Edition, FAMILIES, Family, Person, SPRING_ADMIN, is};
use crate::http::{Request, Response};
use crate::server::{Data, ORIGIN, Server};

fn limited(family: Family, arguments: &[&str]) -> Server {
    Server::start_limited(Data::new(), &[&family.edition_arguments(), arguments].concat())
}

fn is_over_limit(case: &str, response: &Response, limit: u64, window: &str) {
    let message = format!("Too many requests. Maximum {limit} requests per {window} allowed. Please try again later.");
    let body = json!({ "error": "Rate limit exceeded", "message": message, "limit": limit, "window": window });
    is(case, response, 429, body);
    assert_eq!(response.header("access-control-allow-origin"), Some(ORIGIN), "{case}: a page can read it");
    assert_eq!(response.header("deprecation"), None, "{case}");
}

#[test]
fn an_address_has_100_requests_a_minute() {
    for family in FAMILIES {
        let server = limited(family, &[]);
        for number in 0..100 {
            let response = family.poll(&server, "unknown");
            assert_eq!(response.status, 400, "{family:?} {number}: {}", response.text());
        }
        let response = family.poll(&server, "unknown");
        is_over_limit(family.start, &response, 100, "1m0s");
        assert_eq!(response.header("retry-after"), None, "the server sends none");
        assert_eq!(response.header("access-control-expose-headers"), None);
        // Every route of AuthSec is limited, even one that does not exist, but no other.
        for path in ["/authsec/uflow/auth/totp/login", "/authsec/nothing", "/uflow/nothing"] {
            let response = server.page_sends(path, &json!({}));
            is_over_limit(path, &response, 100, "1m0s");
        }
        assert_eq!(server.page_sends("/api/v1/status", &json!({})).status, 422);
        Person::new(&server, "anna@example.com");
    }
}

#[test]
fn the_oldest_admin_routes_have_10_requests_a_minute() {
    let server = limited(ADMIN, &["--all-routes"]);
    let oldest = Family { start: "/uflow/auth", ..ADMIN };
    for _ in 0..10 {
        assert_eq!(oldest.poll(&server, "unknown").status, 400);
    }
    is_over_limit("push", &oldest.poll(&server, "unknown"), 10, "1m0s");
    is_over_limit("TOTP", &oldest.totp(&server, "a@b.c", "000000"), 10, "1m0s");
    assert_eq!(ADMIN.poll(&server, "unknown").status, 400, "the others have a limit of their own");
}

#[test]
fn the_window_slides_and_rejected_requests_do_not_count() {
    let server = limited(ADMIN, &["--rate-window-seconds", "2", "--all-routes"]);
    let oldest = Family { start: "/uflow/auth", ..ADMIN };
    for _ in 0..10 {
        assert_eq!(oldest.poll(&server, "unknown").status, 400);
    }
    for _ in 0..20 {
        is_over_limit("over", &oldest.poll(&server, "unknown"), 10, "2s");
    }
    sleep(Duration::from_millis(2100));
    assert_eq!(oldest.poll(&server, "unknown").status, 400);
}

#[test]
fn preflights_are_not_limited() {
    let server = limited(ADMIN, &[]);
    for _ in 0..101 {
        ADMIN.poll(&server, "unknown");
    }
    let headers = [("Origin", ORIGIN), ("Access-Control-Request-Method", "POST")];
    let path = ADMIN.path("/ciba/token");
    let response = Request { method: "OPTIONS", path: &path, headers: &headers, body: b"" }.send(server.port);
    assert_eq!(response.status, 200);
}

#[test]
fn only_spring_lets_a_client_choose_its_address() {
    for family in [ADMIN, SPRING_ADMIN] {
        let server = limited(family, &[]);
        let (path, body) = (family.path("/ciba/token"), json!({ "auth_req_id": "unknown" }).to_string());
        let status = |number: usize| {
            let address = format!("10.0.0.{number}");
            let headers = [("Content-Type", "application/json"), ("X-Forwarded-For", address.as_str())];
            let request = Request { method: "POST", path: &path, headers: &headers, body: body.as_bytes() };
            request.send(server.port).status
        };
        for number in 0..100 {
            assert_eq!(status(number), 400, "{family:?}");
        }
        assert_eq!(status(100), if family.edition == Edition::Spring { 400 } else { 429 });
    }
}

#[test]
fn a_flag_sends_retry_after_and_lets_pages_read_it() {
    let server = limited(ADMIN, &["--send-retry-after", "--all-routes", "--lockout-seconds", "30"]);
    let oldest = Family { start: "/uflow/auth", ..ADMIN };
    let anna = Person::new(&server, "anna@example.com");
    let mut last = oldest.poll(&server, "unknown");
    assert_eq!(last.header("retry-after"), None);
    for _ in 0..10 {
        last = oldest.poll(&server, "unknown");
    }
    is_over_limit("rate", &last, 10, "1m0s");
    let seconds =
        |response: &Response| response.header("retry-after").expect("a wait").parse::<u64>().expect("seconds");
    assert!((55..=60).contains(&seconds(&last)), "{last:?}");
    assert_eq!(last.header("access-control-expose-headers"), Some("Retry-After"));

    for _ in 0..5 {
        last = ADMIN.totp(&server, &anna.email, &anna.wrong_code());
    }
    assert_eq!(last.status, 429, "locked: {}", last.text());
    assert!((25..=31).contains(&seconds(&last)), "{last:?}");
}

#[test]
fn a_locked_account_has_no_retry_after_without_the_flag() {
    let server = limited(ADMIN, &[]);
    let anna = Person::new(&server, "anna@example.com");
    for status in [400, 400, 400, 400, 429] {
        let response = ADMIN.totp(&server, &anna.email, &anna.wrong_code());
        assert_eq!((response.status, response.header("retry-after")), (status, None));
    }
}

#[test]
fn a_flag_lifts_the_limits() {
    let server = limited(ADMIN, &["--no-rate-limits"]);
    for _ in 0..150 {
        assert_eq!(ADMIN.poll(&server, "unknown").status, 400);
    }
}

/// Neither edition limits requests to one person: only the address of who asks.
#[test]
fn one_person_gets_no_more_pushes_than_an_address_has_requests() {
    for family in FAMILIES {
        let server = limited(family, &[]);
        let anna = Person::new(&server, "anna@example.com");
        let sent = (0..300).filter(|_| family.initiate(&server, &anna.email, "x").status == 200).count();
        assert_eq!((sent, anna.requests(&server).len()), (100, 100), "{family:?}");
    }
}

/// Autumn judges five codes of one person; spring as many as an address has requests.
#[test]
fn the_code_of_one_person_cannot_be_guessed_at_full_speed() {
    for (family, judged) in [(ADMIN, 4), (SPRING_ADMIN, 100)] {
        let server = limited(family, &[]);
        let anna = Person::new(&server, "anna@example.com");
        let guesses = (0..300).map(|_| family.totp(&server, &anna.email, &anna.wrong_code()));
        assert_eq!(guesses.filter(|response| response.status == 400).count(), judged, "{family:?}");
    }
}
