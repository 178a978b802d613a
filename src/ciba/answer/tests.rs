use serde_json::{Value, json};

use super::*;

#[cfg(not(target_arch = "wasm32"))]
mod properties;

/// As `js/ciba-wire.js` reads it.
fn http(status: u16, json: Value) -> Answer {
    let is_text = |name: &str| json.get(name).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    let number = |name: &str| json.get(name).and_then(Value::as_f64).unwrap_or(0.0);
    Answer::Json(Json {
        status,
        error: match json.get("error").and_then(Value::as_str) {
            None | Some("") => Named::Nothing,
            Some("authorization_pending") => Named::Pending,
            Some("slow_down") => Named::SlowDown,
            Some("access_denied") => Named::AccessDenied,
            Some("expired_token") => Named::ExpiredToken,
            Some("invalid_request") => Named::InvalidRequest,
            Some(_) => Named::Other,
        },
        has_token: is_text("access_token") || is_text("token"),
        has_id: is_text("auth_req_id"),
        success: json.get("success") == Some(&json!(true)),
        expires_in: number("expires_in"),
        interval: number("interval"),
    })
}

const fn html(status: u16) -> Answer {
    Answer::NotJson(status)
}

const LATE: Answer = Answer::Late;
const UNREACHABLE: Answer = Answer::Unreachable;

#[test]
fn the_answer_to_a_poll_means_what_the_contract_says() {
    let [approved, denied, expired] = [Code::Approved, Code::AccessDenied, Code::ExpiredToken].map(Reply::End);
    let [theirs, unnamed, invalid] = [Code::Theirs, Code::Http, Code::InvalidRequest].map(Reply::End);
    let [late, failed, broken] = [Code::NetworkTimeout, Code::ConnectionFailed, Code::Theirs].map(Reply::Fault);
    let table = [
        // Approved: either member, the first one as the published SDK takes them.
        (http(200, json!({ "access_token": "tok" })), approved),
        (http(200, json!({ "token": "tok" })), approved),
        (http(200, json!({ "access_token": "tok", "token": "other" })), approved),
        (http(200, json!({ "access_token": "tok", "error": "authorization_pending" })), approved),
        (http(200, json!({ "access_token": "" })), Reply::Pending),
        // The four codes, whatever HTTP status a server puts them under.
        (http(200, json!({ "error": "authorization_pending" })), Reply::Pending),
        (http(202, json!({ "error": "authorization_pending" })), Reply::Pending),
        (http(400, json!({ "error": "authorization_pending" })), Reply::Pending),
        (http(400, json!({ "error": "slow_down" })), Reply::SlowDown(None)),
        (http(429, json!({ "error": "slow_down", "interval": 10 })), Reply::SlowDown(Some(10.0))),
        (http(403, json!({ "error": "access_denied" })), denied),
        (http(400, json!({ "error": "access_denied" })), denied),
        (http(200, json!({ "error": "expired_token" })), expired),
        (http(400, json!({ "error": "expired_token" })), expired),
        // Any other code of the server ends the poll.
        (http(400, json!({ "error": "invalid_grant" })), theirs),
        (http(401, json!({ "error": "invalid_client" })), theirs),
        (http(400, json!({ "error": "invalid_request" })), invalid),
        (http(200, json!({ "error": "server_error" })), theirs),
        (http(400, json!({ "error": "Slow_Down" })), theirs),
        (http(404, json!({ "message": "no route" })), unnamed),
        (http(401, json!([])), unnamed),
        // Too many requests is a way to say slow down.
        (http(429, json!({ "error": "rate limited" })), Reply::SlowDown(None)),
        (http(429, json!({ "interval": 7.5 })), Reply::SlowDown(Some(7.5))),
        (html(429), Reply::SlowDown(None)),
        // Nothing decided.
        (http(200, json!({})), Reply::Pending),
        (http(202, json!({ "success": false })), Reply::Pending),
        // Nobody knows.
        (LATE, late),
        (UNREACHABLE, failed),
        (html(200), failed),
        (html(404), failed),
        (html(502), failed),
        (http(500, json!({ "error": "Failed to poll token" })), broken),
        (http(503, json!({})), failed),
        (http(500, json!({ "access_token": "tok" })), failed),
    ];
    for (answer, reply) in table {
        assert_eq!(answer.reply(), reply, "{answer:?}");
    }
}

