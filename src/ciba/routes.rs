//! Where the requests go and what is in them: contract section 2.

use super::json::{Member, object};
use crate::text::concat;

/// One request: POST, JSON.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Post {
    /// Put behind the base address, which has no slash at its end.
    pub path: String,
    /// JSON text.
    pub body: String,
}

/// Which routes the server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generation {
    /// The option `"workspace"`, the default: `/authsec/uflow/auth/…`, for tenants with `workspace/` behind it.
    Workspace,
    /// The option `"tenant"`, older servers: the same without `/authsec`, and `tenant/` in place of `workspace/`.
    Tenant,
}

/// The routes of one client.
pub struct Routes {
    client_id: Option<String>,
    generation: Generation,
}

impl Routes {
    /// With a client id that is not empty it is the tenant flow, else the admin flow.
    pub fn new(client_id: Option<String>, generation: Generation) -> Self {
        Routes { client_id: client_id.filter(|id| !id.is_empty()), generation }
    }

    /// Asks for an approval by push.
    pub fn initiate(&self, email: &str, binding_message: &str) -> Post {
        let name = if self.client_id.is_some() { "email" } else { "login_hint" };
        self.post("ciba/initiate", [(name, email), ("binding_message", binding_message)])
    }

    /// Asks what became of it.
    pub fn token(&self, auth_req_id: &str) -> Post {
        self.post("ciba/token", [("auth_req_id", auth_req_id)])
    }

    /// Asks whether a TOTP code is right.
    pub fn totp(&self, email: &str, code: &str) -> Post {
        self.post("totp/login", [("email", email), ("totp_code", code)])
    }

    fn post<const N: usize>(&self, path: &str, texts: [(&str, &str); N]) -> Post {
        let (authsec, flow) = match self.generation {
            Generation::Workspace => ("/authsec", "workspace/"),
            Generation::Tenant => ("", "tenant/"),
        };
        let flow = if self.client_id.is_some() { flow } else { "" };
        let client_id = self.client_id.as_deref().map_or(Member::Absent, Member::Text);
        let mut members = vec![("client_id", client_id)];
        for (name, text) in texts {
            members.push((name, Member::Text(text)));
        }
        Post { path: concat(&[authsec, "/uflow/auth/", flow, path]), body: object(&members) }
    }
}

#[cfg(test)]
mod tests;
