//! What is sent to AuthSec, and where: docs/contract.md, sections B1 and B2.

use super::SERVER;
use crate::options::value::Value;
use crate::text::{concat, contains, decimal};

/// The grant of a token that was requested by push: CIBA core section 10.1.
const GRANT_TYPE: &str = "urn:openid:params:grant-type:ciba";
/// The scope that every request of the standard has: CIBA core section 7.1.
const OPENID: &str = "openid";

/// Of AuthSec's admin routes.
const ADMIN: &str = "/authsec/uflow/auth/";

/// What the phone shows unless the page says otherwise: plain ASCII and short, as CIBA core section 7.1 asks.
const BINDING_MESSAGE: &str = "Approve only if you are signing in right now.";

/// A request.
#[derive(Clone, Copy)]
pub enum Request<'a> {
    /// Asks for an approval by push.
    Initiation {
        /// Who is to approve.
        email: &'a str,
        /// What the phone shows; empty for the default.
        binding_message: &'a str,
        /// After how many seconds the request may expire, for the standard's routes; 0 for the server's choice.
        requested_expiry: f64,
    },
    /// Asks for the token of an approval.
    Token {
        /// Which request for approval it is.
        auth_req_id: &'a str,
    },
    /// Asks whether a TOTP code is right.
    Totp {
        /// Whose code it is.
        email: &'a str,
        /// Six digits.
        code: &'a str,
    },
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// JSON.
    Json,
    /// A form: `application/x-www-form-urlencoded`.
    Form,
}

/// Whose routes they are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Routes {
    /// AuthSec's, by email alone.
    Admin,
    /// AuthSec's, of one client.
    Tenant,
    /// The page's own backend's.
    Relay,
    /// Those of OpenID CIBA Core 1.0.
    Oidc,
}

/// Where requests go, and for which client.
pub struct Wire<V> {
    /// The server's address.
    base: String,
    /// The path before the last segments of every URL.
    path: &'static str,
    routes: Routes,
    /// None in the admin flow.
    client_id: Option<String>,
    /// In the admin flow; in that of a client it is for codes.
    workspace_id: Option<String>,
    /// The `scope` of the standard.
    scope: String,
    /// Of an initiation for a workspace, as the page passed them.
    scopes: Option<V>,
    resource: Option<V>,
}

impl<V: Value> Wire<V> {
    /// From the options of a client, as `js/ciba-options.js` has validated them.
    pub fn new(options: &V) -> Self {
        let string = |name| options.get(name).and_then(|value| value.as_string()).filter(|text| !text.is_empty());
        let present = |name| options.get(name).filter(|value| !value.is_absent());
        let client_id = string("clientId");
        let name = string("routes").unwrap_or_default();
        let routes = match (name.as_str(), &client_id) {
            ("relay", _) => Routes::Relay,
            ("oidc", _) if SERVER => Routes::Oidc,
            (_, None) => Routes::Admin,
            (_, Some(_)) => Routes::Tenant,
        };
        let is_oidc = SERVER && routes == Routes::Oidc;
        let path = match (routes, name.as_str()) {
            _ if is_oidc => "/oauth/",
            (Routes::Relay, _) => "/",
            (Routes::Admin, "tenant") => "/uflow/auth/",
            (Routes::Admin, _) => ADMIN,
            (Routes::Tenant, "tenant") => "/uflow/auth/tenant/",
            (Routes::Tenant, "authsec-tenant") => "/authsec/uflow/auth/tenant/",
            _ => "/authsec/uflow/auth/workspace/",
        };
        let takes_scopes = routes != Routes::Admin && !contains(&name, "tenant");
        let scopes = present("scopes").filter(|_| takes_scopes);
        Wire {
            base: string("baseUrl").unwrap_or_default(),
            path,
            routes,
            client_id,
            workspace_id: string("workspaceId").filter(|_| routes == Routes::Admin || takes_scopes),
            scope: if is_oidc { scope(scopes.as_ref()) } else { String::new() },
            scopes,
            resource: present("resource").filter(|_| takes_scopes),
        }
    }

