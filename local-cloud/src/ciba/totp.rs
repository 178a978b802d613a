//! `totp/login`: a user signs in with a code from an authenticator app.
//!
//! A code is accepted once (RFC 6238, section 5.2), even if the response was lost: the next code comes within 30 seconds.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::errors::{CibaBody, CibaError, require_client_id, require_text};
use super::paths::{ADMIN, TENANT, route};
use super::{codes, users};
use crate::state::Cloud;
use crate::{clock, tokens};

pub fn routes() -> Router<Arc<Cloud>> {
    route(ADMIN, "/totp/login", post(admin)).merge(route(TENANT, "/totp/login", post(tenant)))
}

#[derive(Deserialize)]
struct AdminRequest {
    email: String,
    totp_code: String,
}

#[derive(Deserialize)]
struct TenantRequest {
    client_id: String,
    email: String,
    totp_code: String,
}

#[derive(Serialize)]
struct TotpResponse {
    success: bool,
    token: String,
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
}

async fn admin(
    State(cloud): State<Arc<Cloud>>,
    CibaBody(body): CibaBody<AdminRequest>,
) -> Result<Json<TotpResponse>, CibaError> {
    log_in(cloud, None, body.email, body.totp_code).await
}

async fn tenant(
    State(cloud): State<Arc<Cloud>>,
    CibaBody(body): CibaBody<TenantRequest>,
) -> Result<Json<TotpResponse>, CibaError> {
    require_client_id(&body.client_id)?;
    log_in(cloud, Some(body.client_id), body.email, body.totp_code).await
}

async fn log_in(
    cloud: Arc<Cloud>,
    client_id: Option<String>,
    email: String,
    code: String,
) -> Result<Json<TotpResponse>, CibaError> {
    require_text("email", &email)?;
    if !codes::is_well_formed(&code) {
        return Err(CibaError::invalid_request("totp_code: must be six digits"));
    }
    let now = clock::now();
    let user = cloud
        .store
        .transact(move |database| {
            let Some(user) = users::by_email(database, &email)? else {
                return Ok(Err(("user_not_found", "no user has this email")));
            };
            match codes::matching_step(&user.totp_secret, &code, now, user.totp_last_step) {
                Some(step) => {
                    users::mark_step_used(database, &user.id, step)?;
                    Ok(Ok(user))
                }
                None => Ok(Err(("invalid_code", "the code is wrong or was already used"))),
            }
        })
        .await?
        .map_err(|(code, description)| CibaError::new(StatusCode::UNAUTHORIZED, code, description))?;
    let (token, until) = cloud.tokens.totp_token(&user, client_id, now)?;
    Ok(Json(TotpResponse { success: true, token, token_type: tokens::BEARER, expires_in: until - now / 1000 }))
}
