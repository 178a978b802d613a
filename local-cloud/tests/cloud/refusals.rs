//! Refusals: HTTP 200, a reason, and a transaction that has failed.

use std::thread;

use serde_json::{Value, json};

use crate::authenticator::{Algorithm, Passkey, USER_PRESENT, USER_VERIFIED, Ways, encode, register};
use crate::server::{Data, Server};

/// Asserts that the response is a refusal with `reason`.
fn is_refused(case: &str, response: &Value, reason: &str) {
    assert_eq!(response["status"], "failed", "{case}: {response}");
    assert_eq!(response["token"], Value::Null, "{case}");
    let message = response["errorMessage"].as_str().expect("a reason");
    assert!(message.contains(reason), "{case}: {message}");
}

fn has_failed(server: &Server, case: &str, status_token: &Value, reason: &str) {
    let status = server.status(status_token);
    assert_eq!(status["status"], "failed", "{case}");
    assert_eq!(status.get("token"), None, "{case}");
    assert!(status["errorMessage"].as_str().expect("a reason").contains(reason), "{case}: {status}");
}

/// The mistakes of an authenticator or a page in either ceremony.
fn wrong_ways() -> Vec<(&'static str, Ways, &'static str)> {
    vec![
        ("challenge", Ways { challenge: Some(encode(&[7; 16])), ..Ways::default() }, "challenge"),
        ("challenge of another length", Ways { challenge: Some(encode(&[7; 5])), ..Ways::default() }, "clientDataJSON"),
        ("origin", Ways { origin: "http://localhost:5181", ..Ways::default() }, "origin"),
        ("origin with a slash", Ways { origin: "http://localhost:5180/", ..Ways::default() }, "origin"),
        ("RP ID hash", Ways { rp_id: "localhost.example", ..Ways::default() }, "RP ID"),
        ("UP missing", Ways { flags: USER_VERIFIED, ..Ways::default() }, "present"),
        ("UV missing", Ways { flags: USER_PRESENT, ..Ways::default() }, "(UV)"),
        ("type", Ways { kind: Some("webauthn.other"), ..Ways::default() }, "webauthn."),
        ("framed by another origin", Ways { cross_origin: true, ..Ways::default() }, "cross"),
        (
            "backed up, yet not eligible for backup",
            Ways { flags: USER_PRESENT | USER_VERIFIED | 0x10, ..Ways::default() },
            "backup",
        ),
    ]
}

#[test]
fn an_assertion_with_one_thing_wrong_is_refused_and_fails_its_transaction() {
    let server = Server::start();
    for algorithm in [Algorithm::Es256, Algorithm::EdDsa] {
        let username = format!("{algorithm:?}");
        let mut passkey = register(&server, &username, algorithm);
        let mut cases = wrong_ways();
        cases.push(("signature", Ways { spoil_signature: true, ..Ways::default() }, "signature"));
        cases.push((
            "type of the other ceremony",
            Ways { kind: Some("webauthn.create"), ..Ways::default() },
            "webauthn.",
        ));
        let another_user = uuid_of(&server, "somebody");
        cases.push(("user handle", Ways { user_handle: Some(another_user), ..Ways::default() }, "userHandle"));
        cases.push((
            "user handle that is none",
            Ways { user_handle: Some(vec![1, 2]), ..Ways::default() },
            "userHandle",
        ));
        for (case, ways, reason) in cases {
            for by_name in [Some(username.as_str()), None] {
                let approval = server.approve(by_name, json!({ "userVerification": "required" }));
                let response = server.page_sends("/_app/assertion/result", &passkey.assert(&approval, &ways));
                assert_eq!(response.status, 200, "{case}");
                is_refused(case, &response.json(), reason);
                has_failed(&server, case, &approval["statusToken"], reason);
                // A valid response is refused afterwards too, because the challenge was used.
                let right = passkey.assert(&approval, &Ways::default());
                is_refused(case, &server.page_sends("/_app/assertion/result", &right).json(), "failed already");
            }
        }
    }
}

fn uuid_of(server: &Server, username: &str) -> Vec<u8> {
    server.enroll(username, json!({}))["userId"].as_str().expect("a user ID").as_bytes().to_vec()
}

#[test]
fn a_registration_with_one_thing_wrong_is_refused_and_registers_nothing() {
    let server = Server::start();
    let mut cases = wrong_ways();
    cases.push(("type of the other ceremony", Ways { kind: Some("webauthn.get"), ..Ways::default() }, "webauthn."));
    for (case, ways, reason) in cases {
        let selection = json!({ "authenticatorSelection": { "userVerification": "required" } });
        let enrolled = server.enroll("anna", selection);
        let passkey = Passkey::new(Algorithm::Es256, &enrolled["userId"]);
        let response = server.page_sends("/_app/attestation/result", &passkey.attest(&enrolled, &ways));
        assert_eq!(response.status, 200, "{case}");
        is_refused(case, &response.json(), reason);
        has_failed(&server, case, &enrolled["enrollment"]["statusToken"], reason);
        assert_eq!(server.enroll("anna", json!({}))["authenticators"], json!([]), "{case}");
    }
}

