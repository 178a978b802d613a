//! The options of a client.

use std::fmt;
use std::time::Duration;

use serde_json::{Value as Json, json};

use super::super::failure::Failure;
use super::super::options::invalid;
use super::authentication::Authentication;
use super::base_url;
use crate::messages::A_TEXT;

/// AuthSec's production server.
const BASE_URL: &str = "https://prod.api.authsec.ai";
/// How long one request may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// Which of a server's routes are called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Routes {
    /// AuthSec's, from October 2026.
    #[default]
    Workspace,
    /// AuthSec's, of older servers: `/uflow/auth/tenant/…`.
    Tenant,
    /// AuthSec's, of April 2026: `/authsec/uflow/auth/tenant/…`.
    AuthsecTenant,
    /// Those of a relay: `/initiate`, `/token` and `/totp`.
    Relay,
    /// The standard's, OpenID CIBA Core 1.0: `/oauth/bc-authorize` and `/oauth/token`, form-encoded. It has no codes.
    Oidc,
}

impl Routes {
    fn name(self) -> &'static str {
        match self {
            Routes::Workspace => "workspace",
            Routes::Tenant => "tenant",
            Routes::AuthsecTenant => "authsec-tenant",
            Routes::Relay => "relay",
            Routes::Oidc => "oidc",
        }
    }
}

/// The options of a client. Those of the JavaScript client, docs/contract.md, section B2, have the same meaning.
pub struct Options {
    /// The server: https, or http on a loopback host. AuthSec's own by default.
    pub base_url: String,
    /// Which of its routes are called.
    pub routes: Routes,
    /// Selects the flow of this client; without it, AuthSec's admin flow.
    pub client_id: Option<String>,
    /// The workspace of a push or a code in the admin flow.
    pub workspace_id: Option<String>,
    /// What the token is for.
    pub scopes: Vec<String>,
    /// The resource that the token is for.
    pub resource: Option<String>,
    /// Names and values to add to each request. The client's own headers cannot be replaced.
    pub headers: Vec<(String, String)>,
    /// How long one request may take.
    pub request_timeout: Duration,
    /// How the client authenticates.
    pub authentication: Authentication,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            base_url: BASE_URL.into(),
            routes: Routes::default(),
            client_id: None,
            workspace_id: None,
            scopes: Vec::new(),
            resource: None,
            headers: Vec::new(),
            request_timeout: REQUEST_TIMEOUT,
            authentication: Authentication::NONE,
        }
    }
}

/// Without the values of the headers, which may be secret.
impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("Options")
            .field("base_url", &self.base_url)
            .field("routes", &self.routes)
            .field("client_id", &self.client_id)
            .field("workspace_id", &self.workspace_id)
            .field("scopes", &self.scopes)
            .field("resource", &self.resource)
            .field("headers", &names)
            .field("request_timeout", &self.request_timeout)
            .field("authentication", &self.authentication)
            .finish()
    }
}

impl Options {
    /// The options as [`Wire`](super::super::wire::Wire) reads them.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for an option that is invalid.
    pub(super) fn validated(&self) -> Result<Json, Failure> {
        let base_url = base_url::parse(&self.base_url)
            .ok_or_else(|| invalid("base_url", " must be an https URL, or http on a loopback host"))?;
        let ids = [("client_id", &self.client_id), ("workspace_id", &self.workspace_id), ("resource", &self.resource)];
        if let Some((name, _)) = ids.into_iter().find(|(_, id)| id.as_deref() == Some("")) {
            return Err(invalid(name, A_TEXT));
        }
        if self.client_id.is_none() && (!self.authentication.is_none() || self.routes == Routes::Oidc) {
            return Err(invalid("client_id", " is missing: a client that authenticates has an ID"));
        }
        if self.authentication.is_blank() {
            return Err(invalid("authentication", " needs a secret that is not empty"));
        }
        if self.authentication.is_assertion() && self.routes != Routes::Oidc {
            return Err(invalid("authentication", " by private_key_jwt needs routes: Routes::Oidc"));
        }
        if !self.headers.iter().all(|(name, value)| is_header_name(name) && is_header_value(value)) {
            return Err(invalid("headers", " must be valid HTTP headers"));
        }
        if self.request_timeout.is_zero() {
            return Err(invalid("request_timeout", " must not be zero"));
        }
        let scopes = Some(&self.scopes).filter(|scopes| !scopes.is_empty());
        Ok(json!({
            "baseUrl": base_url,
            "routes": self.routes.name(),
            "clientId": self.client_id,
            "workspaceId": self.workspace_id,
            "scopes": scopes,
            "resource": self.resource,
        }))
    }
}

/// RFC 9110, section 5.6.2.
fn is_header_name(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_token)
}

/// RFC 9110, section 5.5, without the bytes that clients write in different ways.
fn is_header_value(value: &str) -> bool {
    value.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~'))
}

#[cfg(test)]
mod tests;
