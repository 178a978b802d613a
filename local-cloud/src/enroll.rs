//! `POST /api/v1/users/enroll`: a shop's server starts the registration of a passkey.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::access::AccessKey;
use crate::body::JsonBody;
use crate::errors::ApiError;
use crate::fido2_options::{UserVerification, descriptor, require_fido2};
use crate::relying_party::{ALGORITHMS, Attachment, ResidentKeyRequirement};
use crate::rp_id::RP_ID;
use crate::state::Cloud;
use crate::transactions::Ceremony;
use crate::{base64url, clock, text, transactions, users};

/// In bytes: authenticators may truncate longer names.
const MAX_DISPLAY_NAME: usize = 64;

pub fn routes() -> Router<Arc<Cloud>> {
    Router::new().route("/api/v1/users/enroll", post(enroll))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EnrollRequest {
    username: String,
    display_name: String,
    channel: Option<String>,
    fido2_options: Option<Fido2Options>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fido2Options {
    authenticator_selection: Option<AuthenticatorSelection>,
    attestation: Option<Attestation>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AuthenticatorSelection {
    authenticator_attachment: Option<AuthenticatorAttachment>,
    resident_key: Option<ResidentKey>,
    require_resident_key: Option<bool>,
    user_verification: Option<UserVerification>,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
enum AuthenticatorAttachment {
    Platform,
    CrossPlatform,
}

#[derive(Clone, Copy, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum ResidentKey {
    Required,
    Preferred,
    Discouraged,
}

#[derive(Clone, Copy, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Attestation {
    #[default]
    None,
    Indirect,
    Direct,
    Enterprise,
}

async fn enroll(
    _: AccessKey,
    State(cloud): State<Arc<Cloud>>,
    JsonBody(body): JsonBody<EnrollRequest>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    require_fido2(body.channel.as_deref())?;
    check_display_name(&body.display_name)?;
    let options = body.fido2_options.unwrap_or_default();
    let selection = options.authenticator_selection.unwrap_or_default();
    // As WebAuthn says, `requireResidentKey` counts only if `residentKey` is missing. The default is this cloud's own.
    let resident_key = selection.resident_key.unwrap_or(match selection.require_resident_key {
        Some(true) => ResidentKey::Required,
        Some(false) => ResidentKey::Discouraged,
        None => ResidentKey::Preferred,
    });
    let user_verification = selection.user_verification.unwrap_or_default();
    let attachment = selection.authenticator_attachment;

    let shared = cloud.clone();
    let response = cloud.store.transact(move |database| {
        let cloud = shared;
        let now = clock::now();
        let user = match users::by_username(database, &body.username)? {
            Some(user) => user,
            None => users::add(database, &body.username, &body.display_name, now)?,
        };
        let started = cloud.relying_party.start_registration(
            &user.id,
            match attachment {
                None => Attachment::Any,
                Some(AuthenticatorAttachment::Platform) => Attachment::Platform,
                Some(AuthenticatorAttachment::CrossPlatform) => Attachment::CrossPlatform,
            },
            match resident_key {
                ResidentKey::Required => ResidentKeyRequirement::Required,
                ResidentKey::Preferred => ResidentKeyRequirement::Preferred,
                ResidentKey::Discouraged => ResidentKeyRequirement::Discouraged,
            },
            user_verification.into(),
        )?;
        let transaction_id = uuid::Uuid::new_v4().to_string();
        let expires_at = now + cloud.transaction_milliseconds;
        transactions::start(
            database,
            &transaction_id,
            Ceremony::Registration,
            Some(&user.id),
            &started.state,
            now,
            expires_at,
        )?;

        let mut authenticator_selection = json!({
            "residentKey": resident_key,
            "requireResidentKey": resident_key == ResidentKey::Required,
            "userVerification": user_verification,
        });
        if let (Some(attachment), Some(properties)) = (attachment, authenticator_selection.as_object_mut()) {
            properties.insert("authenticatorAttachment".to_owned(), json!(attachment));
        }
        let exclude: Vec<Value> = users::credential_ids(database, &user.id)?.iter().map(|id| descriptor(id)).collect();
        Ok(json!({
            "userId": user.id,
            "username": user.username,
            "authenticators": users::authenticators(database, &user.id)?,
            "enrollment": {
                "transactionId": transaction_id,
                "statusToken": cloud.tokens.status_token(&transaction_id, now, expires_at)?,
                "credentialCreationOptions": {
                    "rp": { "id": RP_ID, "name": "Local Cloud" },
                    "user": {
                        // Pages send it as the user handle if the authenticator returns none.
                        "id": base64url::encode(user.id.as_bytes()),
                        "name": user.username,
                        "displayName": body.display_name,
                    },
                    "challenge": started.challenge,
                    "pubKeyCredParams": ALGORITHMS.map(|alg| json!({ "type": "public-key", "alg": alg })),
                    "timeout": cloud.relying_party.timeout(),
                    "excludeCredentials": exclude,
                    "authenticatorSelection": authenticator_selection,
                    "attestation": options.attestation.unwrap_or_default(),
                },
            },
        }))
    });
    Ok((StatusCode::CREATED, Json(response.await?)))
}

fn check_display_name(display_name: &str) -> Result<(), ApiError> {
    if display_name.is_empty()
        || display_name.len() > MAX_DISPLAY_NAME
        || !text::is_displayable(display_name, MAX_DISPLAY_NAME)
    {
        return Err(ApiError::unprocessable(format!(
            "displayName: must have 1 to {MAX_DISPLAY_NAME} bytes and no control or bidi characters"
        )));
    }
    Ok(())
}
