//! AuthSec's tokens: the approval token that proves what a person approved, and the bearer token of that person's phone.

use serde::{Deserialize, Serialize};

use super::requests::Request;
use super::users::Person;
use crate::errors::ApiError;
use crate::tokens::{Claims, ISSUER, Invalid, Tokens};

const APPROVAL_AUDIENCE: &str = "approval";
const PHONE_AUDIENCE: &str = "phone";
/// How long an approval token is valid: after the end of its request, or after the TOTP code. In seconds.
const APPROVAL_SECONDS: i64 = 600;
/// How long a phone stays signed in, in seconds.
const PHONE_SECONDS: i64 = 24 * 60 * 60;

/// The claims of an approval token. `scope` is `push` or `totp`, `sub` the user.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ApprovalClaims {
    #[serde(flatten)]
    pub claims: Claims,
    pub email: String,
    /// Absent in the admin flow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
}

impl Tokens {
    /// The proof that `person` approved `request`. It depends on nothing but these, so it is the same whenever its client
    /// asks, and is kept nowhere. Valid from the decision on.
    pub fn push_token(&self, request: &Request, person: &Person) -> Result<(String, i64), ApiError> {
        let decided_at = request.decided_at.unwrap_or(request.created_at) / 1000;
        let expires_at = request.expires_at / 1000 + APPROVAL_SECONDS;
        self.approval_token("push", &request.id, person, request.client_id.clone(), decided_at, expires_at)
    }

    /// The proof that `person` knew a TOTP code. `now` in milliseconds since 1970-01-01 UTC.
    pub fn totp_token(&self, person: &Person, client_id: Option<String>, now: i64) -> Result<(String, i64), ApiError> {
        let id = uuid::Uuid::new_v4().to_string();
        self.approval_token("totp", &id, person, client_id, now / 1000, now / 1000 + APPROVAL_SECONDS)
    }

    /// The token, and its end in seconds since 1970-01-01 UTC.
    fn approval_token(
        &self,
        scope: &str,
        id: &str,
        person: &Person,
        client_id: Option<String>,
        from: i64,
        until: i64,
    ) -> Result<(String, i64), ApiError> {
        let claims = claims(APPROVAL_AUDIENCE, scope, id, &person.id, from, until);
        let token = self.sign(&ApprovalClaims { claims, email: person.email.clone(), client_id })?;
        Ok((token, until))
    }

    /// The claims of an approval token that is valid now.
    pub fn approval_claims(&self, token: &str) -> Result<ApprovalClaims, Invalid> {
        self.verify(token, APPROVAL_AUDIENCE, true)
    }

    /// The token with which a phone says whose it is. `now` in milliseconds since 1970-01-01 UTC.
    pub fn phone_token(&self, user_id: &str, now: i64) -> Result<String, ApiError> {
        let id = uuid::Uuid::new_v4().to_string();
        self.sign(&claims(PHONE_AUDIENCE, "phone", &id, user_id, now / 1000, now / 1000 + PHONE_SECONDS))
    }

    /// The user whose phone token this is.
    pub fn phone_user(&self, token: &str) -> Result<String, Invalid> {
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
