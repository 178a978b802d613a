use serde_json::json;

use super::*;

/// The public key of RFC 7517, appendix A.1.
fn ec() -> Value {
    json!({
        "kty": "EC", "crv": "P-256",
        "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
    })
}

fn rsa() -> Value {
    json!({ "kty": "RSA", "n": "0vx7agoebGcQSuuPiLJXZpv4", "e": "AQAB" })
}

fn with(mut jwk: Value, member: &str, value: Value) -> Value {
    jwk[member] = value;
    jwk
}

fn parse(keys: &Value) -> Result<BTreeMap<String, ClientKeys>, String> {
    ClientKeys::parse_all(&json!({ "a client": { "keys": keys } }).to_string())
}

fn select(keys: Value, id: &str) -> Option<Option<String>> {
    parse(&keys).expect("valid")["a client"].select(id).map(|key| key.id.clone())
}

#[test]
fn a_key_is_found_by_its_name() {
    let two = json!([with(ec(), "kid", json!("one")), with(rsa(), "kid", json!("two"))]);
    assert_eq!(select(two.clone(), "two"), Some(Some("two".to_owned())));
    assert_eq!(select(two.clone(), "three"), None);
    assert_eq!(select(two, ""), None, "which of the two?");
}

#[test]
fn the_only_key_need_not_be_named() {
    let named = json!([with(ec(), "kid", json!("one"))]);
    assert_eq!(select(named.clone(), ""), Some(Some("one".to_owned())));
    assert_eq!(select(named, "two"), None, "it has another name");
    for kid in [json!(null), json!("")] {
        let unnamed = json!([with(ec(), "kid", kid)]);
        assert_eq!(select(unnamed.clone(), ""), Some(None));
        assert_eq!(select(unnamed, "any"), Some(None), "it has no name");
    }
}

#[test]
fn a_public_key_is_accepted_as_browsers_export_it() {
    for jwk in [
        with(with(ec(), "key_ops", json!(["verify"])), "ext", json!(true)),
        with(with(rsa(), "alg", json!("PS256")), "use", json!("sig")),
        with(ec(), "alg", json!("ES256")),
    ] {
        assert!(parse(&json!([jwk])).is_ok(), "{jwk}");
    }
}

#[test]
fn a_message_names_the_client_the_key_and_the_problem() {
    for (jwk, problem) in [
        (with(ec(), "d", json!("870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE")), "is not a public key"),
        (json!({ "kty": "oct", "k": "c2VjcmV0" }), "is not a public key"),
        (json!({ "kty": "XY" }), "is not a JWK"),
        (json!("key"), "is not a JWK"),
        (with(ec(), "crv", json!("P-521")), "must be of kty RSA, or EC with crv P-256 or P-384"),
        (json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg" }), "must be of kty RSA"),
        (with(ec(), "use", json!("enc")), "use: must be"),
        (with(ec(), "key_ops", json!(["sign"])), "key_ops: must contain"),
        (with(ec(), "alg", json!("ES384")), "alg: no algorithm"),
        (with(rsa(), "alg", json!("RSA-OAEP")), "alg: no algorithm"),
        (with(rsa(), "n", json!("not base64url!")), "has members that are not base64url"),
        (with(ec(), "x", json!("AA==")), "has members that are not base64url"),
    ] {
        let message = parse(&json!([rsa(), jwk])).expect_err("refused");
        let start = format!("LOCAL_CLOUD_CIBA_KEYS: client \"a client\": key 2: {problem}");
        assert!(message.starts_with(&start), "{jwk}: {message}");
        assert!(!message.contains("870MB6gfu"), "{message}");
    }
    let twice = parse(&json!([with(ec(), "kid", json!("one")), with(rsa(), "kid", json!("one"))]));
    assert!(twice.expect_err("refused").ends_with("key 2 has the kid of another key"));
    assert!(parse(&json!([])).expect_err("refused").ends_with("has no keys"));
    for text in ["", "[]", "{\"a\": []}", "{\"a\": {}}", "{\"a\": {\"keys\": []}, \"a\": {\"keys\": []}}"] {
        let message = ClientKeys::parse_all(text).expect_err(text);
        assert!(message.starts_with("LOCAL_CLOUD_CIBA_KEYS: "), "{message}");
    }
}
