//! Clients that sign assertions (`private_key_jwt`), with keys of their own.

use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::pkcs8::EncodePrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::rand_core::OsRng;
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};

use crate::server::Server;

pub const JWT_BEARER: (&str, &str) =
    ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");

pub struct Signer {
    key: EncodingKey,
    pub jwk: Value,
}

impl Signer {
    /// A new key for an algorithm; one RSA key for all tests, because these are slow to make.
    pub fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::ES256 => {
                let key = p256::SecretKey::random(&mut OsRng);
                let point = key.public_key().to_encoded_point(false);
                Self::ec("P-256", key.to_pkcs8_der().expect("a key").as_bytes(), point.x(), point.y())
            }
            Algorithm::ES384 => {
                let key = p384::SecretKey::random(&mut OsRng);
                let point = key.public_key().to_encoded_point(false);
                Self::ec("P-384", key.to_pkcs8_der().expect("a key").as_bytes(), point.x(), point.y())
            }
            _ => {
                static ONE: OnceLock<rsa::RsaPrivateKey> = OnceLock::new();
                let key = ONE.get_or_init(|| rsa::RsaPrivateKey::new(&mut OsRng, 2048).expect("a key"));
                let encode = |number: &rsa::BigUint| BASE64URL_NOPAD.encode(&number.to_bytes_be());
                Self {
                    key: EncodingKey::from_rsa_der(key.to_pkcs1_der().expect("a key").as_bytes()),
                    jwk: json!({ "kty": "RSA", "n": encode(key.n()), "e": encode(key.e()) }),
                }
            }
        }
    }

    fn ec(curve: &str, der: &[u8], x: Option<impl AsRef<[u8]>>, y: Option<impl AsRef<[u8]>>) -> Self {
        let encode = |part: Option<&[u8]>| BASE64URL_NOPAD.encode(part.expect("a coordinate"));
        let (x, y) = (x.as_ref().map(AsRef::as_ref), y.as_ref().map(AsRef::as_ref));
        let jwk = json!({ "kty": "EC", "crv": curve, "x": encode(x), "y": encode(y) });
        Self { key: EncodingKey::from_ec_der(der), jwk }
    }

    pub fn named(mut self, id: &str) -> Self {
        self.jwk["kid"] = id.into();
        self
    }

    /// Signs claims; `id` is the header's `kid`, if it has one.
    pub fn sign(&self, algorithm: Algorithm, id: Option<&str>, claims: &Value) -> String {
        let header = Header { kid: id.map(str::to_owned), ..Header::new(algorithm) };
        jsonwebtoken::encode(&header, claims, &self.key).expect("signed")
    }
}

/// The claims of a valid assertion of `client`. It has no `iat`, which the server does not want.
pub fn claims(server: &Server, client: &str) -> Value {
    let id = data_encoding::HEXLOWER.encode(&{
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).expect("random bytes");
        random
    });
    json!({
        "iss": client, "sub": client, "aud": format!("http://localhost:{}/oauth/token", server.port),
        "exp": now() + 60, "jti": id,
    })
}

pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs()
}