#[test]
fn a_credential_id_is_the_attested_one_and_is_registered_once() {
    let server = Server::start();
    let passkey = register(&server, "anna", Algorithm::Es256);
    let enrolled = server.enroll("ben", json!({}));
    let response = server.page_sends("/_app/attestation/result", &passkey.attest(&enrolled, &Ways::default())).json();
    is_refused("taken ID", &response, "already registered");

    let enrolled = server.enroll("ben", json!({}));
    let mut body = Passkey::new(Algorithm::Es256, &enrolled["userId"]).attest(&enrolled, &Ways::default());
    body["id"] = encode(&[1; 32]).into();
    is_refused("another ID", &server.page_sends("/_app/attestation/result", &body).json(), "attested credential");

    let enrolled = server.enroll("ben", json!({}));
    let mut body = Passkey::new(Algorithm::Es256, &enrolled["userId"]).attest(&enrolled, &Ways::default());
    body["response"]["attestationObject"] = encode(b"nonsense").into();
    is_refused("no object", &server.page_sends("/_app/attestation/result", &body).json(), "attestationObject");
}

#[test]
fn a_counter_that_does_not_increase_is_refused() {
    let server = Server::start();
    let mut passkey = register(&server, "anna", Algorithm::Es256);
    passkey.counter = 10;
    let approval = server.approve(Some("anna"), json!({}));
    let response = server.page_sends("/_app/assertion/result", &passkey.assert(&approval, &Ways::default())).json();
    assert_eq!(response["status"], "ok", "{response}");
    for counter in [0, 1, 10, 11] {
        let approval = server.approve(Some("anna"), json!({}));
        let ways = Ways { counter: Some(counter), ..Ways::default() };
        let response = server.page_sends("/_app/assertion/result", &passkey.assert(&approval, &ways)).json();
        is_refused(&format!("counter {counter}"), &response, "counter");
    }
    let approval = server.approve(Some("anna"), json!({}));
    let ways = Ways { counter: Some(12), ..Ways::default() };
    let response = server.page_sends("/_app/assertion/result", &passkey.assert(&approval, &ways)).json();
    assert_eq!(response["status"], "ok", "a refused counter is not kept: {response}");
}

#[test]
fn a_passkey_that_is_unknown_or_not_allowed_is_refused() {
    let server = Server::start();
    let anna = register(&server, "anna", Algorithm::Es256);
    let mut ben = register(&server, "ben", Algorithm::Es256);
    let approval = server.approve(Some("anna"), json!({}));
    let response = server.page_sends("/_app/assertion/result", &ben.assert(&approval, &Ways::default())).json();
    is_refused("another user's passkey", &response, "allowCredentials");

    for by_name in [Some("anna"), None] {
        let approval = server.approve(by_name, json!({}));
        let mut stranger = Passkey::new(Algorithm::Es256, &Value::from(anna.user_id.as_str()));
        let response =
            server.page_sends("/_app/assertion/result", &stranger.assert(&approval, &Ways::default())).json();
        is_refused("unknown passkey", &response, "not registered");
    }

    // Signed by ben, sent as anna's.
    let approval = server.approve(Some("anna"), json!({}));
    let mut body = ben.assert(&approval, &Ways::default());
    body["id"] = encode(&anna.id).into();
    body["response"]["userHandle"] = encode(anna.user_id.as_bytes()).into();
    is_refused("another key", &server.page_sends("/_app/assertion/result", &body).json(), "signature");
}

#[test]
fn a_replay_is_refused_and_the_success_remains() {
    let server = Server::start();
    let mut passkey = register(&server, "anna", Algorithm::Es256);
    let approval = server.approve(Some("anna"), json!({}));
    let body = passkey.assert(&approval, &Ways::default());
    let first = server.page_sends("/_app/assertion/result", &body).json();
    assert_eq!(first["status"], "ok");
    is_refused("replay", &server.page_sends("/_app/assertion/result", &body).json(), "succeeded already");
    let status = server.status(&approval["statusToken"]);
    assert_eq!(status["status"], "succeeded");
    assert_eq!(status["token"], first["token"]);

    let enrolled = server.enroll("anna", json!({}));
    let body = Passkey::new(Algorithm::Es256, &enrolled["userId"]).attest(&enrolled, &Ways::default());
    assert_eq!(server.page_sends("/_app/attestation/result", &body).json()["status"], "ok");
    is_refused("replay", &server.page_sends("/_app/attestation/result", &body).json(), "succeeded already");
}

