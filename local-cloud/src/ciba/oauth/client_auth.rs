//! How a client authenticates at the standard's routes: `private_key_jwt`, or HTTP Basic.

use axum::http::{HeaderMap, StatusCode};

use super::assertion::Assertion;
use super::form::Form;
use super::used_assertions;
use crate::ciba::bind::internal_error;
use crate::ciba::clients::{Clients, Credentials};
use crate::ciba::edition::Dialect;
use crate::ciba::errors::CibaError;
use crate::clock;
use crate::state::Cloud;

pub const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const SPIFFE: &str = "urn:authsec:params:oauth:client-assertion-type:spiffe-svid";

/// The client that sent a request. 401 `invalid_client` if it does not authenticate. A `client_id` in the form is not compared
/// with it. An assertion is used up, whatever becomes of the request.
pub async fn authenticate(cloud: &Cloud, headers: &HeaderMap, form: &Form) -> Result<String, CibaError> {
    let clients = &cloud.ciba.clients;
    let (kind, assertion) = (form.text("client_assertion_type"), form.text("client_assertion"));
    match kind {
        JWT_BEARER if !assertion.is_empty() => {
            let assertion = Assertion::verify(assertion, clients, &cloud.base_url.token_endpoint());
            use_up(cloud, assertion.map_err(|problem| refused(&problem))?).await
        }
        // The workload identities of agents, whose issuers an operator registers.
        SPIFFE if !assertion.is_empty() => Err(refused("no workload identity provider for this issuer")),
        _ => match Credentials::from_headers(headers) {
            Some(credentials) => check_secret(clients, credentials),
            None => Err(refused(unauthenticated(clients, form.text("client_id")))),
        },
    }
}

fn refused(problem: &str) -> CibaError {
    CibaError::new(StatusCode::UNAUTHORIZED, "invalid_client", format!("invalid_client: {problem}"))
}

async fn use_up(cloud: &Cloud, assertion: Assertion) -> Result<String, CibaError> {
    let id = assertion.client_id.clone();
    let is_new = cloud
        .store
        .transact(move |database| used_assertions::record(database, &assertion, clock::now()))
        .await
        .map_err(|error| internal_error(Dialect::Standard, "", &error))?;
    if is_new { Ok(id) } else { Err(refused("client_assertion jti already used (replay detected)")) }
}

fn check_secret(clients: &Clients, credentials: Credentials) -> Result<String, CibaError> {
    let client = clients.get(&credentials.id).ok_or_else(|| refused("unknown client_id"))?;
    if client.secret.is_none() {
        return Err(refused("client does not support client_secret_basic"));
    }
    if !clients.accepts(&credentials) {
        return Err(refused("invalid client secret"));
    }
    Ok(credentials.id)
}

/// Why a request without credentials is refused.
fn unauthenticated(clients: &Clients, id: &str) -> &'static str {
    match clients.get(id) {
        None if !id.is_empty() => "unknown client_id",
        Some(client) if client.secret.is_none() && client.keys.is_none() => "confidential authentication required",
        _ => "no client authentication provided",
    }
}
