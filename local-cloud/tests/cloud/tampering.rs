//! Responses with a flipped byte, tokens with a changed character, and mixtures of two responses are refused.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use crate::authenticator::{ALGORITHMS, Algorithm, Passkey, Ways, encode, register, register_counting_from};
use crate::http::Response;
use crate::scale::count;
use crate::server::Server;

/// The bits to flip in each byte: the lowest; with `SOAK` also the highest, and all eight.
fn masks() -> &'static [u8] {
    &[0x01, 0x80, 0xff][..count(1, 3)]
}

/// Copies with one byte flipped: every byte with `SOAK`, otherwise a sample that differs by mask.
fn flips(bytes: &[u8]) -> Vec<Vec<u8>> {
    let step = count(9, 1);
    let flipped = |mask: u8, index: usize| {
        let mut bytes = bytes.to_vec();
        bytes[index] ^= mask;
        bytes
    };
    let each = |mask: &u8| (0..bytes.len()).step_by(step).map(|index| flipped(*mask, index)).collect::<Vec<_>>();
    masks().iter().flat_map(each).collect()
}

fn bytes_of(body: &Value, pointer: &str) -> Vec<u8> {
    let text = body.pointer(pointer).and_then(Value::as_str).expect(pointer);
    BASE64URL_NOPAD.decode(text.as_bytes()).expect(pointer)
}

fn with(body: &Value, pointer: &str, value: Value) -> Value {
    let mut body = body.clone();
    *body.pointer_mut(pointer).expect(pointer) = value;
    body
}

/// Whether the refusal decides the transaction. Panics if it is not a refusal.
fn is_verdict(case: &str, response: &Response) -> bool {
    let body = response.json();
    match response.status {
        200 => {
            assert_eq!((&body["status"], &body["token"]), (&json!("failed"), &Value::Null), "{case}: {body}");
            true
        }
        status => {
            assert_eq!(status, 422, "{case}: {body}");
            false
        }
    }
}

#[test]
fn an_assertion_with_any_byte_flipped_is_refused() {
    let server = Server::start();
    for algorithm in &ALGORITHMS[..count(1, 3)] {
        let username = format!("{algorithm:?}");
        let mut passkey = register_counting_from(0, &server, &username, *algorithm);
        let sample = passkey.assert(&server.approve(Some(&username), json!({})), &Ways::default());
        for member in [
            "/id",
            "/response/clientDataJSON",
            "/response/authenticatorData",
            "/response/signature",
            "/response/userHandle",
        ] {
            // The positions come from any response, the bytes from this transaction's own.
            for round in 0..flips(&bytes_of(&sample, member)).len() {
                let approval = server.approve(Some(&username), json!({}));
                let right = passkey.assert(&approval, &Ways::default());
                // The DER form of a signature varies in length.
                let Some(flipped) = flips(&bytes_of(&right, member)).into_iter().nth(round) else { continue };
                let case = format!("{algorithm:?} {member} {round}");
                let body = with(&right, member, json!(encode(&flipped)));
                let is_decided = is_verdict(&case, &server.page_sends("/_app/assertion/result", &body));
                let again = server.page_sends("/_app/assertion/result", &right).json();
                assert_eq!(again["status"], if is_decided { "failed" } else { "ok" }, "{case}: {again}");
                let status = server.status(&approval["statusToken"]);
                assert_eq!(status["status"], if is_decided { "failed" } else { "succeeded" }, "{case}");
            }
        }
        let approval = server.approve(Some(&username), json!({}));
        let response = server.page_sends("/_app/assertion/result", &passkey.assert(&approval, &Ways::default())).json();
        assert_eq!(response["status"], "ok", "the passkey is as good as before: {response}");
    }
}

