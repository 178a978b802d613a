use serde_json::{Value, json};

use super::*;

mod properties;

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

#[test]
fn the_response_to_a_poll_means_what_the_contract_says() {
    let approved = || Reply::Approved("tok".into());
    let ended = |error| Reply::Ended(server(error));
    let http_error = |status| Reply::Ended(Code::Http(status));
    let [denied, expired, invalid] = [Code::AccessDenied, Code::ExpiredToken, Code::InvalidRequest].map(Reply::Ended);
    let [late, failed] = [Code::NetworkTimeout, Code::ConnectionFailed].map(Reply::Fault);
    let table = [
        // Approved: either member, the first one as the published SDK takes them.
        (http(200, json!({ "access_token": "tok" })), approved()),
        (http(200, json!({ "token": "tok" })), approved()),
        (http(200, json!({ "access_token": "tok", "token": "other" })), approved()),
        (http(200, json!({ "access_token": "tok", "error": "authorization_pending" })), approved()),
        (http(200, json!({ "access_token": "" })), Reply::Pending),
        // The four codes, whatever HTTP status a server puts them under.
        (http(200, json!({ "error": "authorization_pending" })), Reply::Pending),
        (http(202, json!({ "error": "authorization_pending" })), Reply::Pending),
        (http(400, json!({ "error": "authorization_pending" })), Reply::Pending),
        (http(400, json!({ "error": "slow_down" })), Reply::SlowDown(None)),
        (http(429, json!({ "error": "slow_down", "interval": 10 })), Reply::SlowDown(Some(10.0))),
        (http(403, json!({ "error": "access_denied" })), denied.clone()),
        (http(400, json!({ "error": "access_denied" })), denied),
        (http(200, json!({ "error": "expired_token" })), expired.clone()),
        (http(400, json!({ "error": "expired_token" })), expired),
        // Any other code of the server ends the poll.
        (http(400, json!({ "error": "invalid_grant" })), ended("invalid_grant")),
        (http(401, json!({ "error": "invalid_client" })), ended("invalid_client")),
        (http(400, json!({ "error": "invalid_request" })), invalid),
        (http(200, json!({ "error": "server_error" })), ended("server_error")),
        (http(400, json!({ "error": "Slow_Down" })), ended("Slow_Down")),
        (http(404, json!({ "message": "no route" })), http_error(404)),
        (http(401, json!([])), http_error(401)),
        (http(400, json!({ "error": { "code": "x" } })), http_error(400)),
        // Too many requests is a way to say slow down.
        (http(429, json!({ "error": "rate limited" })), Reply::SlowDown(None)),
        (http(429, json!({ "interval": 7.5 })), Reply::SlowDown(Some(7.5))),
        (html(429), Reply::SlowDown(None)),
        // Nothing decided.
        (http(200, json!({})), Reply::Pending),
        (http(202, json!({ "success": false })), Reply::Pending),
        // Nobody knows.
        (LATE, late),
        (UNREACHABLE, failed.clone()),
        (html(200), failed.clone()),
        (html(404), failed.clone()),
        (html(502), failed.clone()),
        (http(500, json!({ "error": "Failed to poll token" })), Reply::Fault(server("Failed to poll token"))),
        (http(503, json!({})), failed.clone()),
        (http(500, json!({ "access_token": "tok" })), failed),
    ];
    for (response, reply) in table {
        assert_eq!(response.clone().reply(), reply, "{response:?}");
    }
}

