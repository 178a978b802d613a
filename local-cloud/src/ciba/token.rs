//! `ciba/token`: a client polls for the outcome of its request.

use std::sync::Arc;

use axum::extract::{Request as HttpRequest, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};

use super::bind::{Fields, Rule, internal_error};
use super::config::CibaConfig;
use super::edition::{Dialect, Edition, Flow};
use super::errors::CibaError;
use super::poll::{MintingFails, Poll, Refusal, TokenResponse};
use super::{client_auth, deprecation, poll, workspace};
use crate::state::Cloud;

pub fn routes(config: &CibaConfig) -> Router<Arc<Cloud>> {
    let admin = deprecation::mark(config, post(admin));
    Flow::Admin.route(config, "/ciba/token", &admin).merge(Flow::Tenant.route(config, "/ciba/token", &post(tenant)))
}

async fn admin(State(cloud): State<Arc<Cloud>>, request: HttpRequest) -> Result<Json<TokenResponse>, CibaError> {
    let minting_fails = request.extensions().get::<MintingFails>().is_some();
    let mut fields = Fields::read(&cloud, Flow::Admin, "CIBATokenRequest", request).await?;
    let auth_req_id = fields.text("AuthReqID", "auth_req_id", &[Rule::Required]);
    let client_id = fields.text("ClientID", "client_id", &[]).trim().to_owned();
    fields.check()?;
    respond(Dialect::Admin, &cloud, Poll { flow: Flow::Admin, client_id, auth_req_id, minting_fails }).await
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
    respond(Dialect::Tenant, &cloud, Poll { flow: Flow::Tenant, client_id, auth_req_id, minting_fails }).await
}

/// Polls, and responds in a dialect.
pub async fn respond(dialect: Dialect, cloud: &Arc<Cloud>, poll: Poll) -> Result<Json<TokenResponse>, CibaError> {
    let polled =
        poll::poll(cloud, poll).await.map_err(|error| internal_error(dialect, "Failed to poll token", &error))?;
    polled.map(Json).map_err(|refusal| error_response(dialect, &refusal))
}

/// The error response for a refusal. Each dialect has statuses and words of its own.
fn error_response(dialect: Dialect, refusal: &Refusal) -> CibaError {
    let is_admin = dialect == Dialect::Admin;
    let expired =
        |admin: &str, tenant: &str| CibaError::bad_request("expired_token", if is_admin { admin } else { tenant });
    match refusal {
        Refusal::Unknown => expired("Request not found or expired", "Authentication request not found"),
        Refusal::Expired => expired("Request expired", "Authentication request has expired"),
        Refusal::Used => expired("Request already used", "Invalid request state"),
        Refusal::AnotherClients if is_admin => {
            CibaError::new(StatusCode::UNAUTHORIZED, "invalid_client", "client_id does not match the request")
        }
        Refusal::AnotherClients => {
            CibaError::bad_request("invalid_grant", "auth_req_id was not issued to this client for this resource")
        }
        Refusal::TooFast => CibaError::bad_request("slow_down", "the interval is 5 seconds longer from now on"),
        Refusal::Pending => pending(dialect),
        Refusal::Denied => denied(dialect, "User denied the authentication request"),
        Refusal::MintingFailed => match dialect {
            Dialect::Admin => CibaError::new(StatusCode::OK, "server_error", "Failed to generate token"),
            Dialect::Tenant => CibaError::text(
                StatusCode::INTERNAL_SERVER_ERROR,
                "failed to generate JWT token: the key cannot be used",
            ),
            Dialect::Standard => CibaError::text(StatusCode::INTERNAL_SERVER_ERROR, "server_error"),
        },
    }
}

/// `authorization_pending`, in a dialect.
pub fn pending(dialect: Dialect) -> CibaError {
    let (status, description) = match dialect {
        Dialect::Admin => (StatusCode::OK, "User has not responded yet"),
        Dialect::Tenant => (StatusCode::ACCEPTED, "User has not responded to authentication request"),
        Dialect::Standard => (StatusCode::BAD_REQUEST, "User has not responded to authentication request"),
    };
    CibaError::new(status, "authorization_pending", description)
}

/// `access_denied`, in a dialect.
pub fn denied(dialect: Dialect, description: &str) -> CibaError {
    let status = if dialect == Dialect::Admin { StatusCode::FORBIDDEN } else { StatusCode::BAD_REQUEST };
    CibaError::new(status, "access_denied", description)
}
