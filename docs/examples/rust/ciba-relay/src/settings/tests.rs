use std::sync::Arc;

use p256::elliptic_curve::rand_core::OsRng;
use rsa::RsaPrivateKey;
use rsa::pkcs8::{EncodePrivateKey, LineEnding};
use webauthn_result::ciba::native::{HttpRequest, HttpResponse, NoResponse};

use super::*;

/// A provider that cannot be reached.
struct Nowhere;

impl Platform for Nowhere {
    async fn post(&self, _: HttpRequest) -> Result<HttpResponse, NoResponse> {
        Err(NoResponse::Unreachable)
    }

    async fn sleep(&self, _: Duration) {}
}

fn read(variables: &[(&str, &str)]) -> Result<Clients<Arc<Nowhere>>, String> {
    Clients::from_environment(Arc::new(Nowhere), Duration::from_secs(1), |name| {
        variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned())
    })
}

const URL: (&str, &str) = ("AUTHSEC_URL", "https://authsec.example");
const ID: (&str, &str) = ("CIBA_CLIENT_ID", "shop");
const SECRET: (&str, &str) = ("CIBA_CLIENT_SECRET", "SECRET");

#[test]
fn a_wrong_environment_is_a_sentence_that_names_the_variable() {
    for (variables, message) in [
        (&[][..], "AUTHSEC_URL is missing"),
        (&[URL, SECRET], "CIBA_CLIENT_ID is missing"),
        (&[URL, ("CIBA_CLIENT_ID", ""), SECRET], "CIBA_CLIENT_ID is missing"),
        (&[URL, ID], "either CIBA_CLIENT_SECRET or CIBA_PRIVATE_KEY_FILE is needed"),
        (
            &[URL, ID, SECRET, ("CIBA_PRIVATE_KEY_FILE", "key.pem")],
            "either CIBA_CLIENT_SECRET or CIBA_PRIVATE_KEY_FILE is needed",
        ),
        (&[URL, ID, ("CIBA_PRIVATE_KEY_FILE", "key.pem")], "CIBA_PRIVATE_KEY_FILE needs CIBA_ROUTES=oidc"),
        (&[URL, ID, SECRET, ("CIBA_ROUTES", "tenant")], "CIBA_ROUTES must be workspace or oidc"),
        (
            &[("AUTHSEC_URL", "http://authsec.example"), ID, SECRET],
            "AUTHSEC_URL must be an https URL, or http on a loopback host",
        ),
    ] {
        assert_eq!(read(variables).err().as_deref(), Some(message));
    }
    let missing = read(&[URL, ID, ("CIBA_ROUTES", "oidc"), ("CIBA_PRIVATE_KEY_FILE", "no such file")]);
    assert!(missing.err().is_some_and(|message| message.starts_with("CIBA_PRIVATE_KEY_FILE cannot be read: ")));
    let not_a_key = read(&[URL, ID, ("CIBA_ROUTES", "oidc"), ("CIBA_PRIVATE_KEY_FILE", "Cargo.toml")]);
    assert!(
        not_a_key.err().is_some_and(|message| message.starts_with("CIBA_PRIVATE_KEY_FILE must have a private key"))
    );
}

#[test]
fn a_provider_without_codes_has_no_client_for_them() {
    let clients = read(&[URL, ID, SECRET]).expect("valid");
    assert!(clients.codes.is_some());
    let clients = read(&[URL, ID, SECRET, ("CIBA_TOTP", "0")]).expect("valid");
    assert!(clients.codes.is_none());
}

#[test]
fn the_algorithm_follows_from_the_key() {
    let rsa = RsaPrivateKey::new(&mut OsRng, 2048).expect("a key").to_pkcs8_pem(LineEnding::LF).expect("PEM");
    let p256 = p256::SecretKey::random(&mut OsRng).to_pkcs8_pem(LineEnding::LF).expect("PEM");
    let p384 = p384::SecretKey::random(&mut OsRng).to_pkcs8_pem(LineEnding::LF).expect("PEM");
    for (pem, expected) in [(rsa, Algorithm::RS256), (p256, Algorithm::ES256), (p384, Algorithm::ES384)] {
        let (algorithm, _) = read_key(pem.as_bytes()).expect("a key");
        assert_eq!(algorithm, expected);
        let sign = signer(pem.as_bytes(), Some("key-1".into())).expect("a key");
        let assertion = sign(&json!({ "iss": "shop" })).expect("signed");
        let header = jsonwebtoken::decode_header(&assertion).expect("a JWT");
        assert_eq!((header.alg, header.kid.as_deref()), (expected, Some("key-1")));
    }
    for pem in ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
        assert!(read_key(pem.as_bytes()).is_none(), "{pem}");
    }
}
