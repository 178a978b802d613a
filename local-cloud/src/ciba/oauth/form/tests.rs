use axum::http::HeaderValue;

use super::*;

fn parse(content_type: Option<&'static str>, body: &str) -> Form {
    let mut headers = HeaderMap::new();
    headers.extend(content_type.map(|text| (header::CONTENT_TYPE, HeaderValue::from_static(text))));
    Form::parse(&headers, body.as_bytes())
}

#[test]
fn the_first_value_of_a_name_counts() {
    let form = parse(Some(MEDIA_TYPE), "scope=openid+email&scope=profile&login_hint=a%2Bb%40c.d&empty=&bare");
    assert_eq!(form.text("scope"), "openid email");
    assert_eq!(form.text("login_hint"), "a+b@c.d");
    for name in ["empty", "bare", "missing"] {
        assert_eq!(form.text(name), "", "{name}");
    }
}

#[test]
fn a_body_of_another_media_type_is_an_empty_form() {
    for (content_type, value) in [
        (Some("Application/X-WWW-Form-urlencoded; charset=UTF-8"), "1"),
        (Some("application/json"), ""),
        (Some("multipart/form-data; boundary=x"), ""),
        (Some("text/plain"), ""),
        (None, ""),
    ] {
        assert_eq!(parse(content_type, "a=1").text("a"), value, "{content_type:?}");
    }
}
