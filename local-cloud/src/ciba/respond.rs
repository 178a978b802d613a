//! `ciba/requests` and `ciba/respond`: a phone shows the user's pending requests, and sends the user's decision.

use std::sync::Arc;

use axum::extract::{Request as HttpRequest, State};
use axum::http::StatusCode;
use axum::routing::{MethodRouter, get, post};
use axum::{Json, Router};
use rusqlite::Transaction;
use serde::Serialize;

use super::bind::{Fields, Rule, internal_error};
use super::config::CibaConfig;
use super::edition::{Edition, Flow};
use super::errors::CibaError;
use super::phone_access::Phone;
use super::requests::{self, Request, Status};
use super::{deprecation, workspace};
use crate::clock;
use crate::errors::ApiError;
use crate::state::Cloud;

/// The endpoints at the paths of the edition.
pub fn routes(config: &CibaConfig) -> Router<Arc<Cloud>> {
    let respond_as_admin = deprecation::mark(config, post(respond_as_admin));
    endpoints(&respond_as_admin, |flow, end, method| flow.route(config, end, method))
}

/// The endpoints at the paths of every generation, for a phone that does not know the edition.
pub fn routes_everywhere() -> Router<Arc<Cloud>> {
    endpoints(&post(respond_as_admin), Flow::route_everywhere)
}

fn endpoints(
    respond_as_admin: &MethodRouter<Arc<Cloud>>,
    route: impl Fn(Flow, &str, &MethodRouter<Arc<Cloud>>) -> Router<Arc<Cloud>>,
) -> Router<Arc<Cloud>> {
    route(Flow::Tenant, "/ciba/requests", &get(pending))
        .merge(route(Flow::Tenant, "/ciba/respond", &post(respond)))
        .merge(route(Flow::Admin, "/ciba/respond", respond_as_admin))
}

#[derive(Serialize)]
struct RequestsResponse {
    success: bool,
    requests: Vec<PendingRequest>,
}

/// Times in seconds since 1970-01-01 UTC.
#[derive(Serialize)]
struct PendingRequest {
    id: String,
    auth_req_id: String,
    user_id: String,
    /// Spring's name for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    tenant_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    workspace_id: Option<String>,
    user_email: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    binding_message: Option<String>,
    scopes: Vec<String>,
    status: &'static str,
    biometric_verified: bool,
    expires_at: i64,
    created_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_polled_at: Option<i64>,
}

async fn pending(Phone(user): Phone, State(cloud): State<Arc<Cloud>>) -> Result<Json<RequestsResponse>, CibaError> {
    let user_id = user.id.clone();
    let found = cloud
        .store
        .transact(move |database| requests::pending(database, &user_id, clock::now()))
        .await
        .map_err(|error| internal_error(Flow::Tenant, "failed to retrieve pending requests", &error))?;
    let tenant = |edition| (cloud.ciba.edition == edition).then(|| workspace::ID.to_string());
    let to_json = |request: Request| PendingRequest {
        id: request.id,
        auth_req_id: request.auth_req_id,
        user_id: user.id.clone(),
        tenant_id: tenant(Edition::Spring),
        workspace_id: tenant(Edition::Autumn),
        user_email: user.email.clone(),
        client_id: request.client_id,
        binding_message: request.binding_message,
        scopes: request.scopes.split_whitespace().map(str::to_owned).collect(),
        status: request.status.as_str(),
        biometric_verified: false,
        expires_at: request.expires_at / 1000,
        created_at: request.created_at / 1000,
        last_polled_at: request.pace.polled_at.map(|at| at / 1000),
    };
    Ok(Json(RequestsResponse { success: true, requests: found.into_iter().map(to_json).collect() }))
}

#[derive(Serialize)]
struct RespondResponse {
    success: bool,
    message: &'static str,
}

/// A phone's decision about a request.
struct Decision {
    flow: Flow,
    user_id: String,
    auth_req_id: String,
    approved: bool,
    biometric_verified: bool,
}

