//! `POST /_app/assertion/result` and `/_app/attestation/result`: a page sends what the authenticator answered, and the
//! transaction is decided.
//!
//! A decision is for good, a refusal too: the challenge was used. What never reaches the verification decides nothing: a body
//! that breaks a rule, a token that is forged or is not for this endpoint, a transaction that was decided before.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use crate::body::JsonBody;
use crate::cloud::Cloud;
use crate::errors::ApiError;
use crate::relying_party::{Assertion, Failure};
use crate::tokens::Invalid;
use crate::transactions::{Ceremony, Status, Transaction};
use crate::{base64url, clock, transactions, users};

pub fn routes() -> Router<Arc<Cloud>> {
    Router::new()
        .route("/_app/assertion/result", post(finalize_assertion))
        .route("/_app/attestation/result", post(finalize_attestation))
}

/// The answer of both endpoints, HTTP 200 whether accepted or refused.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finalized {
    /// `ok` or `failed`.
    status: &'static str,
    error_message: String,
    /// The transaction token, on success.
    token: Option<String>,
}

impl Finalized {
    pub fn accepted(token: String) -> Self {
        Self { status: "ok", error_message: String::new(), token: Some(token) }
    }

    pub fn refused(reason: impl Into<String>) -> Self {
        Self { status: "failed", error_message: reason.into(), token: None }
    }
}

impl From<Failure> for ApiError {
    /// A refusal that no transaction is there to record is a server's mistake.
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(reason) => Self::internal(reason),
            Failure::Broken(what) => Self::internal(format_args!("cannot read or make {what}")),
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
) -> Result<Json<Finalized>, ApiError> {
    require_public_key(&body.kind)?;
    let assertion = Assertion {
        credential_id: binary("id", &body.id)?,
        client_data_json: binary("response.clientDataJSON", &body.response.client_data_json)?,
        authenticator_data: binary("response.authenticatorData", &body.response.authenticator_data)?,
        signature: binary("response.signature", &body.response.signature)?,
        user_handle: binary("response.userHandle", &body.response.user_handle)?,
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
                Err(broken) => Err(broken.into()),
            }
        },
    )
    .await
}

async fn finalize_attestation(
    State(cloud): State<Arc<Cloud>>,
    JsonBody(body): JsonBody<AttestationResult>,
) -> Result<Json<Finalized>, ApiError> {
    require_public_key(&body.kind)?;
    let id = binary("id", &body.id)?;
    let client_data_json = binary("response.clientDataJSON", &body.response.client_data_json)?;
    let attestation_object = binary("response.attestationObject", &body.response.attestation_object)?;
    let name = body.user_friendly_name.unwrap_or_default();
    decide(cloud, body.status_token, &[Ceremony::Registration], move |cloud, database, transaction, now| {
        let state = transaction.challenge.as_deref().unwrap_or_default();
        let user_id = transaction.user_id.clone().unwrap_or_default();
        match cloud.relying_party.verify_registration(state, &user_id, client_data_json, &attestation_object) {
            Ok(credential) if credential.id != id => refused("id is not the ID of the attested credential"),
            Ok(credential) if !users::add_credential(database, &credential, &name, now)? => {
                refused("the passkey is registered already")
            }
            Ok(_) => Ok(Ok(user_id)),
            Err(Failure::Refused(reason)) => refused(reason),
            Err(broken) => Err(broken.into()),
        }
    })
    .await
}

/// What a verification finds: the user who answered, or the reason why the answer is refused.
type Verdict = Result<Result<String, String>, ApiError>;

fn refused(reason: impl Into<String>) -> Verdict {
    Ok(Err(reason.into()))
}

/// Finds the transaction, has `verify` judge the answer, and records the decision in the same database transaction: it is on
/// the disk before the page hears of it.
async fn decide<V>(
    cloud: Arc<Cloud>,
    status_token: String,
    expected: &'static [Ceremony],
    verify: V,
) -> Result<Json<Finalized>, ApiError>
where
    V: FnOnce(&Cloud, &rusqlite::Transaction<'_>, &Transaction, i64) -> Verdict + Send + 'static,
{
    let id = match cloud.tokens.transaction_id(&status_token) {
        Ok(id) => id,
        Err(Invalid::Expired) => return Ok(Json(Finalized::refused("the statusToken expired"))),
        Err(Invalid::Forged) => {
            return Ok(Json(Finalized::refused("the statusToken is not one of this cloud")));
        }
    };
    let shared = cloud.clone();
    let finalized = cloud.store.transact(move |database| {
        let cloud = shared;
        let now = clock::now();
        let Some(transaction) = transactions::find(database, &id, now)? else {
            return Ok(Finalized::refused("the transaction is unknown"));
        };
        if !expected.contains(&transaction.ceremony) {
            return Ok(Finalized::refused("the statusToken is for another ceremony"));
        }
        match transaction.status {
            Status::Pending => {}
            Status::Succeeded => {
                return Ok(Finalized::refused("the transaction succeeded already; it can be used once"));
            }
            Status::Failed => {
                let reason = transaction.reason.unwrap_or_default();
                return Ok(Finalized::refused(format!("the transaction failed already: {reason}")));
            }
        }
        match verify(&cloud, database, &transaction, now)? {
            Ok(user_id) => {
                transactions::succeed(database, &id, &user_id, now)?;
                let decided = Transaction { updated_at: now, ..transaction };
                Ok(Finalized::accepted(cloud.tokens.transaction_token(&decided, &user_id)?))
            }
            Err(reason) => {
                transactions::fail(database, &id, &reason, now)?;
                Ok(Finalized::refused(reason))
            }
        }
    });
    finalized.await.map(Json)
}

fn require_public_key(kind: &str) -> Result<(), ApiError> {
    if kind == "public-key" { Ok(()) } else { Err(ApiError::breaks_a_rule("type: must be public-key")) }
}

fn binary(member: &str, text: &str) -> Result<Vec<u8>, ApiError> {
    base64url::decode(text)
        .filter(|bytes| !bytes.is_empty())
        .ok_or_else(|| ApiError::breaks_a_rule(format!("{member}: must be base64url of at least one byte")))
}
