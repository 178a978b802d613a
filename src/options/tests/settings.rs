//! What is read beside the options: the order of the checks, and the settings.

use super::*;
use crate::options::Settings;

/// A page that passes this beside valid options: what it comes to.
fn validate_with(ceremony: Ceremony, beside: Json, settings: &Json) -> Result<Request<Json>, Failure> {
    let mut argument = beside;
    argument[ceremony.options_name()] = if ceremony == Ceremony::Authentication { request() } else { creation() };
    validate(ceremony, &argument, settings)
}

#[test]
fn arguments_are_checked_in_the_documented_order_then_settings() {
    let bad_settings = || json!({ "baseUrl": 1 });
    for (ceremony, beside, settings, expected) in [
        (Ceremony::Authentication, json!({}), bad_settings(), Some(FailureKind::UserId)),
        (Ceremony::Authentication, json!({ "userId": "ada" }), bad_settings(), Some(FailureKind::StatusToken)),
        (
            Ceremony::Authentication,
            json!({ "userId": "ada", "statusToken": "" }),
            json!({}),
            Some(FailureKind::StatusToken),
        ),
        (Ceremony::Authentication, json!({ "userId": 7, "statusToken": "S" }), json!({}), Some(FailureKind::UserId)),
        (
            Ceremony::Authentication,
            json!({ "userId": "ada", "statusToken": "S" }),
            bad_settings(),
            Some(FailureKind::Unknown),
        ),
        (Ceremony::Registration, json!({}), bad_settings(), Some(FailureKind::StatusToken)),
        (Ceremony::Registration, json!({ "statusToken": "S" }), bad_settings(), Some(FailureKind::Unknown)),
        (Ceremony::Registration, json!({ "statusToken": "S" }), Json::Null, None),
        // What says that no `userId` is needed is looked at even where other settings are invalid.
        (
            Ceremony::Authentication,
            json!({}),
            json!({ "usernameless": true, "mediation": 1 }),
            Some(FailureKind::StatusToken),
        ),
        (
            Ceremony::Authentication,
            json!({ "statusToken": "S" }),
            json!({ "usernameless": 1, "mediation": "conditional" }),
            Some(FailureKind::Unknown),
        ),
        (
            Ceremony::Authentication,
            json!({ "statusToken": "S" }),
            json!({ "mediation": "optional" }),
            Some(FailureKind::UserId),
        ),
    ] {
        let found = validate_with(ceremony, beside.clone(), &settings);
        assert_eq!(found.err().map(|failure| failure.kind), expected, "{ceremony:?} {beside} {settings}");
    }
}

#[test]
fn what_stands_beside_the_options_is_found() {
    let beside = || json!({ "userId": "ada", "statusToken": "S", "authenticatorName": 7 });
    for (settings, conditional, timeout) in [
        (json!({}), false, 10_000.0),
        (json!({ "mediation": "optional", "finalizeTimeout": 1 }), false, 1.0),
        (json!({ "mediation": "conditional", "usernameless": false, "finalizeTimeout": null }), true, 10_000.0),
    ] {
        let found = validate_with(Ceremony::Authentication, beside(), &settings).unwrap();
        assert_eq!((found.user_id, found.status_token), (Some(json!("ada")), json!("S")));
        assert_eq!(found.authenticator_name, None);
        assert_eq!((found.settings.conditional, found.settings.finalize_timeout()), (conditional, timeout));
    }
}

#[test]
fn after_consent_only_what_still_matters_is_read() {
    let settings =
        json!({ "mediation": 7, "signal": "throw!", "baseUrl": "https://cloud.example", "finalizeTimeout": 5 });
    let read = Settings::read_for_outcome(&settings).unwrap();
    assert_eq!((read.finalize_timeout(), read.get("baseUrl")), (5.0, Some(json!("https://cloud.example"))));
    assert_eq!(Settings::read_for_outcome(&json!(7)).unwrap_err().message, "settings is not an object");
}

#[test]
fn every_setting_that_is_invalid_is_named() {
    for (settings, message) in [
        (json!(7), "settings is not an object"),
        (json!({ "baseUrl": 1 }), "settings.baseUrl is not text"),
        (json!({ "baseUrl": "ftp:" }), "settings.baseUrl is neither https nor http on a loopback host"),
        (json!({ "mediation": "required" }), "settings.mediation is neither conditional nor optional"),
        (json!({ "mediation": "" }), "settings.mediation is neither conditional nor optional"),
        (json!({ "mediation": true }), "settings.mediation is not text"),
        (json!({ "usernameless": "yes" }), "settings.usernameless is not true or false"),
        (json!({ "finalizeTimeout": 0 }), "settings.finalizeTimeout is not a number of milliseconds"),
        (json!({ "finalizeTimeout": 2_147_483_648_u32 }), "settings.finalizeTimeout is not a number of milliseconds"),
        (json!({ "onProgress": {} }), "settings.onProgress is not a function"),
        (json!({ "signal": "throw!" }), "settings.signal cannot be read"),
    ] {
        let failure = validate_with(Ceremony::Registration, json!({ "statusToken": "S" }), &settings).unwrap_err();
        assert_eq!((failure.kind, failure.message.as_str()), (FailureKind::Unknown, message));
    }
}