impl Decision {
    async fn read(cloud: &Cloud, flow: Flow, user_id: String, request: HttpRequest) -> Result<Self, CibaError> {
        let type_name = match flow {
            Flow::Admin => "CIBARespondRequest",
            Flow::Tenant => "TenantCIBARespondRequest",
        };
        let mut fields = Fields::read(cloud, flow, type_name, request).await?;
        let decision = Self {
            flow,
            user_id,
            auth_req_id: fields.text("AuthReqID", "auth_req_id", &[Rule::Required]),
            approved: fields.is_true("approved"),
            biometric_verified: fields.is_true("biometric_verified"),
        };
        fields.check()?;
        Ok(decision)
    }

    /// Records the decision if the request is pending.
    async fn record(self, cloud: &Arc<Cloud>) -> Result<Recorded, CibaError> {
        let (flow, state) = (self.flow, cloud.clone());
        cloud
            .store
            .transact(move |database| self.record_in(database, state.ciba.edition, clock::now()))
            .await
            .map_err(|error| internal_error(flow, "failed to update CIBA request", &error))
    }

    fn record_in(&self, database: &Transaction<'_>, edition: Edition, now: i64) -> Result<Recorded, ApiError> {
        let Some(request) = requests::find(database, &self.auth_req_id)? else {
            return Ok(Recorded::Unknown);
        };
        // Spring's admin flow lets any user decide.
        let is_anyones = edition == Edition::Spring && self.flow == Flow::Admin;
        if request.user_id != self.user_id && !is_anyones {
            return Ok(Recorded::AnotherUsers);
        }
        if request.expires_at <= now {
            return Ok(Recorded::Expired);
        }
        if request.status != Status::Pending {
            return Ok(Recorded::DecidedBefore);
        }
        let status = if self.approved { Status::Approved } else { Status::Denied };
        requests::decide(database, &self.auth_req_id, status, self.biometric_verified, now)?;
        Ok(Recorded::Decided { approved: self.approved })
    }
}

enum Recorded {
    Unknown,
    AnotherUsers,
    Expired,
    DecidedBefore,
    Decided { approved: bool },
}

/// The first decision is final. Every other has HTTP 200, too, but `success` is false.
async fn respond(
    Phone(user): Phone,
    State(cloud): State<Arc<Cloud>>,
    request: HttpRequest,
) -> Result<Json<RespondResponse>, CibaError> {
    let decision = Decision::read(&cloud, Flow::Tenant, user.id, request).await?;
    let (success, message) = match decision.record(&cloud).await? {
        Recorded::Unknown => (false, "Authentication request not found or expired"),
        Recorded::AnotherUsers => (false, "You are not authorized to respond to this request"),
        Recorded::Expired | Recorded::DecidedBefore => (false, "Request is no longer pending"),
        Recorded::Decided { approved } => (true, decided(approved)),
    };
    Ok(Json(RespondResponse { success, message }))
}

async fn respond_as_admin(
    Phone(user): Phone,
    State(cloud): State<Arc<Cloud>>,
    request: HttpRequest,
) -> Result<Json<RespondResponse>, CibaError> {
    let decision = Decision::read(&cloud, Flow::Admin, user.id, request).await?;
    let details = match decision.record(&cloud).await? {
        Recorded::Unknown => "invalid auth_req_id",
        Recorded::AnotherUsers => "unauthorized: responder identity does not match challenged user",
        Recorded::Expired => "request expired",
        Recorded::DecidedBefore => "request already processed",
        Recorded::Decided { approved } => {
            return Ok(Json(RespondResponse { success: true, message: decided(approved) }));
        }
    };
    Err(CibaError::with_details(StatusCode::BAD_REQUEST, "Failed to respond", details))
}

fn decided(approved: bool) -> &'static str {
    if approved { "Authentication approved" } else { "Authentication denied" }
}
