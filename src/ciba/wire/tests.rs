use serde_json::{Value as Json, json};

use super::*;

const INITIATION: Request = Request::Initiation { email: "e", binding_message: "m" };
const TOKEN: Request = Request::Token { auth_req_id: "r" };
const TOTP: Request = Request::Totp { email: "e", code: "012345" };

fn body(wire: &Wire, request: Request) -> Json {
    wire.body(request)
}

#[test]
fn each_flow_has_the_documented_routes_and_bodies() {
    let admin = [
        ("ciba/initiate", json!({ "login_hint": "e", "binding_message": "m" })),
        ("ciba/token", json!({ "auth_req_id": "r" })),
        ("totp/login", json!({ "email": "e", "totp_code": "012345" })),
    ];
    let tenant = [
        ("ciba/initiate", json!({ "client_id": "c", "email": "e", "binding_message": "m" })),
        ("ciba/token", json!({ "client_id": "c", "auth_req_id": "r" })),
        ("totp/login", json!({ "client_id": "c", "email": "e", "totp_code": "012345" })),
    ];
    let flows = [
        (json!({}), "/authsec/uflow/auth/", &admin),
        (json!({ "clientId": "" }), "/authsec/uflow/auth/", &admin),
        (json!({ "clientId": "c" }), "/authsec/uflow/auth/workspace/", &tenant),
        (json!({ "clientId": "c", "routes": "workspace" }), "/authsec/uflow/auth/workspace/", &tenant),
        (json!({ "routes": "tenant" }), "/uflow/auth/", &admin),
        (json!({ "clientId": "c", "routes": "tenant" }), "/uflow/auth/tenant/", &tenant),
    ];
    for (mut options, prefix, requests) in flows {
        options["baseUrl"] = json!("https://auth.example");
        let wire = Wire::new(&options);
        for (request, (path, documented)) in [INITIATION, TOKEN, TOTP].into_iter().zip(requests) {
            assert_eq!(wire.url(request), format!("https://auth.example{prefix}{path}"));
            assert_eq!(body(&wire, request), *documented);
        }
    }
}

#[test]
fn what_the_phone_shows_by_default_fits_any_phone_and_names_no_voice_client() {
    let wire = Wire::new(&json!({}));
    let body = body(&wire, Request::Initiation { email: "e", binding_message: "" });
    let message = body["binding_message"].as_str().expect("a string");
    assert!((10..=64).contains(&message.len()) && message.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
    assert!(!message.to_lowercase().contains("voice"));
}
