//! `totp/login`: a person proves with a code of an authenticator app who it is.
//!
//! A code serves once (RFC 6238, section 5.2), even where the answer was lost: the next one comes within 30 seconds.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::answers::{CibaBody, CibaError, required};
use super::{ADMIN, TENANT, codes, route, users};
use crate::cloud::Cloud;
use crate::{clock, tokens};

pub fn routes() -> Router<Arc<Cloud>> {
    route(ADMIN, "/totp/login", post(admin)).merge(route(TENANT, "/totp/login", post(tenant)))
}

#[derive(Deserialize)]
struct Admin {
    email: String,
    totp_code: String,
}

#[derive(Deserialize)]
struct Tenant {
    client_id: String,
    email: String,
    totp_code: String,
}

#[derive(Serialize)]
struct LoggedIn {
    success: bool,
    token: String,
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
}

async fn admin(State(cloud): State<Arc<Cloud>>, CibaBody(body): CibaBody<Admin>) -> Result<Json<LoggedIn>, CibaError> {
    log_in(cloud, None, body.email, body.totp_code).await
}

async fn tenant(
    State(cloud): State<Arc<Cloud>>,
    CibaBody(body): CibaBody<Tenant>,
) -> Result<Json<LoggedIn>, CibaError> {
    required("client_id", &body.client_id)?;
    log_in(cloud, Some(body.client_id), body.email, body.totp_code).await
}

async fn log_in(
    cloud: Arc<Cloud>,
    client_id: Option<String>,
    email: String,
    code: String,
) -> Result<Json<LoggedIn>, CibaError> {
    required("email", &email)?;
    if !codes::is_well_formed(&code) {
        return Err(CibaError::invalid_request("totp_code: must be six digits"));
    }
    let now = clock::now();
    let person = cloud
        .store
        .transact(move |database| {
            let Some(person) = users::by_email(database, &email)? else {
                return Ok(Err(("user_not_found", "nobody has this email")));
            };
            match codes::matching_step(&person.totp_secret, &code, now, person.totp_last_step) {
                Some(step) => {
                    users::use_step(database, &person.id, step)?;
                    Ok(Ok(person))
                }
                None => Ok(Err(("invalid_code", "the code is wrong, or was used already"))),
            }
        })
        .await?
        .map_err(|(code, description)| CibaError::new(StatusCode::UNAUTHORIZED, code, description))?;
    let (token, until) = cloud.tokens.totp_token(&person, client_id, now)?;
    Ok(Json(LoggedIn { success: true, token, token_type: tokens::BEARER, expires_in: until - now / 1000 }))
}
