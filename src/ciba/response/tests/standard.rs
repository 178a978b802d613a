//! The messages of OpenID CIBA Core 1.0, written from its text.

use super::*;

/// OpenID CIBA Core 1.0, sections 7.3 and 13.
#[test]
fn the_standard_s_responses_to_an_initiation_are_understood() {
    let id = "1c266114-a1be-4252-8ad1-04986c5b9ac1";
    for (json, expires_in, interval) in [
        (json!({ "auth_req_id": id, "expires_in": 120, "interval": 2 }), 120.0, 2.0),
        // "If no value is provided, clients MUST use 5 as the default value."
        (json!({ "auth_req_id": id, "expires_in": 3600 }), 3600.0, 5.0),
    ] {
        let initiated = http(200, json).initiated().expect("a request");
        assert_eq!(initiated, Initiated { auth_req_id: id.into(), expires_in, interval });
    }
    for (status, error) in [
        (400, "invalid_request"),
        (400, "invalid_scope"),
        (400, "expired_login_hint_token"),
        (400, "unknown_user_id"),
        (400, "unauthorized_client"),
        (400, "missing_user_code"),
        (400, "invalid_user_code"),
        (400, "invalid_binding_message"),
        (401, "invalid_client"),
    ] {
        let json = json!({ "error": error, "error_description": "why, for developers" });
        let failure = http(status, json).initiated().expect_err("no request");
        assert_eq!((&failure.code, failure.code.is_transient()), (&server(error), false));
        assert_eq!(failure.words.error_description.as_deref(), Some("why, for developers"));
    }
    let denied = http(403, json!({ "error": "access_denied" })).initiated().expect_err("no request");
    assert_eq!(denied.code, Code::AccessDenied);
}

/// OpenID CIBA Core 1.0, sections 10.1.1 and 11.
#[test]
fn the_standard_s_responses_to_a_poll_are_understood() {
    let tokens = json!({
        "access_token": "G5kXH2wHvUra0sHlDy1iTkDJgsgUO1bN", "token_type": "Bearer", "refresh_token": "another",
        "expires_in": 120, "id_token": "a JWT",
    });
    assert_eq!(means(http(200, tokens).reply()), Means::Approved("G5kXH2wHvUra0sHlDy1iTkDJgsgUO1bN"));
    for (error, meaning) in [
        ("authorization_pending", Means::Pending),
        ("slow_down", Means::SlowDown(None)),
        ("expired_token", Means::Ended(Code::ExpiredToken)),
        ("access_denied", Means::Ended(Code::AccessDenied)),
        ("invalid_grant", Means::Ended(server("invalid_grant"))),
        ("invalid_request", Means::Ended(server("invalid_request"))),
        ("unauthorized_client", Means::Ended(server("unauthorized_client"))),
    ] {
        assert_eq!(means(http(400, json!({ "error": error })).reply()), meaning, "{error}");
    }
}
