use super::*;

const ENDPOINT: &str = "https://op.example/oauth/token";

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn header(id: &str, secret: &str) -> Option<Credential> {
    Authentication::basic(secret).credential(id, ENDPOINT, at(0)).ok()
}

/// RFC 6749, section 2.3.1, and appendix B for what form encoding does.
#[test]
fn basic_authentication_encodes_both_parts_as_a_form_does() {
    let basic = |pair: &str| Some(Credential::Header(format!("Basic {}", BASE64_STANDARD.encode(pair))));
    assert_eq!(header("s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw"), basic("s6BhdRkqt3:7Fjfp0ZBr1KtDRbnfVdmIw"));
    assert_eq!(header("a:b c", "ü+/%&=~"), basic("a%3Ab+c:%C3%BC%2B%2F%25%26%3D%7E"));
}

fn assertion(authentication: &Authentication, now: u64) -> Json {
    match authentication.credential("client", ENDPOINT, at(now)) {
        Ok(Credential::Assertion(claims)) => serde_json::from_str(&claims).expect("the claims"),
        other => panic!("{other:?}"),
    }
}

/// RFC 7523, section 3.
#[test]
fn an_assertion_names_the_client_and_the_token_endpoint_and_expires_after_a_minute() {
    let authentication = Authentication::private_key_jwt(|claims| Ok(claims.to_string()));
    let mut claims = assertion(&authentication, 1000);
    claims["jti"].take();
    let expected = json!({ "iss": "client", "sub": "client", "aud": ENDPOINT, "exp": 1060, "jti": null });
    assert_eq!(claims, expected);
    let other = authentication.with_audience("https://op.example");
    assert_eq!(assertion(&other, 1000)["aud"], "https://op.example");
}

#[test]
fn no_two_assertions_have_the_same_identifier() {
    let authentication = Authentication::private_key_jwt(|claims| Ok(claims.to_string()));
    let identifiers: std::collections::HashSet<_> =
        (0..1000).map(|_| assertion(&authentication, 0)["jti"].as_str().map(String::from)).collect();
    assert_eq!(identifiers.len(), 1000);
    assert!(identifiers.iter().all(|jti| jti.as_ref().is_some_and(|jti| jti.len() == 22)));
}

#[test]
fn a_signer_that_fails_is_an_invalid_argument_without_its_reason() {
    let authentication = Authentication::private_key_jwt(|_| Err("the key is SECRET".into()));
    let failure = authentication.credential("client", ENDPOINT, at(0)).expect_err("no assertion");
    assert_eq!(failure.to_string(), "invalid_argument: options.authentication: the signer failed");
    assert!(!format!("{failure:?}{failure}").contains("SECRET"));
}
