//! `POST /_app/assertion/result` and `/_app/attestation/result`: a page sends the authenticator's response, which decides the
//! transaction.
//!
//! A decision is final, even a refusal, because the challenge was used. A request that does not reach verification decides
//! nothing: an invalid body, a forged token or one for the other endpoint, or a transaction that is already decided.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use crate::body::JsonBody;
use crate::errors::ApiError;
use crate::relying_party::{Assertion, Failure};
use crate::state::Cloud;
use crate::tokens::InvalidToken;
use crate::transactions::{Ceremony, Status, Transaction};
use crate::{base64url, clock, transactions, users};

/// In characters.
const MAX_AUTHENTICATOR_NAME: usize = 255;

pub fn routes() -> Router<Arc<Cloud>> {
    Router::new()
        .route("/_app/assertion/result", post(finalize_assertion))
        .route("/_app/attestation/result", post(finalize_attestation))
}

/// The response of both endpoints, with HTTP 200 whether accepted or refused.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FinalizationResponse {
    /// `ok` or `failed`.
    status: &'static str,
    error_message: String,
    /// The transaction token, on success.
    token: Option<String>,
}

impl FinalizationResponse {
    pub fn accepted(token: String) -> Self {
        Self { status: "ok", error_message: String::new(), token: Some(token) }
    }

    pub fn refused(reason: impl Into<String>) -> Self {
        Self { status: "failed", error_message: reason.into(), token: None }
    }
}

