//! The other properties of the argument, the settings, and the order of the checks.

use super::*;
use crate::cause::Cause;
use crate::options::{Mediation, OutcomeRequest, ceremony_of};

/// Validates an argument that has valid options and these properties.
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
        // A setting that makes `userId` optional counts even if other settings are invalid.
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
        // Browsers have no such registration.
        (
            Ceremony::Registration,
            json!({ "statusToken": "S" }),
            json!({ "mediation": "immediate" }),
            Some(FailureKind::Unknown),
        ),
    ] {
        let found = validate_with(ceremony, beside.clone(), &settings);
        assert_eq!(found.err().map(|failure| failure.kind), expected, "{ceremony:?} {beside} {settings}");
    }
}

#[test]
fn the_other_properties_of_the_argument_are_read() {
    let beside = || json!({ "userId": "ada", "statusToken": "S", "authenticatorName": 7 });
    for (settings, mediation, timeout) in [
        (json!({}), Mediation::Optional, 10_000.0),
        (json!({ "mediation": "optional", "finalizeTimeout": 1 }), Mediation::Optional, 1.0),
        (
            json!({ "mediation": "conditional", "usernameless": false, "finalizeTimeout": null }),
            Mediation::Conditional,
            10_000.0,
        ),
    ] {
        let found = validate_with(Ceremony::Authentication, beside(), &settings).unwrap();
        assert_eq!((found.user_id, found.status_token), (Some(json!("ada")), json!("S")));
        assert_eq!(found.authenticator_name, None);
        assert_eq!((found.settings.mediation, found.settings.finalize_timeout()), (mediation, timeout));
    }
}

#[test]
fn a_mediation_is_one_that_the_ceremony_has() {
    let argument = json!({ "userId": "ada", "statusToken": "S" });
    for (ceremony, mediation, choices) in [
        (Ceremony::Authentication, "required", "\"conditional\", \"immediate\" or \"optional\""),
        (Ceremony::Registration, "immediate", "\"conditional\" or \"optional\""),
    ] {
        let failure = validate_with(ceremony, argument.clone(), &json!({ "mediation": mediation })).unwrap_err();
        assert_eq!(failure.message, format!("settings.mediation must be {choices}"));
    }
}

#[test]
fn an_immediate_prompt_needs_no_user_and_takes_no_list_of_passkeys() {
    let settings = json!({ "mediation": "immediate" });
    let read = |list: Option<Json>| {
        let mut options = request();
        match list {
            Some(list) => options["allowCredentials"] = list,
            None => drop(options.as_object_mut().unwrap().remove("allowCredentials")),
        }
        validate(
            Ceremony::Authentication,
            &json!({ "credentialRequestOptions": options, "statusToken": "S" }),
            &settings,
        )
    };
    for list in [None, Some(Json::Null), Some(json!([]))] {
        assert_eq!(read(list).unwrap().settings.mediation, Mediation::Immediate);
    }
    let failure = read(Some(json!([{ "type": "public-key", "id": "AQ" }]))).unwrap_err();
    assert_eq!(
        (failure.kind, &*failure.message),
        (
            FailureKind::Options,
            "credentialRequestOptions.allowCredentials must be empty or absent with mediation \"immediate\""
        )
    );
}

#[test]
fn without_a_base_url_the_cloud_is_at_the_page_s_own_origin() {
    for (settings, base_url) in [
        (json!(null), "https://own.example"),
        (json!({ "baseUrl": null }), "https://own.example"),
        (json!({ "baseUrl": "https://cloud.example" }), "https://cloud.example"),
    ] {
        let transaction = json!({ "statusToken": "S" });
        let request = OutcomeRequest::read(Some(Ceremony::Authentication), &transaction, &settings).unwrap();
        assert_eq!(request.settings.base_url, base_url);
    }
}

