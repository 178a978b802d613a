//! `ciba/token`: a client polls for the outcome of its request. A token is returned once: another poll says that the request
//! was used, even if the response was lost.

use std::sync::Arc;

use axum::extract::{Request as HttpRequest, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use rusqlite::Transaction;
use serde::Serialize;

use super::bind::{Fields, Rule, internal_error};
use super::config::{CibaConfig, Kindness};
use super::edition::{Edition, Flow};
use super::errors::CibaError;
use super::requests::{Request, Status};
use super::users::CibaUser;
use super::{client_auth, deprecation, requests, users, workspace};
use crate::errors::ApiError;
use crate::state::Cloud;
use crate::{clock, tokens};

pub fn routes(config: &CibaConfig) -> Router<Arc<Cloud>> {
    let admin = deprecation::mark(config, post(admin));
    Flow::Admin.route(config, "/ciba/token", &admin).merge(Flow::Tenant.route(config, "/ciba/token", &post(tenant)))
}

/// A request extension, as a fault: the token of an approved request cannot be made.
#[derive(Clone, Copy)]
pub struct MintingFails;

#[derive(Serialize)]
struct TokenResponse {
    access_token: String,
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
    #[serde(skip_serializing_if = "String::is_empty")]
    scope: String,
}

async fn admin(State(cloud): State<Arc<Cloud>>, request: HttpRequest) -> Result<Json<TokenResponse>, CibaError> {
    let minting_fails = request.extensions().get::<MintingFails>().is_some();
    let mut fields = Fields::read(&cloud, Flow::Admin, "CIBATokenRequest", request).await?;
    let auth_req_id = fields.text("AuthReqID", "auth_req_id", &[Rule::Required]);
    let client_id = fields.text("ClientID", "client_id", &[]).trim().to_owned();
    fields.check()?;
    poll(cloud, Poll { flow: Flow::Admin, client_id, auth_req_id, minting_fails }).await
}

async fn tenant(State(cloud): State<Arc<Cloud>>, request: HttpRequest) -> Result<Json<TokenResponse>, CibaError> {
    let config = &cloud.ciba;
    let minting_fails = request.extensions().get::<MintingFails>().is_some();
    let required: &[Rule] = if config.edition == Edition::Spring { &[Rule::Required] } else { &[] };
    let mut fields = Fields::read(&cloud, Flow::Tenant, "TenantCIBATokenRequest", request).await?;
    let auth_req_id = fields.text("AuthReqID", "auth_req_id", &[Rule::Required]);
    let client_id = fields.text("ClientID", "client_id", required);
    let resource = match config.edition {
        Edition::Spring => String::new(),
        Edition::Autumn => fields.text("Resource", "resource", &[]),
    };
    fields.check()?;

    let client_id = match config.edition {
        Edition::Spring => client_id,
        Edition::Autumn => client_auth::authenticate(config, &fields.headers, &client_id)?,
    };
    workspace::find_client(config, &client_id, &resource)
        .map_err(|problem| CibaError::bad_request("invalid_client", problem))?;
    poll(cloud, Poll { flow: Flow::Tenant, client_id, auth_req_id, minting_fails }).await
}

struct Poll {
    flow: Flow,
    /// Empty if the request names none.
    client_id: String,
    auth_req_id: String,
    minting_fails: bool,
}

enum Outcome {
    Unknown,
    AnotherClients,
    Expired,
    TooFast,
    Pending,
    Denied,
    Used,
    MintingFailed,
    Approved(Box<(Request, CibaUser)>),
}

async fn poll(cloud: Arc<Cloud>, poll: Poll) -> Result<Json<TokenResponse>, CibaError> {
    let (flow, state) = (poll.flow, cloud.clone());
    let outcome = cloud
        .store
        .transact(move |database| look_up(database, &state.ciba, &poll, clock::now()))
        .await
        .map_err(|error| internal_error(flow, "Failed to poll token", &error))?;
    let (request, user) = match outcome {
        Outcome::Approved(approved) => *approved,
        other => return Err(refusal(flow, &other)),
    };
    let expires_in = cloud.ciba.edition.token_seconds(flow);
    let access_token = cloud
        .tokens
        .push_token(&request, &user, expires_in)
        .map_err(|error| internal_error(flow, "Failed to poll token", &error))?;
    Ok(Json(TokenResponse { access_token, token_type: tokens::BEARER, expires_in, scope: request.scopes }))
}

fn look_up(database: &Transaction<'_>, config: &CibaConfig, poll: &Poll, now: i64) -> Result<Outcome, ApiError> {
    let found = requests::find(database, &poll.auth_req_id)?.filter(|found| found.flow == poll.flow);
    let Some(request) = found else {
        return Ok(Outcome::Unknown);
    };
    // Spring does not compare clients. An admin request without a client is anybody's.
    let is_anothers = match (config.edition, request.client_id.as_deref()) {
        (Edition::Autumn, Some(id)) => id != poll.client_id,
        _ => false,
    };
    if is_anothers {
        return Ok(Outcome::AnotherClients);
    }
    if request.expires_at <= now {
        return Ok(Outcome::Expired);
    }
    let approved = match request.status {
        Status::Pending => {
            let is_too_fast = requests::record_poll(database, &request, now)?;
            return Ok(if is_too_fast && config.is(Kindness::SlowDown) { Outcome::TooFast } else { Outcome::Pending });
        }
        Status::Denied => return Ok(Outcome::Denied),
        Status::Consumed => return Ok(Outcome::Used),
        Status::Approved if poll.minting_fails => return Ok(Outcome::MintingFailed),
        Status::Approved => request,
    };
    let Some(user) = users::by_id(database, &approved.user_id)? else {
        return Ok(Outcome::MintingFailed);
    };
    if !config.is(Kindness::RepeatTokens) {
        requests::consume(database, &approved.auth_req_id)?;
    }
    Ok(Outcome::Approved(Box::new((approved, user))))
}

/// The error response for an outcome. The two flows have statuses and words of their own.
fn refusal(flow: Flow, outcome: &Outcome) -> CibaError {
    let is_admin = flow == Flow::Admin;
    let expired =
        |admin: &str, tenant: &str| CibaError::bad_request("expired_token", if is_admin { admin } else { tenant });
    match outcome {
        Outcome::Unknown => expired("Request not found or expired", "Authentication request not found"),
        Outcome::Expired => expired("Request expired", "Authentication request has expired"),
        Outcome::Used => expired("Request already used", "Invalid request state"),
        Outcome::AnotherClients if is_admin => {
            CibaError::new(StatusCode::UNAUTHORIZED, "invalid_client", "client_id does not match the request")
        }
        Outcome::AnotherClients => {
            CibaError::bad_request("invalid_grant", "auth_req_id was not issued to this client for this resource")
        }
        Outcome::TooFast => CibaError::bad_request("slow_down", "the interval is 5 seconds longer from now on"),
        Outcome::Pending => pending(flow),
        Outcome::Denied => denied(flow, "User denied the authentication request"),
        Outcome::MintingFailed if is_admin => {
            CibaError::new(StatusCode::OK, "server_error", "Failed to generate token")
        }
        Outcome::MintingFailed | Outcome::Approved(_) => {
            CibaError::text(StatusCode::INTERNAL_SERVER_ERROR, "failed to generate JWT token: the key cannot be used")
        }
    }
}

/// `authorization_pending`, in a flow's own way.
pub fn pending(flow: Flow) -> CibaError {
    let (status, description) = match flow {
        Flow::Admin => (StatusCode::OK, "User has not responded yet"),
        Flow::Tenant => (StatusCode::ACCEPTED, "User has not responded to authentication request"),
    };
    CibaError::new(status, "authorization_pending", description)
}

/// `access_denied`, in a flow's own way.
pub fn denied(flow: Flow, description: &str) -> CibaError {
    let status = if flow == Flow::Admin { StatusCode::FORBIDDEN } else { StatusCode::BAD_REQUEST };
    CibaError::new(status, "access_denied", description)
}
