use serde_json::{Value, json};

use super::*;

#[cfg(not(target_arch = "wasm32"))]
mod properties;

impl Json for Value {
    fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.as_str().map(String::from)
    }
    fn number(&self, name: &str) -> Option<f64> {
        self.get(name)?.as_f64()
    }
    fn is_true(&self, name: &str) -> bool {
        self.get(name) == Some(&json!(true))
    }
}

fn http(status: u16, json: Value) -> Answer {
    Answer::Http { status, body: Some(Body::read(&json)) }
}

fn html(status: u16) -> Answer {
    Answer::Http { status, body: None }
}

const LATE: Answer = Answer::None(Silence::Late);
const UNREACHABLE: Answer = Answer::None(Silence::Unreachable);

#[test]
fn a_body_is_read_as_far_as_it_has_the_documented_types() {
    let json = json!({
        "access_token": "a", "token": "t", "error": "e", "auth_req_id": "r", "expires_in": 120, "interval": 0.5,
        "success": true, "message": "ignored"
    });
    let text = |text: &str| Some(String::from(text));
    let expected = Body {
        access_token: text("a"),
        token: text("t"),
        error: text("e"),
        auth_req_id: text("r"),
        expires_in: Some(120.0),
        interval: Some(0.5),
        success: true,
    };
    assert_eq!(http(200, json), Answer::Http { status: 200, body: Some(expected) });

    let wrong = json!({
        "access_token": 1, "token": {}, "error": { "code": "x" }, "auth_req_id": "", "expires_in": "300",
        "interval": null, "success": "true"
    });
    for json in [wrong, json!({}), json!([1]), json!(null), json!("token"), json!(true)] {
        assert_eq!(http(200, json), Answer::Http { status: 200, body: Some(Body::default()) });
    }
}

#[test]
fn the_answer_to_a_poll_means_what_the_contract_says() {
    let approved = || Reply::Approved("tok".into());
    let error = |code: &str| Reply::Error(code.into());
    let fault = |code: &str| Reply::Fault(code.into());
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
        (http(429, json!({ "error": "slow_down", "interval": 10 })), Reply::SlowDown(Some(10_000.0))),
        (http(403, json!({ "error": "access_denied" })), Reply::Denied),
        (http(400, json!({ "error": "access_denied" })), Reply::Denied),
        (http(200, json!({ "error": "expired_token" })), Reply::Expired),
        (http(400, json!({ "error": "expired_token" })), Reply::Expired),
        // Any other code of the server ends the poll.
        (http(400, json!({ "error": "invalid_grant" })), error("invalid_grant")),
        (http(401, json!({ "error": "invalid_client" })), error("invalid_client")),
        (http(200, json!({ "error": "server_error" })), error("server_error")),
        (http(400, json!({ "error": "Slow_Down" })), error("Slow_Down")),
        (http(404, json!({ "message": "no route" })), error("http_404")),
        (http(401, json!([])), error("http_401")),
        // Too many requests is a way to say slow down.
        (http(429, json!({ "error": "rate limited" })), Reply::SlowDown(None)),
        (http(429, json!({ "interval": 7.5 })), Reply::SlowDown(Some(7_500.0))),
        (html(429), Reply::SlowDown(None)),
        // Nothing decided.
        (http(200, json!({})), Reply::Pending),
        (http(202, json!({ "success": false })), Reply::Pending),
        // Nobody knows.
        (LATE, fault("network_timeout")),
        (UNREACHABLE, fault("connection_failed")),
        (html(200), fault("connection_failed")),
        (html(404), fault("connection_failed")),
        (html(502), fault("connection_failed")),
        (http(500, json!({ "error": "Failed to poll token" })), fault("Failed to poll token")),
        (http(503, json!({})), fault("connection_failed")),
        (http(500, json!({ "access_token": "tok" })), fault("connection_failed")),
    ];
    for (answer, reply) in table {
        assert_eq!(answer.clone().reply(), reply, "{answer:?}");
    }
}

