use std::time::UNIX_EPOCH;

use super::*;

fn wait(value: &str) -> Option<f64> {
    let response = HttpResponse { status: 429, body: String::new(), retry_after: Some(value.into()) };
    read(Ok(response), UNIX_EPOCH + Duration::from_secs(784_111_700)).1
}

/// RFC 9110, section 10.2.3.
#[test]
fn retry_after_is_seconds_or_a_date() {
    assert_eq!(wait("120"), Some(120_000.0));
    assert_eq!(wait(" 0 "), Some(0.0));
    assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT"), Some(77_000.0));
    for unusable in ["", "soon", "-1", "inf", "NaN", "1e999", "Sun, 06 Nov 1994 08:00:00 GMT"] {
        assert_eq!(wait(unusable), None, "{unusable}");
    }
}

#[test]
fn what_came_back_is_what_the_module_for_pages_makes_of_it() {
    let meaning =
        |status, body: &str| read(Ok(HttpResponse { status, body: body.into(), retry_after: None }), UNIX_EPOCH).0;
    assert_eq!(meaning(200, "<html>"), Response::NotJson(200));
    assert_eq!(meaning(502, ""), Response::NotJson(502));
    let Response::Json(json) = meaning(200, r#"{ "access_token": "t" }"#) else { panic!("JSON") };
    assert_eq!((json.status, json.token.as_deref()), (200, Some("t")));
    assert_eq!(read(Err(NoResponse::Late), UNIX_EPOCH).0, Response::Late);
    assert_eq!(read(Err(NoResponse::Unreachable), UNIX_EPOCH).0, Response::Unreachable);
}

#[test]
fn debug_output_has_no_header_and_no_body() {
    let request = HttpRequest {
        url: "https://op.example/oauth/token".into(),
        headers: vec![("Authorization".into(), "SECRET".into())],
        body: "SECRET".into(),
        timeout: Duration::from_secs(1),
    };
    let response = HttpResponse { status: 200, body: "SECRET".into(), retry_after: None };
    let text = format!("{request:?}{response:?}");
    assert!(text.contains("op.example") && text.contains("200") && !text.contains("SECRET"), "{text}");
}
