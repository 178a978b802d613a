//! `/oauth/bc-authorize`: a client starts a request for approval (OpenID CIBA core 1.0, section 7).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use serde::Serialize;
use serde_json::Number;

use super::form::Form;
use super::{client_auth, enabled};
use crate::ciba::bind::internal_error;
use crate::ciba::edition::{Dialect, Flow};
use crate::ciba::errors::CibaError;
use crate::ciba::initiation::{self, Initiation};
use crate::ciba::push_timing::to_seconds;
use crate::ciba::workspace;
use crate::state::Cloud;

#[derive(Serialize)]
pub struct AuthenticationResponse {
    auth_req_id: String,
    /// Seconds.
    expires_in: Number,
    /// Seconds.
    interval: Number,
}

pub async fn bc_authorize(
    State(cloud): State<Arc<Cloud>>,
    request: Request,
) -> Result<Json<AuthenticationResponse>, CibaError> {
    let (headers, form) = Form::read(&cloud, request).await?;
    enabled::require(&cloud.ciba)?;
    let client_id = client_auth::authenticate(&cloud, &headers, &form).await?;
    start(&cloud, client_id, &form).await
}

/// Starts the request of an authenticated client. What the server does not read is not read: `requested_expiry`, `user_code`,
/// `acr_values`, and every hint but `login_hint`.
async fn start(cloud: &Cloud, client_id: String, form: &Form) -> Result<Json<AuthenticationResponse>, CibaError> {
    let email = form.text("login_hint").trim();
    if email.is_empty() {
        return Err(CibaError::bad_request("invalid_request", "login_hint is required"));
    }
    workspace::find_client(&cloud.ciba, &client_id, form.text("resource"))
        .map_err(|problem| CibaError::bad_request("invalid_client", problem))?;
    let initiation = Initiation {
        flow: Flow::Tenant,
        client_id: Some(client_id),
        email: email.to_owned(),
        binding_message: form.text("binding_message").to_owned(),
        scopes: workspace::grantable(form.text("scope").split_whitespace().map(str::to_owned).collect()),
    };
    let started =
        initiation::start(cloud, initiation).await.map_err(|error| internal_error(Dialect::Standard, "", &error))?;
    let auth_req_id = started.map_err(|refusal| CibaError::bad_request(refusal.code(), refusal.description(email)))?;
    let timing = cloud.ciba.timing;
    Ok(Json(AuthenticationResponse {
        auth_req_id,
        expires_in: to_seconds(timing.lifetime),
        interval: to_seconds(timing.interval),
    }))
}
