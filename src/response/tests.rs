//! The outcomes of a finalization and the transaction statuses, as tables: docs/contract.md, sections A4 and A5.1.

use super::{Body, Response, TransactionStatus, Verdict};

#[cfg(not(target_arch = "wasm32"))]
mod properties;

fn http(status: u16, body: Option<Body>) -> Response {
    Response::Http { status, body }
}

fn body(status: Option<&str>, error_message: Option<&str>, token: Option<&str>) -> Option<Body> {
    Some(Body {
        status: status.map(String::from),
        error_message: error_message.map(String::from),
        message: None,
        token: token.map(String::from),
        ..Body::default()
    })
}

#[test]
fn a_2xx_with_a_token_and_neither_a_failure_nor_an_error_message_is_accepted() {
    for status in [200, 201, 204, 299] {
        for said in [Some("ok"), Some("success"), Some("pending"), None] {
            assert_eq!(http(status, body(said, None, Some("T"))).verdict(), Verdict::Accepted("T".into()));
        }
    }
}

#[test]
fn a_message_beside_ok_and_a_token_is_ignored() {
    let body = Body { message: Some("welcome".into()), ..body(Some("ok"), None, Some("T")).unwrap() };
    assert_eq!(http(200, Some(body)).verdict(), Verdict::Accepted("T".into()));
}

#[test]
fn a_4xx_and_a_body_that_says_so_is_a_rejection() {
    for (response, reason) in [
        (http(400, None), "Rejected by the server: HTTP 400"),
        (http(404, body(Some("ok"), None, Some("T"))), "Rejected by the server: HTTP 404"),
        (http(499, None), "Rejected by the server: HTTP 499"),
        (http(200, body(Some("failed"), None, None)), "Rejected by the server"),
        (http(200, body(Some("failed"), Some("bad signature"), None)), "Rejected by the server: bad signature"),
        (http(200, body(Some("failed"), None, Some("T"))), "Rejected by the server"),
        (http(200, body(Some("ok"), Some("bad counter"), Some("T"))), "Rejected by the server: bad counter"),
        (http(200, body(None, Some("no"), None)), "Rejected by the server: no"),
        (http(429, body(None, Some("locked"), None)), "Rejected by the server: HTTP 429: locked"),
        (http(503, body(Some("failed"), Some("late"), None)), "Rejected by the server: HTTP 503: late"),
    ] {
        assert_eq!(response.verdict(), Verdict::Refused(reason.into()));
    }
}

#[test]
fn the_reason_in_an_http_error_is_included() {
    let body = Body { message: Some("statusToken is expired".into()), ..Body::default() };
    assert_eq!(
        http(422, Some(body)).verdict(),
        Verdict::Refused("Rejected by the server: HTTP 422: statusToken is expired".into())
    );
}

#[test]
fn a_refusal_is_for_good_only_by_its_own_word() {
    let discarded = |body: Option<Body>| http(200, body.map(|body| Body { discard_passkey: true, ..body })).verdict();
    let reason = "Rejected by the server: no";
    assert_eq!(discarded(body(None, Some("no"), None)), Verdict::RefusedForGood(reason.into()));
    assert_eq!(http(200, body(None, Some("no"), None)).verdict(), Verdict::Refused(reason.into()));
    assert_eq!(discarded(body(Some("ok"), None, Some("T"))), Verdict::Accepted("T".into()));
}

#[test]
fn everything_else_is_unknown() {
    let odd = Some(Body { has_other_types: true, ..body(None, None, Some("T")).unwrap() });
    for (response, reason) in [
        (
            Response::Late("TimeoutError: Timed out after 9 ms.".into()),
            "No response from the server: TimeoutError: Timed out after 9 ms.",
        ),
        (http(408, None), "Unusable response from the server: HTTP 408"),
        (http(425, body(Some("ok"), None, Some("T"))), "Unusable response from the server: HTTP 425"),
        (http(429, None), "Unusable response from the server: HTTP 429"),
        (http(500, None), "Unusable response from the server: HTTP 500"),
        (http(599, body(Some("ok"), None, Some("T"))), "Unusable response from the server: HTTP 599"),
        (http(302, None), "Unusable response from the server: HTTP 302"),
        (http(200, None), "Unusable response from the server: the body must be a JSON object"),
        (http(200, body(None, None, None)), "Unusable response from the server: token must be a non-empty string"),
        (http(200, odd), "Unusable response from the server: status and errorMessage must be strings"),
        (
            http(200, body(Some("ok"), None, None)),
            "Unusable response from the server: token must be a non-empty string",
        ),
    ] {
        assert_eq!(response.verdict(), Verdict::Unknown(reason.into()));
    }
}

#[test]
fn a_request_that_failed_may_have_been_accepted() {
    let verdict = Response::Failed("TypeError: Failed to fetch".into()).verdict();
    assert_eq!(verdict, Verdict::Failed("No response from the server: TypeError: Failed to fetch".into()));
}

