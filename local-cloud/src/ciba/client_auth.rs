//! How a client authenticates at autumn's workspace routes: HTTP Basic, or not at all by a flag.

use axum::http::{HeaderMap, StatusCode};

use super::clients::Credentials;
use super::config::{CibaConfig, Kindness};
use super::errors::CibaError;

/// The client that sent a request to autumn's workspace routes. 401 `invalid_client` if it does not authenticate, or if the
/// body names another client.
pub fn authenticate(config: &CibaConfig, headers: &HeaderMap, body_id: &str) -> Result<String, CibaError> {
    let refused = |description: &str| CibaError::new(StatusCode::UNAUTHORIZED, "invalid_client", description);
    match Credentials::from_headers(headers) {
        Some(credentials) if config.clients.accepts(&credentials) => {
            if body_id.is_empty() || body_id == credentials.id {
                Ok(credentials.id)
            } else {
                Err(refused("client_id does not match the authenticated client"))
            }
        }
        None if config.is(Kindness::AllowUnauthenticatedClients) && !body_id.is_empty() => Ok(body_id.to_owned()),
        // A wrong secret is refused even where none is needed.
        _ => Err(refused("client authentication required (HTTP Basic client_id:client_secret)")),
    }
}
