//! Test clients for AuthSec's routes: the four families of routes, clients, phones and TOTP codes.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::http::{Request, Response};
use crate::server::Server;

pub const CLIENT: &str = "harbour-and-pine";

/// A family of AuthSec routes: docs/contract.md, section B3.1.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    pub start: &'static str,
    pub client_id: Option<&'static str>,
}

pub const FAMILIES: [Family; 4] = [
    Family { start: "/authsec/uflow/auth", client_id: None },
    Family { start: "/authsec/uflow/auth/workspace", client_id: Some(CLIENT) },
    Family { start: "/uflow/auth", client_id: None },
    Family { start: "/uflow/auth/tenant", client_id: Some(CLIENT) },
];

pub const ADMIN: Family = FAMILIES[0];
pub const TENANT: Family = FAMILIES[1];

impl Family {
    pub fn path(&self, end: &str) -> String {
        format!("{}{end}", self.start)
    }

    pub fn body(&self, mut body: Value) -> Value {
        if let Some(id) = self.client_id {
            body["client_id"] = id.into();
        }
        body
    }

    pub fn initiate(&self, server: &Server, email: &str, binding_message: &str) -> Response {
        let hint = if self.client_id.is_some() { "email" } else { "login_hint" };
        let body = self.body(json!({ hint: email, "binding_message": binding_message }));
        server.page_sends(&self.path("/ciba/initiate"), &body)
    }

    /// The `auth_req_id` of a new request.
    pub fn initiated(&self, server: &Server, email: &str) -> String {
        let response = self.initiate(server, email, "Pay CHF 72.50");
        assert_eq!(response.status, 200, "{self:?}: {}", response.text());
        response.json()["auth_req_id"].as_str().expect("an auth_req_id").to_owned()
    }

    pub fn poll(&self, server: &Server, auth_req_id: &str) -> Response {
        server.page_sends(&self.path("/ciba/token"), &self.body(json!({ "auth_req_id": auth_req_id })))
    }

    pub fn totp(&self, server: &Server, email: &str, code: &str) -> Response {
        server.page_sends(&self.path("/totp/login"), &self.body(json!({ "email": email, "totp_code": code })))
    }

    pub fn respond(&self, server: &Server, person: &Person, auth_req_id: &str, approved: bool) -> Response {
        let body = json!({ "auth_req_id": auth_req_id, "approved": approved, "biometric_verified": true });
        person.sends(server.port, "POST", &self.path("/ciba/respond"), &body.to_string())
    }
}

/// A user with a phone and an authenticator app.
pub struct Person {
    pub email: String,
    pub id: String,
    pub token: String,
    pub totp_secret: Vec<u8>,
}

impl Person {
    pub fn new(server: &Server, email: &str) -> Self {
        let response = server.shop_sends("/_local/ciba/users", &json!({ "email": email }));
        assert_eq!(response.status, 200, "{}", response.text());
        let text = |member: &str| response.json()[member].as_str().expect(member).to_owned();
        let totp_secret = data_encoding::BASE32_NOPAD.decode(text("totp_secret").as_bytes()).expect("base32");
        Self { email: text("email"), id: text("user_id"), token: text("token"), totp_secret }
    }

    pub fn sends(&self, port: u16, method: &str, path: &str, body: &str) -> Response {
        let bearer = format!("Bearer {}", self.token);
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        Request { method, path, headers: &headers, body: body.as_bytes() }.send(port)
    }

    /// The pending requests of this user.
    pub fn requests(&self, server: &Server) -> Vec<Value> {
        let response = self.sends(server.port, "GET", &TENANT.path("/ciba/requests"), "");
        assert_eq!(response.status, 200, "{}", response.text());
        response.json()["requests"].as_array().expect("requests").clone()
    }

    /// The code `steps` time steps after the current one.
    pub fn code(&self, steps: i64) -> String {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
        let totp = totp_rs::TOTP::new_unchecked(totp_rs::Algorithm::SHA1, 6, 0, 30, self.totp_secret.clone());
        totp.generate(seconds.saturating_add_signed(steps * 30))
    }

    /// A code that is wrong now and in the next steps.
    pub fn wrong_code(&self) -> String {
        let right: Vec<_> = (-2..=3).map(|steps| self.code(steps)).collect();
        (0..).map(|number| format!("{number:06}")).find(|code| !right.contains(code)).expect("a wrong code")
    }
}

/// Asserts a documented refusal.
pub fn is_refusal(case: &str, response: &Response, status: u16, error: &str) {
    assert_eq!(response.status, status, "{case}: {}", response.text());
    assert_eq!(response.header("content-type"), Some("application/json"), "{case}");
    let body = response.json();
    assert_eq!(body["error"], error, "{case}: {body}");
    assert_eq!(body["success"], false, "{case}: {body}");
    assert!(body["error_description"].is_string(), "{case}: {body}");
    assert_eq!(body.as_object().map(serde_json::Map::len), Some(3), "{case}: {body}");
}

/// The claims of a token, from introspection; none for an inactive token.
pub fn introspect(server: &Server, token: &str) -> Option<Value> {
    let bearer = format!("Bearer {}", crate::server::ACCESS_KEY);
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/x-www-form-urlencoded")];
    let body = format!("token={token}");
    let path = "/_local/ciba/introspect";
    let response = Request { method: "POST", path, headers: &headers, body: body.as_bytes() }.send(server.port);
    assert_eq!(response.status, 200, "{}", response.text());
    Some(response.json()).filter(|body| body["active"] == true)
}