#[test]
fn an_initiation_has_its_request_or_one_code() {
    let initiated = |expires_in, interval| Ok(Initiated { expires_in, interval });
    let table = [
        (http(200, json!({ "auth_req_id": "r", "expires_in": 120, "interval": 2 })), initiated(120.0, 2.0)),
        (http(201, json!({ "auth_req_id": "r" })), initiated(300.0, 5.0)),
        (http(200, json!({ "auth_req_id": "r", "interval": 0, "expires_in": -1 })), initiated(300.0, 5.0)),
        (http(200, json!({ "auth_req_id": "r", "interval": "1" })), initiated(300.0, 5.0)),
        // A server of this kind answers errors with 200 as well, beside members that are empty.
        (http(200, json!({ "auth_req_id": "", "error": "no_device_registered" })), Err(Code::Theirs)),
        (http(200, json!({ "auth_req_id": "r", "error": "user_not_found" })), Err(Code::Theirs)),
        (http(400, json!({ "error": "user_not_found" })), Err(Code::Theirs)),
        (http(500, json!({ "error": "Failed to initiate CIBA" })), Err(Code::Theirs)),
        (http(400, json!({ "auth_req_id": "r" })), Err(Code::Http)),
        (http(429, json!({})), Err(Code::Http)),
        (http(200, json!({})), Err(Code::Http)),
        (http(200, json!({ "auth_req_id": 7 })), Err(Code::Http)),
        (http(502, json!({})), Err(Code::ConnectionFailed)),
        (html(200), Err(Code::ConnectionFailed)),
        (html(404), Err(Code::ConnectionFailed)),
        (LATE, Err(Code::NetworkTimeout)),
        (UNREACHABLE, Err(Code::ConnectionFailed)),
    ];
    for (answer, result) in table {
        assert_eq!(answer.initiated(), result, "{answer:?}");
    }
}

#[test]
fn a_totp_code_is_judged_by_any_json_with_2xx_or_4xx_except_429() {
    let unjudged = Judgement::Unjudged;
    let table = [
        (http(200, json!({ "success": true, "token": "tok" })), Judgement::Right),
        (http(200, json!({ "access_token": "tok" })), Judgement::Right),
        (http(200, json!({ "token": "tok", "access_token": "other" })), Judgement::Right),
        (http(401, json!({ "token": "tok" })), Judgement::Right),
        (http(200, json!({ "success": true })), Judgement::Right),
        (http(200, json!({ "success": false })), Judgement::Wrong),
        (http(200, json!({ "success": "true" })), Judgement::Wrong),
        (http(200, json!({})), Judgement::Wrong),
        (http(200, json!([])), Judgement::Wrong),
        (http(400, json!({ "error": "Invalid TOTP code" })), Judgement::Wrong),
        (http(401, json!({ "success": false, "error": "user_not_found" })), Judgement::Wrong),
        (http(499, json!(null)), Judgement::Wrong),
        (http(429, json!({ "error": "locked" })), unjudged(Code::Theirs)),
        (http(429, json!({})), unjudged(Code::Http)),
        (http(500, json!({ "success": true, "token": "tok" })), unjudged(Code::ConnectionFailed)),
        (http(503, json!({ "error": "maintenance" })), unjudged(Code::Theirs)),
        (html(200), unjudged(Code::ConnectionFailed)),
        (html(401), unjudged(Code::ConnectionFailed)),
        (LATE, unjudged(Code::NetworkTimeout)),
        (UNREACHABLE, unjudged(Code::ConnectionFailed)),
    ];
    for (answer, judgement) in table {
        assert_eq!(answer.judgement(), judgement, "{answer:?}");
    }
}
