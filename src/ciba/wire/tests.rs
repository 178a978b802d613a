use serde_json::{Value as Json, json};

use super::*;

const INITIATION: Request = Request::Initiation { email: "e", binding_message: "m", requested_expiry: 0.0 };
const TOKEN: Request = Request::Token { auth_req_id: "r" };
const TOTP: Request = Request::Totp { email: "e", code: "012345" };

fn body(wire: &Wire<Json>, request: Request) -> Json {
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
        (json!({ "routes": "authsec-tenant" }), "/authsec/uflow/auth/", &admin),
        (json!({ "clientId": "c", "routes": "authsec-tenant" }), "/authsec/uflow/auth/tenant/", &tenant),
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
fn a_relay_has_three_routes_and_the_bodies_of_a_tenant() {
    for (options, client_id) in [(json!({}), None), (json!({ "clientId": "c" }), Some("c"))] {
        let mut options = options;
        options["baseUrl"] = json!("https://shop.example/auth/ciba");
        options["routes"] = json!("relay");
        let wire = Wire::new(&options);
        for (request, path, mut documented) in [
            (INITIATION, "initiate", json!({ "email": "e", "binding_message": "m" })),
            (TOKEN, "token", json!({ "auth_req_id": "r" })),
            (TOTP, "totp", json!({ "email": "e", "totp_code": "012345" })),
        ] {
            if let Some(client_id) = client_id {
                documented["client_id"] = json!(client_id);
            }
            assert_eq!(wire.url(request), format!("https://shop.example/auth/ciba/{path}"));
            assert_eq!(body(&wire, request), documented);
        }
    }
}

/// OpenID CIBA Core 1.0, sections 7.1 and 10.1.
#[test]
fn the_standard_has_two_routes_and_the_parameters_of_its_sections_7_and_10() {
    let wire = Wire::new(&json!({
        "baseUrl": "https://op.example", "routes": "oidc", "clientId": "s6BhdRkqt3", "scopes": ["email", "example-scope"],
        "resource": "https://api.example", "workspaceId": "not of the standard",
    }));
    let initiation =
        Request::Initiation { email: "ada@example.com", binding_message: "W4SCT", requested_expiry: 120.0 };
    assert_eq!(wire.url(initiation), "https://op.example/oauth/bc-authorize");
    assert_eq!(
        body(&wire, initiation),
        json!({
            "client_id": "s6BhdRkqt3", "scope": "openid email example-scope", "login_hint": "ada@example.com",
            "binding_message": "W4SCT", "requested_expiry": "120", "resource": "https://api.example",
        })
    );
    let token = Request::Token { auth_req_id: "1c266114-a1be-4252-8ad1-04986c5b9ac1" };
    assert_eq!(wire.url(token), "https://op.example/oauth/token");
    assert_eq!(
        body(&wire, token),
        json!({
            "client_id": "s6BhdRkqt3", "grant_type": "urn:openid:params:grant-type:ciba",
            "auth_req_id": "1c266114-a1be-4252-8ad1-04986c5b9ac1", "resource": "https://api.example",
        })
    );
    assert_eq!(wire.encoding(), Encoding::Form);
    assert!(!wire.takes_codes());
    for routes in ["workspace", "tenant", "authsec-tenant", "relay"] {
        let wire = Wire::new(&json!({ "routes": routes }));
        assert!(wire.encoding() == Encoding::Json && wire.takes_codes(), "{routes}");
    }
}

#[test]
fn every_request_of_the_standard_has_the_scope_openid_once() {
    for (scopes, sent) in [
        (json!(null), "openid"),
        (json!([]), "openid"),
        (json!(["openid"]), "openid"),
        (json!(["email", "openid", "profile"]), "openid email profile"),
    ] {
        let wire = Wire::new(&json!({ "routes": "oidc", "scopes": scopes }));
        assert_eq!(body(&wire, INITIATION)["scope"], sent);
    }
}

#[test]
fn a_workspace_id_is_of_the_admin_flow_and_scopes_and_a_resource_of_a_workspace() {
    let more = json!({ "workspaceId": "w", "scopes": ["a", "b"], "resource": "https://api.example" });
    let scopes = json!({ "scopes": ["a", "b"], "resource": "https://api.example" });
    for (client_id, routes, sent) in [
        (None, "workspace", json!({ "workspace_id": "w" })),
        (None, "tenant", json!({ "workspace_id": "w" })),
        (None, "relay", scopes.clone()),
        (Some("c"), "workspace", scopes.clone()),
        (Some("c"), "relay", scopes),
        (Some("c"), "tenant", json!({})),
        (Some("c"), "authsec-tenant", json!({})),
    ] {
        let mut options = more.clone();
        options["clientId"] = json!(client_id);
        options["routes"] = json!(routes);
        let wire = Wire::new(&options);
        let Json::Object(initiation) = body(&wire, INITIATION) else { panic!("an object") };
        let is_more = |name: &str| !["client_id", "email", "login_hint", "binding_message"].contains(&name);
        let found: Json = Json::Object(initiation.into_iter().filter(|(name, _)| is_more(name)).collect());
        assert_eq!(found, sent, "{client_id:?} {routes}");
        for request in [TOKEN, TOTP] {
            let body = body(&wire, request);
            assert!(body.get("scopes").is_none(), "{client_id:?} {routes}");
            let resource = sent.get("resource").filter(|_| matches!(request, Request::Token { .. }));
            assert_eq!(body.get("resource"), resource, "{client_id:?} {routes}");
            let takes_it = sent.get("workspace_id").is_some() || (client_id.is_some() && routes == "workspace");
            let is_sent = takes_it && matches!(request, Request::Totp { .. });
            assert_eq!(body.get("workspace_id").is_some(), is_sent, "{client_id:?} {routes}");
        }
    }
}

#[test]
fn a_code_of_a_client_with_a_workspace_takes_the_admin_s_route() {
    let options = |routes: &str| json!({ "baseUrl": "https://auth.example", "clientId": "c", "workspaceId": "w", "routes": routes });
    let wire = Wire::new(&options("workspace"));
    assert_eq!(wire.url(TOTP), "https://auth.example/authsec/uflow/auth/totp/login");
    assert_eq!(body(&wire, TOTP), json!({ "workspace_id": "w", "email": "e", "totp_code": "012345" }));
    assert_eq!(wire.url(INITIATION), "https://auth.example/authsec/uflow/auth/workspace/ciba/initiate");
    assert_eq!(body(&wire, INITIATION), json!({ "client_id": "c", "email": "e", "binding_message": "m" }));
    // The servers of these take the codes of a client at its own route.
    for routes in ["tenant", "authsec-tenant"] {
        assert_eq!(
            body(&Wire::new(&options(routes)), TOTP),
            json!({ "client_id": "c", "email": "e", "totp_code": "012345" })
        );
    }
}

#[test]
fn what_the_phone_shows_by_default_fits_any_phone_and_names_no_voice_client() {
    let wire = Wire::new(&json!({}));
    let body = body(&wire, Request::Initiation { email: "e", binding_message: "", requested_expiry: 0.0 });
    let message = body["binding_message"].as_str().expect("a string");
    assert!((10..=64).contains(&message.len()) && message.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
    assert!(!message.to_lowercase().contains("voice"));
}
