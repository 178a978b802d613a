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
mod tests {
    use super::*;
    use crate::ciba::requests::{Pace, Status};
    use crate::clock;

    fn person() -> Person {
        Person { id: "u".to_owned(), email: "a@b.c".to_owned(), totp_secret: Vec::new(), totp_last_step: 0 }
    }

    /// Decided 100 seconds ago, with 50 seconds to live.
    fn approved(now: i64) -> Request {
        Request {
            auth_req_id: "secret".to_owned(),
            id: "r".to_owned(),
            user_id: "u".to_owned(),
            client_id: None,
            binding_message: None,
            status: Status::Approved,
            pace: Pace { interval: 5000, polled_at: None },
            created_at: now - 250_000,
            decided_at: Some(now - 100_000),
            expires_at: now + 50_000,
        }
    }

    #[test]
    fn a_push_token_depends_on_the_decision_and_not_on_when_it_is_asked_for() {
        let (tokens, now) = (Tokens::new(&[7; 64]), clock::now());
        let (token, until) = tokens.push_token(&approved(now), &person()).expect("signed");
        let claims = tokens.approval_claims(&token).expect("valid").claims;
        assert_eq!((claims.iat, claims.nbf), ((now - 100_000) / 1000, (now - 100_000) / 1000));
        assert_eq!((claims.exp, until), ((now + 50_000) / 1000 + 600, claims.exp));
    }

    #[test]
    fn a_token_of_one_kind_is_none_of_another() {
        let (tokens, now) = (Tokens::new(&[7; 64]), clock::now());
        let (push, _) = tokens.push_token(&approved(now), &person()).expect("signed");
        let (totp, _) = tokens.totp_token(&person(), None, now).expect("signed");
        let phone = tokens.phone_token("u", now).expect("signed");
        for (token, is_approval) in [(&push, true), (&totp, true), (&phone, false)] {
            assert_eq!(tokens.approval_claims(token).is_ok(), is_approval);
            assert_eq!(tokens.phone_user(token).is_ok(), !is_approval);
            assert!(tokens.transaction_claims(token).is_err());
            assert!(tokens.transaction_id_at_any_time(token).is_none());
        }
    }

    #[test]
    fn tokens_end_when_their_time_is_up() {
        let tokens = Tokens::new(&[7; 64]);
        let earlier = clock::now() - 605_000;
        let (totp, _) = tokens.totp_token(&person(), None, earlier).expect("signed");
        assert_eq!(tokens.approval_claims(&totp).err(), Some(Invalid::Expired));
        let yesterday = clock::now() - (PHONE_SECONDS + 5) * 1000;
        let phone = tokens.phone_token("u", yesterday).expect("signed");
        assert_eq!(tokens.phone_user(&phone), Err(Invalid::Expired));
    }
}
