//! The public keys of clients that authenticate by `private_key_jwt` (RFC 7523).

use std::collections::BTreeMap;
use std::fmt;

use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse};
use serde::Deserialize;
use serde_json::Value;

use crate::json::UnambiguousValue;

/// The name of a file, because keys are longer than a variable should be.
pub const KEYS_VARIABLE: &str = "LOCAL_CLOUD_CIBA_KEYS";

/// The keys of one client; at least one.
pub struct ClientKeys(Vec<ClientKey>);

pub struct ClientKey {
    /// `None` if the key has no name.
    id: Option<String>,
    pub verifying: DecodingKey,
}

/// A JSON Web Key Set (RFC 7517, section 5).
#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

impl ClientKeys {
    /// Parses `{ client ID: JSON Web Key Set, … }`.
    ///
    /// # Errors
    /// A message for the terminal. It contains no key.
    pub fn parse_all(text: &str) -> Result<BTreeMap<String, Self>, String> {
        let UnambiguousValue(value) =
            serde_json::from_str(text).map_err(|error| format!("{KEYS_VARIABLE}: the file is not JSON: {error}"))?;
        let sets: BTreeMap<String, KeySet> = serde_json::from_value(value).map_err(|_| {
            format!("{KEYS_VARIABLE}: the file must be {{ \"client-id\": {{ \"keys\": [JWK, …] }}, … }}")
        })?;
        let mut clients = BTreeMap::new();
        for (client, set) in sets {
            let keys =
                Self::from_set(set).map_err(|problem| format!("{KEYS_VARIABLE}: client {client:?}: {problem}"))?;
            clients.insert(client, keys);
        }
        Ok(clients)
    }

    fn from_set(set: KeySet) -> Result<Self, String> {
        let mut keys: Vec<ClientKey> = Vec::new();
        for (index, jwk) in set.keys.into_iter().enumerate() {
            let key = ClientKey::from_jwk(jwk).map_err(|problem| format!("key {}: {problem}", index + 1))?;
            if keys.iter().any(|known| known.id.is_some() && known.id == key.id) {
                return Err(format!("key {} has the kid of another key", index + 1));
            }
            keys.push(key);
        }
        if keys.is_empty() { Err("has no keys".to_owned()) } else { Ok(Self(keys)) }
    }

    /// The key with which an assertion was signed whose header names `id`, which is empty if the header names none. A client's
    /// only key need not be named, and if it has no name itself, any name stands for it.
    pub fn select(&self, id: &str) -> Option<&ClientKey> {
        let named = self.0.iter().find(|key| !id.is_empty() && key.id.as_deref() == Some(id));
        named.or_else(|| match &self.0[..] {
            [only] if id.is_empty() || only.id.is_none() => Some(only),
            _ => None,
        })
    }
}

impl ClientKey {
    fn from_jwk(jwk: Value) -> Result<Self, &'static str> {
        if ["d", "p", "q", "k"].iter().any(|secret| jwk.get(secret).is_some()) {
            return Err("is not a public key; leave out its private members");
        }
        let jwk: Jwk = serde_json::from_value(jwk).map_err(|_| "is not a JWK of kty RSA or EC")?;
        let common = &jwk.common;
        if !matches!(common.public_key_use, None | Some(PublicKeyUse::Signature)) {
            return Err("use: must be \"sig\", or absent");
        }
        if common.key_operations.as_ref().is_some_and(|operations| !operations.contains(&KeyOperations::Verify)) {
            return Err("key_ops: must contain \"verify\", or be absent");
        }
        let algorithms = algorithms_of(&jwk.algorithm).ok_or("must be of kty RSA, or EC with crv P-256 or P-384")?;
        if common.key_algorithm.is_some_and(|algorithm| !algorithms.contains(&algorithm)) {
            return Err("alg: no algorithm for this kind of key");
        }
        let verifying = DecodingKey::from_jwk(&jwk).map_err(|_| "has members that are not base64url")?;
        Ok(Self { id: common.key_id.clone().filter(|id| !id.is_empty()), verifying })
    }
}

/// The algorithms that a key can be used with.
fn algorithms_of(parameters: &AlgorithmParameters) -> Option<&'static [KeyAlgorithm]> {
    use KeyAlgorithm::{ES256, ES384, PS256, PS384, PS512, RS256, RS384, RS512};
    match parameters {
        AlgorithmParameters::RSA(_) => Some(&[RS256, RS384, RS512, PS256, PS384, PS512]),
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => Some(&[ES256]),
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P384 => Some(&[ES384]),
        _ => None,
    }
}

impl fmt::Debug for ClientKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.0.iter().map(|key| &key.id)).finish()
    }
}

#[cfg(test)]
mod tests;
