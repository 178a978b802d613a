use serde_json::{Value, json};

use super::*;

fn client(id: Option<&str>, generation: Generation) -> Routes {
    Routes::new(id.map(String::from), generation)
}

#[test]
fn every_route_is_that_of_the_contract() {
    use Generation::{Tenant, Workspace};
    let table = [
        (None, Workspace, "ciba/initiate", "/authsec/uflow/auth/ciba/initiate"),
        (None, Workspace, "ciba/token", "/authsec/uflow/auth/ciba/token"),
        (None, Workspace, "totp/login", "/authsec/uflow/auth/totp/login"),
        (Some("c"), Workspace, "ciba/initiate", "/authsec/uflow/auth/workspace/ciba/initiate"),
        (Some("c"), Workspace, "ciba/token", "/authsec/uflow/auth/workspace/ciba/token"),
        (Some("c"), Workspace, "totp/login", "/authsec/uflow/auth/workspace/totp/login"),
        (None, Tenant, "ciba/initiate", "/uflow/auth/ciba/initiate"),
        (None, Tenant, "ciba/token", "/uflow/auth/ciba/token"),
        (None, Tenant, "totp/login", "/uflow/auth/totp/login"),
        (Some("c"), Tenant, "ciba/initiate", "/uflow/auth/tenant/ciba/initiate"),
        (Some("c"), Tenant, "ciba/token", "/uflow/auth/tenant/ciba/token"),
        (Some("c"), Tenant, "totp/login", "/uflow/auth/tenant/totp/login"),
    ];
    for (id, generation, call, path) in table {
        let routes = client(id, generation);
        let post = match call {
            "ciba/initiate" => routes.initiate("e", "m"),
            "ciba/token" => routes.token("r"),
            _ => routes.totp("e", "123456"),
        };
        assert_eq!(post.path, path);
    }
}

#[test]
fn every_body_is_that_of_the_contract() {
    let admin = client(None, Generation::Workspace);
    assert_eq!(admin.initiate("e", "m").body, r#"{"login_hint":"e","binding_message":"m"}"#);
    assert_eq!(admin.token("r").body, r#"{"auth_req_id":"r"}"#);
    assert_eq!(admin.totp("e", "123456").body, r#"{"email":"e","totp_code":"123456"}"#);

    let tenant = client(Some("c"), Generation::Tenant);
    assert_eq!(tenant.initiate("e", "m").body, r#"{"client_id":"c","email":"e","binding_message":"m"}"#);
    assert_eq!(tenant.token("r").body, r#"{"client_id":"c","auth_req_id":"r"}"#);
    assert_eq!(tenant.totp("e", "123456").body, r#"{"client_id":"c","email":"e","totp_code":"123456"}"#);
}

#[test]
fn an_empty_client_id_is_the_admin_flow() {
    let post = client(Some(""), Generation::Workspace).token("r");
    assert_eq!(post.path, "/authsec/uflow/auth/ciba/token");
    assert_eq!(post.body, r#"{"auth_req_id":"r"}"#);
}

#[test]
fn no_argument_breaks_out_of_the_json() {
    let evil = "\",\"client_id\":\"other\",\"x\":\"\\\"\n\u{0}\u{2028}😀";
    let routes = client(Some(evil), Generation::Workspace);
    let table = [
        (routes.initiate(evil, evil), json!({ "client_id": evil, "email": evil, "binding_message": evil })),
        (routes.token(evil), json!({ "client_id": evil, "auth_req_id": evil })),
        (routes.totp(evil, evil), json!({ "client_id": evil, "email": evil, "totp_code": evil })),
    ];
    for (post, expected) in table {
        assert_eq!(serde_json::from_str::<Value>(&post.body).expect("JSON"), expected);
        assert!(!post.path.contains(evil));
    }
}