impl From<Failure> for ApiError {
    /// For failures outside of verification, where a refusal is a bug of this server.
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(reason) => Self::internal(reason),
            Failure::Internal(what) => Self::internal(format_args!("cannot decode or encode {what}")),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AssertionResult {
    #[serde(rename = "type")]
    kind: String,
    id: String,
    response: AssertionResponse,
    status_token: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AssertionResponse {
    authenticator_data: String,
    #[serde(rename = "clientDataJSON")]
    client_data_json: String,
    signature: String,
    user_handle: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AttestationResult {
    #[serde(rename = "type")]
    kind: String,
    id: String,
    response: AttestationResponse,
    status_token: String,
    user_friendly_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AttestationResponse {
    #[serde(rename = "clientDataJSON")]
    client_data_json: String,
    attestation_object: String,
}

async fn finalize_assertion(
    State(cloud): State<Arc<Cloud>>,
    JsonBody(body): JsonBody<AssertionResult>,
) -> Result<Json<FinalizationResponse>, ApiError> {
    require_public_key(&body.kind)?;
    let assertion = Assertion {
        credential_id: decode_binary("id", &body.id)?,
        client_data_json: decode_binary("response.clientDataJSON", &body.response.client_data_json)?,
        authenticator_data: decode_binary("response.authenticatorData", &body.response.authenticator_data)?,
        signature: decode_binary("response.signature", &body.response.signature)?,
        user_handle: decode_binary("response.userHandle", &body.response.user_handle)?,
    };
    decide(
        cloud,
        body.status_token,
        &[Ceremony::Authentication, Ceremony::Usernameless],
        move |cloud, database, transaction, now| {
            let Some(credential) = users::credential(database, &assertion.credential_id)? else {
                return refused("the passkey is not registered with this cloud");
            };
            let state = transaction.challenge.as_deref().unwrap_or_default();
            let usernameless = transaction.ceremony == Ceremony::Usernameless;
            match cloud.relying_party.verify_assertion(state, usernameless, assertion, &credential) {
                Ok(dynamic_state) => {
                    users::update_credential(database, &credential.id, &dynamic_state, now)?;
                    Ok(Ok(credential.user_id))
                }
                Err(Failure::Refused(reason)) => refused(reason),
                Err(internal) => Err(internal.into()),
            }
        },
    )
    .await
}

async fn finalize_attestation(
    State(cloud): State<Arc<Cloud>>,
    JsonBody(body): JsonBody<AttestationResult>,
) -> Result<Json<FinalizationResponse>, ApiError> {
    require_public_key(&body.kind)?;
    let id = decode_binary("id", &body.id)?;
    let client_data_json = decode_binary("response.clientDataJSON", &body.response.client_data_json)?;
    let attestation_object = decode_binary("response.attestationObject", &body.response.attestation_object)?;
    let name = body.user_friendly_name.unwrap_or_default();
    if name.chars().count() > MAX_AUTHENTICATOR_NAME {
        return Err(ApiError::unprocessable(format!(
            "userFriendlyName: must have at most {MAX_AUTHENTICATOR_NAME} characters"
        )));
    }
    decide(cloud, body.status_token, &[Ceremony::Registration], move |cloud, database, transaction, now| {
        let state = transaction.challenge.as_deref().unwrap_or_default();
        let user_id = transaction.user_id.clone().unwrap_or_default();
        match cloud.relying_party.verify_registration(state, &user_id, client_data_json, &attestation_object) {
            Ok(credential) if credential.id != id => refused("id is not the ID of the attested credential"),
            Ok(credential) if !users::add_credential(database, &credential, &name, now)? => {
                refused("the passkey is already registered")
            }
            Ok(_) => Ok(Ok(user_id)),
            Err(Failure::Refused(reason)) => refused(reason),
            Err(internal) => Err(internal.into()),
        }
    })
    .await
}

/// The result of a verification: the ID of the user, or the reason for the refusal.
type Verdict = Result<Result<String, String>, ApiError>;

fn refused(reason: impl Into<String>) -> Verdict {
    Ok(Err(reason.into()))
}

/// Finds the transaction, calls `verify`, and records the decision in the same database transaction: it is on disk before the
/// page gets the response.
async fn decide<V>(
    cloud: Arc<Cloud>,
    status_token: String,
    expected: &'static [Ceremony],
    verify: V,
) -> Result<Json<FinalizationResponse>, ApiError>
where
    V: FnOnce(&Cloud, &rusqlite::Transaction<'_>, &Transaction, i64) -> Verdict + Send + 'static,
{
    let id = match cloud.tokens.transaction_id(&status_token) {
        Ok(id) => id,
        Err(InvalidToken::Expired) => return Ok(Json(FinalizationResponse::refused("the statusToken expired"))),
        Err(InvalidToken::Forged) => {
            return Ok(Json(FinalizationResponse::refused("the statusToken was not issued by this cloud")));
        }
    };
    let shared = cloud.clone();
    let finalized = cloud.store.transact(move |database| {
        let cloud = shared;
        let now = clock::now();
        let Some(transaction) = transactions::find(database, &id, now)? else {
            return Ok(FinalizationResponse::refused("the transaction is unknown"));
        };
        if !expected.contains(&transaction.ceremony) {
            return Ok(FinalizationResponse::refused("the statusToken is for another ceremony"));
        }
        match transaction.status {
            Status::Pending => {}
            Status::Succeeded => {
                return Ok(FinalizationResponse::refused("the transaction succeeded already; it can be used once"));
            }
            Status::Failed => {
                let reason = transaction.reason.unwrap_or_default();
                return Ok(FinalizationResponse::refused(format!("the transaction failed already: {reason}")));
            }
        }
        match verify(&cloud, database, &transaction, now)? {
            Ok(user_id) => {
                transactions::succeed(database, &id, &user_id, now)?;
                let decided = Transaction { updated_at: now, ..transaction };
                Ok(FinalizationResponse::accepted(cloud.tokens.transaction_token(&decided, &user_id)?))
            }
            Err(reason) => {
                transactions::fail(database, &id, &reason, now)?;
                Ok(FinalizationResponse::refused(reason))
            }
        }
    });
    finalized.await.map(Json)
}

fn require_public_key(kind: &str) -> Result<(), ApiError> {
    if kind == "public-key" { Ok(()) } else { Err(ApiError::unprocessable("type: must be public-key")) }
}

fn decode_binary(property: &str, text: &str) -> Result<Vec<u8>, ApiError> {
    base64url::decode(text)
        .filter(|bytes| !bytes.is_empty())
        .ok_or_else(|| ApiError::unprocessable(format!("{property}: must be base64url of at least one byte")))
}
