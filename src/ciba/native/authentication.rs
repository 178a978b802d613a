//! How a client authenticates: not at all, by HTTP Basic, or by a signed assertion.

use std::error::Error;
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value as Json, json};
use url::form_urlencoded::byte_serialize;

use super::super::failure::Failure;

/// How long an assertion is valid.
const LIFETIME: Duration = Duration::from_secs(60);
/// RFC 7523, section 2.2.
pub(super) const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Why an assertion was not signed. The client does not repeat it.
pub type SignError = Box<dyn Error + Send + Sync>;

type Sign = dyn Fn(&Json) -> Result<String, SignError> + Send + Sync;

/// How a client authenticates.
#[derive(Default)]
pub struct Authentication(Kind);

#[derive(Default)]
enum Kind {
    #[default]
    None,
    Basic {
        secret: String,
    },
    PrivateKeyJwt {
        audience: Option<String>,
        sign: Box<Sign>,
    },
}

/// What authenticates one request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Credential {
    None,
    /// The value of the header `Authorization`.
    Header(String),
    /// `client_assertion`, for the form.
    Assertion(String),
}

impl Authentication {
    /// None: the server knows the client by its ID, or the admin flow needs none.
    pub const NONE: Authentication = Authentication(Kind::None);

    /// HTTP Basic with the ID and this secret, each form-encoded first: RFC 6749, section 2.3.1.
    pub fn basic(client_secret: impl Into<String>) -> Self {
        Authentication(Kind::Basic { secret: client_secret.into() })
    }

    /// `private_key_jwt` (RFC 7523), for [`Routes::Oidc`](super::Routes::Oidc): `sign` returns a JWT with these claims, signed by
    /// the client's key. Each request has its own: `iss` and `sub` are the client, `aud` is the URL of the token endpoint, and
    /// it expires after 60 seconds.
    pub fn private_key_jwt(sign: impl Fn(&Json) -> Result<String, SignError> + Send + Sync + 'static) -> Self {
        Authentication(Kind::PrivateKeyJwt { audience: None, sign: Box::new(sign) })
    }

    /// Replaces `aud` of the assertions, for servers that expect another one, such as their issuer.
    #[must_use]
    pub fn with_audience(mut self, other: impl Into<String>) -> Self {
        if let Kind::PrivateKeyJwt { audience, .. } = &mut self.0 {
            *audience = Some(other.into());
        }
        self
    }

    pub(super) fn is_none(&self) -> bool {
        matches!(self.0, Kind::None)
    }

    /// Whether it is by a secret that is empty, as from an environment that lacks it.
    pub(super) fn is_blank(&self) -> bool {
        matches!(&self.0, Kind::Basic { secret } if secret.is_empty())
    }

    pub(super) fn is_assertion(&self) -> bool {
        matches!(self.0, Kind::PrivateKeyJwt { .. })
    }

    /// What authenticates the next request of this client.
    ///
    /// # Errors
    ///
    /// `invalid_argument` if there is no assertion. Why is left out, since it may quote the key.
    pub(super) fn credential(
        &self,
        client_id: &str,
        token_endpoint: &str,
        now: SystemTime,
    ) -> Result<Credential, Failure> {
        match &self.0 {
            Kind::None => Ok(Credential::None),
            Kind::Basic { secret } => {
                let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
                let pair = format!("{}:{}", encode(client_id), encode(secret));
                Ok(Credential::Header(format!("Basic {}", BASE64_STANDARD.encode(pair))))
            }
            Kind::PrivateKeyJwt { audience, sign } => {
                let claims =
                    claims(client_id, audience.as_deref().unwrap_or(token_endpoint), now).ok_or_else(|| {
                        Failure::argument(&["the system has no random numbers, or its clock is before 1970"])
                    })?;
                let assertion =
                    sign(&claims).map_err(|_| Failure::argument(&["options.authentication: the signer failed"]))?;
                Ok(Credential::Assertion(assertion))
            }
        }
    }
}

impl fmt::Debug for Authentication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::None => "None",
            Kind::Basic { .. } => "Basic",
            Kind::PrivateKeyJwt { .. } => "PrivateKeyJwt",
        })
    }
}

/// RFC 7523, section 3.
fn claims(client_id: &str, audience: &str, now: SystemTime) -> Option<Json> {
    let issued = now.duration_since(UNIX_EPOCH).ok()?;
    // Servers remember it, to take each assertion once.
    let mut jti = [0; 16];
    getrandom::fill(&mut jti).ok()?;
    Some(json!({
        "iss": client_id,
        "sub": client_id,
        "aud": audience,
        "exp": (issued + LIFETIME).as_secs(),
        "jti": BASE64_URL_SAFE_NO_PAD.encode(jti),
    }))
}

#[cfg(test)]
mod tests;
