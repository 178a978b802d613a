//! What is read beside the options: the order of the checks, the settings, and what the cloud answers.

use super::*;
use crate::answer::Body;

/// A page that passes this beside valid options: what was found.
fn check_with(ceremony: Ceremony, beside: Json, settings: Json) -> Result<Arguments, Failure> {
    let mut argument = beside;
    argument[ceremony.options_name()] = if ceremony == Ceremony::Authentication { request() } else { creation() };
    check_pair(ceremony, json!({ "options": argument, "settings": settings })).0
}

#[test]
fn arguments_are_checked_in_the_documented_order_then_settings() {
    let bad_settings = || json!({ "baseUrl": 1 });
    for (ceremony, beside, settings, expected) in [
        (Ceremony::Authentication, json!({}), bad_settings(), Some(Fault::UserId)),
        (Ceremony::Authentication, json!({ "userId": "ada" }), bad_settings(), Some(Fault::StatusToken)),
        (Ceremony::Authentication, json!({ "userId": "ada", "statusToken": "" }), json!({}), Some(Fault::StatusToken)),
        (Ceremony::Authentication, json!({ "userId": 7, "statusToken": "S" }), json!({}), Some(Fault::UserId)),
        (
            Ceremony::Authentication,
            json!({ "userId": "ada", "statusToken": "S" }),
            bad_settings(),
            Some(Fault::Unknown),
        ),
        (Ceremony::Registration, json!({}), bad_settings(), Some(Fault::StatusToken)),
        (Ceremony::Registration, json!({ "statusToken": "S" }), bad_settings(), Some(Fault::Unknown)),
        (Ceremony::Registration, json!({ "statusToken": "S" }), Json::Null, None),
        // What says that no `userId` is needed is looked at even where other settings are invalid.
        (
            Ceremony::Authentication,
            json!({}),
            json!({ "usernameless": true, "mediation": 1 }),
            Some(Fault::StatusToken),
        ),
        (
            Ceremony::Authentication,
            json!({ "statusToken": "S" }),
            json!({ "usernameless": 1, "mediation": "conditional" }),
            Some(Fault::Unknown),
        ),
        (
            Ceremony::Authentication,
            json!({ "statusToken": "S" }),
            json!({ "mediation": "optional" }),
            Some(Fault::UserId),
        ),
    ] {
        let found = check_with(ceremony, beside.clone(), settings.clone());
        assert_eq!(found.err().map(|failure| failure.fault), expected, "{ceremony:?} {beside} {settings}");
    }
}

#[test]
fn the_options_and_settings_that_decide_are_found() {
    let beside = || json!({ "userId": "ada", "statusToken": "S", "authenticatorName": 7 });
    for (settings, conditional) in [
        (json!({}), false),
        (json!({ "mediation": "optional", "finalizeTimeout": 1 }), false),
        (json!({ "mediation": "conditional", "usernameless": false }), true),
    ] {
        let found = check_with(Ceremony::Authentication, beside(), settings);
        assert_eq!(found, Ok(Arguments { timeout: Some(60000.0), conditional }));
    }
}

#[test]
fn every_setting_that_is_invalid_is_named() {
    for (settings, message) in [
        (json!(7), "settings is not an object"),
        (json!({ "baseUrl": 1 }), "settings.baseUrl is not text"),
        (json!({ "baseUrl": "" }), "settings.baseUrl is neither https nor http on a loopback host"),
        (json!({ "mediation": "required" }), "settings.mediation is neither conditional nor optional"),
        (json!({ "mediation": "" }), "settings.mediation is neither conditional nor optional"),
        (json!({ "mediation": true }), "settings.mediation is not text"),
        (json!({ "usernameless": "yes" }), "settings.usernameless is not true or false"),
        (json!({ "finalizeTimeout": 0 }), "settings.finalizeTimeout is not a number of milliseconds"),
        (json!({ "finalizeTimeout": 2_147_483_648_u32 }), "settings.finalizeTimeout is not a number of milliseconds"),
        (json!({ "onProgress": {} }), "settings.onProgress is not a function"),
        (json!({ "signal": "throw!" }), "settings.signal cannot be read"),
    ] {
        let failure = check_with(Ceremony::Registration, json!({ "statusToken": "S" }), settings).unwrap_err();
        assert_eq!((failure.fault, failure.message.as_str()), (Fault::Unknown, message));
    }
}

#[test]
fn an_answers_members_are_taken_where_they_are_text() {
    let body = |json: Json| Body::read(read(&json, READ[2]).0);
    let text = |text: &str| Some(String::from(text));
    assert_eq!(
        body(json!({ "status": 503, "error": "down", "message": 7, "token": "" })),
        Some(Body { message: text("down"), ..Body::default() })
    );
    assert_eq!(
        body(json!({ "token": "T", "errorMessage": [], "status": "ok" })),
        Some(Body { status: text("ok"), token: text("T"), ..Body::default() })
    );
    assert_eq!(body(json!([])), Some(Body::default()));
    assert_eq!(body(json!("ok")), None);
}
