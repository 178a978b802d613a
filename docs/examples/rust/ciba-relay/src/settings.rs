//! The provider and its client, from the environment.
//!
//! | variable | value |
//! |---|---|
//! | `AUTHSEC_URL` | the provider's address |
//! | `CIBA_ROUTES` | `workspace` (the default): AuthSec's; `oidc`: the standard's |
//! | `CIBA_CLIENT_ID` | |
//! | `CIBA_CLIENT_SECRET` | for HTTP Basic |
//! | `CIBA_PRIVATE_KEY_FILE` | with `oidc`, instead of a secret: a private key, PKCS #8 in PEM format (RSA, P-256, P-384) |
//! | `CIBA_KEY_ID` | the ID of that key at the provider, if it has one |
//! | `CIBA_WORKSPACE_ID` | the workspace of a code |
//! | `CIBA_TOTP` | `0`: the provider does not take codes at AuthSec's route |

use std::fs;
use std::time::Duration;

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use webauthn_result::ciba::native::{Authentication, Client, Options, Platform, Routes, SignError};

/// The clients of a provider.
pub struct Clients<P> {
    /// For a push and its polls.
    pub push: Client<P>,
    /// For codes, unless the provider takes none.
    pub codes: Option<Client<P>>,
}

impl<P: Platform + Clone> Clients<P> {
    /// Reads the environment.
    ///
    /// # Errors
    ///
    /// A sentence that says what is wrong with it.
    pub fn from_environment(
        platform: P,
        request_timeout: Duration,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        let given = |name: &str| variable(name).filter(|value| !value.is_empty());
        let required = |name: &str| given(name).ok_or_else(|| format!("{name} is missing"));
        let base_url = required("AUTHSEC_URL")?;
        let client_id = required("CIBA_CLIENT_ID")?;
        let routes = match given("CIBA_ROUTES").as_deref() {
            None | Some("workspace") => Routes::Workspace,
            Some("oidc") => Routes::Oidc,
            Some(_) => return Err("CIBA_ROUTES must be workspace or oidc".into()),
        };
        let authentication = match (given("CIBA_CLIENT_SECRET"), given("CIBA_PRIVATE_KEY_FILE")) {
            (Some(secret), None) => Authentication::basic(secret),
            (None, Some(_)) if routes != Routes::Oidc => {
                return Err("CIBA_PRIVATE_KEY_FILE needs CIBA_ROUTES=oidc".into());
            }
            (None, Some(path)) => {
                let pem = fs::read(&path).map_err(|error| format!("CIBA_PRIVATE_KEY_FILE cannot be read: {error}"))?;
                Authentication::private_key_jwt(signer(&pem, given("CIBA_KEY_ID"))?)
            }
            _ => return Err("either CIBA_CLIENT_SECRET or CIBA_PRIVATE_KEY_FILE is needed".into()),
        };
        let push = Options {
            base_url: base_url.clone(),
            routes,
            client_id: Some(client_id),
            request_timeout,
            authentication,
            ..Options::default()
        };
        // Since October 2026, the workspace's own route for codes finds no client's workspace, so it accepts no code. This one
        // takes no client, and the body names the workspace. The standard has no codes.
        let codes =
            Options { base_url, workspace_id: given("CIBA_WORKSPACE_ID"), request_timeout, ..Options::default() };
        // The rest was checked above.
        let create = |options| {
            Client::new(platform.clone(), options)
                .map_err(|_| "AUTHSEC_URL must be an https URL, or http on a loopback host".to_owned())
        };
        let takes_codes = given("CIBA_TOTP").as_deref() != Some("0");
        Ok(Clients { push: create(push)?, codes: takes_codes.then(|| create(codes)).transpose()? })
    }
}

/// Signs assertions by the algorithm of the key.
fn signer(pem: &[u8], key_id: Option<String>) -> Result<impl Fn(&Value) -> Result<String, SignError> + use<>, String> {
    let (algorithm, key) = read_key(pem)
        .ok_or("CIBA_PRIVATE_KEY_FILE must have a private key in PEM format (PKCS #8): RSA, P-256 or P-384")?;
    let header = Header { kid: key_id, ..Header::new(algorithm) };
    Ok(move |claims: &Value| Ok(encode(&header, claims, &key)?))
}

/// The key, and the algorithm by which it can sign: RFC 7518, section 3.1.
fn read_key(pem: &[u8]) -> Option<(Algorithm, EncodingKey)> {
    let rsa = EncodingKey::from_rsa_pem(pem).map(|key| (key, [Algorithm::RS256].as_slice()));
    let elliptic = || EncodingKey::from_ec_pem(pem).map(|key| (key, [Algorithm::ES256, Algorithm::ES384].as_slice()));
    let (key, algorithms) = rsa.or_else(|_| elliptic()).ok()?;
    let fits = |algorithm: &Algorithm| encode(&Header::new(*algorithm), &json!({}), &key).is_ok();
    let algorithm = algorithms.iter().copied().find(fits)?;
    Some((algorithm, key))
}

// The example of the crate includes this file by its path, which would look for the tests elsewhere.
#[cfg(test)]
#[path = "settings/tests.rs"]
mod tests;