#[test]
fn the_transaction_status_is_read_from_a_2xx_alone() {
    for (response, status) in [
        (http(200, body(Some("succeeded"), None, Some("T"))), TransactionStatus::Succeeded("T".into())),
        (http(200, body(Some("succeeded"), None, None)), TransactionStatus::Unusable("odd".into())),
        (http(200, body(Some("failed"), None, None)), TransactionStatus::Failed("".into())),
        (http(200, body(Some("failed"), Some("expired"), None)), TransactionStatus::Failed(": expired".into())),
        // With the parenthesis that follows, these would end a message as texts of ours do.
        (
            http(200, body(Some("failed"), Some("check before retrying"), None)),
            TransactionStatus::Failed(": check before retrying.".into()),
        ),
        (
            http(200, body(Some("failed"), Some("no cloud: call again"), None)),
            TransactionStatus::Failed(": no cloud: call again.".into()),
        ),
        (http(200, body(Some("pending"), None, None)), TransactionStatus::Pending),
        (http(200, body(Some("unknown"), None, None)), TransactionStatus::Unknown),
        (http(200, body(Some("ok"), None, Some("T"))), TransactionStatus::Unusable("odd".into())),
        (http(200, body(None, None, Some("T"))), TransactionStatus::Unusable("odd".into())),
        (http(200, None), TransactionStatus::Unusable("odd".into())),
        (http(404, body(Some("failed"), None, None)), TransactionStatus::Unusable("odd".into())),
        (http(500, body(Some("succeeded"), None, Some("T"))), TransactionStatus::Unusable("odd".into())),
        (Response::Failed("".into()), TransactionStatus::NoResponse("none".into())),
        (Response::Late("".into()), TransactionStatus::NoResponse("none".into())),
    ] {
        let found = match response.transaction_status() {
            // The next test has the reasons.
            TransactionStatus::Unusable(_) => TransactionStatus::Unusable("odd".into()),
            TransactionStatus::NoResponse(_) => TransactionStatus::NoResponse("none".into()),
            status => status,
        };
        assert_eq!(found, status);
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod bodies {
    use serde_json::{Value, json};

    use super::Body;

    fn read(json: Value) -> Body {
        Body::read(&json).expect("an object")
    }

    fn text(text: &str) -> Option<String> {
        Some(text.into())
    }

    #[test]
    fn a_property_counts_if_it_is_a_non_empty_string() {
        assert_eq!(
            read(json!({ "error": "down", "message": 7, "token": "", "errorMessage": null, "status": null })),
            Body { message: text("down"), ..Body::default() }
        );
        assert_eq!(
            read(json!({ "token": "T", "errorMessage": "", "status": "ok", "message": "m", "error": "e" })),
            Body { status: text("ok"), token: text("T"), message: text("m"), ..Body::default() }
        );
        assert_eq!(read(json!([])), Body::default());
        assert_eq!(Body::read(&json!("ok")), None);
    }

    #[test]
    fn a_status_or_an_error_message_that_is_not_a_string_is_noticed() {
        for json in [
            json!({ "status": 200 }),
            json!({ "status": {} }),
            json!({ "errorMessage": [] }),
            json!({ "errorMessage": false }),
            json!({ "status": "throw!" }),
        ] {
            assert!(read(json.clone()).has_other_types, "{json}");
        }
    }

    #[test]
    fn quotes_that_the_cloud_escaped_are_unescaped() {
        let body = read(json!({ "errorMessage": r#"Device \'A\' \"x\" is \n odd \"#, "error": r"c:\'d" }));
        assert_eq!(body.error_message, text(r#"Device 'A' "x" is \n odd \"#));
        assert_eq!(body.message, text("c:'d"));
    }
}

#[test]
fn what_says_no_transaction_status_is_explained() {
    for (response, problem) in [
        (Response::Failed("TypeError: why".into()), "No response from the server: TypeError: why"),
        (Response::Late("TimeoutError: 5 ms".into()), "No response from the server: TimeoutError: 5 ms"),
        (http(404, None), "Unusable response from the server: HTTP 404"),
        (http(500, body(Some("succeeded"), None, Some("T"))), "Unusable response from the server: HTTP 500"),
        (http(200, None), "Unusable response from the server: the body must be a JSON object"),
        (
            http(200, body(Some("succeeded"), None, None)),
            "Unusable response from the server: status must be \"succeeded\" with a token, \"failed\", \"pending\" or \"unknown\"",
        ),
    ] {
        assert_eq!(response.transaction_status().text(), problem);
    }
}

#[test]
fn the_log_has_no_token() {
    assert_eq!(Verdict::Accepted("T".into()).text(), "accepted");
    assert_eq!(TransactionStatus::Succeeded("T".into()).text(), "succeeded");
}
