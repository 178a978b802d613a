//! A software authenticator with its browser: creates keys, signs, and can make one mistake on request.

use std::sync::OnceLock;

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::Signer as _;
use p256::ecdsa::signature::SignatureEncoding as _;
use rsa::pkcs1v15;
use rsa::rand_core::{OsRng, RngCore};
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::server::{ORIGIN, Server};

pub const USER_PRESENT: u8 = 0x01;
pub const USER_VERIFIED: u8 = 0x04;
const ATTESTED_CREDENTIAL_DATA: u8 = 0x40;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Algorithm {
    Es256,
    EdDsa,
    Rs256,
}

pub const ALGORITHMS: [Algorithm; 3] = [Algorithm::Es256, Algorithm::EdDsa, Algorithm::Rs256];

enum Key {
    Es256(p256::ecdsa::SigningKey),
    EdDsa(ed25519_dalek::SigningKey),
    Rs256(Box<pkcs1v15::SigningKey<Sha256>>),
}

impl Key {
    fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Es256 => Self::Es256(p256::ecdsa::SigningKey::random(&mut OsRng)),
            Algorithm::EdDsa => Self::EdDsa(ed25519_dalek::SigningKey::generate(&mut OsRng)),
            Algorithm::Rs256 => {
                static ONE: OnceLock<rsa::RsaPrivateKey> = OnceLock::new();
                let key = ONE.get_or_init(|| rsa::RsaPrivateKey::new(&mut OsRng, 2048).expect("a key"));
                Self::Rs256(Box::new(pkcs1v15::SigningKey::new(key.clone())))
            }
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Es256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.to_der().as_bytes().to_vec()
            }
            Self::EdDsa(key) => key.sign(message).to_vec(),
            Self::Rs256(key) => key.sign(message).to_vec(),
        }
    }

    /// COSE_Key, in CTAP2's canonical order.
    fn cose(&self) -> Vec<u8> {
        match self {
            Self::Es256(key) => {
                let point = key.verifying_key().to_encoded_point(false);
                let (x, y) = (point.x().expect("x"), point.y().expect("y"));
                [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32][..], x, &[0x22, 0x58, 32], y].concat()
            }
            Self::EdDsa(key) => {
                [&[0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32][..], key.verifying_key().as_bytes()].concat()
            }
            Self::Rs256(key) => {
                let modulus = AsRef::<rsa::RsaPrivateKey>::as_ref(key.as_ref()).n().to_bytes_be();
                let head = [0xa4, 1, 3, 3, 0x39, 1, 0, 0x20, 0x59, 1, 0];
                [&head[..], &modulus, &[0x21, 0x43, 1, 0, 1]].concat()
            }
        }
    }
}

/// What to put into the response of the ceremony; the defaults are valid.
pub struct Ways {
    pub origin: &'static str,
    pub rp_id: &'static str,
    pub kind: Option<&'static str>,
    pub challenge: Option<String>,
    pub cross_origin: bool,
    pub flags: u8,
    pub counter: Option<u32>,
    pub user_handle: Option<Vec<u8>>,
    pub spoil_signature: bool,
}

impl Default for Ways {
    fn default() -> Self {
        Self {
            origin: ORIGIN,
            rp_id: "localhost",
            kind: None,
            challenge: None,
            cross_origin: false,
            flags: USER_PRESENT | USER_VERIFIED,
            counter: None,
            user_handle: None,
            spoil_signature: false,
        }
    }
}

impl Ways {
    fn client_data(&self, kind: &str, challenge: &Value) -> Vec<u8> {
        let challenge = self.challenge.as_deref().or(challenge.as_str()).expect("a challenge");
        let kind = self.kind.unwrap_or(kind);
        let (origin, cross_origin) = (self.origin, self.cross_origin);
        format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}","crossOrigin":{cross_origin}}}"#)
            .into_bytes()
    }

    fn authenticator_data(&self, flags: u8, counter: u32) -> Vec<u8> {
        let hash: [u8; 32] = Sha256::digest(self.rp_id.as_bytes()).into();
        [hash.as_slice(), &[flags], &self.counter.unwrap_or(counter).to_be_bytes()].concat()
    }
}

/// A passkey and its owner.
pub struct Passkey {
    pub id: Vec<u8>,
    pub user_id: String,
    /// 0 for an authenticator without a counter.
    pub counter: u32,
    key: Key,
}

impl Passkey {
    pub fn new(algorithm: Algorithm, user_id: &Value) -> Self {
        let mut id = vec![0; 32];
        OsRng.fill_bytes(&mut id);
        Self { id, user_id: user_id.as_str().expect("a user ID").to_owned(), counter: 1, key: Key::new(algorithm) }
    }

