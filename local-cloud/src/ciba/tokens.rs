//! AuthSec's tokens: the approval token, which proves that a user approved, and the bearer token of the user's phone.

use serde::{Deserialize, Serialize};

use super::requests::Request;
use super::users::CibaUser;
use crate::errors::ApiError;
use crate::tokens::{Claims, ISSUER, InvalidToken, Tokens};

const APPROVAL_AUDIENCE: &str = "approval";
const PHONE_AUDIENCE: &str = "phone";
/// How long the token for a TOTP code is valid, in seconds.
const TOTP_SECONDS: i64 = 24 * 60 * 60;
/// How long a phone stays signed in, in seconds.
const PHONE_SECONDS: i64 = 24 * 60 * 60;

/// The claims of an approval token. `scope` is `push` or `totp`, `sub` is the user.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ApprovalClaims {
    #[serde(flatten)]
    pub claims: Claims,
    pub email: String,
    /// Absent if the request named none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
}

impl Tokens {
    /// The proof that `user` approved `request`, valid for `seconds` from the decision on. It depends only on these, so it is
    /// always the same and need not be stored.
    pub fn push_token(&self, request: &Request, user: &CibaUser, seconds: i64) -> Result<String, ApiError> {
        let decided_at = request.decided_at.unwrap_or(request.created_at) / 1000;
        let until = decided_at + seconds;
        self.approval_token("push", &request.id, user, request.client_id.clone(), decided_at, until)
    }

    /// The proof that `user` knew a TOTP code. `now` in milliseconds since 1970-01-01 UTC.
    pub fn totp_token(&self, user: &CibaUser, client_id: Option<String>, now: i64) -> Result<String, ApiError> {
        let id = uuid::Uuid::new_v4().to_string();
        self.approval_token("totp", &id, user, client_id, now / 1000, now / 1000 + TOTP_SECONDS)
    }

    /// Times in seconds since 1970-01-01 UTC.
    fn approval_token(
        &self,
        scope: &str,
        id: &str,
        user: &CibaUser,
        client_id: Option<String>,
        from: i64,
        until: i64,
    ) -> Result<String, ApiError> {
        let claims = claims(APPROVAL_AUDIENCE, scope, id, &user.id, from, until);
        self.sign(&ApprovalClaims { claims, email: user.email.clone(), client_id })
    }

    /// The claims of a valid approval token.
    pub fn approval_claims(&self, token: &str) -> Result<ApprovalClaims, InvalidToken> {
        self.verify(token, APPROVAL_AUDIENCE, true)
    }

    /// The bearer token of a user's phone. `now` in milliseconds since 1970-01-01 UTC.
    pub fn phone_token(&self, user_id: &str, now: i64) -> Result<String, ApiError> {
        let id = uuid::Uuid::new_v4().to_string();
        self.sign(&claims(PHONE_AUDIENCE, "phone", &id, user_id, now / 1000, now / 1000 + PHONE_SECONDS))
    }

    /// The ID of a phone token's user.
    pub fn phone_user(&self, token: &str) -> Result<String, InvalidToken> {
        self.verify(token, PHONE_AUDIENCE, true).map(|claims: Claims| claims.sub)
    }
}

fn claims(audience: &str, scope: &str, id: &str, user_id: &str, from: i64, until: i64) -> Claims {
    Claims {
        iat: from,
        nbf: from,
        exp: until,
        sub: user_id.to_owned(),
        aud: audience.to_owned(),
        iss: ISSUER.to_owned(),
        jti: id.to_owned(),
        scope: scope.to_owned(),
    }
}

#[cfg(test)]
mod tests;
