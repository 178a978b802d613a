//! CORS: the allowed pages may call what a browser calls, other pages and other endpoints are closed.

use crate::http::{Answer, Request};
use crate::server::{ORIGIN, Server};

const FOR_PAGES: [&str; 3] = ["/_app/assertion/result", "/_app/attestation/result", "/api/v1/status"];
const FOR_SERVERS: [&str; 4] = ["/api/v1/approval", "/api/v1/users/enroll", "/api/v1/introspect", "/_local/faults"];

fn preflight(server: &Server, path: &str, origin: &str) -> Answer {
    let headers = [
        ("Origin", origin),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "content-type"),
    ];
    Request { method: "OPTIONS", path, headers: &headers, body: b"" }.send(server.port)
}

fn names(answer: &Answer, header: &str) -> Vec<String> {
    answer.header(header).unwrap_or_default().split(',').map(|name| name.trim().to_ascii_lowercase()).collect()
}

#[test]
fn an_allowed_page_may_send_json_to_what_a_browser_calls() {
    let server = Server::start();
    for path in FOR_PAGES {
        let answer = preflight(&server, path, ORIGIN);
        assert_eq!(answer.status, 204, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), Some(ORIGIN), "{path}");
        assert_eq!(names(&answer, "access-control-allow-methods"), ["post"], "{path}");
        assert!(names(&answer, "access-control-allow-headers").contains(&"content-type".to_owned()), "{path}");
        assert_eq!(answer.header("access-control-allow-credentials"), None, "{path}");
        assert!(names(&answer, "vary").contains(&"origin".to_owned()), "{path}");
        // An error too must be readable, or the page cannot tell what was wrong.
        for (media_type, status) in [("application/json", 422), ("text/plain", 415)] {
            let headers = [("Origin", ORIGIN), ("Content-Type", media_type)];
            let answer = Request { method: "POST", path, headers: &headers, body: b"{}" }.send(server.port);
            assert_eq!(answer.status, status, "{path}");
            assert_eq!(answer.header("access-control-allow-origin"), Some(ORIGIN), "{path}");
        }
    }
}

#[test]
fn another_page_may_not() {
    let server = Server::start();
    for origin in ["http://localhost:5181", "https://localhost:5180", "http://localhost:5180.evil.example", "null"] {
        for path in FOR_PAGES {
            let answer = preflight(&server, path, origin);
            assert_eq!(answer.header("access-control-allow-origin"), None, "{path} {origin}");
            assert_eq!(answer.status, 403, "{path} {origin}");
            let headers = [("Origin", origin), ("Content-Type", "application/json")];
            let answer = Request { method: "POST", path, headers: &headers, body: b"{}" }.send(server.port);
            assert_eq!(answer.header("access-control-allow-origin"), None, "{path} {origin}");
        }
    }
}

#[test]
fn no_page_may_call_what_needs_the_access_key() {
    let server = Server::start();
    for path in FOR_SERVERS {
        let answer = preflight(&server, path, ORIGIN);
        assert_eq!(answer.status, 405, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
    }
}

#[test]
fn every_origin_that_was_given_is_allowed() {
    let server = Server::start_with(crate::server::Data::new(), &["--origin", "https://shop.example"]);
    for origin in [ORIGIN, "https://shop.example"] {
        let answer = preflight(&server, "/api/v1/status", origin);
        assert_eq!(answer.header("access-control-allow-origin"), Some(origin));
    }
}
