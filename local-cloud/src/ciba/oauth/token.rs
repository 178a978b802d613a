//! `/oauth/token`: a client polls for the outcome of its request (OpenID CIBA core 1.0, section 10.1).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};

use super::client_auth::{self, JWT_BEARER};
use super::enabled;
use super::form::Form;
use crate::ciba::clients::Credentials;
use crate::ciba::edition::{Dialect, Flow};
use crate::ciba::errors::CibaError;
use crate::ciba::poll::{MintingFails, Poll, TokenResponse};
use crate::ciba::{token, workspace};
use crate::state::Cloud;

const GRANT_TYPE: &str = "urn:openid:params:grant-type:ciba";
/// The server has the other grants of this list, too.
const UNSUPPORTED: &str = "only authorization_code, refresh_token, client_credentials, \
                           urn:ietf:params:oauth:grant-type:jwt-bearer, \
                           urn:ietf:params:oauth:grant-type:token-exchange, and urn:openid:params:grant-type:ciba \
                           are supported";

pub async fn token(State(cloud): State<Arc<Cloud>>, request: Request) -> Result<Json<TokenResponse>, CibaError> {
    let minting_fails = request.extensions().get::<MintingFails>().is_some();
    let (headers, form) = Form::read(&cloud, request).await?;
    let config = &cloud.ciba;

    // The server looks up the client before it knows the grant, and before the client authenticates.
    let named = match form.text("client_id") {
        "" => Credentials::from_headers(&headers).map(|credentials| credentials.id).unwrap_or_default(),
        id => id.to_owned(),
    };
    if named.is_empty() && form.text("client_assertion_type") != JWT_BEARER {
        return Err(CibaError::bad_request("invalid_request", "client_id is required"));
    }
    if !named.is_empty() && !config.clients.contains(&named) {
        return Err(CibaError::bad_request("invalid_client", "unknown client_id"));
    }
    if form.text("grant_type") != GRANT_TYPE {
        return Err(CibaError::bad_request("unsupported_grant_type", UNSUPPORTED));
    }
    enabled::require(config)?;

    let client_id = client_auth::authenticate(&cloud, &headers, &form).await?;
    let auth_req_id = form.text("auth_req_id").trim().to_owned();
    if auth_req_id.is_empty() {
        return Err(CibaError::bad_request("invalid_request", "auth_req_id is required"));
    }
    workspace::find_client(config, &client_id, form.text("resource"))
        .map_err(|problem| CibaError::bad_request("invalid_client", problem))?;
    let poll = Poll { flow: Flow::Tenant, client_id, auth_req_id, minting_fails };
    token::respond(Dialect::Standard, &cloud, poll).await
}
