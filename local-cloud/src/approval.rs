//! `POST /api/v1/approval`: a shop's server starts an approval with a passkey.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::access::AccessKey;
use crate::body::JsonBody;
use crate::cloud::Cloud;
use crate::enroll::descriptor;
use crate::errors::ApiError;
use crate::relying_party::{RP_ID, UserVerificationRequirement};
use crate::transactions::Ceremony;
use crate::users::User;
use crate::{clock, transactions, users};

pub fn routes() -> Router<Arc<Cloud>> {
    Router::new().route("/api/v1/approval", post(approve))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Approval {
    username: Option<String>,
    user_id: Option<String>,
    channel: Option<String>,
    fido2_options: Option<Fido2Options>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fido2Options {
    user_verification: Option<UserVerification>,
}

/// WebAuthn's `UserVerificationRequirement`.
#[derive(Clone, Copy, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum UserVerification {
    Required,
    #[default]
    Preferred,
    Discouraged,
}

impl From<UserVerification> for UserVerificationRequirement {
    fn from(requirement: UserVerification) -> Self {
        match requirement {
            UserVerification::Required => Self::Required,
            UserVerification::Preferred => Self::Preferred,
            UserVerification::Discouraged => Self::Discouraged,
        }
    }
}

/// Passkeys are the one channel that this cloud has.
pub fn require_fido2(channel: Option<&str>) -> Result<(), ApiError> {
    match channel {
        Some("fido2") => Ok(()),
        _ => Err(ApiError::breaks_a_rule("channel: must be fido2")),
    }
}

async fn approve(
    _: AccessKey,
    State(cloud): State<Arc<Cloud>>,
    JsonBody(body): JsonBody<Approval>,
) -> Result<Json<Value>, ApiError> {
    require_fido2(body.channel.as_deref())?;
    let user_verification = body.fido2_options.unwrap_or_default().user_verification.unwrap_or_default();

    let shared = cloud.clone();
    let answer = cloud.store.transact(move |database| {
        let cloud = shared;
        let now = clock::now();
        let user = named_user(database, body.username.as_deref(), body.user_id.as_deref())?;
        let allowed = match &user {
            Some(user) => users::credential_ids(database, &user.id)?,
            None => Vec::new(),
        };
        if user.is_some() && allowed.is_empty() {
            return Err(ApiError::not_found("this user has no passkey"));
        }
        let started = cloud.relying_party.start_authentication(&allowed, user_verification.into())?;
        let transaction_id = uuid::Uuid::new_v4().to_string();
        let expires_at = now + cloud.transaction_milliseconds;
        transactions::start(
            database,
            &transaction_id,
            if user.is_some() { Ceremony::Authentication } else { Ceremony::Usernameless },
            user.as_ref().map(|user| user.id.as_str()),
            &started.state,
            now,
            expires_at,
        )?;

        let mut answer = json!({
            "transactionId": transaction_id,
            "statusToken": cloud.tokens.status_token(&transaction_id, now, expires_at)?,
            "credentialRequestOptions": {
                "challenge": started.challenge,
                "timeout": cloud.relying_party.timeout(),
                "rpId": RP_ID,
                "allowCredentials": allowed.iter().map(|id| descriptor(id)).collect::<Vec<_>>(),
                "userVerification": user_verification,
            },
        });
        if let (Some(user), Some(members)) = (user, answer.as_object_mut()) {
            members.insert("userId".to_owned(), json!(user.id));
        }
        Ok(answer)
    });
    answer.await.map(Json)
}

/// The user that the body names, if it names one. 404 for an unknown one, 409 when the two names are not of one user.
fn named_user(
    database: &rusqlite::Transaction<'_>,
    username: Option<&str>,
    user_id: Option<&str>,
) -> Result<Option<User>, ApiError> {
    let user = match (username, user_id) {
        (None, None) => return Ok(None),
        (Some(username), _) => users::by_username(database, username)?,
        (None, Some(id)) => users::by_id(database, id)?,
    };
    let user = user.ok_or_else(|| ApiError::not_found("no such user"))?;
    if user_id.is_some_and(|id| id != user.id) {
        return Err(ApiError::conflict("username and userId are not of one user"));
    }
    Ok(Some(user))
}
