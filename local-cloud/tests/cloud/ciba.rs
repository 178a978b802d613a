//! Test clients for AuthSec's routes: both flows of both editions, clients, phones and TOTP codes.

use std::time::{SystemTime, UNIX_EPOCH};

use data_encoding::BASE64;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::http::{Request, Response};
use crate::server::{Data, ORIGIN, Server};

/// UUIDs, because spring's clients have no other IDs.
pub const CLIENT: Client = Client { id: "7f0f0f7e-56a0-4b6e-8d0e-0d3a3a1a5b11", secret: "s3cret: 100% +sûr" };
pub const OTHER_CLIENT: Client = Client { id: "0c7a4a52-41b5-4f0a-9b1b-6a1f2d0e9c33", secret: "another" };
/// A client without a secret.
pub const PUBLIC_CLIENT: &str = "c1b70f39-0d53-4f7e-8d1e-5f6f5d2b7a44";
/// The workspace of the server.
pub const WORKSPACE: &str = "5f0c9d3e-1b7a-4c52-9e64-2a8d7b3f6c10";

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Client {
    pub id: &'static str,
    pub secret: &'static str,
}

impl Client {
    /// The client in `LOCAL_CLOUD_CIBA_CLIENTS`, and in HTTP Basic.
    pub fn encoded(self) -> String {
        let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        format!("{}:{}", encode(self.id), encode(self.secret))
    }

