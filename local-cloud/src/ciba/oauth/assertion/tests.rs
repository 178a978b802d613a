use jsonwebtoken::{EncodingKey, Header};
use serde_json::json;

use super::*;
use crate::ciba::client_keys::ClientKeys;
use crate::ciba::edition::Edition;

const AUDIENCE: &str = "http://localhost:1/oauth/token";
const KEYS: &str = r#"{ "a-client": { "keys": [{ "kty": "EC", "crv": "P-256", "kid": "one",
    "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM" }] } }"#;

fn problem_of(assertion: &str) -> String {
    let mut clients = Clients::parse("with-secret:s", Edition::Autumn).expect("clients");
    clients.add_keys(ClientKeys::parse_all(KEYS).expect("keys"), Edition::Autumn).expect("clients");
    Assertion::verify(assertion, &clients, AUDIENCE).expect_err("refused")
}

/// An assertion with a header of any form, whose signature is not one.
fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| base64url::encode(value.to_string().as_bytes());
    format!("{}.{}.c2ln", part(header), part(claims))
}

fn claims() -> Value {
    json!({ "iss": "a-client", "sub": "a-client", "aud": AUDIENCE, "jti": "1", "exp": 9_999_999_999_u64 })
}

#[test]
fn what_is_no_jwt_is_malformed() {
    let signed = unsigned(&json!({ "alg": "ES256" }), &claims());
    let (unsigned, _) = signed.rsplit_once('.').expect("a signature");
    for text in ["x", "..", "a.b.c", unsigned, &format!("{signed}.x"), &format!("!{signed}"), "W10.e30.x", "e30.W10.x"]
    {
        assert_eq!(problem_of(text), "malformed client_assertion: token is malformed", "{text}");
    }
}

#[test]
fn the_issuer_is_the_client_and_has_keys() {
    for (issuer, subject, problem) in [
        (json!("a-client"), json!("another"), "client_assertion iss must equal sub"),
        (json!(""), json!("a-client"), "client_assertion must have iss and sub"),
        (json!("a-client"), json!(null), "client_assertion must have iss and sub"),
        (json!(5), json!(5), "client_assertion must have iss and sub"),
        (json!("unknown"), json!("unknown"), "unknown client_id"),
        (json!("with-secret"), json!("with-secret"), "client does not support private_key_jwt"),
    ] {
        let claims = json!({ "iss": issuer, "sub": subject });
        assert_eq!(problem_of(&unsigned(&json!({ "alg": "ES256" }), &claims)), problem, "{claims}");
    }
}

/// Nobody gets in without a signature, or with a public key as a shared secret.
#[test]
fn only_the_algorithms_of_key_pairs_are_accepted() {
    for algorithm in [json!("none"), json!("HS256"), json!("EdDSA"), json!("ES512"), json!("es256"), json!(null)] {
        let name = algorithm.as_str().unwrap_or_default();
        let problem =
            format!("client_assertion validation failed: token signature is invalid: signing method {name} is invalid");
        assert_eq!(problem_of(&unsigned(&json!({ "alg": algorithm, "kid": "one" }), &claims())), problem);
    }
    let confused = jsonwebtoken::encode(&Header::default(), &claims(), &EncodingKey::from_secret(KEYS.as_bytes()));
    assert!(problem_of(&confused.expect("signed")).ends_with("signing method HS256 is invalid"));
}

#[test]
fn an_algorithm_must_suit_the_key() {
    for (algorithm, problem) in [
        ("RS256", "key is of invalid type: RSA verify expects *rsa.PublicKey"),
        ("PS384", "key is of invalid type: RSA-PSS verify expects *rsa.PublicKey"),
        ("ES256", "crypto/ecdsa: verification error"),
        ("ES384", "crypto/ecdsa: verification error"),
    ] {
        let expected = format!("client_assertion validation failed: token signature is invalid: {problem}");
        assert_eq!(problem_of(&unsigned(&json!({ "alg": algorithm }), &claims())), expected, "{algorithm}");
    }
    let unknown = unsigned(&json!({ "alg": "ES256", "kid": "two" }), &claims());
    assert!(problem_of(&unknown).ends_with("kid not found in client JWKS"));
}
