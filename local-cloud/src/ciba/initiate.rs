//! `ciba/initiate`: a client starts a request for approval on the user's phone.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::errors::{CibaBody, CibaError, require_client_id, require_text};
use super::paths::{ADMIN, TENANT, route};
use super::push_timing::to_seconds;
use super::{requests, users};
use crate::state::Cloud;
use crate::{clock, text};

/// In characters: the message must be readable on a phone.
const MAX_BINDING_MESSAGE: usize = 255;

pub fn routes() -> Router<Arc<Cloud>> {
    route(ADMIN, "/ciba/initiate", post(admin)).merge(route(TENANT, "/ciba/initiate", post(tenant)))
}

#[derive(Deserialize)]
struct AdminRequest {
    login_hint: String,
    binding_message: Option<String>,
}

#[derive(Deserialize)]
struct TenantRequest {
    client_id: String,
    email: String,
    binding_message: Option<String>,
}

#[derive(Serialize)]
struct InitiateResponse {
    auth_req_id: String,
    /// Seconds.
    expires_in: Number,
    /// Seconds.
    interval: Number,
    message: &'static str,
}

async fn admin(
    State(cloud): State<Arc<Cloud>>,
    CibaBody(body): CibaBody<AdminRequest>,
) -> Result<Json<InitiateResponse>, CibaError> {
    require_text("login_hint", &body.login_hint)?;
    initiate(cloud, None, body.login_hint, body.binding_message).await
}

async fn tenant(
    State(cloud): State<Arc<Cloud>>,
    CibaBody(body): CibaBody<TenantRequest>,
) -> Result<Json<InitiateResponse>, CibaError> {
    require_client_id(&body.client_id)?;
    require_text("email", &body.email)?;
    initiate(cloud, Some(body.client_id), body.email, body.binding_message).await
}

async fn initiate(
    cloud: Arc<Cloud>,
    client_id: Option<String>,
    email: String,
    binding_message: Option<String>,
) -> Result<Json<InitiateResponse>, CibaError> {
    let binding_message = binding_message.filter(|text| !text.trim().is_empty());
    if binding_message.as_deref().is_some_and(|message| !text::is_displayable(message, MAX_BINDING_MESSAGE)) {
        return Err(CibaError::bad_request(
            "invalid_binding_message",
            format!(
                "binding_message: must have at most {MAX_BINDING_MESSAGE} characters and no control or bidi characters"
            ),
        ));
    }
    let timing = cloud.push_timing;
    let auth_req_id = cloud
        .store
        .transact(move |database| {
            let Some(user) = users::by_email(database, &email)? else {
                return Ok(None);
            };
            let (client_id, message) = (client_id.as_deref(), binding_message.as_deref());
            requests::start(database, &user.id, client_id, message, timing, clock::now()).map(Some)
        })
        .await?
        .ok_or_else(|| CibaError::bad_request("user_not_found", "no user has this email"))?;
    Ok(Json(InitiateResponse {
        auth_req_id,
        expires_in: to_seconds(timing.lifetime),
        interval: to_seconds(timing.interval),
        message: "the request was sent to the phone",
    }))
}
