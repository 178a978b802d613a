//! Signed tokens (JWT, HS512): the status token of a transaction, and the transaction token that proves its success.
//! AuthSec's tokens are signed with the same key; the audience tells them apart.

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::errors::ApiError;
use crate::rp_id::RP_ID;
use crate::transactions::{Ceremony, Transaction};

/// The `token_type` of RFC 6750.
pub const BEARER: &str = "Bearer";
pub const ISSUER: &str = "local-cloud";
/// The audience tells the two kinds apart: a status token proves nothing, and a transaction token does not give access to a
/// status.
const STATUS_AUDIENCE: &str = "status";
/// How long the status can be queried after the transaction expired, in seconds.
const STATUS_SECONDS: i64 = 600;
/// In seconds.
const TRANSACTION_TOKEN_SECONDS: i64 = 600;
/// How far the clock may go back without making a new token one that is not valid yet, in seconds. Clocks are set back when they
/// are synchronized, and when a virtual machine resumes.
const CLOCK_LEEWAY_SECONDS: u64 = 60;

/// The registered claims of RFC 7519, and `scope` of RFC 8693. Times in seconds since 1970-01-01 UTC.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    pub iat: i64,
    pub nbf: i64,
    pub exp: i64,
    /// The transaction in a status token, the user in any other.
    pub sub: String,
    pub aud: String,
    pub iss: String,
    /// The transaction, or AuthSec's request for approval.
    pub jti: String,
    pub scope: String,
}

/// Why a token is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidToken {
    /// This server signed it, and it expired.
    Expired,
    /// This server did not sign it, or it is a token of another kind.
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

    /// The token with which a page finalizes a transaction and queries its status. Times in milliseconds since 1970-01-01 UTC.
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

    /// The ID of a status token's transaction.
    pub fn transaction_id(&self, status_token: &str) -> Result<String, InvalidToken> {
        self.verify(status_token, STATUS_AUDIENCE, true).map(|claims: Claims| claims.sub)
    }

    /// Like `transaction_id`, but accepts an expired token.
    pub fn transaction_id_even_if_expired(&self, status_token: &str) -> Option<String> {
        self.verify(status_token, STATUS_AUDIENCE, false).ok().map(|claims: Claims| claims.sub)
    }

    /// The proof that `transaction` succeeded. It depends on the transaction only, so it is always the same and need not be
    /// stored.
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

    /// The claims of a valid transaction token.
    pub fn transaction_claims(&self, token: &str) -> Result<Claims, InvalidToken> {
        self.verify(token, RP_ID, true)
    }

    pub fn sign(&self, claims: &impl Serialize) -> Result<String, ApiError> {
        jsonwebtoken::encode(&Header::new(Algorithm::HS512), claims, &self.signing).map_err(ApiError::internal)
    }

    /// The claims of a token for `audience`. `check_time`: whether to reject a token that is expired or not valid yet.
    pub fn verify<T: DeserializeOwned + Clone>(
        &self,
        token: &str,
        audience: &str,
        check_time: bool,
    ) -> Result<T, InvalidToken> {
        let mut validation = Validation::new(Algorithm::HS512);
        // For `nbf` alone: a token that expires sooner than the leeway is as good as expired, so `exp` has none.
        validation.leeway = CLOCK_LEEWAY_SECONDS;
        validation.reject_tokens_expiring_in_less_than = CLOCK_LEEWAY_SECONDS;
        validation.validate_exp = check_time;
        validation.validate_nbf = check_time;
        validation.set_audience(&[audience]);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "nbf", "aud", "iss", "sub"]);
        self.decode(token, &validation)
    }

    /// The claims of a token that this server signed.
    pub fn decode<T: DeserializeOwned + Clone>(&self, token: &str, validation: &Validation) -> Result<T, InvalidToken> {
        match jsonwebtoken::decode(token, &self.verifying, validation) {
            Ok(token) => Ok(token.claims),
            Err(error) if matches!(error.kind(), ErrorKind::ExpiredSignature) => Err(InvalidToken::Expired),
            Err(_) => Err(InvalidToken::Forged),
        }
    }
}

#[cfg(test)]
mod tests;