    pub fn authorization(self) -> String {
        format!("Basic {}", BASE64.encode(self.encoded().as_bytes()))
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Edition {
    Spring,
    Autumn,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Flow {
    Admin,
    Tenant,
}

/// One flow of one edition: docs/contract.md, section B3.1.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    pub edition: Edition,
    pub flow: Flow,
    pub start: &'static str,
    pub client: Client,
}

const fn family(edition: Edition, flow: Flow, start: &'static str) -> Family {
    Family { edition, flow, start, client: CLIENT }
}

pub const ADMIN: Family = family(Edition::Autumn, Flow::Admin, "/authsec/uflow/auth");
pub const TENANT: Family = family(Edition::Autumn, Flow::Tenant, "/authsec/uflow/auth/workspace");
pub const SPRING_ADMIN: Family = family(Edition::Spring, Flow::Admin, "/authsec/uflow/auth");
pub const SPRING_TENANT: Family = family(Edition::Spring, Flow::Tenant, "/authsec/uflow/auth/tenant");
pub const FAMILIES: [Family; 4] = [ADMIN, TENANT, SPRING_ADMIN, SPRING_TENANT];

impl Family {
    /// A server of this edition, without rate limits.
    pub fn server(&self, arguments: &[&str]) -> Server {
        Server::start_with(Data::new(), &[&self.edition_arguments(), arguments].concat())
    }

    pub fn edition_arguments(&self) -> [&'static str; 2] {
        ["--authsec", if self.edition == Edition::Spring { "spring" } else { "autumn" }]
    }

    /// One of two values, by the flow.
    pub fn either<T>(&self, admin: T, tenant: T) -> T {
        if self.flow == Flow::Admin { admin } else { tenant }
    }

    pub fn path(&self, end: &str) -> String {
        format!("{}{end}", self.start)
    }

    /// A valid body of `ciba/initiate`.
    pub fn initiation(&self, email: &str, binding_message: &str) -> Value {
        let mut body = json!({ "binding_message": binding_message });
        match self.flow {
            Flow::Admin => body["login_hint"] = email.into(),
            Flow::Tenant => body["email"] = email.into(),
        }
        if (self.edition, self.flow) == (Edition::Autumn, Flow::Admin) {
            body["workspace_id"] = WORKSPACE.into();
        }
        self.with_client(body)
    }

    pub fn with_client(&self, mut body: Value) -> Value {
        if self.flow == Flow::Tenant {
            body["client_id"] = self.client.id.into();
        }
        body
    }

    /// Sends a body as this family's client does.
    pub fn send(&self, server: &Server, end: &str, body: &Value) -> Response {
        let authorization = self.client.authorization();
        let mut headers = vec![("Origin", ORIGIN), ("Content-Type", "application/json")];
        if self.flow == Flow::Tenant {
            headers.push(("Authorization", authorization.as_str()));
        }
        let body = body.to_string();
        Request { method: "POST", path: &self.path(end), headers: &headers, body: body.as_bytes() }.send(server.port)
    }

    pub fn initiate(&self, server: &Server, email: &str, binding_message: &str) -> Response {
        self.send(server, "/ciba/initiate", &self.initiation(email, binding_message))
    }

    /// The `auth_req_id` of a new request.
    pub fn initiated(&self, server: &Server, email: &str) -> String {
        let response = self.initiate(server, email, "Pay CHF 72.50");
        assert_eq!(response.status, 200, "{self:?}: {}", response.text());
        response.json()["auth_req_id"].as_str().expect("an auth_req_id").to_owned()
    }

    pub fn poll(&self, server: &Server, auth_req_id: &str) -> Response {
        self.send(server, "/ciba/token", &self.with_client(json!({ "auth_req_id": auth_req_id })))
    }

    pub fn totp(&self, server: &Server, email: &str, code: &str) -> Response {
        self.send(server, "/totp/login", &self.with_client(json!({ "email": email, "totp_code": code })))
    }

    /// Sends the decision of a user's phone.
    pub fn respond(&self, server: &Server, person: &Person, auth_req_id: &str, approved: bool) -> Response {
        let body = json!({ "auth_req_id": auth_req_id, "approved": approved, "biometric_verified": true });
        person.sends(server.port, "POST", &self.path("/ciba/respond"), &body.to_string())
    }

    pub fn decide(&self, server: &Server, person: &Person, auth_req_id: &str, approved: bool) {
        let response = self.respond(server, person, auth_req_id, approved);
        let message = if approved { "Authentication approved" } else { "Authentication denied" };
        is(self.start, &response, 200, json!({ "success": true, "message": message }));
    }

    /// What a poll of a pending request returns.
    pub fn is_pending(&self, case: &str, response: &Response) {
        let description = self.either("User has not responded yet", "User has not responded to authentication request");
        let body = json!({ "error": "authorization_pending", "error_description": description });
        is(case, response, self.either(200, 202), body);
    }

    pub fn is_denied(&self, case: &str, response: &Response) {
        let description = "User denied the authentication request";
        is(case, response, self.either(403, 400), error("access_denied", description));
    }

    /// What a poll returns after the token.
    pub fn is_used(&self, case: &str, response: &Response) {
        let description = self.either("Request already used", "Invalid request state");
        is(case, response, 400, error("expired_token", description));
    }

    pub fn is_unknown(&self, case: &str, response: &Response) {
        let description = self.either("Request not found or expired", "Authentication request not found");
        is(case, response, 400, error("expired_token", description));
    }

    pub fn is_expired(&self, case: &str, response: &Response) {
        let description = self.either("Request expired", "Authentication request has expired");
        is(case, response, 400, error("expired_token", description));
    }

    pub fn is_wrong_code(&self, case: &str, response: &Response) {
        match self.flow {
            Flow::Admin => is(case, response, 400, json!({ "error": "Invalid TOTP code" })),
            Flow::Tenant => is(case, response, 401, json!({ "success": false, "message": "Invalid TOTP code" })),
        }
    }
}

pub fn error(code: &str, description: &str) -> Value {
    json!({ "error": code, "error_description": description })
}

/// The body of an initiation that was refused.
pub fn initiation_error(code: &str, description: &str) -> Value {
    json!({ "auth_req_id": "", "expires_in": 0, "interval": 0, "error": code, "error_description": description })
}

/// Asserts a response to the letter.
pub fn is(case: &str, response: &Response, status: u16, body: Value) {
    assert_eq!((response.status, response.json()), (status, body), "{case}");
    assert_eq!(response.header("content-type"), Some("application/json; charset=utf-8"), "{case}");
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
        Self::with(server, json!({ "email": email }))
    }

    /// With the body of `/_local/ciba/users`.
    pub fn with(server: &Server, body: Value) -> Self {
        let response = server.shop_sends("/_local/ciba/users", &body);
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

    /// The pending requests of this user, from the phone page's address, which has the paths of both editions.
    pub fn requests(&self, server: &Server) -> Vec<Value> {
        let response = self.sends(server.phone_port, "GET", &TENANT.path("/ciba/requests"), "");
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
