//! Why an initiation is refused, to the letter, in both flows of both editions.

use serde_json::{Value, json};

use crate::ciba::{
    ADMIN, CLIENT, FAMILIES, OTHER_CLIENT, Person, SPRING_ADMIN, SPRING_TENANT, TENANT, WORKSPACE, initiation_error, is,
};

#[test]
fn an_unknown_email_is_user_not_found() {
    for family in FAMILIES {
        let server = family.server(&[]);
        let refusal = initiation_error("user_not_found", "User not found: nobody@example.com");
        is(family.start, &family.initiate(&server, "nobody@example.com", "x"), 400, refusal);
    }
}

#[test]
fn a_user_without_a_phone_is_no_device_registered() {
    for family in FAMILIES {
        let server = family.server(&[]);
        let anna = Person::with(&server, json!({ "email": "anna@example.com", "phone": false }));
        let refusal = initiation_error("no_device_registered", "User has no registered push notification devices");
        is(family.start, &family.initiate(&server, &anna.email, "x"), family.either(200, 400), refusal);
        assert!(anna.requests(&server).is_empty());
        Person::with(&server, json!({ "email": "anna@example.com", "phone": true }));
        assert_eq!(family.initiate(&server, &anna.email, "x").status, 200, "{family:?}");
        Person::new(&server, "anna@example.com");
        assert_eq!(family.initiate(&server, &anna.email, "x").status, 200, "{family:?}: unchanged");
    }
}

#[test]
fn an_autumn_admin_initiation_names_a_workspace_or_a_client() {
    let server = ADMIN.server(&[]);
    Person::new(&server, "anna@example.com");
    let elsewhere = "00000000-0000-4000-8000-000000000000";
    let initiate = |more: Value| {
        let mut body = json!({ "login_hint": "anna@example.com" });
        for (name, value) in more.as_object().expect("an object") {
            body[name] = value.clone();
        }
        ADMIN.send(&server, "/ciba/initiate", &body)
    };
    for (more, description) in [
        (json!({}), "workspace_id or client_id is required"),
        (json!({ "workspace_id": " ", "client_id": "" }), "workspace_id or client_id is required"),
        (json!({ "workspace_id": "here" }), "invalid workspace_id"),
        (json!({ "workspace_id": elsewhere }), "unknown workspace"),
        (json!({ "client_id": "unknown" }), "client_id is not approved in any workspace"),
        (json!({ "client_id": "unknown", "workspace_id": WORKSPACE }), "client_id is not approved in any workspace"),
        (json!({ "client_id": CLIENT.id, "workspace_id": elsewhere }), "client_id is not approved in workspace_id"),
    ] {
        let refusal = initiation_error("invalid_request", description);
        is(&more.to_string(), &initiate(more.clone()), 400, refusal);
    }
    for more in [
        json!({ "workspace_id": WORKSPACE }),
        json!({ "workspace_id": WORKSPACE.to_uppercase() }),
        json!({ "client_id": CLIENT.id }),
        json!({ "client_id": OTHER_CLIENT.id, "workspace_id": WORKSPACE }),
    ] {
        assert_eq!(initiate(more.clone()).status, 200, "{more}");
    }
}

#[test]
fn a_spring_admin_initiation_and_one_with_the_flag_name_nothing() {
    let body = json!({ "login_hint": "anna@example.com" });
    for server in [SPRING_ADMIN.server(&[]), ADMIN.server(&["--default-workspace"])] {
        Person::new(&server, "anna@example.com");
        assert_eq!(ADMIN.send(&server, "/ciba/initiate", &body).status, 200);
    }
    // The flag does not make a wrong workspace right.
    let server = ADMIN.server(&["--default-workspace"]);
    let wrong = json!({ "login_hint": "anna@example.com", "workspace_id": "here" });
    let refusal = initiation_error("invalid_request", "invalid workspace_id");
    is("wrong", &ADMIN.send(&server, "/ciba/initiate", &wrong), 400, refusal);
}

