//! Accepted ceremonies, and the responses to them.

use serde_json::{Value, json};

use crate::authenticator::{
    ALGORITHMS, Algorithm, Passkey, USER_PRESENT, Ways, encode, register, register_counting_from,
};
use crate::server::{Data, Server};

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<_> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

fn has_succeeded(server: &Server, status_token: &Value, response: &Value) {
    assert_eq!(response["status"], "ok", "{response}");
    assert_eq!(response["errorMessage"], "");
    let token = response["token"].as_str().expect("a token");
    assert_eq!(server.status(status_token)["token"], token, "the status tells the same token");
    assert_eq!(server.introspect(token)["active"], true);
}

#[test]
fn a_passkey_of_every_algorithm_registers_and_approves() {
    let server = Server::start();
    for algorithm in ALGORITHMS {
        let username = format!("{algorithm:?}");
        let enrolled = server.enroll(&username, json!({}));
        let mut passkey = Passkey::new(algorithm, &enrolled["userId"]);
        let response =
            server.page_sends("/_app/attestation/result", &passkey.attest(&enrolled, &Ways::default())).json();
        has_succeeded(&server, &enrolled["enrollment"]["statusToken"], &response);
        // Twice: the second assertion is compared with the counter of the first.
        for _ in 0..2 {
            let approval = server.approve(Some(&username), json!({}));
            let response =
                server.page_sends("/_app/assertion/result", &passkey.assert(&approval, &Ways::default())).json();
            has_succeeded(&server, &approval["statusToken"], &response);
        }
    }
}

#[test]
fn a_page_at_any_port_registers_and_approves_if_an_origin_says_so() {
    let server = Server::start_with(Data::new(), &["--origin", "http://localhost:*"]);
    for (origin, username, accepted) in [
        ("http://localhost:5173", "anna", true),
        ("http://localhost", "ben", true),
        ("https://localhost:5173", "eve", false),
        ("http://localhost:05173", "eve", false),
        ("http://localhost:5173.evil.example", "eve", false),
    ] {
        let ways = || Ways { origin, ..Ways::default() };
        let enrolled = server.enroll(username, json!({}));
        let mut passkey = Passkey::new(Algorithm::Es256, &enrolled["userId"]);
        let response = server.page_sends("/_app/attestation/result", &passkey.attest(&enrolled, &ways())).json();
        if accepted {
            has_succeeded(&server, &enrolled["enrollment"]["statusToken"], &response);
            let approval = server.approve(Some(username), json!({}));
            let response = server.page_sends("/_app/assertion/result", &passkey.assert(&approval, &ways())).json();
            has_succeeded(&server, &approval["statusToken"], &response);
        } else {
            let reason =
                "the origin of the page is not allowed; allowed origins: http://localhost:5180, http://localhost:*";
            assert_eq!(response["errorMessage"], reason, "{origin}");
        }
    }
}

#[test]
fn an_authenticator_without_a_counter_is_accepted_every_time() {
    let server = Server::start();
    let mut passkey = register_counting_from(0, &server, "anna", Algorithm::Es256);
    for _ in 0..2 {
        let approval = server.approve(Some("anna"), json!({}));
        let response = server.page_sends("/_app/assertion/result", &passkey.assert(&approval, &Ways::default())).json();
        has_succeeded(&server, &approval["statusToken"], &response);
    }
}

#[test]
fn a_self_signed_attestation_is_verified() {
    let server = Server::start();
    for (spoil_signature, status) in [(false, "ok"), (true, "failed")] {
        let enrolled = server.enroll("anna", json!({}));
        let passkey = Passkey::new(Algorithm::Es256, &enrolled["userId"]);
        let body = passkey.attest_by_itself(&enrolled, &Ways { spoil_signature, ..Ways::default() });
        let response = server.page_sends("/_app/attestation/result", &body).json();
        assert_eq!(response["status"], status, "{response}");
    }
}

#[test]
fn autofill_finds_the_user_of_the_passkey() {
    let server = Server::start();
    register(&server, "ben", Algorithm::Es256);
    let mut passkey = register(&server, "anna", Algorithm::Es256);
    let approval = server.approve(None, json!({}));
    assert_eq!(keys(&approval), ["credentialRequestOptions", "statusToken", "transactionId"]);
    assert_eq!(approval["credentialRequestOptions"]["allowCredentials"], json!([]));
    let pending = server.status(&approval["statusToken"]);
    assert_eq!(keys(&pending), ["createdAt", "lastUpdatedAt", "status", "transactionId"]);

    let response = server.page_sends("/_app/assertion/result", &passkey.assert(&approval, &Ways::default())).json();
    has_succeeded(&server, &approval["statusToken"], &response);
    let status = server.status(&approval["statusToken"]);
    assert_eq!(status["userId"], passkey.user_id.as_str());
    assert_eq!(status["username"], "anna");
    assert_eq!(server.introspect(response["token"].as_str().expect("a token"))["sub"], passkey.user_id.as_str());
}

