//! CORS of the Authentication Cloud: allowed pages may call the endpoints for pages; other pages and endpoints are refused.
//! AuthSec's is in `ciba_routes.rs`.

use crate::http::{Request, Response};
use crate::server::{ORIGIN, Server};

/// Each with its status for an empty object.
fn for_pages() -> Vec<(String, u16)> {
    ["/_app/assertion/result", "/_app/attestation/result", "/api/v1/status"].map(|path| (path.to_owned(), 422)).to_vec()
}

fn for_others() -> Vec<String> {
    let servers = [
        "/api/v1/approval",
        "/api/v1/users/enroll",
        "/api/v1/introspect",
        "/_local/faults",
        "/_local/ciba/users",
        "/_local/ciba/introspect",
    ];
    servers.map(str::to_owned).to_vec()
}

fn preflight(server: &Server, path: &str, origin: &str) -> Response {
    let headers = [
        ("Origin", origin),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "content-type"),
    ];
    Request { method: "OPTIONS", path, headers: &headers, body: b"" }.send(server.port)
}

fn names(response: &Response, header: &str) -> Vec<String> {
    response.header(header).unwrap_or_default().split(',').map(|name| name.trim().to_ascii_lowercase()).collect()
}

#[test]
fn an_allowed_page_may_send_json_to_the_endpoints_for_pages() {
    let server = Server::start();
    for (path, empty) in for_pages() {
        let path = path.as_str();
        let response = preflight(&server, path, ORIGIN);
        assert_eq!(response.status, 204, "{path}");
        assert_eq!(response.header("access-control-allow-origin"), Some(ORIGIN), "{path}");
        assert_eq!(names(&response, "access-control-allow-methods"), ["post"], "{path}");
        assert!(names(&response, "access-control-allow-headers").contains(&"content-type".to_owned()), "{path}");
        assert_eq!(response.header("access-control-allow-credentials"), None, "{path}");
        assert!(names(&response, "vary").contains(&"origin".to_owned()), "{path}");
        // Errors must be readable too, so that the page can report them.
        for (media_type, status) in [("application/json", empty), ("text/plain", 415)] {
            let headers = [("Origin", ORIGIN), ("Content-Type", media_type)];
            let response = Request { method: "POST", path, headers: &headers, body: b"{}" }.send(server.port);
            assert_eq!(response.status, status, "{path}");
            assert_eq!(response.header("access-control-allow-origin"), Some(ORIGIN), "{path}");
        }
    }
}

#[test]
fn another_page_may_not_call_them() {
    let server = Server::start();
    for origin in ["http://localhost:5181", "https://localhost:5180", "http://localhost:5180.evil.example", "null"] {
        for (path, _) in for_pages() {
            let path = path.as_str();
            let response = preflight(&server, path, origin);
            assert_eq!(response.header("access-control-allow-origin"), None, "{path} {origin}");
            assert_eq!(response.status, 403, "{path} {origin}");
            let headers = [("Origin", origin), ("Content-Type", "application/json")];
            let response = Request { method: "POST", path, headers: &headers, body: b"{}" }.send(server.port);
            assert_eq!(response.header("access-control-allow-origin"), None, "{path} {origin}");
        }
    }
}

#[test]
fn no_page_may_call_the_endpoints_for_backends() {
    let server = Server::start();
    for path in for_others() {
        let response = preflight(&server, &path, ORIGIN);
        assert_eq!(response.status, 405, "{path}");
        assert_eq!(response.header("access-control-allow-origin"), None, "{path}");
    }
}

#[test]
fn every_configured_origin_is_allowed() {
    let server = Server::start_with(crate::server::Data::new(), &["--origin", "https://shop.example"]);
    for origin in [ORIGIN, "https://shop.example"] {
        let response = preflight(&server, "/api/v1/status", origin);
        assert_eq!(response.header("access-control-allow-origin"), Some(origin));
    }
}

#[test]
fn any_port_of_this_machine_is_allowed_if_an_origin_says_so() {
    let server = Server::start_with(crate::server::Data::new(), &["--origin", "http://localhost:*"]);
    for (origin, allowed) in [
        ("http://localhost:5173", Some("http://localhost:5173")),
        ("http://localhost", Some("http://localhost")),
        ("https://localhost:5173", None),
        ("http://shop.localhost:5173", None),
        ("http://localhost:5173.evil.example", None),
        ("http://localhost:*", None),
    ] {
        // The cloud's and AuthSec's.
        for path in ["/api/v1/status", "/authsec/uflow/auth/ciba/initiate"] {
            let response = preflight(&server, path, origin);
            assert_eq!(response.header("access-control-allow-origin"), allowed, "{path} {origin}");
        }
    }
}
