use serde_json::{Value, json};

use super::*;

mod properties;
mod standard;

fn http(status: u16, json: Value) -> Response {
    Response::Json(Json::read(status, &json))
}

const fn html(status: u16) -> Response {
    Response::NotJson(status)
}

const LATE: Response = Response::Late;
const UNREACHABLE: Response = Response::Unreachable;

fn server(error: &str) -> Code {
    Code::Server(error.into())
}

/// A reply without the server's words, which have a test of their own.
#[derive(Debug, PartialEq)]
enum Means {
    Pending,
    SlowDown(Option<f64>),
    Approved(&'static str),
    Ended(Code),
    Fault(Code),
}

fn means(reply: Reply) -> Means {
    match reply {
        Reply::Pending => Means::Pending,
        Reply::SlowDown(interval) => Means::SlowDown(interval),
        Reply::Approved(token) => Means::Approved(token.leak()),
        Reply::Ended(failure) => Means::Ended(failure.code.clone()),
        Reply::Fault(failure) => Means::Fault(failure.code.clone()),
    }
}

#[test]
fn an_approval_is_2xx_with_a_token_and_no_error() {
    let approved = Means::Approved("tok");
    for (status, json) in [
        (200, json!({ "access_token": "tok" })),
        (200, json!({ "token": "tok" })),
        (201, json!({ "access_token": "tok", "token": "other" })),
        (200, json!({ "access_token": "", "token": "tok" })),
        (200, json!({ "token": "tok", "error": null })),
        (200, json!({ "token": "tok", "error": "" })),
        (200, json!({ "token": "tok", "error": false })),
    ] {
        assert_eq!(means(http(status, json.clone()).reply()), approved, "{status} {json}");
    }
    for (status, json) in [
        (400, json!({ "error": "access_denied", "token": "request-handle" })),
        (403, json!({ "access_token": "tok" })),
        (200, json!({ "error": "authorization_pending", "access_token": "tok" })),
        (200, json!({ "error": { "code": "access_denied" }, "access_token": "tok" })),
        (200, json!({ "error": true, "access_token": "tok" })),
        (200, json!({ "access_token": 7 })),
        (200, json!({ "access_token": {} })),
        (500, json!({ "access_token": "tok" })),
        (202, json!({ "access_token": "" })),
    ] {
        assert!(!matches!(http(status, json.clone()).reply(), Reply::Approved(_)), "{status} {json}");
    }
}

#[test]
fn the_response_to_a_poll_means_what_the_contract_says() {
    let longest = "c".repeat(64);
    use Means::*;
    let ended = |error| Ended(server(error));
    let fault = |error| Fault(server(error));
    let table = [
        // Pending: 200 in the admin flow, 202 in the tenant flow, 400 on the standard's routes.
        (http(200, json!({ "error": "authorization_pending" })), Pending),
        (http(202, json!({ "error": "authorization_pending" })), Pending),
        (http(400, json!({ "error": "authorization_pending" })), Pending),
        (http(200, json!({})), Pending),
        (http(202, json!({ "success": false })), Pending),
        (http(400, json!({ "error": "slow_down" })), SlowDown(None)),
        (http(429, json!({ "error": "slow_down", "interval": "10" })), SlowDown(Some(10.0))),
        (
            http(429, json!({ "error": "Rate limit exceeded", "message": "m", "limit": 10, "window": "1m" })),
            SlowDown(None),
        ),
        (http(429, json!({ "interval": 7.5 })), SlowDown(Some(7.5))),
        (html(429), SlowDown(None)),
        // What ends: denied, expired, and every other error, also in a 200, as an object, or as a sentence.
        (http(403, json!({ "error": "access_denied" })), Ended(Code::AccessDenied)),
        (http(400, json!({ "error": "access_denied" })), Ended(Code::AccessDenied)),
        (http(200, json!({ "error": "expired_token" })), Ended(Code::ExpiredToken)),
        (http(400, json!({ "error": "expired_token" })), Ended(Code::ExpiredToken)),
        (http(400, json!({ "error": "invalid_grant" })), ended("invalid_grant")),
        (http(401, json!({ "error": "invalid_client" })), ended("invalid_client")),
        (http(400, json!({ "error": "invalid_request" })), ended("invalid_request")),
        (http(400, json!({ "error": "Slow_Down" })), ended("Slow_Down")),
        (http(200, json!({ "error": { "code": "access_denied" } })), Ended(Code::AccessDenied)),
        (http(400, json!({ "error": { "error": "invalid_grant" } })), ended("invalid_grant")),
        (http(400, json!({ "error": { "code": 7 } })), Ended(Code::Http(400))),
        (http(200, json!({ "error": true })), Ended(Code::UnexpectedResponse)),
        (http(200, json!({ "error": "what a sentence" })), Ended(Code::UnexpectedResponse)),
        (http(400, json!({ "error": "auth_req_id is required" })), Ended(Code::Http(400))),
        (http(400, json!({ "error": "rate.limit-2_x" })), ended("rate.limit-2_x")),
        (http(400, json!({ "error": longest })), ended(&longest)),
        (http(400, json!({ "error": format!("{longest}c") })), Ended(Code::Http(400))),
        (http(404, json!({ "message": "no route" })), Ended(Code::Http(404))),
        (http(401, json!([])), Ended(Code::Http(401))),
        (html(404), Ended(Code::Http(404))),
        (html(302), Ended(Code::Http(302))),
        // What only delays.
        (LATE, Fault(Code::NetworkTimeout)),
        (UNREACHABLE, Fault(Code::ConnectionFailed)),
        (html(200), Fault(Code::UnexpectedResponse)),
        (html(408), Fault(Code::Http(408))),
        (html(502), Fault(Code::Http(502))),
        (http(408, json!({})), Fault(Code::Http(408))),
        (http(500, json!({ "error": "record not found" })), Fault(Code::Http(500))),
        (http(503, json!({ "error": "invalid_grant" })), fault("invalid_grant")),
        (http(200, json!({ "error": "server_error" })), fault("server_error")),
        (http(400, json!({ "error": "temporarily_unavailable" })), fault("temporarily_unavailable")),
    ];
    for (response, meaning) in table {
        assert_eq!(means(response.clone().reply()), meaning, "{response:?}");
    }
}

#[test]
fn an_initiation_has_its_request_or_one_code() {
    let initiated = |expires_in, interval| Ok(Initiated { auth_req_id: "r".into(), expires_in, interval });
    let table = [
        (http(200, json!({ "auth_req_id": "r", "expires_in": 120, "interval": 2 })), initiated(120.0, 2.0)),
        (http(200, json!({ "auth_req_id": "r", "expires_in": "120", "interval": "2.5" })), initiated(120.0, 2.5)),
        (http(201, json!({ "auth_req_id": "r" })), initiated(300.0, 5.0)),
        (http(200, json!({ "auth_req_id": "r", "interval": 0, "expires_in": -1 })), initiated(300.0, 5.0)),
        (http(200, json!({ "auth_req_id": "r", "interval": "soon", "expires_in": "" })), initiated(300.0, 5.0)),
        (http(200, json!({ "auth_req_id": "r", "interval": "1e999", "expires_in": "1e999" })), initiated(300.0, 5.0)),
        // A server of this kind also sends errors with 200, beside properties that are empty.
        (http(200, json!({ "auth_req_id": "", "error": "no_device_registered" })), Err(server("no_device_registered"))),
        (http(200, json!({ "auth_req_id": "r", "error": "user_not_found" })), Err(server("user_not_found"))),
        (http(400, json!({ "error": "tenant_not_found" })), Err(server("tenant_not_found"))),
        (http(401, json!({ "error": "invalid_client" })), Err(server("invalid_client"))),
        (http(500, json!({ "error": "Failed to initiate CIBA" })), Err(Code::Http(500))),
        (http(400, json!({ "error": "email is required" })), Err(Code::Http(400))),
        (http(400, json!({ "auth_req_id": "r" })), Err(Code::Http(400))),
        (http(408, json!({})), Err(Code::Http(408))),
        (http(429, json!({ "error": "Rate limit exceeded" })), Err(Code::Http(429))),
        (http(200, json!({})), Err(Code::UnexpectedResponse)),
        (http(200, json!({ "auth_req_id": {} })), Err(Code::UnexpectedResponse)),
        (http(502, json!({})), Err(Code::Http(502))),
        (html(200), Err(Code::UnexpectedResponse)),
        (html(404), Err(Code::Http(404))),
        (LATE, Err(Code::NetworkTimeout)),
        (UNREACHABLE, Err(Code::ConnectionFailed)),
    ];
    for (response, result) in table {
        assert_eq!(response.clone().initiated().map_err(|failure| failure.code.clone()), result, "{response:?}");
    }
    let Ok(request) = http(200, json!({ "auth_req_id": 7 })).initiated() else { panic!("a number is its text") };
    assert_eq!(request.auth_req_id, "7");
}

#[test]
fn a_totp_code_is_right_by_2xx_with_a_token_or_success_and_no_error() {
    for (status, json, token) in [
        (200, json!({ "success": true, "token": "tok" }), Some("tok")),
        (201, json!({ "access_token": "tok", "token": "other" }), Some("tok")),
        (200, json!({ "success": true }), None),
    ] {
        assert_eq!(http(status, json.clone()).verdict(), Verdict::Right(token.map(String::from)), "{status} {json}");
    }
    for (status, json) in [
        (401, json!({ "success": false, "error": "invalid_code", "token": "csrf" })),
        (401, json!({ "token": "tok" })),
        (200, json!({ "success": true, "error": "e" })),
        (200, json!({ "success": false, "token": "tok" })),
        (200, json!({ "success": "true" })),
        (500, json!({ "success": true, "token": "tok" })),
    ] {
        assert!(!matches!(http(status, json.clone()).verdict(), Verdict::Right(_)), "{status} {json}");
    }
}

#[test]
fn a_totp_code_is_wrong_by_a_refusal_that_speaks_of_the_code_and_everything_else_has_its_own_code() {
    for (status, json) in [
        // The server's own: the admin flow, then the tenant flow.
        (400, json!({ "error": "Invalid TOTP code" })),
        (401, json!({ "success": false, "message": "Invalid TOTP code" })),
        (401, json!({ "success": false, "error": "invalid_code", "token": "csrf" })),
        (401, json!({ "error": "unauthorized", "message": "The code is invalid." })),
        (400, json!({ "error": "invalid totp_code: 000000" })),
        (400, json!({ "error": { "code": "invalid_code" } })),
        (200, json!({ "success": false })),
        (401, json!({ "success": false })),
    ] {
        assert!(matches!(http(status, json.clone()).verdict(), Verdict::Wrong(_)), "{status} {json}");
    }
    let locked = "too many failed attempts; this account is temporarily locked, try again later";
    for (response, code) in [
        (http(404, json!({ "error": "User not found" })), server("user_not_found")),
        (http(401, json!({ "success": false, "message": "User not found" })), server("user_not_found")),
        (http(401, json!({ "error": "user_not_found" })), server("user_not_found")),
        (http(400, json!({ "error": "no TOTP devices registered" })), server("no_device_registered")),
        (
            http(401, json!({ "success": false, "message": "No TOTP devices registered for this user" })),
            server("no_device_registered"),
        ),
        (
            http(401, json!({ "success": false, "message": "Client not found or not mapped to tenant" })),
            server("invalid_client"),
        ),
        (http(401, json!({ "success": false, "message": "Invalid client ID format" })), server("invalid_client")),
        (http(401, json!({ "success": false, "message": "Tenant not found" })), server("tenant_not_found")),
        (http(401, json!({ "success": false, "message": locked })), server("temporarily_locked")),
        (http(429, json!({ "error": locked })), server("temporarily_locked")),
        // More exact than that it speaks of codes.
        (http(401, json!({ "message": "Temporarily locked: 5 invalid codes" })), server("temporarily_locked")),
        (http(400, json!({ "error": "Cannot decode the body: invalid character" })), Code::Http(400)),
        (http(429, json!({ "error": "Rate limit exceeded", "message": "m" })), Code::Http(429)),
        (http(400, json!({ "error": "email is required" })), Code::Http(400)),
        (http(408, json!({ "error": "invalid_code" })), Code::InvalidCode),
        (http(500, json!({ "error": "invalid memory address: code 7" })), Code::Http(500)),
        (http(503, json!({ "success": false })), Code::Http(503)),
        (http(401, json!({ "success": false, "message": "Something else" })), Code::Http(401)),
        (http(200, json!({ "success": false, "token": "tok" })), Code::UnexpectedResponse),
        (http(200, json!({})), Code::UnexpectedResponse),
        (http(200, json!([])), Code::UnexpectedResponse),
        (html(200), Code::UnexpectedResponse),
        (html(401), Code::Http(401)),
        (LATE, Code::NetworkTimeout),
        (UNREACHABLE, Code::ConnectionFailed),
    ] {
        let Verdict::NotJudged(failure) = response.clone().verdict() else { panic!("{response:?} is no verdict") };
        assert_eq!(failure.code, code, "{response:?}");
    }
}

#[test]
fn the_server_s_words_are_handed_on_under_its_own_names() {
    let words = |error_description: Option<&str>, message: Option<&str>| Words {
        error_description: error_description.map(String::from),
        message: message.map(String::from),
    };
    for (json, expected) in [
        (json!({ "error": "invalid_grant" }), words(None, None)),
        (json!({ "error": "e", "error_description": "d", "message": "m" }), words(Some("d"), Some("m"))),
        (json!({ "error": "A sentence" }), words(None, Some("A sentence"))),
        (json!({ "error": "A sentence", "message": "m" }), words(None, Some("m"))),
        (json!({ "error": { "code": "e", "message": "m" } }), words(None, Some("m"))),
        (json!({ "error": "e", "error_description": 7, "message": "" }), words(None, None)),
    ] {
        let failure = http(400, json.clone()).initiated().unwrap_err();
        assert_eq!(failure.words, expected, "{json}");
        let Reply::Ended(failure) = http(400, json.clone()).reply() else { panic!("ended") };
        assert_eq!(failure.words, expected, "{json}");
    }
    let record: Value = words(Some("d"), Some("m")).record();
    assert_eq!(record, json!({ "error_description": "d", "message": "m" }));
    assert_eq!(Words::default().record::<Value>(), json!({}));
}

#[test]
fn what_is_no_object_has_no_properties_and_other_types_count_as_absent() {
    let nothing = Json { status: 403, ..Json::default() };
    for json in [
        json!({}),
        json!({ "error": "" }),
        json!({ "access_token": 1, "token": {}, "auth_req_id": "", "success": "true" }),
        json!({ "access_token": "", "interval": null, "expires_in": [], "success": 1, "message": 7 }),
        json!([1]),
        json!(null),
        json!("token"),
        json!(7),
        json!([{ "token": "t" }]),
    ] {
        assert_eq!(Json::read(403, &json), nothing, "{json}");
    }
}