#[test]
fn a_registration_with_any_byte_flipped_is_refused_and_registers_nothing() {
    let server = Server::start();
    // Self-signed: without a signature, a change of e.g. the authenticator's model could not be detected.
    let attest = |username: &str| {
        let enrolled = server.enroll(username, json!({}));
        let passkey = Passkey::new(Algorithm::Es256, &enrolled["userId"]);
        let right = passkey.attest_by_itself(&enrolled, &Ways::default());
        (enrolled["enrollment"]["statusToken"].clone(), right)
    };
    let (_, sample) = attest("anna");
    for member in ["/id", "/response/clientDataJSON", "/response/attestationObject"] {
        for round in 0..flips(&bytes_of(&sample, member)).len() {
            let (status_token, right) = attest("anna");
            let Some(flipped) = flips(&bytes_of(&right, member)).into_iter().nth(round) else { continue };
            let case = format!("{member} {round}");
            let body = with(&right, member, json!(encode(&flipped)));
            assert!(is_verdict(&case, &server.page_sends("/_app/attestation/result", &body)), "{case}");
            let again = server.page_sends("/_app/attestation/result", &right).json();
            assert_eq!(again["status"], "failed", "{case}: the challenge was used");
            assert_eq!(server.status(&status_token)["status"], "failed", "{case}");
        }
    }
    assert_eq!(server.enroll("anna", json!({}))["authenticators"], json!([]));
    let (_, right) = attest("anna");
    assert_eq!(server.page_sends("/_app/attestation/result", &right).json()["status"], "ok");
}

/// The token with each character replaced by another one; the last character by every other.
fn changed(token: &str) -> Vec<String> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let put = |index: usize, character: char| {
        let mut token = token.to_owned();
        token.replace_range(index..=index, &character.to_string());
        token
    };
    let step = count(5, 1);
    let next = |index: usize| {
        let position = ALPHABET.find(&token[index..=index]).map_or(0, |position| (position + 1) % 64);
        ALPHABET.chars().nth(position).expect("of the alphabet")
    };
    let last = token.len() - 1;
    let each = (0..last).step_by(step).map(|index| put(index, next(index)));
    // Its last bits are unused: they must not allow a second encoding of the same token.
    each.chain(ALPHABET.chars().map(|character| put(last, character)).filter(|other| other != token)).collect()
}

#[test]
fn a_token_with_any_character_changed_is_refused() {
    let server = Server::start();
    let mut passkey = register(&server, "anna", Algorithm::Es256);
    let approval = server.approve(Some("anna"), json!({}));
    let right = passkey.assert(&approval, &Ways::default());
    let status_token = approval["statusToken"].as_str().expect("a token");
    for token in changed(status_token) {
        let status = server.page_sends("/api/v1/status", &json!({ "statusToken": token }));
        assert_eq!(status.status, 422, "{token}: {}", status.text());
        let response = server.page_sends("/_app/assertion/result", &with(&right, "/statusToken", json!(token)));
        assert!(is_verdict(&token, &response));
    }
    // None of them affected the transaction, so the valid response is still accepted.
    let accepted = server.page_sends("/_app/assertion/result", &right).json();
    assert_eq!(accepted["status"], "ok", "{accepted}");
    let token = accepted["token"].as_str().expect("a token");
    for token in changed(token) {
        assert_eq!(server.introspect(&token), json!({ "active": false }), "{token}");
    }
    assert_eq!(server.introspect(token)["active"], true);
}

#[test]
fn an_assertion_with_properties_of_another_one_is_refused() {
    const MEMBERS: [&str; 6] = [
        "/id",
        "/response/clientDataJSON",
        "/response/authenticatorData",
        "/response/signature",
        "/response/userHandle",
        "/statusToken",
    ];
    let server = Server::start();
    let mut mine = register(&server, "anna", Algorithm::Es256);
    let mut second = register(&server, "anna", Algorithm::EdDsa);
    let mut bens = register(&server, "ben", Algorithm::Es256);
    let approve = |username: &str, passkey: &mut Passkey| {
        let approval = server.approve(Some(username), json!({}));
        passkey.assert(&approval, &Ways::default())
    };
    for whose in ["my other transaction", "my other passkey", "another person"] {
        for chosen in (1..(1_u32 << MEMBERS.len()) - 1).step_by(count(7, 1)) {
            let right = approve("anna", &mut mine);
            let other = match whose {
                "my other transaction" => approve("anna", &mut mine),
                "my other passkey" => approve("anna", &mut second),
                _ => approve("ben", &mut bens),
            };
            let mut body = right.clone();
            for (index, member) in MEMBERS.into_iter().enumerate() {
                if chosen >> index & 1 == 1 {
                    body = with(&body, member, other.pointer(member).expect(member).clone());
                }
            }
            // Two responses can have equal properties: skip a mixture that equals one of them.
            if body == right || body == other {
                continue;
            }
            let case = format!("{whose} {chosen:06b}");
            assert!(is_verdict(&case, &server.page_sends("/_app/assertion/result", &body)), "{case}");
        }
    }
    assert_eq!(server.page_sends("/_app/assertion/result", &approve("anna", &mut mine)).json()["status"], "ok");
}
