//! What is sent to AuthSec, and where: docs/contract.md, sections B1 and B2.

use crate::options::value::Value;
use crate::text::concat;

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
pub struct Wire {
    /// Of every URL.
    prefix: String,
    /// None in the admin flow.
    client_id: Option<String>,
}

impl Wire {
    /// From the options of a client, as `js/ciba-options.js` has validated them.
    pub fn new<V: Value>(options: &V) -> Self {
        let string = |name| options.get(name).and_then(|value| value.as_string()).unwrap_or_default();
        let client_id = Some(string("clientId")).filter(|id| !id.is_empty());
        let is_older = string("routes") == "tenant";
        let product = if is_older { "" } else { "/authsec" };
        let flow = match (&client_id, is_older) {
            (None, _) => "",
            (Some(_), false) => "workspace/",
            (Some(_), true) => "tenant/",
        };
        Wire { prefix: concat(&[&string("baseUrl"), product, "/uflow/auth/", flow]), client_id }
    }

    /// Where a request goes.
    pub fn url(&self, request: Request) -> String {
        let path = match request {
            Request::Initiation { .. } => "ciba/initiate",
            Request::Token { .. } => "ciba/token",
            Request::Totp { .. } => "totp/login",
        };
        concat(&[&self.prefix, path])
    }

    /// Its body, which is sent as JSON: a record, on which no `toJSON` of the page shows.
    pub fn body<V: Value>(&self, request: Request) -> V {
        let mut body = V::new_record();
        let mut set = |name, text: &str| body.set(name, &V::from_string(text));
        if let Some(client_id) = &self.client_id {
            set("client_id", client_id);
        }
        match request {
            Request::Initiation { email, binding_message } => {
                set(if self.client_id.is_some() { "email" } else { "login_hint" }, email);
                set("binding_message", if binding_message.is_empty() { BINDING_MESSAGE } else { binding_message });
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
