//! Signed tokens (JWT, HS512): the status token of a transaction, and the transaction token that proves its success.
//! AuthSec's tokens are signed by the same key and kept apart by their audience.

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::errors::ApiError;
use crate::relying_party::RP_ID;
use crate::transactions::{Ceremony, Transaction};

/// What an answer calls the type of a token that whoever bears it can use (RFC 6750).
pub const BEARER: &str = "Bearer";
pub const ISSUER: &str = "local-cloud";
/// The audience keeps the two kinds apart: a status token is no proof of anything, and a transaction token opens no status.
const STATUS_AUDIENCE: &str = "status";
/// How long a transaction can be asked about after its own time is up, in seconds.
const STATUS_SECONDS: i64 = 600;
/// How long a transaction token is valid, in seconds.
const TRANSACTION_TOKEN_SECONDS: i64 = 600;

/// The registered claims of RFC 7519, and `scope` of RFC 8693. Times in seconds since 1970-01-01 UTC.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    pub iat: i64,
    pub nbf: i64,
    pub exp: i64,
    /// Of a status token the transaction, of any other the user.
    pub sub: String,
    pub aud: String,
    pub iss: String,
    /// What the token is for: the transaction, or AuthSec's request for approval.
    pub jti: String,
    pub scope: String,
}

/// Why a token does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// It is this server's, and its time is up.
    Expired,
    /// It is not a token of this kind that this server signed.
    Forged,
}

pub struct Tokens {
    signing: EncodingKey,
    verifying: DecodingKey,
}

impl Tokens {
    pub fn new(key: &[u8]) -> Self {
        Self { signing: EncodingKey::from_secret(key), verifying: DecodingKey::from_secret(key) }
    }

    /// The token with which a page finalizes a transaction and asks about it. Times in milliseconds since 1970-01-01 UTC.
    pub fn status_token(&self, transaction_id: &str, now: i64, expires_at: i64) -> Result<String, ApiError> {
        self.sign(&Claims {
            iat: now / 1000,
            nbf: now / 1000,
            exp: expires_at / 1000 + STATUS_SECONDS,
            sub: transaction_id.to_owned(),
            aud: STATUS_AUDIENCE.to_owned(),
            iss: ISSUER.to_owned(),
            jti: transaction_id.to_owned(),
            scope: "status".to_owned(),
        })
    }

    /// The transaction that a status token is for.
    pub fn transaction_id(&self, status_token: &str) -> Result<String, Invalid> {
        self.verify(status_token, STATUS_AUDIENCE, true).map(|claims: Claims| claims.sub)
    }

    /// The same, of a token whose time may be up.
    pub fn transaction_id_at_any_time(&self, status_token: &str) -> Option<String> {
        self.verify(status_token, STATUS_AUDIENCE, false).ok().map(|claims: Claims| claims.sub)
    }

    /// The proof that `transaction` succeeded. It depends on nothing but the transaction, so it is the same whenever it
    /// is asked for, and is kept nowhere.
    pub fn transaction_token(&self, transaction: &Transaction, user_id: &str) -> Result<String, ApiError> {
        let decided_at = transaction.updated_at / 1000;
        self.sign(&Claims {
            iat: decided_at,
            nbf: decided_at,
            exp: decided_at + TRANSACTION_TOKEN_SECONDS,
            sub: user_id.to_owned(),
            aud: RP_ID.to_owned(),
            iss: ISSUER.to_owned(),
            jti: transaction.id.clone(),
            scope: match transaction.ceremony {
                Ceremony::Registration => "registration",
                Ceremony::Authentication | Ceremony::Usernameless => "authentication",
            }
            .to_owned(),
        })
    }

    /// The claims of a transaction token that is valid now.
    pub fn transaction_claims(&self, token: &str) -> Result<Claims, Invalid> {
        self.verify(token, RP_ID, true)
    }

    pub fn sign(&self, claims: &impl Serialize) -> Result<String, ApiError> {
        jsonwebtoken::encode(&Header::new(Algorithm::HS512), claims, &self.signing).map_err(ApiError::internal)
    }

    /// The claims of a token for `audience`; with `timely`, only of one that is valid now.
    pub fn verify<T: DeserializeOwned + Clone>(&self, token: &str, audience: &str, timely: bool) -> Result<T, Invalid> {
        let mut validation = Validation::new(Algorithm::HS512);
        validation.leeway = 0;
        validation.validate_exp = timely;
        validation.validate_nbf = timely;
        validation.set_audience(&[audience]);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "nbf", "aud", "iss", "sub"]);
        match jsonwebtoken::decode(token, &self.verifying, &validation) {
            Ok(token) => Ok(token.claims),
            Err(error) if matches!(error.kind(), ErrorKind::ExpiredSignature) => Err(Invalid::Expired),
            Err(_) => Err(Invalid::Forged),
        }
    }
}

#[cfg(test)]
mod tests;
