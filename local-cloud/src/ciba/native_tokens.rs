//! The approval tokens that autumn makes once `XAA_CIBA` is set, for the standard's routes and for those of the workspace.

use jsonwebtoken::{Algorithm, Validation};
use serde::{Deserialize, Serialize};

use super::edition::NATIVE_SECONDS;
use super::requests::Request;
use super::workspace::RESOURCE;
use crate::errors::ApiError;
use crate::tokens::{InvalidToken, Tokens};

/// The server's name for the tokens of CIBA.
const FAMILY: &str = "ciba";

/// The server's claims. Times in seconds since 1970-01-01 UTC.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NativeClaims {
    /// The server's own address.
    pub iss: String,
    /// The user.
    pub sub: String,
    pub aud: Vec<String>,
    /// The granted scopes, separated by blanks.
    pub scope: String,
    pub client_id: String,
    pub jti: String,
    pub iat: i64,
    pub exp: i64,
    /// The family of the token.
    pub tf: String,
}

impl Tokens {
    /// The proof that the user approved `request`. It depends only on the request, so it is always the same and need not be
    /// stored.
    pub fn native_token(&self, request: &Request, issuer: &str) -> Result<String, ApiError> {
        let decided_at = request.decided_at.unwrap_or(request.created_at) / 1000;
        self.sign(&NativeClaims {
            iss: issuer.to_owned(),
            sub: request.user_id.clone(),
            aud: vec![RESOURCE.to_owned()],
            scope: request.scopes.clone(),
            client_id: request.client_id.clone().unwrap_or_default(),
            jti: request.id.clone(),
            iat: decided_at,
            exp: decided_at + NATIVE_SECONDS,
            tf: FAMILY.to_owned(),
        })
    }

    /// The claims of a valid token. Its issuer is not compared, because the port may be another after a restart.
    pub fn native_claims(&self, token: &str) -> Result<NativeClaims, InvalidToken> {
        let mut validation = Validation::new(Algorithm::HS512);
        validation.leeway = 0;
        validation.set_audience(&[RESOURCE]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        self.decode(token, &validation)
            .and_then(|claims: NativeClaims| if claims.tf == FAMILY { Ok(claims) } else { Err(InvalidToken::Forged) })
    }
}

#[cfg(test)]
mod tests;
