//! `ciba/requests` and `ciba/respond`: a phone shows the user's pending requests, and sends the user's decision.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::errors::{CibaBody, CibaError, require_text};
use super::paths::{ADMIN, TENANT, route};
use super::phone_access::Phone;
use super::requests::{self, Request, Status};
use crate::clock;
use crate::state::Cloud;

pub fn routes() -> Router<Arc<Cloud>> {
    route(TENANT, "/ciba/requests", get(pending)).merge(route(TENANT, "/ciba/respond", post(respond))).merge(route(
        ADMIN,
        "/ciba/respond",
        post(respond),
    ))
}

#[derive(Serialize)]
struct RequestsResponse {
    success: bool,
    requests: Vec<PendingRequest>,
}

/// Times in seconds since 1970-01-01 UTC.
#[derive(Serialize)]
struct PendingRequest {
    auth_req_id: String,
    user_email: String,
    /// `null` in the admin flow.
    client_id: Option<String>,
    binding_message: Option<String>,
    status: &'static str,
    created_at: i64,
    expires_at: i64,
}

async fn pending(Phone(user): Phone, State(cloud): State<Arc<Cloud>>) -> Result<Json<RequestsResponse>, CibaError> {
    let id = user.id;
    let found = cloud.store.transact(move |database| requests::pending(database, &id, clock::now())).await?;
    let to_json = |request: Request| PendingRequest {
        auth_req_id: request.auth_req_id,
        user_email: user.email.clone(),
        client_id: request.client_id,
        binding_message: request.binding_message,
        status: request.status.as_str(),
        created_at: request.created_at / 1000,
        expires_at: request.expires_at / 1000,
    };
    Ok(Json(RequestsResponse { success: true, requests: found.into_iter().map(to_json).collect() }))
}

#[derive(Deserialize)]
struct RespondRequest {
    auth_req_id: String,
    approved: bool,
    #[serde(default)]
    biometric_verified: bool,
}

#[derive(Serialize)]
struct RespondResponse {
    success: bool,
    message: &'static str,
}

/// A decision is final. A phone may repeat it, because it may have lost the response; the opposite decision is 409.
async fn respond(
    Phone(user): Phone,
    State(cloud): State<Arc<Cloud>>,
    CibaBody(body): CibaBody<RespondRequest>,
) -> Result<Json<RespondResponse>, CibaError> {
    require_text("auth_req_id", &body.auth_req_id)?;
    let decision = if body.approved { Status::Approved } else { Status::Denied };
    let status = cloud.store.transact(move |database| {
        let now = clock::now();
        let Some(request) = requests::find(database, &body.auth_req_id)?.filter(|found| found.user_id == user.id)
        else {
            return Ok(None);
        };
        let is_pending = request.status == Status::Pending && request.expires_at > now;
        if is_pending {
            requests::decide(database, &body.auth_req_id, decision, body.biometric_verified, now)?;
        }
        Ok(Some(if is_pending { decision } else { request.status }))
    });
    match status.await? {
        None => Err(CibaError::new(StatusCode::NOT_FOUND, "not_found", "the user has no such request")),
        Some(Status::Pending) => Err(CibaError::expired_token()),
        Some(Status::Approved) if body.approved => {
            Ok(Json(RespondResponse { success: true, message: "the request is approved" }))
        }
        Some(Status::Denied) if !body.approved => {
            Ok(Json(RespondResponse { success: true, message: "the request is denied" }))
        }
        Some(Status::Approved) => Err(already_decided("the request is already approved")),
        Some(Status::Denied) => Err(already_decided("the request is already denied")),
    }
}

fn already_decided(description: &str) -> CibaError {
    CibaError::new(StatusCode::CONFLICT, "already_decided", description)
}