    /// Where a request goes. The standard has no TOTP: [`Wire::takes_codes`].
    pub fn url(&self, request: Request) -> String {
        if self.is_code_of_workspace(request) {
            return concat(&[&self.base, ADMIN, "totp/login"]);
        }
        let path = match (request, self.routes) {
            (Request::Initiation { .. }, _) if self.is_oidc() => "bc-authorize",
            (Request::Token { .. }, _) if self.is_oidc() => "token",
            (Request::Initiation { .. }, Routes::Relay) => "initiate",
            (Request::Initiation { .. }, _) => "ciba/initiate",
            (Request::Token { .. }, Routes::Relay) => "token",
            (Request::Token { .. }, _) => "ciba/token",
            (Request::Totp { .. }, Routes::Relay) => "totp",
            (Request::Totp { .. }, _) => "totp/login",
        };
        concat(&[&self.base, self.path, path])
    }

    /// How its body is written.
    pub fn encoding(&self) -> Encoding {
        if self.is_oidc() { Encoding::Form } else { Encoding::Json }
    }

    /// Whether there is a route for TOTP codes.
    pub fn takes_codes(&self) -> bool {
        !self.is_oidc()
    }

    /// Its body: a record, on which no `toJSON` of the page shows.
    pub fn body(&self, request: Request) -> V {
        let mut body = V::new_record();
        let mut set = |name, text: &str| body.set(name, &V::from_string(text));
        let is_admin = self.routes == Routes::Admin || self.is_code_of_workspace(request);
        let is_oidc = self.is_oidc();
        if let Some(client_id) = self.client_id.as_ref().filter(|_| !is_admin) {
            set("client_id", client_id);
        }
        // For a TOTP code, too: without it, AuthSec takes the code of that email in any workspace.
        if let (true, Some(workspace_id)) = (is_admin && !matches!(request, Request::Token { .. }), &self.workspace_id)
        {
            set("workspace_id", workspace_id);
        }
        match request {
            Request::Initiation { email, binding_message, requested_expiry } => {
                set(if is_admin || is_oidc { "login_hint" } else { "email" }, email);
                set("binding_message", if binding_message.is_empty() { BINDING_MESSAGE } else { binding_message });
                if is_oidc {
                    set("scope", &self.scope);
                    if requested_expiry > 0.0 {
                        set("requested_expiry", &decimal(requested_expiry as u32));
                    }
                } else if let Some(scopes) = &self.scopes {
                    body.set("scopes", scopes);
                }
                self.set_resource(&mut body);
            }
            Request::Token { auth_req_id } => {
                set("auth_req_id", auth_req_id);
                if is_oidc {
                    set("grant_type", GRANT_TYPE);
                }
                self.set_resource(&mut body);
            }
            Request::Totp { email, code } => {
                set("email", email);
                set("totp_code", code);
            }
        }
        body
    }

    /// Since October 2026, AuthSec's route for the codes of a client accepts none. The admin's takes the workspace in its place.
    fn is_code_of_workspace(&self, request: Request) -> bool {
        self.routes == Routes::Tenant && self.workspace_id.is_some() && matches!(request, Request::Totp { .. })
    }

    fn is_oidc(&self) -> bool {
        SERVER && self.routes == Routes::Oidc
    }

    /// In a poll, too: AuthSec compares it with that of the request for approval.
    fn set_resource(&self, body: &mut V) {
        if let Some(resource) = &self.resource {
            body.set("resource", resource);
        }
    }
}

/// The `scope` of the standard: the page's scopes, and `openid`, without which a request is invalid.
fn scope<V: Value>(scopes: Option<&V>) -> String {
    let mut scope = concat(&[OPENID]);
    let length = scopes.and_then(V::length).unwrap_or_default() as u32;
    for index in 0..length {
        let name = scopes.and_then(|scopes| scopes.item(index)?.as_string()).unwrap_or_default();
        if name != OPENID {
            scope = concat(&[&scope, " ", &name]);
        }
    }
    scope
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
