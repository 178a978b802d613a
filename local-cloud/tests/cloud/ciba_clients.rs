//! How clients authenticate: autumn by HTTP Basic at the workspace's `initiate` and `token`, spring not at all.

use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::ciba::{CLIENT, Client, Family, OTHER_CLIENT, Person, SPRING_TENANT, TENANT, error, initiation_error, is};
use crate::http::{Request, Response};
use crate::server::{ORIGIN, Server};

const REQUIRED: &str = "client authentication required (HTTP Basic client_id:client_secret)";

/// Sends a body with this header, or none.
fn send(server: &Server, family: Family, end: &str, authorization: Option<&str>, body: &Value) -> Response {
    let mut headers = vec![("Origin", ORIGIN), ("Content-Type", "application/json")];
    headers.extend(authorization.map(|value| ("Authorization", value)));
    let (path, body) = (family.path(end), body.to_string());
    Request { method: "POST", path: &path, headers: &headers, body: body.as_bytes() }.send(server.port)
}

fn basic(text: &str) -> String {
    format!("Basic {}", BASE64.encode(text.as_bytes()))
}

/// Both endpoints, each with a body without a client.
fn bodies() -> [(&'static str, Value); 2] {
    [("/ciba/initiate", json!({ "email": "anna@example.com" })), ("/ciba/token", json!({ "auth_req_id": "unknown" }))]
}

fn with_client(mut body: Value, id: &str) -> Value {
    body["client_id"] = id.into();
    body
}

/// What no client or a wrong secret gets, whether or not a bare `client_id` is enough.
fn refuses_wrong_credentials(server: &Server) {
    let wrong = [
        basic(&Client { secret: "wrong", ..CLIENT }.encoded()),
        basic(&format!("{}:", CLIENT.id)),
        basic(&format!("unknown:{}", CLIENT.secret)),
        basic(&format!("{}:{}", CLIENT.id, OTHER_CLIENT.secret)),
    ];
    for (end, body) in bodies() {
        for header in &wrong {
            let body = with_client(body.clone(), CLIENT.id);
            let response = send(server, TENANT, end, Some(header), &body);
            is(&format!("{end} {header}"), &response, 401, error("invalid_client", REQUIRED));
            assert_eq!(response.header("www-authenticate"), None, "the server sends none");
        }
        is(end, &send(server, TENANT, end, None, &body), 401, error("invalid_client", REQUIRED));
    }
}

#[test]
fn autumn_wants_basic_at_the_workspace_routes() {
    let server = TENANT.server(&[]);
    Person::new(&server, "anna@example.com");
    refuses_wrong_credentials(&server);
    for (end, body) in bodies() {
        let bare = with_client(body.clone(), CLIENT.id);
        is(end, &send(&server, TENANT, end, None, &bare), 401, error("invalid_client", REQUIRED));
        let mut secret_in_body = bare.clone();
        secret_in_body["client_secret"] = CLIENT.secret.into();
        is(end, &send(&server, TENANT, end, None, &secret_in_body), 401, error("invalid_client", REQUIRED));

        let header = CLIENT.authorization();
        let another = with_client(body.clone(), OTHER_CLIENT.id);
        let mismatch = error("invalid_client", "client_id does not match the authenticated client");
        is(end, &send(&server, TENANT, end, Some(&header), &another), 401, mismatch);
        for body in [body, bare] {
            let response = send(&server, TENANT, end, Some(&header), &body);
            assert_ne!(response.status, 401, "{end} {body}: {}", response.text());
        }
    }
}

#[test]
fn a_bare_client_id_is_enough_only_by_a_flag() {
    let server = TENANT.server(&["--allow-unauthenticated-clients"]);
    Person::new(&server, "anna@example.com");
    refuses_wrong_credentials(&server);
    for (end, body) in bodies() {
        let response = send(&server, TENANT, end, None, &with_client(body.clone(), CLIENT.id));
        assert_ne!(response.status, 401, "{end}: {}", response.text());
        let unknown = send(&server, TENANT, end, None, &with_client(body, "unknown"));
        let description = "Client not found or not mapped to workspace";
        let refusal = match end {
            "/ciba/initiate" => initiation_error("invalid_client", description),
            _ => error("invalid_client", description),
        };
        is(end, &unknown, 400, refusal);
    }
}

#[test]
fn spring_knows_clients_by_their_id_alone() {
    let server = SPRING_TENANT.server(&[]);
    Person::new(&server, "anna@example.com");
    let unknown = "00000000-0000-4000-8000-000000000000";
    for (end, body) in bodies() {
        let response = send(&server, SPRING_TENANT, end, None, &with_client(body.clone(), CLIENT.id));
        assert_eq!(response.status, if end == "/ciba/initiate" { 200 } else { 400 }, "{}", response.text());
        for (id, description) in
            [("my-shop", "Invalid client ID format"), (unknown, "Client not found or not mapped to tenant")]
        {
            let refusal = match end {
                "/ciba/initiate" => initiation_error("invalid_client", description),
                _ => error("invalid_client", description),
            };
            is(end, &send(&server, SPRING_TENANT, end, None, &with_client(body.clone(), id)), 400, refusal);
        }
    }
}