#[test]
fn the_outcome_of_a_transaction_is_asked_for_by_its_token_and_its_ceremony() {
    let read = |transaction: Json, settings: Json| {
        OutcomeRequest::read(ceremony_of(&transaction), &transaction, &settings)
            .map(|request| (request.ceremony, request.status_token, request.settings.wait()))
            .map_err(|failure| (failure.kind, failure.cause, failure.message))
    };
    let (approval, registration) = (Ceremony::Authentication, Ceremony::Registration);
    for (transaction, settings, ceremony, wait) in [
        (json!({ "statusToken": "S" }), json!(null), approval, 0.0),
        (json!({ "statusToken": "S", "ceremony": null }), json!({}), approval, 0.0),
        (json!({ "statusToken": "S", "ceremony": "authentication" }), json!({ "wait": 0 }), approval, 0.0),
        (json!({ "statusToken": "S", "ceremony": "registration" }), json!({ "wait": 1.5 }), registration, 1.5),
    ] {
        assert_eq!(read(transaction, settings), Ok((ceremony, json!("S"), wait)));
    }
    let pass = "statusToken must be a non-empty string: pass { statusToken }";
    let awaited = format!("{pass}, but the argument is a promise: await it first");
    let (token, settings) = (FailureKind::StatusToken, FailureKind::Unknown);
    for (transaction, own, kind, message) in [
        (json!(null), json!(7), token, pass),
        (json!("S"), json!({}), token, pass),
        (json!({ "statusToken": "" }), json!({}), token, pass),
        (json!({ "statusToken": 1, "ceremony": "other" }), json!({}), token, pass),
        (json!({ "then": "function!" }), json!({}), token, awaited.as_str()),
        (
            json!({ "statusToken": "S", "ceremony": "enrollment" }),
            json!({}),
            settings,
            "ceremony must be \"authentication\" or \"registration\"",
        ),
        (
            json!({ "statusToken": "S" }),
            json!({ "wait": -1 }),
            settings,
            "settings.wait must be a non-negative number of milliseconds",
        ),
        (json!({ "statusToken": "S" }), json!({ "onEnd": 1 }), settings, "settings.onEnd must be a function"),
        (json!({ "statusToken": "S" }), json!({ "debug": 1 }), settings, "settings.debug must be a boolean"),
    ] {
        let cause = if kind == token { Cause::InvalidOptions } else { Cause::InvalidSettings };
        assert_eq!(read(transaction, own), Err((kind, cause, message.to_owned())));
    }
}

#[test]
fn every_invalid_setting_is_named_with_what_it_must_be() {
    for (settings, message) in [
        (json!(7), "settings must be an object with readable properties"),
        (
            json!({ "baseUrl": 1 }),
            "settings.baseUrl must be an https URL, a path of the page's own origin, or http on a loopback host",
        ),
        (
            json!({ "baseUrl": "ftp:" }),
            "settings.baseUrl must be an https URL, a path of the page's own origin, or http on a loopback host",
        ),
        (json!({ "onEnd": "f" }), "settings.onEnd must be a function"),
        (json!({ "debug": "yes" }), "settings.debug must be a boolean"),
        (json!({ "mediation": "required" }), "settings.mediation must be \"conditional\" or \"optional\""),
        (json!({ "mediation": "" }), "settings.mediation must be \"conditional\" or \"optional\""),
        (json!({ "mediation": true }), "settings.mediation must be \"conditional\" or \"optional\""),
        (json!({ "signals": true }), "settings.signals must be \"on\" or \"off\""),
        (json!({ "onCredential": {} }), "settings.onCredential must be a function"),
        (json!({ "isUnknownCredential": true }), "settings.isUnknownCredential must be a function"),
        (json!({ "usernameless": "yes" }), "settings.usernameless must be a boolean"),
        (
            json!({ "finalizeTimeout": 0 }),
            "settings.finalizeTimeout must be a positive number of milliseconds below 2147483648",
        ),
        (
            json!({ "finalizeTimeout": 2_147_483_648_u32 }),
            "settings.finalizeTimeout must be a positive number of milliseconds below 2147483648",
        ),
        (json!({ "onProgress": {} }), "settings.onProgress must be a function"),
        (json!({ "signal": {} }), "settings.signal must be an AbortSignal"),
        (json!({ "signal": "throw!" }), "settings.signal must be readable, but reading it threw"),
    ] {
        let failure = validate_with(Ceremony::Registration, json!({ "statusToken": "S" }), &settings).unwrap_err();
        assert_eq!((failure.kind, failure.message.as_str()), (FailureKind::Unknown, message));
    }
}

#[test]
fn a_user_id_or_status_token_that_is_missing_says_where_it_comes_from() {
    for (ceremony, beside, message) in [
        (
            Ceremony::Authentication,
            json!({ "statusToken": "S" }),
            "userId must be a non-empty string: pass the approval response unchanged, or set usernameless to true",
        ),
        (
            Ceremony::Authentication,
            json!({ "userId": "ada" }),
            "statusToken must be a non-empty string: pass the approval response unchanged",
        ),
        (Ceremony::Registration, json!({}), "statusToken must be a non-empty string: pass the enrollment unchanged"),
    ] {
        assert_eq!(validate_with(ceremony, beside, &Json::Null).unwrap_err().message, message);
    }
}
