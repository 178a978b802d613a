//! Tokens: only this server's own are accepted, each for its purpose and lifetime.

use serde_json::{Value, json};

use crate::authenticator::{Algorithm, Ways, encode, register};
use crate::server::{Data, Server};

/// Changes of a token that could be overlooked.
fn tampered(token: &str) -> Vec<(&'static str, String)> {
    let [header, claims, signature]: [&str; 3] =
        token.split('.').collect::<Vec<_>>().try_into().expect("a JWT of three parts");
    let decoded = data_encoding::BASE64URL_NOPAD.decode(claims.as_bytes()).expect("claims");
    let mut later: Value = serde_json::from_slice(&decoded).expect("claims");
    later["exp"] = json!(9_999_999_999_u64);
    let later = encode(later.to_string().as_bytes());
    let unsigned = encode(br#"{"typ":"JWT","alg":"none"}"#);
    let weaker = encode(br#"{"typ":"JWT","alg":"HS256"}"#);
    let mut bytes = data_encoding::BASE64URL_NOPAD.decode(signature.as_bytes()).expect("a signature");
    bytes[0] ^= 1;
    vec![
        ("later expiry", format!("{header}.{later}.{signature}")),
        ("other signature", format!("{header}.{claims}.{}", encode(&bytes))),
        ("no signature", format!("{header}.{claims}.")),
        ("algorithm none", format!("{unsigned}.{claims}.")),
        ("another algorithm", format!("{weaker}.{claims}.{signature}")),
        ("two parts", format!("{header}.{claims}")),
        ("text", "token".to_owned()),
        ("nothing", String::new()),
    ]
}

#[test]
fn a_tampered_status_token_is_refused() {
    let server = Server::start();
    let mut passkey = register(&server, "anna", Algorithm::Es256);
    let approval = server.approve(Some("anna"), json!({}));
    let mut body = passkey.assert(&approval, &Ways::default());
    for (case, token) in tampered(approval["statusToken"].as_str().expect("a token")) {
        let response = server.page_sends("/api/v1/status", &json!({ "statusToken": token }));
        assert_eq!(response.status, 422, "{case}: {}", response.text());
        body["statusToken"] = token.into();
        let response = server.page_sends("/_app/assertion/result", &body).json();
        assert_eq!(response["status"], "failed", "{case}");
        assert!(response["errorMessage"].as_str().expect("a reason").contains("statusToken"), "{case}: {response}");
    }
    assert_eq!(server.status(&approval["statusToken"])["status"], "pending");
}

#[test]
fn a_token_that_is_not_a_valid_transaction_token_is_not_active() {
    let server = Server::start();
    let mut passkey = register(&server, "anna", Algorithm::Es256);
    let approval = server.approve(Some("anna"), json!({}));
    let response = server.page_sends("/_app/assertion/result", &passkey.assert(&approval, &Ways::default())).json();
    let token = response["token"].as_str().expect("a token");
    assert_eq!(server.introspect(token)["active"], true);
    let mut cases = tampered(token);
    cases.push(("a status token", approval["statusToken"].as_str().expect("a token").to_owned()));
    for (case, token) in cases {
        assert_eq!(server.introspect(&token), json!({ "active": false }), "{case}");
    }
    let response = server.page_sends("/api/v1/status", &json!({ "statusToken": token }));
    assert_eq!(response.status, 422, "a transaction token opens no status");
}

#[test]
fn tokens_of_another_server_are_refused() {
    let (mine, other) = (Server::start(), Server::start());
    let mut passkey = register(&other, "anna", Algorithm::Es256);
    let approval = other.approve(Some("anna"), json!({}));
    let response = other.page_sends("/_app/assertion/result", &passkey.assert(&approval, &Ways::default())).json();
    assert_eq!(mine.introspect(response["token"].as_str().expect("a token")), json!({ "active": false }));
    let status = mine.page_sends("/api/v1/status", &json!({ "statusToken": approval["statusToken"] }));
    assert_eq!(status.status, 422);
}

#[test]
fn tokens_and_pending_transactions_survive_a_restart() {
    let server = Server::start_with(Data::new(), &[]);
    let mut passkey = register(&server, "anna", Algorithm::Es256);
    let done = server.approve(Some("anna"), json!({}));
    let response = server.page_sends("/_app/assertion/result", &passkey.assert(&done, &Ways::default())).json();
    let pending = server.approve(Some("anna"), json!({}));

    let server = server.kill_and_restart();
    assert_eq!(server.status(&done["statusToken"])["token"], response["token"]);
    assert_eq!(server.introspect(response["token"].as_str().expect("a token"))["active"], true);
    let response = server.page_sends("/_app/assertion/result", &passkey.assert(&pending, &Ways::default())).json();
    assert_eq!(response["status"], "ok", "{response}");
}

#[test]
fn no_token_and_no_assertion_is_in_the_log() {
    let server = Server::start();
    let mut passkey = register(&server, "anna", Algorithm::Es256);
    let approval = server.approve(Some("anna"), json!({}));
    let body = passkey.assert(&approval, &Ways { spoil_signature: true, ..Ways::default() });
    server.page_sends("/_app/assertion/result", &body);
    server.page_sends("/_app/assertion/result?token=in-the-query", &body);
    server.page_sends("/in-the-path", &body);
    server.status(&approval["statusToken"]);
    server.introspect("in-the-form");
    let log = server.log();
    for line in log.lines() {
        let parts: Vec<_> = line.split(' ').collect();
        let (first, last) = (parts[0], *parts.last().expect("a status"));
        assert!(["POST", "OPTIONS"].contains(&first) && last.len() == 3, "{line}");
        assert!(parts.len() == 3 || line.contains("(no such endpoint)"), "{line}");
        assert!(line.len() < 60, "{line}");
    }
    assert!(log.contains("POST /_app/assertion/result 200") && log.contains("POST /api/v1/introspect 200"), "{log}");
    for secret in ["in-the", "eyJ", passkey.user_id.as_str(), "anna"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}
