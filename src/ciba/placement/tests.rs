use serde_json::{Value as Json, json};

use super::*;

const URL: &str = "https://auth.example";

/// The message of the problem, if there is one.
fn message(options: Json, is_page: bool, more: Json) -> Option<String> {
    let mut all = json!({ "baseUrl": URL, "isPage": is_page });
    for given in [options, more] {
        for (name, value) in given.as_object().expect("an object") {
            all[name] = value.clone();
        }
    }
    let failure = problem(&all)?;
    assert_eq!(failure.code.text(), "invalid_argument");
    failure.words.message.clone()
}

#[test]
fn a_page_holds_no_secret_and_no_key_and_calls_no_route_that_needs_one() {
    for (options, expected) in [
        (json!({}), None),
        (json!({ "clientId": "c", "routes": "relay" }), None),
        (
            json!({ "clientId": "c", "clientSecret": "s" }),
            Some(
                "options.clientSecret is for servers: in a page, use a relay; for a server, bundle with the condition node or workerd",
            ),
        ),
        (
            json!({ "clientId": "c", "clientSecret": "" }),
            Some(
                "options.clientSecret is for servers: in a page, use a relay; for a server, bundle with the condition node or workerd",
            ),
        ),
        (
            json!({ "clientId": "c", "routes": "oidc", "privateKey": {} }),
            Some(
                "options.privateKey is for servers: in a page, use a relay; for a server, bundle with the condition node or workerd",
            ),
        ),
        (
            json!({ "clientId": "c", "routes": "oidc" }),
            Some(
                "options.routes \"oidc\" is for servers: in a page, use a relay; for a server, bundle with the condition node or workerd",
            ),
        ),
    ] {
        // Whether the server's code is there or not.
        for more in [json!({}), json!({ "authenticate": "function!" })] {
            assert_eq!(message(options.clone(), true, more).as_deref(), expected, "{options}");
        }
    }
}

#[test]
fn a_server_authenticates_in_one_way_that_its_routes_take() {
    for (options, expected) in [
        (json!({}), None),
        (json!({ "clientId": "c" }), None),
        (json!({ "clientId": "c", "clientSecret": "s" }), None),
        (json!({ "clientId": "c", "clientSecret": "s", "routes": "tenant" }), None),
        (json!({ "clientId": "c", "clientSecret": "s", "routes": "relay" }), None),
        (json!({ "clientId": "c", "clientSecret": "s", "routes": "oidc" }), None),
        (json!({ "clientId": "c", "privateKey": "PEM", "routes": "oidc" }), None),
        (json!({ "clientId": "c", "routes": "oidc" }), None),
        (json!({ "routes": "oidc" }), Some("options.clientId must be a non-empty string")),
        (json!({ "clientSecret": "s" }), Some("options.clientId must be a non-empty string")),
        (json!({ "clientId": "c", "clientSecret": "" }), Some("options.clientSecret must be a non-empty string")),
        (
            json!({ "clientId": "c", "privateKey": "PEM" }),
            Some("options.privateKey needs routes \"oidc\": the other routes take a clientSecret"),
        ),
        (
            json!({ "clientId": "c", "privateKey": "PEM", "clientSecret": "s", "routes": "oidc" }),
            Some("options.privateKey cannot be used together with clientSecret"),
        ),
    ] {
        assert_eq!(
            message(options.clone(), false, json!({ "authenticate": "function!" })).as_deref(),
            expected,
            "{options}"
        );
    }
}

#[test]
fn a_path_as_base_url_needs_a_page_that_has_an_origin() {
    for is_page in [true, false] {
        assert_eq!(
            message(json!({ "baseUrl": "/auth/ciba" }), is_page, json!({})).as_deref(),
            Some("options.baseUrl is a path, which needs a page on https or on a loopback host")
        );
    }
}
