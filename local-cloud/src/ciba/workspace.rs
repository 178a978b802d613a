//! The one workspace of this server (spring: tenant), with the resource and the scopes that its clients and users have.

use uuid::{Uuid, uuid};

use super::config::CibaConfig;
use super::edition::Edition;

pub const ID: Uuid = uuid!("5f0c9d3e-1b7a-4c52-9e64-2a8d7b3f6c10");
/// The resource that every client is approved for (RFC 8707).
pub const RESOURCE: &str = "https://resource.localhost";
/// The scopes that every user holds at it.
const SCOPES: [&str; 3] = ["openid", "email", "profile"];

/// Checks that a client belongs to the workspace. `resource` is empty if the request names none; spring does not know it.
pub fn find_client(config: &CibaConfig, id: &str, resource: &str) -> Result<(), &'static str> {
    match config.edition {
        Edition::Spring if Uuid::parse_str(id).is_err() => Err("Invalid client ID format"),
        Edition::Spring if !config.clients.contains(id) => Err("Client not found or not mapped to tenant"),
        Edition::Spring => Ok(()),
        Edition::Autumn if !config.clients.contains(id) || !matches!(resource, "" | RESOURCE) => {
            Err("Client not found or not mapped to workspace")
        }
        Edition::Autumn => Ok(()),
    }
}

/// Those of the requested scopes that a user holds. `None` if some are requested, and the user holds none of them.
pub fn grantable(requested: Vec<String>) -> Option<Vec<String>> {
    let is_empty = requested.is_empty();
    let granted: Vec<_> = requested.into_iter().filter(|scope| SCOPES.contains(&scope.as_str())).collect();
    (is_empty || !granted.is_empty()).then_some(granted)
}
