//! `totp/login`: a user signs in with a code from an authenticator app.
//!
//! In autumn a code is accepted once (RFC 6238, section 5.2), even if the response was lost, and wrong codes lock the account.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use rusqlite::Transaction;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::bind::{Fields, Rule, internal_error};
use super::config::{CibaConfig, Kindness};
use super::edition::{Edition, Flow};
use super::errors::CibaError;
use super::users::CibaUser;
use super::{codes, lockout, users, workspace};
use crate::clock;
use crate::errors::ApiError;
use crate::state::Cloud;

const EMAIL: &[Rule] = &[Rule::Required, Rule::Email];
const CODE: &[Rule] = &[Rule::Required, Rule::Length(6)];

pub fn routes(config: &CibaConfig) -> Router<Arc<Cloud>> {
    Flow::Admin.route(config, "/totp/login", &post(admin)).merge(Flow::Tenant.route(
        config,
        "/totp/login",
        &post(tenant),
    ))
}

#[derive(Serialize)]
struct TotpResponse {
    success: bool,
    token: String,
    message: &'static str,
}

async fn admin(State(cloud): State<Arc<Cloud>>, request: Request) -> Result<Json<TotpResponse>, CibaError> {
    let mut fields = Fields::read(&cloud, Flow::Admin, "TOTPLoginRequest", request).await?;
    let email = fields.text("Email", "email", EMAIL);
    let code = fields.text("TOTPCode", "totp_code", CODE);
    let named = match cloud.ciba.edition {
        Edition::Spring => None,
        Edition::Autumn => {
            let id = fields.text("WorkspaceID", "workspace_id", &[]);
            let domain = fields.text("WorkspaceDomain", "workspace_domain", &[]);
            [id, domain].map(|text| text.trim().to_owned()).into_iter().find(|text| !text.is_empty())
        }
    };
    fields.check()?;

    // Without a workspace, autumn finds the email in any. The one of this server has no domain.
    let is_elsewhere = named.is_some_and(|workspace| Uuid::parse_str(&workspace) != Ok(workspace::ID));
    let verdict = if is_elsewhere { Verdict::UnknownUser } else { judge(&cloud, Flow::Admin, email, code).await? };
    let text = |status, text| Err(CibaError::text(status, text));
    match verdict {
        Verdict::UnknownUser => text(StatusCode::NOT_FOUND, "User not found"),
        Verdict::NoDevice => text(StatusCode::BAD_REQUEST, "no TOTP devices registered"),
        Verdict::Wrong => Err(wrong_code(Flow::Admin)),
        Verdict::Locked { seconds } => {
            Err(CibaError::text(StatusCode::TOO_MANY_REQUESTS, lockout::MESSAGE).retry_after(seconds))
        }
        Verdict::Right(user) => success(&cloud, Flow::Admin, &user, None),
    }
}

async fn tenant(State(cloud): State<Arc<Cloud>>, request: Request) -> Result<Json<TotpResponse>, CibaError> {
    let config = &cloud.ciba;
    let required: &[Rule] = if config.edition == Edition::Spring { &[Rule::Required] } else { &[] };
    let mut fields = Fields::read(&cloud, Flow::Tenant, "TenantTOTPLoginRequest", request).await?;
    let client_id = fields.text("ClientID", "client_id", required);
    let email = fields.text("Email", "email", EMAIL);
    let code = fields.text("TOTPCode", "totp_code", CODE);
    fields.check()?;
    if client_id.is_empty() {
        return Err(CibaError::text(StatusCode::BAD_REQUEST, "client_id, email, and totp_code are required"));
    }
    if code.len() != 6 {
        return Err(CibaError::text(StatusCode::BAD_REQUEST, "TOTP code must be exactly 6 digits"));
    }

    find_tenant(config, &client_id).map_err(refused)?;
    match judge(&cloud, Flow::Tenant, email, code).await? {
        Verdict::UnknownUser => Err(refused("User not found")),
        Verdict::NoDevice => Err(refused("No TOTP devices registered for this user")),
        Verdict::Wrong => Err(wrong_code(Flow::Tenant)),
        Verdict::Locked { .. } => Err(refused(lockout::MESSAGE)),
        Verdict::Right(user) => success(&cloud, Flow::Tenant, &user, Some(client_id)),
    }
}

/// Autumn's route finds no client's workspace: the source removed that look-up, and refuses every client instead.
fn find_tenant(config: &CibaConfig, client_id: &str) -> Result<(), &'static str> {
    match config.edition {
        Edition::Spring => workspace::find_client(config, client_id, ""),
        Edition::Autumn if config.is(Kindness::WorkspaceTotp) => workspace::find_client(config, client_id, ""),
        Edition::Autumn if Uuid::parse_str(client_id).is_err() => Err("Invalid client ID format"),
        Edition::Autumn => Err("Client not found or not mapped to tenant"),
    }
}

enum Verdict {
    UnknownUser,
    NoDevice,
    Wrong,
    /// For so many more seconds.
    Locked {
        seconds: i64,
    },
    Right(CibaUser),
}

async fn judge(cloud: &Arc<Cloud>, flow: Flow, email: String, code: String) -> Result<Verdict, CibaError> {
    let state = cloud.clone();
    cloud
        .store
        .transact(move |database| judge_code(database, &state.ciba, &email, &code, clock::now()))
        .await
        .map_err(|error| internal_error(flow, "Failed to verify TOTP", &error))
}

fn judge_code(
    database: &Transaction<'_>,
    config: &CibaConfig,
    email: &str,
    code: &str,
    now: i64,
) -> Result<Verdict, ApiError> {
    let Some(user) = users::by_email(database, email)? else {
        return Ok(Verdict::UnknownUser);
    };
    if !user.has_totp {
        return Ok(Verdict::NoDevice);
    }
    let step = codes::matching_step(&user.totp_secret, code, now);
    if config.edition == Edition::Spring {
        return Ok(if step.is_some() { Verdict::Right(user) } else { Verdict::Wrong });
    }
    let locked = |until: i64| Verdict::Locked { seconds: (until - now) / 1000 + 1 };
    if let Some(until) = lockout::locked_until(database, &user.id, now)? {
        return Ok(locked(until));
    }
    if let Some(step) = step.filter(|step| !user.used_steps.contains(step)) {
        users::mark_step_used(database, &user.id, step)?;
        lockout::reset(database, &user.id)?;
        return Ok(Verdict::Right(user));
    }
    Ok(lockout::record_failure(database, &user.id, config.lockout, now)?.map_or(Verdict::Wrong, locked))
}

fn success(
    cloud: &Cloud,
    flow: Flow,
    user: &CibaUser,
    client_id: Option<String>,
) -> Result<Json<TotpResponse>, CibaError> {
    let token = cloud
        .tokens
        .totp_token(user, client_id, clock::now())
        .map_err(|error| internal_error(flow, "Failed to generate token", &error))?;
    let message = match flow {
        Flow::Admin => "Login successful",
        Flow::Tenant => "Authentication successful",
    };
    Ok(Json(TotpResponse { success: true, token, message }))
}

/// The refusal of a wrong code, in a flow's own way.
pub fn wrong_code(flow: Flow) -> CibaError {
    const TEXT: &str = "Invalid TOTP code";
    match flow {
        Flow::Admin => CibaError::text(StatusCode::BAD_REQUEST, TEXT),
        Flow::Tenant => refused(TEXT),
    }
}

/// The tenant flow's refusals.
fn refused(message: &str) -> CibaError {
    CibaError::with_body(StatusCode::UNAUTHORIZED, json!({ "success": false, "message": message }))
}
