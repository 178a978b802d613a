use std::net::Ipv4Addr;

use axum::http::header::{ALLOW, COOKIE, SET_COOKIE};
use serde_json::json;
use tower::ServiceExt;
use webauthn_result::ciba::native::{Client, HttpRequest, HttpResponse, NoResponse, Options};

use super::*;
use crate::settings::Clients;

const OWN: &str = "http://localhost:4000";

/// A provider that knows no user.
struct Provider;

impl Platform for Provider {
    async fn post(&self, _: HttpRequest) -> Result<HttpResponse, NoResponse> {
        let body = json!({ "error": "User not found" }).to_string();
        Ok(HttpResponse { status: 404, body, retry_after: Some("9".into()) })
    }

    async fn sleep(&self, _: Duration) {
        std::future::pending().await
    }
}

fn router(takes_codes: bool) -> Router {
    let client = || Client::new(Provider, Options::default()).expect("valid options");
    let clients = Clients { push: client(), codes: takes_codes.then(client) };
    let page = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    Server { relay: Relay::new(clients, false), sessions: Sessions::new(), origin: OWN.into(), page }.router()
}

async fn send(router: &Router, request: axum::http::request::Builder, body: &str) -> Response {
    let mut request = request.body(Body::from(body.to_owned())).expect("a request");
    let visitor = SocketAddr::from((Ipv4Addr::LOCALHOST, 1));
    request.extensions_mut().insert(ConnectInfo(visitor));
    router.clone().oneshot(request).await.expect("a response")
}

/// The cookie of a visitor who has loaded the page.
async fn visit(router: &Router) -> String {
    let response = send(router, Request::get("/main.rs"), "").await;
    assert_eq!(response.status(), 200);
    let cookie = response.headers()[SET_COOKIE].to_str().expect("text");
    cookie.split(';').next().expect("a cookie").to_owned()
}

/// A request as the page sends it.
fn post(route: &str, cookie: &str) -> axum::http::request::Builder {
    Request::post(format!("{PREFIX}{route}"))
        .header(ORIGIN, OWN)
        .header(CONTENT_TYPE, "application/json;charset=utf-8")
        .header(COOKIE, cookie)
}

const CODE: &str = r#"{ "email": "ada@example.com", "totp_code": "012345" }"#;

#[tokio::test]
async fn a_request_of_the_page_gets_the_providers_response_which_no_cache_keeps() {
    let router = router(true);
    let cookie = visit(&router).await;
    let response = send(&router, post("totp", &cookie), CODE).await;
    assert_eq!(response.status(), 404);
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    assert_eq!(header("retry-after"), Some("9"));
    assert_eq!(header("cache-control"), Some("no-store"));
    assert_eq!(header("content-type"), Some("application/json; charset=utf-8"));
    assert_eq!(to_bytes(response.into_body(), 1000).await.expect("a body"), r#"{"error":"User not found"}"#);
}

#[tokio::test]
async fn only_the_servers_own_page_is_served_by_post_with_json_and_a_session() {
    let router = router(true);
    let cookie = &visit(&router).await;
    let own = |method: Method| {
        Request::builder().method(method).uri("/auth/ciba/totp").header(CONTENT_TYPE, "application/json")
    };
    let long = format!("{{ \"more\": \"{}\" }}", "x".repeat(10_000));
    for (expected, request, body) in [
        (404, post("totp", cookie), CODE),
        (405, own(Method::GET), ""),
        (405, own(Method::PUT), CODE),
        (403, own(Method::POST).header(COOKIE, cookie), CODE),
        (403, own(Method::POST).header(COOKIE, cookie).header(ORIGIN, "null"), CODE),
        (403, own(Method::POST).header(COOKIE, cookie).header(ORIGIN, "http://localhost:4001"), CODE),
        (401, own(Method::POST).header(ORIGIN, OWN), CODE),
        (401, post("totp", "visit=made-up"), CODE),
        (415, Request::post("/auth/ciba/totp").header(ORIGIN, OWN).header(COOKIE, cookie), CODE),
        (413, post("totp", cookie), &long),
        (400, post("totp", cookie), "{"),
        (400, post("totp", cookie), "[]"),
        (400, post("totp", cookie), "null"),
    ] {
        let response = send(&router, request, body).await;
        assert_eq!(response.status(), expected);
        if expected == 405 {
            assert_eq!(response.headers()[ALLOW], "POST");
        }
    }
}

#[tokio::test]
async fn three_routes_are_served_and_no_other() {
    let router = router(true);
    let cookie = &visit(&router).await;
    for route in ["", "requests", "respond", "totp/", "totp?a", "%74otp", "totp%2f", "a/totp"] {
        let response = send(&router, post(route, cookie), CODE).await;
        let body = to_bytes(response.into_body(), 1000).await.expect("a body");
        assert_eq!(body, r#"{"message":"No such endpoint."}"#, "{route}");
    }
}

#[tokio::test]
async fn a_provider_without_codes_gets_none() {
    let router = router(false);
    let cookie = &visit(&router).await;
    let response = send(&router, post("totp", cookie), CODE).await;
    let body = to_bytes(response.into_body(), 1000).await.expect("a body");
    assert_eq!(body, r#"{"message":"The provider has no TOTP. Offer another way."}"#);
}

#[tokio::test]
async fn a_page_starts_one_session_and_what_is_no_page_starts_none() {
    let router = router(true);
    let cookie = visit(&router).await;
    let again = send(&router, Request::get("/main.rs").header(COOKIE, cookie), "").await;
    assert!(again.status() == 200 && !again.headers().contains_key(SET_COOKIE));
    for path in ["/missing", "/../Cargo.toml", "/%2e%2e/Cargo.toml"] {
        let response = send(&router, Request::get(path), "").await;
        assert!(response.status() == 404 && !response.headers().contains_key(SET_COOKIE), "{path}");
    }
}
