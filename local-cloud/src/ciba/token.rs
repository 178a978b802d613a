//! `ciba/token`: a client polls for the outcome of its request (OpenID CIBA core 1.0, sections 10 and 11).
//!
//! Until it expires, an approved request returns the same token to every poll: a client may have lost a response, and a
//! second copy gives nobody more than the first.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::errors::{CibaBody, CibaError, require_client_id, require_text};
use super::paths::{ADMIN, TENANT, route};
use super::requests::{Request, Status};
use super::users::CibaUser;
use super::{requests, users};
use crate::errors::ApiError;
use crate::state::Cloud;
use crate::{clock, tokens};

pub fn routes() -> Router<Arc<Cloud>> {
    route(ADMIN, "/ciba/token", post(admin)).merge(route(TENANT, "/ciba/token", post(tenant)))
}

#[derive(Deserialize)]
struct AdminRequest {
    auth_req_id: String,
}

#[derive(Deserialize)]
struct TenantRequest {
    client_id: String,
    auth_req_id: String,
}

#[derive(Serialize)]
struct TokenResponse {
    access_token: String,
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
}

async fn admin(
    State(cloud): State<Arc<Cloud>>,
    CibaBody(body): CibaBody<AdminRequest>,
) -> Result<Json<TokenResponse>, CibaError> {
    require_text("auth_req_id", &body.auth_req_id)?;
    // The two flows have different statuses for the same outcomes.
    poll(cloud, None, body.auth_req_id, StatusCode::OK, StatusCode::FORBIDDEN).await
}

async fn tenant(
    State(cloud): State<Arc<Cloud>>,
    CibaBody(body): CibaBody<TenantRequest>,
) -> Result<Json<TokenResponse>, CibaError> {
    require_client_id(&body.client_id)?;
    require_text("auth_req_id", &body.auth_req_id)?;
    poll(cloud, Some(body.client_id), body.auth_req_id, StatusCode::ACCEPTED, StatusCode::BAD_REQUEST).await
}

/// The outcome of a poll.
enum PollOutcome {
    /// The request does not exist or is another client's.
    Unknown,
    Pending,
    TooFast,
    Denied,
    Expired,
    Approved(Box<(Request, CibaUser)>),
}

async fn poll(
    cloud: Arc<Cloud>,
    client_id: Option<String>,
    auth_req_id: String,
    pending: StatusCode,
    denied: StatusCode,
) -> Result<Json<TokenResponse>, CibaError> {
    let now = clock::now();
    let outcome = cloud.store.transact(move |database| look_up(database, client_id.as_deref(), &auth_req_id, now));
    match outcome.await? {
        PollOutcome::Unknown => Err(CibaError::invalid_grant()),
        PollOutcome::Pending => Err(CibaError::new(pending, "authorization_pending", "the user has not decided yet")),
        PollOutcome::TooFast => {
            Err(CibaError::bad_request("slow_down", "polled too early: the interval is 5 seconds longer from now on"))
        }
        PollOutcome::Denied => Err(CibaError::new(denied, "access_denied", "the user denied the request")),
        PollOutcome::Expired => Err(CibaError::expired_token()),
        PollOutcome::Approved(approved) => {
            let (request, user) = *approved;
            let (access_token, until) = cloud.tokens.push_token(&request, &user)?;
            Ok(Json(TokenResponse { access_token, token_type: tokens::BEARER, expires_in: until - now / 1000 }))
        }
    }
}

fn look_up(
    database: &rusqlite::Transaction<'_>,
    client_id: Option<&str>,
    auth_req_id: &str,
    now: i64,
) -> Result<PollOutcome, ApiError> {
    // Another client's poll must not be recorded: it would slow the right client down.
    let Some(request) = requests::find(database, auth_req_id)?.filter(|found| found.client_id.as_deref() == client_id)
    else {
        return Ok(PollOutcome::Unknown);
    };
    Ok(match request.status {
        Status::Denied => PollOutcome::Denied,
        _ if request.expires_at <= now => PollOutcome::Expired,
        Status::Pending if requests::record_poll(database, &request, now)? => PollOutcome::TooFast,
        Status::Pending => PollOutcome::Pending,
        Status::Approved => match users::by_id(database, &request.user_id)? {
            Some(user) => PollOutcome::Approved(Box::new((request, user))),
            None => PollOutcome::Unknown,
        },
    })
}