    /// The body for `/_app/attestation/result`, with no attestation statement.
    pub fn attest(&self, enrolled: &Value, ways: &Ways) -> Value {
        self.attest_with(enrolled, ways, |_, _| (b"\x64none".to_vec(), vec![0xa0]))
    }

    /// The same, self-signed: the statement is the key's own signature.
    pub fn attest_by_itself(&self, enrolled: &Value, ways: &Ways) -> Value {
        self.attest_with(enrolled, ways, |authenticator_data, client_data| {
            let hash: [u8; 32] = Sha256::digest(client_data).into();
            let mut signature = self.key.sign(&[authenticator_data, hash.as_slice()].concat());
            if ways.spoil_signature {
                // The last byte: the ones before may be the structure of the signature.
                *signature.last_mut().expect("a signature") ^= 1;
            }
            let length = u8::try_from(signature.len()).expect("a short signature");
            let head = [&[0xa2, 0x63][..], b"alg", &[0x26, 0x63], b"sig", &[0x58, length]].concat();
            (b"\x66packed".to_vec(), [head, signature].concat())
        })
    }

    fn attest_with(
        &self,
        enrolled: &Value,
        ways: &Ways,
        statement: impl Fn(&[u8], &[u8]) -> (Vec<u8>, Vec<u8>),
    ) -> Value {
        let enrollment = &enrolled["enrollment"];
        let client_data = ways.client_data("webauthn.create", &enrollment["credentialCreationOptions"]["challenge"]);
        let mut authenticator_data = ways.authenticator_data(ways.flags | ATTESTED_CREDENTIAL_DATA, self.counter);
        authenticator_data.extend([0; 16]);
        authenticator_data.extend(u16::try_from(self.id.len()).expect("a short ID").to_be_bytes());
        authenticator_data.extend(&self.id);
        authenticator_data.extend(self.key.cose());
        let (format, statement) = statement(&authenticator_data, &client_data);
        let length = u16::try_from(authenticator_data.len()).expect("short").to_be_bytes();
        let object = [
            &[0xa3, 0x63][..],
            b"fmt",
            &format,
            &[0x67],
            b"attStmt",
            &statement,
            &[0x68],
            b"authData",
            &[0x59],
            &length,
            &authenticator_data,
        ]
        .concat();
        json!({
            "type": "public-key",
            "id": encode(&self.id),
            "response": { "clientDataJSON": encode(&client_data), "attestationObject": encode(&object) },
            "statusToken": enrollment["statusToken"],
            "userAgent": "test",
            "userFriendlyName": "My key",
        })
    }

    /// The body for `/_app/assertion/result`. Increments the counter, if there is one.
    pub fn assert(&mut self, approval: &Value, ways: &Ways) -> Value {
        if self.counter > 0 {
            self.counter += 1;
        }
        let client_data = ways.client_data("webauthn.get", &approval["credentialRequestOptions"]["challenge"]);
        let authenticator_data = ways.authenticator_data(ways.flags, self.counter);
        let hash: [u8; 32] = Sha256::digest(&client_data).into();
        let mut signature = self.key.sign(&[authenticator_data.as_slice(), hash.as_slice()].concat());
        if ways.spoil_signature {
            *signature.last_mut().expect("a signature") ^= 1;
        }
        let user_handle = ways.user_handle.as_deref().unwrap_or(self.user_id.as_bytes());
        json!({
            "type": "public-key",
            "id": encode(&self.id),
            "response": {
                "authenticatorData": encode(&authenticator_data),
                "clientDataJSON": encode(&client_data),
                "signature": encode(&signature),
                "userHandle": encode(user_handle),
            },
            "statusToken": approval["statusToken"],
            "userAgent": "test",
        })
    }
}

pub fn encode(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// Enrolls `username` with a new passkey.
pub fn register(server: &Server, username: &str, algorithm: Algorithm) -> Passkey {
    register_counting_from(1, server, username, algorithm)
}

/// The same with an authenticator whose counter is `counter`.
pub fn register_counting_from(counter: u32, server: &Server, username: &str, algorithm: Algorithm) -> Passkey {
    let enrolled = server.enroll(username, json!({}));
    let mut passkey = Passkey::new(algorithm, &enrolled["userId"]);
    passkey.counter = counter;
    let response = server.page_sends("/_app/attestation/result", &passkey.attest(&enrolled, &Ways::default()));
    assert_eq!(response.json()["status"], "ok", "{}", response.text());
    passkey
}
