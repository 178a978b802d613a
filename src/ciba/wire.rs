//! What is sent to AuthSec, and where: docs/contract.md, sections B1 and B2.

use crate::options::value::Value;
use crate::text::{concat, contains};

/// What the phone shows unless the page says otherwise: plain ASCII and short, as CIBA core section 7.1 asks.
const BINDING_MESSAGE: &str = "Approve only if you are signing in right now.";

/// A request.
#[derive(Clone, Copy)]
pub enum Request<'a> {
    /// Asks for an approval by push.
    Initiation {
        /// Who is to approve.
        email: &'a str,
        /// What the phone shows.
        binding_message: &'a str,
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

/// Where requests go, and for which client.
pub struct Wire<V> {
    /// Of every URL.
    prefix: String,
    /// The paths of the relay, not of AuthSec.
    is_relay: bool,
    /// None in the admin flow.
    client_id: Option<String>,
    /// In the admin flow.
    workspace_id: Option<String>,
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
        let routes = string("routes").unwrap_or_default();
        let is_relay = routes == "relay";
        let path = match (routes.as_str(), &client_id) {
            ("relay", _) => "/",
            ("tenant", None) => "/uflow/auth/",
            ("tenant", Some(_)) => "/uflow/auth/tenant/",
            (_, None) => "/authsec/uflow/auth/",
            ("authsec-tenant", Some(_)) => "/authsec/uflow/auth/tenant/",
            (_, Some(_)) => "/authsec/uflow/auth/workspace/",
        };
        let is_workspace = is_relay || (client_id.is_some() && !contains(&routes, "tenant"));
        Wire {
            prefix: concat(&[&string("baseUrl").unwrap_or_default(), path]),
            is_relay,
            client_id,
            workspace_id: string("workspaceId"),
            scopes: present("scopes").filter(|_| is_workspace),
            resource: present("resource").filter(|_| is_workspace),
        }
    }

    /// Where a request goes.
    pub fn url(&self, request: Request) -> String {
        let path = match (request, self.is_relay) {
            (Request::Initiation { .. }, false) => "ciba/initiate",
            (Request::Initiation { .. }, true) => "initiate",
            (Request::Token { .. }, false) => "ciba/token",
            (Request::Token { .. }, true) => "token",
            (Request::Totp { .. }, false) => "totp/login",
            (Request::Totp { .. }, true) => "totp",
        };
        concat(&[&self.prefix, path])
    }

    /// Its body, which is sent as JSON: a record, on which no `toJSON` of the page shows.
    pub fn body(&self, request: Request) -> V {
        let mut body = V::new_record();
        let mut set = |name, text: &str| body.set(name, &V::from_string(text));
        let is_admin = self.client_id.is_none() && !self.is_relay;
        if let Some(client_id) = &self.client_id {
            set("client_id", client_id);
        }
        // For a TOTP code, too: without it, AuthSec takes the code of that email in any workspace.
        if let (true, Some(workspace_id)) = (is_admin && !matches!(request, Request::Token { .. }), &self.workspace_id)
        {
            set("workspace_id", workspace_id);
        }
        match request {
            Request::Initiation { email, binding_message } => {
                set(if is_admin { "login_hint" } else { "email" }, email);
                set("binding_message", if binding_message.is_empty() { BINDING_MESSAGE } else { binding_message });
                for (name, value) in [("scopes", &self.scopes), ("resource", &self.resource)] {
                    if let Some(value) = value {
                        body.set(name, value);
                    }
                }
            }
            Request::Token { auth_req_id } => set("auth_req_id", auth_req_id),
            Request::Totp { email, code } => {
                set("email", email);
                set("totp_code", code);
            }
        }
        body
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
