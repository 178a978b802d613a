//! A client of the standard's routes, `/oauth/bc-authorize` and `/oauth/token`.

use serde_json::Value;
use url::form_urlencoded::Serializer;

use crate::ciba::{CLIENT, Client, TENANT};
use crate::http::{Request, Response};
use crate::server::Server;

pub const BC_AUTHORIZE: &str = "/oauth/bc-authorize";
pub const TOKEN: &str = "/oauth/token";
pub const GRANT: (&str, &str) = ("grant_type", "urn:openid:params:grant-type:ciba");
pub type Fields<'a> = [(&'a str, &'a str)];

/// An autumn server on which the operator enabled the routes, without rate limits.
pub fn server(arguments: &[&str]) -> Server {
    TENANT.server(&[&["--xaa-ciba"], arguments].concat())
}

/// Sends a form, as a client that does not authenticate.
pub fn post(server: &Server, path: &str, fields: &Fields) -> Response {
    post_with(server, path, &[], fields)
}

/// Sends a form with further headers.
pub fn post_with(server: &Server, path: &str, headers: &Fields, fields: &Fields) -> Response {
    let host = format!("localhost:{}", server.port);
    let own = [("Host", host.as_str()), ("Content-Type", "application/x-www-form-urlencoded")];
    let body = Serializer::new(String::new()).extend_pairs(fields).finish();
    let headers = [&own, headers].concat();
    Request { method: "POST", path, headers: &headers, body: body.as_bytes() }.send(server.port)
}

/// Sends a form, as a client that authenticates by HTTP Basic.
pub fn post_as(client: Client, server: &Server, path: &str, fields: &Fields) -> Response {
    post_with(server, path, &[("Authorization", &client.authorization())], fields)
}

/// Starts a request of [`CLIENT`].
pub fn initiate(server: &Server, fields: &Fields) -> Response {
    post_as(CLIENT, server, BC_AUTHORIZE, fields)
}

/// The `auth_req_id` of a new request.
pub fn initiated(server: &Server, email: &str) -> String {
    id_of(&initiate(server, &[("scope", "openid"), ("login_hint", email), ("binding_message", "Pay CHF 72.50")]))
}

pub fn id_of(response: &Response) -> String {
    assert_eq!(response.status, 200, "{}", response.text());
    response.json()["auth_req_id"].as_str().expect("an auth_req_id").to_owned()
}

pub fn poll(server: &Server, auth_req_id: &str) -> Response {
    poll_as(CLIENT, server, auth_req_id)
}

pub fn poll_as(client: Client, server: &Server, auth_req_id: &str) -> Response {
    post_as(client, server, TOKEN, &[GRANT, ("auth_req_id", auth_req_id)])
}

/// Asks for faults of one request.
pub fn ask_faults(server: &Server, auth_req_id: &str, faults: &Value) {
    let body = serde_json::json!({ "auth_req_id": auth_req_id, "faults": faults });
    let response = server.shop_sends("/_local/faults", &body);
    assert_eq!(response.status, 204, "{}", response.text());
}
