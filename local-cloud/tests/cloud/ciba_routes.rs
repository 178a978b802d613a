//! Which routes each edition has, its CORS, and the headers of what is deprecated.

use serde_json::json;

use crate::ciba::{ADMIN, Edition, FAMILIES, Family, Flow, Person, SPRING_ADMIN, TENANT};
use crate::http::{Request, Response};
use crate::server::{Data, ORIGIN, Server};

const STARTS: [(&str, Flow); 5] = [
    ("/authsec/uflow/auth", Flow::Admin),
    ("/uflow/auth", Flow::Admin),
    ("/authsec/uflow/auth/workspace", Flow::Tenant),
    ("/authsec/uflow/auth/tenant", Flow::Tenant),
    ("/uflow/auth/tenant", Flow::Tenant),
];
const ENDS: [&str; 4] = ["/ciba/initiate", "/ciba/token", "/totp/login", "/ciba/respond"];

fn request(server: &Server, method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
    Request { method, path, headers, body: b"" }.send(server.port)
}

fn is_missing(server: &Server, method: &str, path: &str) -> bool {
    let response = request(server, method, path, &[("Origin", ORIGIN)]);
    if response.status != 404 {
        return false;
    }
    assert_eq!(response.text(), "404 page not found", "{path}");
    assert_eq!(response.header("content-type"), Some("text/plain; charset=utf-8"), "{path}");
    assert_eq!(response.header("access-control-allow-origin"), Some(ORIGIN), "{path}");
    true
}

#[test]
fn each_edition_has_one_path_for_each_flow() {
    for (edition, tenant) in [("spring", "/authsec/uflow/auth/tenant"), ("autumn", "/authsec/uflow/auth/workspace")] {
        let server = Server::start_with(Data::new(), &["--authsec", edition]);
        for (start, _) in STARTS {
            let exists = [tenant, "/authsec/uflow/auth"].contains(&start);
            for end in ENDS {
                let path = format!("{start}{end}");
                assert_eq!(is_missing(&server, "POST", &path), !exists, "{edition} {path}");
                assert!(is_missing(&server, "GET", &path), "{edition} GET {path}");
            }
            let list = format!("{start}/ciba/requests");
            assert_eq!(is_missing(&server, "GET", &list), start != tenant, "{edition} {list}");
        }
        assert!(is_missing(&server, "POST", "/authsec/nothing"));
        assert_eq!(request(&server, "POST", "/nothing", &[]).status, 405, "the other service's response");
    }
}

#[test]
fn a_flag_adds_the_paths_of_every_generation() {
    for edition in [ADMIN, SPRING_ADMIN] {
        let server = edition.server(&["--all-routes"]);
        let anna = Person::new(&server, "anna@example.com");
        for (start, flow) in STARTS {
            let family = Family { start, flow, ..edition };
            let id = family.initiated(&server, "anna@example.com");
            family.decide(&server, &anna, &id, true);
            assert!(family.poll(&server, &id).json()["access_token"].is_string(), "{family:?}");
            assert!(!is_missing(&server, "POST", &family.path("/totp/login")));
        }
        // They lead to the same requests.
        let [.., (older, flow)] = STARTS;
        let (asks, polls) = (Family { start: older, flow, ..edition }, Family { flow, start: TENANT.start, ..edition });
        let id = asks.initiated(&server, "anna@example.com");
        polls.is_pending("another path", &polls.poll(&server, &id));
    }
}

#[test]
fn autumn_marks_the_admin_flows_push_as_deprecated() {
    for family in FAMILIES {
        let server = family.server(&[]);
        let is_deprecated = (family.edition, family.flow) == (Edition::Autumn, Flow::Admin);
        for end in ENDS {
            let response = server.page_sends(&family.path(end), &json!({}));
            let headers = ["deprecation", "sunset", "link"].map(|name| response.header(name).map(str::to_owned));
            let expected = if is_deprecated && end.starts_with("/ciba/") {
                [
                    "true",
                    "Thu, 31 Dec 2026 00:00:00 UTC",
                    "</authsec/uflow/auth/workspace/ciba>; rel=\"successor-version\"",
                ]
                .map(|text| Some(text.to_owned()))
            } else {
                [None, None, None]
            };
            assert_eq!(headers, expected, "{family:?} {end}");
        }
    }
}

fn preflight(server: &Server, path: &str, origin: &str) -> Response {
    let headers = [
        ("Origin", origin),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "content-type"),
    ];
    request(server, "OPTIONS", path, &headers)
}

#[test]
fn a_page_of_a_named_origin_may_call_with_credentials() {
    for family in FAMILIES {
        let server = Server::start_with(
            Data::new(),
            &[&family.edition_arguments()[..], &["--origin", "https://shop.example"]].concat(),
        );
        for origin in [ORIGIN, "https://shop.example"] {
            for path in ENDS.map(|end| family.path(end)).iter().map(String::as_str).chain(["/authsec/nothing"]) {
                let response = preflight(&server, path, origin);
                assert_eq!((response.status, response.text().as_str()), (200, ""), "{path}");
                assert_eq!(response.header("access-control-allow-origin"), Some(origin), "{path}");
                assert_eq!(response.header("access-control-allow-credentials"), Some("true"), "{path}");
                assert_eq!(response.header("access-control-max-age"), Some("86400"), "{path}");
                assert_eq!(response.header("vary"), Some("Origin"), "{path}");
                let methods = response.header("access-control-allow-methods");
                assert_eq!(methods, Some("GET, POST, PUT, DELETE, OPTIONS, PATCH, HEAD"), "{path}");
                let headers = response.header("access-control-allow-headers").expect("headers");
                for name in ["Content-Type", "Authorization", "Accept", "X-CSRF-Token"] {
                    assert!(headers.split(", ").any(|known| known == name), "{headers}");
                }
                let is_springs = headers.contains("tenant_id");
                assert_eq!(is_springs, family.edition == Edition::Spring, "{headers}");
                // Errors must be readable too.
                let response = server.page_sends(path, &json!({}));
                assert_eq!(response.header("access-control-allow-origin"), Some(ORIGIN), "{path}");
            }
        }
    }
}

#[test]
fn a_preflight_of_any_other_origin_is_403_without_a_body() {
    for family in FAMILIES {
        let server = family.server(&[]);
        for origin in ["http://localhost:5181", "https://localhost:5180", "http://localhost:5180.evil.example", "null"]
        {
            for path in ENDS.map(|end| family.path(end)).iter().map(String::as_str).chain(["/authsec/nothing"]) {
                let response = preflight(&server, path, origin);
                assert_eq!((response.status, response.text().as_str()), (403, ""), "{path} {origin}");
                let allows = |response: &Response| {
                    ["origin", "methods", "headers", "credentials"]
                        .iter()
                        .any(|name| response.header(&format!("access-control-allow-{name}")).is_some())
                };
                assert!(!allows(&response), "{path} {origin}");
                // What needs no preflight is served, and cannot be read.
                let headers = [("Origin", origin), ("Content-Type", "text/plain")];
                let response = Request { method: "POST", path, headers: &headers, body: b"{}" }.send(server.port);
                assert_ne!(response.status, 403, "{path} {origin}");
                assert!(!allows(&response), "{path} {origin}");
            }
        }
        assert_eq!(request(&server, "OPTIONS", &family.path("/ciba/token"), &[]).status, 204, "no page");
    }
}
