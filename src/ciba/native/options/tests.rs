use super::*;

fn refusal(options: &Options) -> String {
    options.validated().expect_err("invalid").to_string()
}

#[test]
fn the_default_is_authsecs_server_and_its_admin_flow() {
    let options = Options::default().validated().expect("valid");
    assert_eq!(options["baseUrl"], "https://prod.api.authsec.ai");
    assert_eq!((&options["routes"], &options["clientId"]), (&json!("workspace"), &Json::Null));
}

#[test]
fn what_is_wrong_with_an_option_is_an_invalid_argument_that_names_it() {
    let id = || Some("client".to_owned());
    let jwt = || Authentication::private_key_jwt(|_| Ok(String::new()));
    let header = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    for (options, message) in [
        (
            Options { base_url: "http://cloud.example".into(), ..Options::default() },
            "options.base_url must be an https URL, or http on a loopback host",
        ),
        (
            Options { base_url: "/auth".into(), ..Options::default() },
            "options.base_url must be an https URL, or http on a loopback host",
        ),
        (
            Options { client_id: Some(String::new()), ..Options::default() },
            "options.client_id must be a non-empty string",
        ),
        (
            Options { workspace_id: Some(String::new()), ..Options::default() },
            "options.workspace_id must be a non-empty string",
        ),
        (
            Options { authentication: Authentication::basic("s"), ..Options::default() },
            "options.client_id is missing: a client that authenticates has an ID",
        ),
        (
            Options { routes: Routes::Oidc, ..Options::default() },
            "options.client_id is missing: a client that authenticates has an ID",
        ),
        (
            Options { client_id: id(), authentication: Authentication::basic(""), ..Options::default() },
            "options.authentication needs a secret that is not empty",
        ),
        (
            Options { client_id: id(), authentication: jwt(), ..Options::default() },
            "options.authentication by private_key_jwt needs routes: Routes::Oidc",
        ),
        (Options { headers: header("a b", "c"), ..Options::default() }, "options.headers must be valid HTTP headers"),
        (
            Options { headers: header("a", "b\r\nc: d"), ..Options::default() },
            "options.headers must be valid HTTP headers",
        ),
        (Options { request_timeout: Duration::ZERO, ..Options::default() }, "options.request_timeout must not be zero"),
    ] {
        assert_eq!(refusal(&options), format!("invalid_argument: {message}"));
    }
    let standard = Options { routes: Routes::Oidc, client_id: id(), authentication: jwt(), ..Options::default() };
    assert!(standard.validated().is_ok());
}

#[test]
fn debug_output_has_no_secret() {
    let options = Options {
        client_id: Some("client".into()),
        headers: vec![("X-Key".into(), "SECRET".into())],
        authentication: Authentication::basic("SECRET"),
        ..Options::default()
    };
    let text = format!("{options:?}");
    assert!(text.contains("X-Key") && text.contains("Basic") && !text.contains("SECRET"), "{text}");
}
