//! `ciba/requests` and `ciba/respond`: a phone shows what its person is asked, and says what that person decided.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::answers::{CibaBody, CibaError, required};
use super::phone_access::Phone;
use super::requests::{self, Request, Status};
use super::{ADMIN, TENANT, route};
use crate::clock;
use crate::cloud::Cloud;

pub fn routes() -> Router<Arc<Cloud>> {
    route(TENANT, "/ciba/requests", get(pending)).merge(route(TENANT, "/ciba/respond", post(respond))).merge(route(
        ADMIN,
        "/ciba/respond",
        post(respond),
    ))
}

#[derive(Serialize)]
struct Requests {
    success: bool,
    requests: Vec<Asked>,
}

/// One question to the person. Times in seconds since 1970-01-01 UTC.
#[derive(Serialize)]
struct Asked {
    auth_req_id: String,
    user_email: String,
    /// `null` in the admin flow.
    client_id: Option<String>,
    binding_message: Option<String>,
    status: &'static str,
    created_at: i64,
    expires_at: i64,
}

async fn pending(Phone(person): Phone, State(cloud): State<Arc<Cloud>>) -> Result<Json<Requests>, CibaError> {
    let id = person.id;
    let found = cloud.store.transact(move |database| requests::pending(database, &id, clock::now())).await?;
    let asked = |request: Request| Asked {
        auth_req_id: request.auth_req_id,
        user_email: person.email.clone(),
        client_id: request.client_id,
        binding_message: request.binding_message,
        status: request.status.as_str(),
        created_at: request.created_at / 1000,
        expires_at: request.expires_at / 1000,
    };
    Ok(Json(Requests { success: true, requests: found.into_iter().map(asked).collect() }))
}

#[derive(Deserialize)]
struct Decision {
    auth_req_id: String,
    approved: bool,
    #[serde(default)]
    biometric_verified: bool,
}

#[derive(Serialize)]
struct Responded {
    success: bool,
    message: &'static str,
}

/// A decision is for good. The same one again is a phone that lost the answer, and is told the same; another one is 409.
async fn respond(
    Phone(person): Phone,
    State(cloud): State<Arc<Cloud>>,
    CibaBody(body): CibaBody<Decision>,
) -> Result<Json<Responded>, CibaError> {
    required("auth_req_id", &body.auth_req_id)?;
    let wanted = if body.approved { Status::Approved } else { Status::Denied };
    let standing = cloud.store.transact(move |database| {
        let now = clock::now();
        let Some(request) = requests::find(database, &body.auth_req_id)?.filter(|found| found.user_id == person.id)
        else {
            return Ok(None);
        };
        let is_open = request.status == Status::Pending && request.expires_at > now;
        if is_open {
            requests::decide(database, &body.auth_req_id, wanted, body.biometric_verified, now)?;
        }
        Ok(Some(if is_open { wanted } else { request.status }))
    });
    match standing.await? {
        None => Err(CibaError::new(StatusCode::NOT_FOUND, "not_found", "this person was not asked so")),
        Some(Status::Pending) => Err(CibaError::expired_token()),
        Some(Status::Approved) if body.approved => {
            Ok(Json(Responded { success: true, message: "the request is approved" }))
        }
        Some(Status::Denied) if !body.approved => {
            Ok(Json(Responded { success: true, message: "the request is denied" }))
        }
        Some(Status::Approved) => Err(decided("the request was approved already")),
        Some(Status::Denied) => Err(decided("the request was denied already")),
    }
}

fn decided(description: &str) -> CibaError {
    CibaError::new(StatusCode::CONFLICT, "already_decided", description)
}
