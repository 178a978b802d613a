//! Names and texts: which of them are equal, and which could mislead a user or a parser.

use serde_json::{Value, json};

use crate::authenticator::{Algorithm, Passkey, Ways, register};
use crate::ciba::{ADMIN, Family, Person, TENANT, initiation_error, is};
use crate::http::{Request, Response};
use crate::server::{ACCESS_KEY, ORIGIN, Server};

/// Control characters, line breaks, and every character of Unicode's property Bidi_Control.
const MISLEADING: [char; 20] = [
    '\u{1}', '\n', '\r', '\u{7f}', '\u{85}', '\u{9b}', '\u{2028}', '\u{2029}', '\u{61c}', '\u{200e}', '\u{200f}',
    '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

fn enroll(server: &Server, username: &str, display_name: &str) -> Response {
    let body = json!({ "username": username, "displayName": display_name, "channel": "fido2" });
    server.shop_sends("/api/v1/users/enroll", &body)
}

/// Sends a body as it is.
fn send(server: &Server, path: &str, body: &str) -> Response {
    let bearer = format!("Bearer {ACCESS_KEY}");
    let headers =
        [("Authorization", bearer.as_str()), ("Origin", ORIGIN), ("Content-Type", "application/json;charset=utf-8")];
    Request { method: "POST", path, headers: &headers, body: body.as_bytes() }.send(server.port)
}

#[test]
fn a_text_that_a_user_reads_has_no_control_or_bidi_characters() {
    let server = Server::start();
    let anna = Person::new(&server, "anna@example.com");
    for character in MISLEADING {
        let text = format!("Pay {character}01 to Eve");
        let case = format!("{character:?}");
        for family in FAMILIES {
            let response = family.initiate(&server, &anna.email, &text);
            let error = response.json()["error"].clone();
            assert_eq!((response.status, error), (400, json!("invalid_binding_message")), "{case}");
        }
        let response = enroll(&server, "anna", &text);
        assert_eq!(response.status, 422, "{case}");
        assert!(response.text().contains("displayName"), "{case}: {}", response.text());
    }
    assert!(anna.requests(&server).is_empty());
    // Right-to-left text needs none of them.
    for text in ["שלם 72.50", "ادفع ٧٢٫٥٠", "می\u{200c}خواهم", "Pay 👩\u{200d}💻 5"] {
        assert_eq!(TENANT.initiate(&server, &anna.email, text).status, 200, "{text}");
        assert_eq!(enroll(&server, "anna", text).status, 201, "{text}");
    }
}

#[test]
fn an_email_has_no_character_that_is_invisible_or_looks_like_another() {
    let server = Server::start();
    let anna = Person::new(&server, "kim@example.com");
    let misleading = MISLEADING.map(|character| format!("k{character}im@example.com"));
    let others = [
        "\u{212a}im@example.com",
        "ｋim@example.com",
        "kim＠example.com",
        "ﬁm@example.com",
        "kim\u{200b}@example.com",
        "kim\u{200d}@example.com",
        "kim\u{ad}@example.com",
        "kim\u{feff}@example.com",
        "k im@example.com",
    ];
    for email in misleading.iter().map(String::as_str).chain(others) {
        let response = server.shop_sends("/_local/ciba/users", &json!({ "email": email }));
        assert_eq!(response.status, 422, "{email:?}: {}", response.text());
        // And it is nobody's: the lower case of the Kelvin sign is k.
        let refusal = initiation_error("user_not_found", &format!("User not found: {email}"));
        is(email, &ADMIN.initiate(&server, email, "x"), 400, refusal);
        // These refuse some of them as no emails.
        assert_eq!(TENANT.initiate(&server, email, "x").status, 400, "{email:?}");
        assert!([400, 404].contains(&ADMIN.totp(&server, email, &anna.code(0)).status), "{email:?}");
    }
    assert!(anna.requests(&server).is_empty());
    assert_eq!(ADMIN.totp(&server, &anna.email, &anna.code(0)).status, 200, "no code was used up");
}

#[test]
fn emails_are_equal_whatever_their_case_and_composition() {
    let server = Server::start();
    for (stored, others) in [
        ("kim+shop@example.com", ["KIM+Shop@Example.COM", "  kim+shop@example.com\t"]),
        ("zoë@example.com", ["ZOË@example.com", "zoe\u{308}@example.com"]),
        ("жанна@example.com", ["ЖАННА@example.com", "Жанна@example.com"]),
    ] {
        let person = Person::new(&server, stored);
        assert_eq!(person.email, stored);
        for other in others {
            assert_eq!(Person::new(&server, other).id, person.id, "{other}");
            let id = ADMIN.initiated(&server, other);
            assert_eq!(person.requests(&server)[0]["auth_req_id"], id.as_str(), "{other}");
        }
    }
}

#[test]
fn usernames_that_differ_only_in_case_are_a_conflict() {
    let server = Server::start();
    let anna = register(&server, "Anna@example.com", Algorithm::Es256);
    for other in ["anna@example.com", "ANNA@EXAMPLE.COM"] {
        let approval = server.shop_sends("/api/v1/approval", &json!({ "username": other, "channel": "fido2" }));
        for response in [enroll(&server, other, "Anna"), approval] {
            assert_eq!(response.status, 409, "{other}: {}", response.text());
            let message = response.json()["message"].as_str().expect("a message").to_owned();
            assert!(message.contains("Anna@example.com"), "names the one that exists: {message}");
        }
    }
    assert_eq!(server.enroll("Anna@example.com", json!({}))["userId"], anna.user_id.as_str());
}

#[test]
fn a_username_that_breaks_the_rule_is_refused_at_an_approval_too() {
    let server = Server::start();
    for username in ["", " anna", "änna", "\u{212a}im", "x\u{202e}", &"x".repeat(301)] {
        let body = json!({ "username": username, "channel": "fido2" });
        for path in ["/api/v1/approval", "/api/v1/users/enroll"] {
            let mut body = body.clone();
            body["displayName"] = "A. Person".into();
            let response = server.shop_sends(path, &body);
            assert_eq!(response.status, 422, "{path} {username:?}");
            assert!(response.text().contains("username"), "{path}: {}", response.text());
        }
    }
    assert_eq!(enroll(&server, &"x".repeat(300), "x").status, 201);
}

#[test]
fn the_name_of_a_passkey_has_a_limit() {
    let server = Server::start();
    let enrolled = server.enroll("anna", json!({}));
    let passkey = Passkey::new(Algorithm::Es256, &enrolled["userId"]);
    let mut body = passkey.attest(&enrolled, &Ways::default());
    for name in ["x".repeat(256), "x".repeat(150_000)] {
        body["userFriendlyName"] = name.into();
        let response = server.page_sends("/_app/attestation/result", &body);
        assert_eq!(response.status, 422, "{}", response.text());
        assert!(response.text().contains("userFriendlyName"), "{}", response.text());
    }
    assert_eq!(server.status(&enrolled["enrollment"]["statusToken"])["status"], "pending", "nothing is decided");
    let longest = "ü".repeat(255);
    body["userFriendlyName"] = longest.clone().into();
    assert_eq!(server.page_sends("/_app/attestation/result", &body).json()["status"], "ok");
    assert_eq!(server.enroll("anna", json!({}))["authenticators"][0]["name"], longest);
}

/// The edition of the server.
const FAMILIES: [Family; 2] = [ADMIN, TENANT];

/// Each endpoint that takes JSON, with a body of its own.
fn json_bodies() -> Vec<(String, Value)> {
    let mut bodies = vec![
        ("/api/v1/users/enroll".to_owned(), json!({ "username": "anna", "displayName": "A", "channel": "fido2" })),
        ("/api/v1/approval".to_owned(), json!({ "username": "anna", "channel": "fido2" })),
        ("/api/v1/status".to_owned(), json!({ "statusToken": "x" })),
        ("/_app/assertion/result".to_owned(), json!({ "statusToken": "x", "id": "x" })),
        ("/_app/attestation/result".to_owned(), json!({ "statusToken": "x", "id": "x" })),
        ("/_local/faults".to_owned(), json!({ "email": "x", "faults": [] })),
        ("/_local/ciba/users".to_owned(), json!({ "email": "anna@example.com" })),
    ];
    for family in FAMILIES {
        for (end, body) in [
            ("/ciba/initiate", json!({ "email": "x", "login_hint": "x" })),
            ("/ciba/token", json!({ "auth_req_id": "x" })),
            ("/totp/login", json!({ "email": "x", "totp_code": "000000" })),
        ] {
            bodies.push((family.path(end), family.with_client(body)));
        }
    }
    bodies
}

#[test]
fn nul_in_json_is_malformed_everywhere() {
    let server = Server::start();
    for (path, body) in json_bodies() {
        for name in body.as_object().expect("an object").keys() {
            let mut spoiled = body.clone();
            spoiled[name] = "a\0b".into();
            assert_eq!(send(&server, &path, &spoiled.to_string()).status, 400, "{path} {spoiled}");
        }
        for (name, value) in [("x\0", json!(1)), ("ignored", json!([{ "deep": ["\0"] }]))] {
            let mut spoiled = body.clone();
            spoiled[name] = value;
            let response = send(&server, &path, &spoiled.to_string());
            assert_eq!(response.status, 400, "{path} {spoiled}");
            assert!(response.text().contains("NUL"), "{path}: {}", response.text());
        }
    }
}

#[test]
fn a_property_that_appears_twice_is_malformed_everywhere() {
    let server = Server::start();
    for (path, body) in json_bodies() {
        let inner = body.to_string();
        let inner = inner.strip_prefix('{').and_then(|text| text.strip_suffix('}')).expect("an object");
        let first = body.as_object().and_then(|object| object.keys().next()).expect("a property");
        for text in [
            format!("{{{inner},\"{first}\":\"other\"}}"),
            format!("{{\"{first}\":null,{inner}}}"),
            format!("{{{inner},\"ignored\":[{{\"a\":1,\"\\u0061\":1}}]}}"),
        ] {
            let response = send(&server, &path, &text);
            assert_eq!(response.status, 400, "{path} {text}");
            assert!(response.text().contains("twice"), "{path}: {}", response.text());
        }
    }
}
