//! `POST /api/v1/approval`: a shop's server starts an approval with a passkey.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::access::AccessKey;
use crate::body::JsonBody;
use crate::errors::ApiError;
use crate::fido2_options::{UserVerification, descriptor, require_fido2};
use crate::rp_id::RP_ID;
use crate::state::Cloud;
use crate::transactions::Ceremony;
use crate::users::User;
use crate::{clock, transactions, users};

pub fn routes() -> Router<Arc<Cloud>> {
    Router::new().route("/api/v1/approval", post(approve))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ApprovalRequest {
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

async fn approve(
    _: AccessKey,
    State(cloud): State<Arc<Cloud>>,
    JsonBody(body): JsonBody<ApprovalRequest>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    require_fido2(body.channel.as_deref())?;
    let user_verification = body.fido2_options.unwrap_or_default().user_verification.unwrap_or_default();

    let shared = cloud.clone();
    let response = cloud.store.transact(move |database| {
        let cloud = shared;
        let now = clock::now();
        let user = find_user(database, body.username.as_deref(), body.user_id.as_deref())?;
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

        let mut response = json!({
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
        if let (Some(user), Some(properties)) = (user, response.as_object_mut()) {
            properties.insert("userId".to_owned(), json!(user.id));
        }
        Ok(response)
    });
    Ok((StatusCode::CREATED, Json(response.await?)))
}

/// The user of the request body; `None` if it has neither a username nor a user ID. 404 for an unknown user, 409 if the two
/// are of different users.
fn find_user(
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
        return Err(ApiError::conflict("username and userId belong to different users"));
    }
    Ok(Some(user))
}
