//! `ciba/initiate`: a client starts a request for approval on the user's phone.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde::Serialize;
use serde_json::Number;
use uuid::Uuid;

use super::bind::{Fields, Rule, internal_error};
use super::config::{CibaConfig, Kindness};
use super::edition::{Edition, Flow};
use super::errors::CibaError;
use super::initiation::{Initiation, Refusal};
use super::push_timing::to_seconds;
use super::{client_auth, deprecation, initiation, workspace};
use crate::state::Cloud;

/// What a request asks for if it names no scopes.
const DEFAULT_SCOPES: [&str; 3] = ["openid", "email", "profile"];

pub fn routes(config: &CibaConfig) -> Router<Arc<Cloud>> {
    let admin = deprecation::mark(config, post(admin));
    Flow::Admin.route(config, "/ciba/initiate", &admin).merge(Flow::Tenant.route(
        config,
        "/ciba/initiate",
        &post(tenant),
    ))
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

async fn admin(State(cloud): State<Arc<Cloud>>, request: Request) -> Result<Json<InitiateResponse>, CibaError> {
    let mut fields = Fields::read(&cloud, Flow::Admin, "CIBAInitiateRequest", request).await?;
    let email = fields.text("LoginHint", "login_hint", &[Rule::Required]);
    let binding_message = fields.text("BindingMessage", "binding_message", &[]);
    let client_id = fields.text("ClientID", "client_id", &[]);
    let scopes = or_default(fields.texts("scopes"));
    let config = &cloud.ciba;
    let workspace_id = match config.edition {
        Edition::Spring => String::new(),
        Edition::Autumn => fields.text("WorkspaceID", "workspace_id", &[]),
    };
    fields.check()?;

    let client_id = match config.edition {
        // A client's ID that is not a UUID is ignored.
        Edition::Spring => Some(client_id).filter(|id| Uuid::parse_str(id).is_ok()),
        Edition::Autumn => resolve_workspace(config, workspace_id.trim(), client_id.trim())
            .map_err(|problem| CibaError::initiation(StatusCode::BAD_REQUEST, "invalid_request", problem))?,
    };
    initiate(cloud, Initiation { flow: Flow::Admin, client_id, email, binding_message, scopes }).await
}

async fn tenant(State(cloud): State<Arc<Cloud>>, request: Request) -> Result<Json<InitiateResponse>, CibaError> {
    let config = &cloud.ciba;
    let required: &[Rule] = if config.edition == Edition::Spring { &[Rule::Required] } else { &[] };
    let mut fields = Fields::read(&cloud, Flow::Tenant, "TenantCIBAInitiateRequest", request).await?;
    let client_id = fields.text("ClientID", "client_id", required);
    let email = fields.text("Email", "email", &[Rule::Required, Rule::Email]);
    let binding_message = fields.text("BindingMessage", "binding_message", &[]);
    let requested = fields.texts("scopes");
    let resource = match config.edition {
        Edition::Spring => String::new(),
        Edition::Autumn => fields.text("Resource", "resource", &[]),
    };
    fields.check()?;

    let refused = |code: &str, description: &str| CibaError::initiation(StatusCode::BAD_REQUEST, code, description);
    let client_id = match config.edition {
        Edition::Spring => client_id,
        Edition::Autumn => client_auth::authenticate(config, &fields.headers, &client_id)?,
    };
    workspace::find_client(config, &client_id, &resource).map_err(|problem| refused("invalid_client", problem))?;
    let scopes = match config.edition {
        Edition::Spring => or_default(requested),
        Edition::Autumn => workspace::grantable(requested),
    };
    initiate(cloud, Initiation { flow: Flow::Tenant, client_id: Some(client_id), email, binding_message, scopes }).await
}

fn or_default(scopes: Vec<String>) -> Option<Vec<String>> {
    Some(if scopes.is_empty() { DEFAULT_SCOPES.map(str::to_owned).to_vec() } else { scopes })
}

/// Autumn looks an admin up in one workspace, which the request has to name, itself or by a client. Returns the client.
fn resolve_workspace(config: &CibaConfig, workspace_id: &str, client_id: &str) -> Result<Option<String>, &'static str> {
    if workspace_id.is_empty() && client_id.is_empty() && !config.is(Kindness::DefaultWorkspace) {
        return Err("workspace_id or client_id is required");
    }
    let workspace = match workspace_id {
        "" => None,
        id => Some(Uuid::parse_str(id).map_err(|_| "invalid workspace_id")?),
    };
    let is_known = workspace.is_none_or(|id| id == workspace::ID);
    if !client_id.is_empty() {
        return match (config.clients.contains(client_id), is_known) {
            (false, _) => Err("client_id is not approved in any workspace"),
            (true, false) => Err("client_id is not approved in workspace_id"),
            (true, true) => Ok(Some(client_id.to_owned())),
        };
    }
    if is_known { Ok(None) } else { Err("unknown workspace") }
}

/// Starts the request, and responds in the format of its flow.
async fn initiate(cloud: Arc<Cloud>, initiation: Initiation) -> Result<Json<InitiateResponse>, CibaError> {
    let (flow, email, timing) = (initiation.flow, initiation.email.clone(), cloud.ciba.timing);
    let started = initiation::start(&cloud, initiation)
        .await
        .map_err(|error| internal_error(flow, "Failed to initiate CIBA", &error))?;
    let auth_req_id = started.map_err(|refusal| {
        // The admin flow responds to this refusal as to a success.
        let is_ok = (flow, &refusal) == (Flow::Admin, &Refusal::NoDevice);
        let status = if is_ok { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        let shown = if flow == Flow::Admin { email } else { email.to_lowercase() };
        CibaError::initiation(status, refusal.code(), refusal.description(&shown))
    })?;
    Ok(Json(InitiateResponse {
        auth_req_id,
        expires_in: to_seconds(timing.lifetime),
        interval: to_seconds(timing.interval),
        message: match flow {
            Flow::Admin => "Push notification sent to user's device",
            Flow::Tenant => "Push notification sent to your registered device",
        },
    }))
}
