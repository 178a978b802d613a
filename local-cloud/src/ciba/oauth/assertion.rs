//! `private_key_jwt`: a client proves with a signed assertion who it is (RFC 7523).

use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, AlgorithmFamily, Validation};
use serde_json::Value;

use crate::base64url;
use crate::ciba::clients::Clients;

/// Those that the server accepts, except for ES512, which the library cannot verify.
const ALGORITHMS: [Algorithm; 8] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
];
/// How far the clocks of client and server may be apart, in seconds.
pub const LEEWAY: u64 = 30;

/// An assertion that its client signed for this server. It may have been used before.
#[derive(Debug, PartialEq, Eq)]
pub struct Assertion {
    pub client_id: String,
    pub id: String,
    /// Seconds since 1970-01-01 UTC.
    pub expires_at: i64,
}

impl Assertion {
    /// Verifies an assertion for `audience`.
    ///
    /// # Errors
    /// The server's words for what is wrong with it.
    pub fn verify(text: &str, clients: &Clients, audience: &str) -> Result<Self, String> {
        let malformed = || "malformed client_assertion: token is malformed".to_owned();
        let (header, claims) = read_unverified(text).ok_or_else(malformed)?;
        let (issuer, subject) = (text_at(&claims, "iss"), text_at(&claims, "sub"));
        if issuer.is_empty() || subject.is_empty() {
            return Err("client_assertion must have iss and sub".to_owned());
        }
        if issuer != subject {
            return Err("client_assertion iss must equal sub".to_owned());
        }
        let client = clients.get(issuer).ok_or("unknown client_id")?;
        let keys = client.keys.as_ref().ok_or("client does not support private_key_jwt")?;

        let invalid = |problem: &str| format!("client_assertion validation failed: {problem}");
        let name = text_at(&header, "alg");
        let algorithm = name
            .parse()
            .ok()
            .filter(|algorithm| ALGORITHMS.contains(algorithm))
            .ok_or_else(|| invalid(&format!("token signature is invalid: signing method {name} is invalid")))?;
        let key = keys.select(text_at(&header, "kid")).ok_or_else(|| {
            invalid("token is unverifiable: error while executing keyfunc: kid not found in client JWKS")
        })?;
        if key.verifying.family() != algorithm.family() {
            return Err(invalid(wrong_kind_of_key(algorithm)));
        }
        let claims: Value = jsonwebtoken::decode(text, &key.verifying, &validation(algorithm))
            .map_err(|error| invalid(problem(&error, algorithm)))?
            .claims;
        if !names(&claims["aud"], audience) {
            return Err("client_assertion aud must be the token endpoint".to_owned());
        }
        let id = text_at(&claims, "jti");
        if id.is_empty() {
            return Err("client_assertion must contain jti".to_owned());
        }
        // A fraction is allowed, and no time is too far ahead; the conversion saturates.
        let expires_at = claims["exp"].as_f64().unwrap_or_default() as i64;
        Ok(Self { client_id: issuer.to_owned(), id: id.to_owned(), expires_at })
    }
}

/// `exp` is required. `nbf` is respected, and `iat` is not looked at, as in the server.
fn validation(algorithm: Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.set_required_spec_claims(&["exp"]);
    validation.leeway = LEEWAY;
    validation.validate_nbf = true;
    // Checked afterwards, because the server has words of its own for it.
    validation.validate_aud = false;
    validation
}

/// Header and claims of a JWT whose signature was not verified.
fn read_unverified(text: &str) -> Option<(Value, Value)> {
    let mut parts = text.split('.');
    let (header, claims, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    let read = |part: &str| serde_json::from_slice::<Value>(&base64url::decode(part)?).ok().filter(Value::is_object);
    parts.next().is_none().then_some((read(header)?, read(claims)?))
}

fn text_at<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// Whether an `aud` claim, a string or an array, names `audience`.
fn names(claim: &Value, audience: &str) -> bool {
    claim == audience || claim.as_array().is_some_and(|names| names.iter().any(|name| name == audience))
}

/// The words of the server's library for a key that an algorithm cannot use.
fn wrong_kind_of_key(algorithm: Algorithm) -> &'static str {
    use Algorithm::{ES256, ES384, RS256, RS384, RS512};
    match algorithm {
        ES256 | ES384 => "token signature is invalid: key is of invalid type: ECDSA verify expects *ecdsa.PublicKey",
        RS256 | RS384 | RS512 => {
            "token signature is invalid: key is of invalid type: RSA verify expects *rsa.PublicKey"
        }
        _ => "token signature is invalid: key is of invalid type: RSA-PSS verify expects *rsa.PublicKey",
    }
}

/// The words of the server's library for an assertion that cannot be verified.
fn problem(error: &Error, algorithm: Algorithm) -> &'static str {
    match error.kind() {
        ErrorKind::ExpiredSignature => "token has invalid claims: token is expired",
        ErrorKind::ImmatureSignature => "token has invalid claims: token is not valid yet",
        ErrorKind::MissingRequiredClaim(_) => {
            "token has invalid claims: token is missing required claim: exp claim is required"
        }
        ErrorKind::InvalidClaimFormat(_) => "token has invalid claims: invalid type for claim",
        _ if algorithm.family() == AlgorithmFamily::Ec => {
            "token signature is invalid: crypto/ecdsa: verification error"
        }
        _ => "token signature is invalid: crypto/rsa: verification error",
    }
}

#[cfg(test)]
mod tests;