#[test]
fn an_initiation_has_its_request_or_one_code() {
    let initiated = |expires_in, interval| Ok(Initiated { auth_req_id: "r".into(), expires_in, interval });
    let failed = |code: &str| Err(String::from(code));
    let table = [
        (http(200, json!({ "auth_req_id": "r", "expires_in": 120, "interval": 2 })), initiated(120_000.0, 2_000.0)),
        (http(201, json!({ "auth_req_id": "r" })), initiated(300_000.0, 5_000.0)),
        (http(200, json!({ "auth_req_id": "r", "interval": 0, "expires_in": -1 })), initiated(300_000.0, 5_000.0)),
        (http(200, json!({ "auth_req_id": "r", "interval": "1" })), initiated(300_000.0, 5_000.0)),
        // A server of this kind answers errors with 200 as well, beside members that are empty.
        (http(200, json!({ "auth_req_id": "", "error": "no_device_registered" })), failed("no_device_registered")),
        (http(200, json!({ "auth_req_id": "r", "error": "user_not_found" })), failed("user_not_found")),
        (http(400, json!({ "error": "user_not_found" })), failed("user_not_found")),
        (http(500, json!({ "error": "Failed to initiate CIBA" })), failed("Failed to initiate CIBA")),
        (http(400, json!({ "auth_req_id": "r" })), failed("http_400")),
        (http(429, json!({})), failed("http_429")),
        (http(200, json!({})), failed("http_200")),
        (http(200, json!({ "auth_req_id": 7 })), failed("http_200")),
        (http(502, json!({})), failed("connection_failed")),
        (html(200), failed("connection_failed")),
        (html(404), failed("connection_failed")),
        (LATE, failed("network_timeout")),
        (UNREACHABLE, failed("connection_failed")),
    ];
    for (answer, result) in table {
        assert_eq!(answer.clone().initiated(), result, "{answer:?}");
    }
}

#[test]
fn the_page_gets_seconds_and_the_request() {
    let initiated = Initiated { auth_req_id: "r\"1".into(), expires_in: 300_000.0, interval: 2_500.0 };
    assert_eq!(initiated.json(), r#"{"auth_req_id":"r\"1","expires_in":300,"interval":2.5}"#);
}

#[test]
fn a_totp_code_is_judged_by_any_json_with_2xx_or_4xx_except_429() {
    let right = |token: Option<&str>| Judgement::Right(token.map(String::from));
    let unjudged = |code: &str| Judgement::Unjudged(code.into());
    let table = [
        (http(200, json!({ "success": true, "token": "tok" })), right(Some("tok"))),
        (http(200, json!({ "access_token": "tok" })), right(Some("tok"))),
        (http(200, json!({ "token": "tok", "access_token": "other" })), right(Some("tok"))),
        (http(401, json!({ "token": "tok" })), right(Some("tok"))),
        (http(200, json!({ "success": true })), right(None)),
        (http(200, json!({ "success": false })), Judgement::Wrong),
        (http(200, json!({ "success": "true" })), Judgement::Wrong),
        (http(200, json!({})), Judgement::Wrong),
        (http(200, json!([])), Judgement::Wrong),
        (http(400, json!({ "error": "Invalid TOTP code" })), Judgement::Wrong),
        (http(401, json!({ "success": false, "error": "user_not_found" })), Judgement::Wrong),
        (http(499, json!(null)), Judgement::Wrong),
        (http(429, json!({ "error": "locked" })), unjudged("locked")),
        (http(429, json!({})), unjudged("http_429")),
        (http(500, json!({ "success": true, "token": "tok" })), unjudged("connection_failed")),
        (http(503, json!({ "error": "maintenance" })), unjudged("maintenance")),
        (html(200), unjudged("connection_failed")),
        (html(401), unjudged("connection_failed")),
        (LATE, unjudged("network_timeout")),
        (UNREACHABLE, unjudged("connection_failed")),
    ];
    for (answer, judgement) in table {
        assert_eq!(answer.clone().judgement(), judgement, "{answer:?}");
    }
}
