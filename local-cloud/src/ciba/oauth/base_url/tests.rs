use axum::body::Body;

use super::*;

fn redirect(host: Option<&str>, forwarded: Option<&str>) -> Option<String> {
    let mut request = Request::builder().uri("/oauth/token?a=b");
    for (name, value) in [("host", host), ("x-forwarded-host", forwarded)] {
        if let Some(value) = value {
            request = request.header(name, value);
        }
    }
    BaseUrl::new("http://localhost:5190".to_owned()).redirect(&request.body(Body::empty()).expect("a request"))
}

#[test]
fn a_request_to_another_name_is_redirected_to_the_servers_own() {
    let target = Some("http://localhost:5190/oauth/token?a=b".to_owned());
    for host in ["127.0.0.1:5190", "localhost", "localhost:5191", "auth.localhost:5190", "[::1]:5190", ""] {
        assert_eq!(redirect(Some(host), None), target, "{host}");
    }
    assert_eq!(redirect(None, None), target);
    assert_eq!(redirect(Some("localhost:5190"), None), None);
    assert_eq!(redirect(Some("LOCALHOST:5190"), None), None);
}

#[test]
fn a_proxy_may_forward_the_name_that_its_client_used() {
    assert_eq!(redirect(Some("127.0.0.1:5190"), Some("localhost:5190")), None);
    assert_eq!(redirect(Some("127.0.0.1:5190"), Some(" localhost:5190 , inner.test")), None);
    assert!(redirect(Some("localhost:5190"), Some("cloud.test")).is_some());
    assert_eq!(redirect(Some("localhost:5190"), Some("")), None);
}