#[test]
fn every_response_has_the_documented_properties() {
    let server = Server::start();
    let enrolled = server.enroll("anna", json!({}));
    assert_eq!(keys(&enrolled), ["authenticators", "enrollment", "userId", "username"]);
    assert_eq!(enrolled["authenticators"], json!([]));
    assert_eq!(keys(&enrolled["enrollment"]), ["credentialCreationOptions", "statusToken", "transactionId"]);
    let options = &enrolled["enrollment"]["credentialCreationOptions"];
    let user_id = enrolled["userId"].as_str().expect("a user ID");
    assert_eq!(
        *options,
        json!({
            "rp": { "id": "localhost", "name": "Local Cloud" },
            "user": { "id": encode(user_id.as_bytes()), "name": "anna", "displayName": "A. Person" },
            "challenge": options["challenge"],
            "pubKeyCredParams": [
                { "type": "public-key", "alg": -8 },
                { "type": "public-key", "alg": -7 },
                { "type": "public-key", "alg": -257 },
            ],
            "timeout": 300_000,
            "excludeCredentials": [],
            "authenticatorSelection": {
                "residentKey": "preferred", "requireResidentKey": false, "userVerification": "preferred",
            },
            "attestation": "none",
        })
    );

    let mut passkey = Passkey::new(Algorithm::EdDsa, &enrolled["userId"]);
    server.page_sends("/_app/attestation/result", &passkey.attest(&enrolled, &Ways::default()));
    let again = server.enroll("anna", json!({}));
    assert_eq!(again["userId"], enrolled["userId"]);
    let credential = json!({ "type": "public-key", "id": encode(&passkey.id) });
    assert_eq!(again["enrollment"]["credentialCreationOptions"]["excludeCredentials"], json!([credential]));
    assert_eq!(again["authenticators"][0]["name"], "My key");

    let approval = server.approve(Some("anna"), json!({ "userVerification": "required" }));
    assert_eq!(keys(&approval), ["credentialRequestOptions", "statusToken", "transactionId", "userId"]);
    let options = &approval["credentialRequestOptions"];
    assert_eq!(
        *options,
        json!({
            "challenge": options["challenge"],
            "timeout": 300_000,
            "rpId": "localhost",
            "allowCredentials": [credential],
            "userVerification": "required",
        })
    );
    let response = server.page_sends("/_app/assertion/result", &passkey.assert(&approval, &Ways::default())).json();
    assert_eq!(keys(&response), ["errorMessage", "status", "token"]);

    let status = server.status(&approval["statusToken"]);
    assert_eq!(keys(&status), ["createdAt", "lastUpdatedAt", "status", "token", "transactionId", "userId", "username"]);
    assert_eq!(status["transactionId"], approval["transactionId"]);
    assert_eq!(status["status"], "succeeded");
    let introspection = server.introspect(response["token"].as_str().expect("a token"));
    assert_eq!(keys(&introspection), ["active", "aud", "exp", "iat", "iss", "jti", "nbf", "scope", "sub"]);
    assert_eq!(introspection["jti"], approval["transactionId"]);
}

#[test]
fn the_options_of_the_shop_reach_the_browser() {
    let server = Server::start();
    let asked_and_given = [
        (
            json!({ "residentKey": "required" }),
            json!({ "residentKey": "required", "requireResidentKey": true, "userVerification": "preferred" }),
        ),
        (
            json!({ "residentKey": "discouraged", "userVerification": "discouraged" }),
            json!({ "residentKey": "discouraged", "requireResidentKey": false, "userVerification": "discouraged" }),
        ),
        (
            json!({ "requireResidentKey": true }),
            json!({ "residentKey": "required", "requireResidentKey": true, "userVerification": "preferred" }),
        ),
        (
            json!({ "requireResidentKey": false }),
            json!({ "residentKey": "discouraged", "requireResidentKey": false, "userVerification": "preferred" }),
        ),
        (
            json!({ "authenticatorAttachment": "platform", "userVerification": "required" }),
            json!({ "residentKey": "preferred", "requireResidentKey": false, "userVerification": "required", "authenticatorAttachment": "platform" }),
        ),
        (
            json!({ "authenticatorAttachment": "cross-platform" }),
            json!({ "residentKey": "preferred", "requireResidentKey": false, "userVerification": "preferred", "authenticatorAttachment": "cross-platform" }),
        ),
    ];
    for (asked, given) in asked_and_given {
        let enrolled = server.enroll("anna", json!({ "authenticatorSelection": asked, "attestation": "direct" }));
        let options = &enrolled["enrollment"]["credentialCreationOptions"];
        assert_eq!(options["authenticatorSelection"], given);
        assert_eq!(options["attestation"], "direct");
    }
}

#[test]
fn user_verification_may_be_missing_if_it_is_not_required() {
    let server = Server::start();
    let unverified = || Ways { flags: USER_PRESENT, ..Ways::default() };
    let enrolled = server.enroll("anna", json!({}));
    let mut passkey = Passkey::new(Algorithm::Es256, &enrolled["userId"]);
    let response = server.page_sends("/_app/attestation/result", &passkey.attest(&enrolled, &unverified())).json();
    assert_eq!(response["status"], "ok", "{response}");
    for requirement in ["preferred", "discouraged"] {
        let approval = server.approve(Some("anna"), json!({ "userVerification": requirement }));
        let response = server.page_sends("/_app/assertion/result", &passkey.assert(&approval, &unverified())).json();
        has_succeeded(&server, &approval["statusToken"], &response);
    }
}

#[test]
fn an_approval_takes_a_username_or_a_user_id() {
    let server = Server::start();
    let passkey = register(&server, "anna", Algorithm::Es256);
    for names in [
        json!({ "username": "anna" }),
        json!({ "userId": passkey.user_id }),
        json!({ "username": "anna", "userId": passkey.user_id }),
        json!({ "username": "anna", "userId": null, "fido2Options": null }),
    ] {
        let mut body = names;
        body["channel"] = "fido2".into();
        let response = server.shop_sends("/api/v1/approval", &body);
        assert_eq!(response.status, 201, "{body}: {}", response.text());
        assert_eq!(response.json()["userId"], passkey.user_id.as_str());
    }
}