#[test]
fn autumn_grants_the_scopes_that_the_user_holds() {
    let server = TENANT.server(&[]);
    let anna = Person::new(&server, "anna@example.com");
    let mut body = TENANT.initiation(&anna.email, "x");
    body["scopes"] = json!(["payments:write", "Profile"]);
    let description = "none of the requested scopes is granted to this user for the resource";
    let refusal = initiation_error("invalid_scope", description);
    is("none", &TENANT.send(&server, "/ciba/initiate", &body), 400, refusal);

    body["scopes"] = json!(["payments:write", "profile", "openid"]);
    let initiated = TENANT.send(&server, "/ciba/initiate", &body).json();
    let id = initiated["auth_req_id"].as_str().expect("an auth_req_id");
    assert_eq!(anna.requests(&server)[0]["scopes"], json!(["profile", "openid"]));
    TENANT.decide(&server, &anna, id, true);
    assert_eq!(TENANT.poll(&server, id).json()["scope"], "profile openid");
}

#[test]
fn the_other_flows_grant_any_scope() {
    for family in [ADMIN, SPRING_ADMIN, SPRING_TENANT] {
        let server = family.server(&[]);
        let anna = Person::new(&server, "anna@example.com");
        let mut body = family.initiation(&anna.email, "x");
        body["scopes"] = json!(["payments:write"]);
        let initiated = family.send(&server, "/ciba/initiate", &body).json();
        let id = initiated["auth_req_id"].as_str().expect("an auth_req_id");
        family.decide(&server, &anna, id, true);
        assert_eq!(family.poll(&server, id).json()["scope"], "payments:write", "{family:?}");
    }
}

#[test]
fn autumn_knows_one_resource() {
    let server = TENANT.server(&[]);
    let anna = Person::new(&server, "anna@example.com");
    let mut body = TENANT.initiation(&anna.email, "x");
    body["resource"] = "https://resource.localhost".into();
    let initiated = TENANT.send(&server, "/ciba/initiate", &body).json();
    let id = initiated["auth_req_id"].as_str().expect("an auth_req_id");
    let description = "Client not found or not mapped to workspace";
    body["resource"] = "https://elsewhere.localhost".into();
    let refusal = initiation_error("invalid_client", description);
    is("initiate", &TENANT.send(&server, "/ciba/initiate", &body), 400, refusal);
    let poll = TENANT.with_client(json!({ "auth_req_id": id, "resource": "https://elsewhere.localhost" }));
    let refusal = crate::ciba::error("invalid_client", description);
    is("token", &TENANT.send(&server, "/ciba/token", &poll), 400, refusal);
}

#[test]
fn a_binding_message_must_be_readable_and_may_be_absent() {
    for family in FAMILIES {
        let server = family.server(&[]);
        let anna = Person::new(&server, "anna@example.com");
        for message in ["x".repeat(256), "a\nb".to_owned(), "\u{1}".to_owned(), "\u{9b}x".to_owned()] {
            let response = family.initiate(&server, &anna.email, &message);
            let error = response.json()["error"].clone();
            assert_eq!((response.status, error), (400, json!("invalid_binding_message")), "{message}");
        }
        assert!(anna.requests(&server).is_empty());
        for message in ["ä".repeat(255), "<b>Pay & go</b>".to_owned()] {
            assert_eq!(family.initiate(&server, &anna.email, &message).status, 200, "{message}");
            assert_eq!(anna.requests(&server)[0]["binding_message"], message);
        }
        let mut body = family.initiation(&anna.email, "");
        body["binding_message"] = Value::Null;
        assert_eq!(family.send(&server, "/ciba/initiate", &body).status, 200);
        assert!(anna.requests(&server)[0].get("binding_message").is_none());
    }
}

#[test]
fn emails_are_compared_in_lower_case() {
    for family in FAMILIES {
        let server = family.server(&[]);
        Person::new(&server, " Anna@Example.com ");
        assert_eq!(family.initiate(&server, "ANNA@example.COM", "x").status, 200, "{family:?}");
    }
    // The tenant flow's framework refuses blanks; the admin flow's does not look.
    for (family, status) in [(ADMIN, 200), (TENANT, 400), (SPRING_ADMIN, 200), (SPRING_TENANT, 400)] {
        let server = family.server(&[]);
        Person::new(&server, "anna@example.com");
        assert_eq!(family.initiate(&server, " anna@example.com ", "x").status, status, "{family:?}");
    }
}