#[test]
fn exactly_one_of_many_concurrent_copies_is_accepted() {
    let server = Server::start();
    let mut passkey = register(&server, "anna", Algorithm::Es256);
    let approval = server.approve(Some("anna"), json!({}));
    let body = passkey.assert(&approval, &Ways::default());
    let accepted = thread::scope(|scope| {
        let copies: Vec<_> =
            (0..16).map(|_| scope.spawn(|| server.page_sends("/_app/assertion/result", &body).json())).collect();
        copies
            .into_iter()
            .map(|copy| copy.join().expect("an response"))
            .filter(|response| response["status"] == "ok")
            .count()
    });
    assert_eq!(accepted, 1);
}

#[test]
fn a_swapped_status_token_is_refused_and_does_not_touch_the_other_transaction() {
    let server = Server::start();
    let mut passkey = register(&server, "anna", Algorithm::Es256);
    let mine = server.approve(Some("anna"), json!({}));
    let other = server.approve(Some("anna"), json!({}));
    let mut body = passkey.assert(&mine, &Ways::default());
    body["statusToken"] = other["statusToken"].clone();
    is_refused("swapped", &server.page_sends("/_app/assertion/result", &body).json(), "challenge");
    assert_eq!(server.status(&mine["statusToken"])["status"], "pending");

    // A token of the other ceremony decides nothing.
    let enrolled = server.enroll("anna", json!({}));
    body["statusToken"] = enrolled["enrollment"]["statusToken"].clone();
    is_refused("ceremony", &server.page_sends("/_app/assertion/result", &body).json(), "another ceremony");
    assert_eq!(server.status(&enrolled["enrollment"]["statusToken"])["status"], "pending");
    let mut registration = passkey.attest(&enrolled, &Ways::default());
    registration["statusToken"] = mine["statusToken"].clone();
    is_refused("ceremony", &server.page_sends("/_app/attestation/result", &registration).json(), "another ceremony");
    assert_eq!(server.status(&mine["statusToken"])["status"], "pending");
}

#[test]
fn an_expired_transaction_has_failed() {
    let server = Server::start_with(Data::new(), &["--transaction-seconds", "1"]);
    let mut passkey = register(&server, "anna", Algorithm::Es256);
    let approval = server.approve(Some("anna"), json!({}));
    assert_eq!(approval["credentialRequestOptions"]["timeout"], 1000);
    let autofill = server.approve(None, json!({}));
    let enrolled = server.enroll("anna", json!({}));
    let new = Passkey::new(Algorithm::Es256, &enrolled["userId"]).attest(&enrolled, &Ways::default());
    let bodies = [
        ("approval", "/_app/assertion/result", passkey.assert(&approval, &Ways::default())),
        ("autofill", "/_app/assertion/result", passkey.assert(&autofill, &Ways::default())),
        ("registration", "/_app/attestation/result", new),
    ];
    thread::sleep(std::time::Duration::from_millis(1100));
    for (case, path, body) in &bodies {
        is_refused(case, &server.page_sends(path, body).json(), "expired");
        has_failed(&server, case, &body["statusToken"], "expired");
    }
    assert_eq!(server.enroll("anna", json!({}))["authenticators"].as_array().map(Vec::len), Some(1));
}

#[test]
fn an_unreadable_body_decides_nothing() {
    let server = Server::start();
    let mut passkey = register(&server, "anna", Algorithm::Es256);
    let approval = server.approve(Some("anna"), json!({}));
    let right = passkey.assert(&approval, &Ways::default());
    let change = |pointer: &str, value: Value| {
        let mut body = right.clone();
        *body.pointer_mut(pointer).expect(pointer) = value;
        body
    };
    for (case, body, member) in [
        ("null user handle", change("/response/userHandle", Value::Null), "response.userHandle"),
        ("empty user handle", change("/response/userHandle", json!("")), "response.userHandle"),
        ("not base64url", change("/response/signature", json!("a+b/")), "response.signature"),
        ("not text", change("/response/clientDataJSON", json!(5)), "response.clientDataJSON"),
        ("no response", change("/response", json!([])), "response"),
        ("another type", change("/type", json!("password")), "type"),
        ("no token", change("/statusToken", Value::Null), "statusToken"),
    ] {
        let response = server.page_sends("/_app/assertion/result", &body);
        assert_eq!(response.status, 422, "{case}: {}", response.text());
        assert!(
            response.json()["message"].as_str().expect("a message").contains(member),
            "{case}: {}",
            response.text()
        );
    }
    assert_eq!(server.status(&approval["statusToken"])["status"], "pending");
    let padded = change("/response/userHandle", json!(format!("{}==", encode(passkey.user_id.as_bytes()))));
    assert_eq!(server.page_sends("/_app/assertion/result", &padded).json()["status"], "ok");
}