#[test]
fn an_initiation_has_its_request_or_one_code() {
    let initiated = |expires_in, interval| Ok(Initiated { auth_req_id: "r".into(), expires_in, interval });
    let table = [
        (http(200, json!({ "auth_req_id": "r", "expires_in": 120, "interval": 2 })), initiated(120.0, 2.0)),
        (http(201, json!({ "auth_req_id": "r" })), initiated(300.0, 5.0)),
        (http(200, json!({ "auth_req_id": "r", "interval": 0, "expires_in": -1 })), initiated(300.0, 5.0)),
        (http(200, json!({ "auth_req_id": "r", "interval": "1" })), initiated(300.0, 5.0)),
        // A server of this kind also sends errors with 200, beside properties that are empty.
        (http(200, json!({ "auth_req_id": "", "error": "no_device_registered" })), Err(server("no_device_registered"))),
        (http(200, json!({ "auth_req_id": "r", "error": "user_not_found" })), Err(server("user_not_found"))),
        (http(400, json!({ "error": "user_not_found" })), Err(server("user_not_found"))),
        (http(500, json!({ "error": "Failed to initiate CIBA" })), Err(server("Failed to initiate CIBA"))),
        (http(400, json!({ "auth_req_id": "r" })), Err(Code::Http(400))),
        (http(429, json!({})), Err(Code::Http(429))),
        (http(200, json!({})), Err(Code::Http(200))),
        (http(200, json!({ "auth_req_id": 7 })), Err(Code::Http(200))),
        (http(502, json!({})), Err(Code::ConnectionFailed)),
        (html(200), Err(Code::ConnectionFailed)),
        (html(404), Err(Code::ConnectionFailed)),
        (LATE, Err(Code::NetworkTimeout)),
        (UNREACHABLE, Err(Code::ConnectionFailed)),
    ];
    for (response, result) in table {
        assert_eq!(response.clone().initiated(), result, "{response:?}");
    }
}

#[test]
fn a_totp_code_is_judged_by_any_json_with_2xx_or_4xx_except_429() {
    let right = |token: &str| Verdict::Right(Some(token.into()));
    let table = [
        (http(200, json!({ "success": true, "token": "tok" })), right("tok")),
        (http(200, json!({ "access_token": "tok" })), right("tok")),
        (http(200, json!({ "token": "tok", "access_token": "other" })), right("tok")),
        (http(401, json!({ "token": "tok" })), right("tok")),
        (http(200, json!({ "success": true })), Verdict::Right(None)),
        (http(200, json!({ "success": false })), Verdict::Wrong),
        (http(200, json!({ "success": "true" })), Verdict::Wrong),
        (http(200, json!({})), Verdict::Wrong),
        (http(200, json!([])), Verdict::Wrong),
        (http(400, json!({ "error": "Invalid TOTP code" })), Verdict::Wrong),
        (http(401, json!({ "success": false, "error": "user_not_found" })), Verdict::Wrong),
        (http(499, json!(null)), Verdict::Wrong),
        (http(429, json!({ "error": "locked" })), Verdict::NotJudged(server("locked"))),
        (http(429, json!({})), Verdict::NotJudged(Code::Http(429))),
        (http(500, json!({ "success": true, "token": "tok" })), Verdict::NotJudged(Code::ConnectionFailed)),
        (http(503, json!({ "error": "maintenance" })), Verdict::NotJudged(server("maintenance"))),
        (html(200), Verdict::NotJudged(Code::ConnectionFailed)),
        (html(401), Verdict::NotJudged(Code::ConnectionFailed)),
        (LATE, Verdict::NotJudged(Code::NetworkTimeout)),
        (UNREACHABLE, Verdict::NotJudged(Code::ConnectionFailed)),
    ];
    for (response, verdict) in table {
        assert_eq!(response.clone().verdict(), verdict, "{response:?}");
    }
}

#[test]
fn json_is_read_as_far_as_it_has_the_documented_types() {
    let nothing = Json { status: 403, ..Json::default() };
    let string = |text: &str| Some(text.to_owned());
    let table = [
        (json!({}), nothing.clone()),
        (json!({ "error": "e", "interval": 10 }), Json { error: string("e"), interval: Some(10.0), ..nothing.clone() }),
        (json!({ "error": "" }), nothing.clone()),
        (
            json!({ "access_token": "a", "token": "t", "success": true }),
            Json { access_token: string("a"), token: string("t"), success: true, ..nothing.clone() },
        ),
        (
            json!({ "auth_req_id": "r", "expires_in": 120, "interval": 0.5, "message": "ignored" }),
            Json { auth_req_id: string("r"), expires_in: Some(120.0), interval: Some(0.5), ..nothing.clone() },
        ),
        (
            json!({ "access_token": 1, "token": {}, "error": { "code": "x" }, "auth_req_id": "", "success": "true" }),
            nothing.clone(),
        ),
        (json!({ "access_token": "", "expires_in": "300", "interval": null, "success": 1 }), nothing.clone()),
        (json!([1]), nothing.clone()),
        (json!(null), nothing.clone()),
        (json!("token"), nothing.clone()),
        (json!(7), nothing.clone()),
        (json!([{ "token": "t" }]), nothing),
    ];
    for (json, read) in table {
        assert_eq!(Json::read(403, &json), read, "{json}");
    }
}
