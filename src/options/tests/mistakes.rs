//! Mistakes that pages likely make, which the message names.

use super::*;

fn message(ceremony: Ceremony, argument: Json) -> String {
    let failure = validate(ceremony, &argument, &Json::Null).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Options);
    failure.message
}

/// The message for an argument of both ceremonies, after the name of the options and that they must be an object.
fn found(argument: impl Fn(Ceremony) -> Json) -> String {
    let [approval, registration] = [Ceremony::Authentication, Ceremony::Registration].map(|ceremony| {
        let message = message(ceremony, argument(ceremony));
        let requirement = format!("{} must be an object, but ", ceremony.options_name());
        message.strip_prefix(&requirement).expect(&message).to_owned()
    });
    assert_eq!(approval, registration);
    approval
}

fn options(ceremony: Ceremony) -> Json {
    if ceremony == Ceremony::Authentication { request() } else { creation() }
}

fn promise() -> Json {
    json!({ "then": "function!" })
}

#[test]
fn a_promise_that_was_not_awaited_is_named() {
    assert_eq!(found(|_| promise()), "the argument is a promise: await it first");
    let with_promise = |ceremony: Ceremony| json!({ ceremony.options_name(): promise(), "statusToken": "S" });
    assert_eq!(found(with_promise), "is a promise: await it first");
}

#[test]
fn a_response_whose_json_was_not_read_is_named() {
    assert_eq!(
        found(|_| json!({ "json": "function!", "ok": true })),
        "the argument is a Response: await its json() first"
    );
}

#[test]
fn json_that_was_not_parsed_is_named() {
    let response = |ceremony: Ceremony| json!({ ceremony.options_name(): options(ceremony), "statusToken": "S" });
    let unparsed = |ceremony| json!(response(ceremony).to_string());
    assert_eq!(found(unparsed), "the argument is a string: parse the JSON first");
    let unparsed_options = |ceremony: Ceremony| json!({ ceremony.options_name(): options(ceremony).to_string() });
    assert_eq!(found(unparsed_options), "is a string: parse the JSON first");
}

#[test]
fn the_whole_enrollment_response_is_named() {
    let response = json!({
        "userId": "u",
        "username": "ada",
        "authenticators": [],
        "enrollment": { "transactionId": "t", "statusToken": "S", "credentialCreationOptions": creation() },
    });
    let expected = "the argument is the whole enrollment response: pass its enrollment property to register";
    assert_eq!(found(|_| response.clone()), expected);
}

#[test]
fn options_without_the_object_that_holds_them_are_named() {
    let expected = "the argument is the options alone: pass the object that holds them and statusToken";
    assert_eq!(found(options), expected);
    assert_eq!(found(|ceremony| json!({ "publicKey": options(ceremony) })), expected);
}

#[test]
fn an_error_response_of_the_backend_is_quoted() {
    for (response, reason) in [
        (json!({ "error": "not signed in" }), "not signed in"),
        (json!({ "status": 403, "error": "Forbidden", "message": "no such user" }), "no such user"),
        (json!({ "status": "failed", "errorMessage": "no such user", "message": "other" }), "no such user"),
    ] {
        assert_eq!(found(|_| response.clone()), format!("the argument is an error response: {reason}"));
    }
}

#[test]
fn what_shows_no_mistake_is_just_missing() {
    for argument in [
        json!(null),
        json!(true),
        json!([]),
        json!({}),
        json!({ "userId": "ada", "statusToken": "S" }),
        json!({ "then": 7, "json": {}, "enrollment": null, "challenge": null, "publicKey": null }),
        json!({ "error": {}, "message": "", "errorMessage": 7 }),
        json!({ "then": "throw!", "json": "throw!", "enrollment": "throw!", "challenge": "throw!", "error": "throw!" }),
    ] {
        assert_eq!(found(|_| argument.clone()), "is missing");
    }
}

#[test]
fn options_that_are_an_object_are_judged_by_their_properties() {
    let with_then = |then: &str| json!({ "credentialRequestOptions": { "then": then }, "statusToken": "S" });
    assert_eq!(
        message(Ceremony::Authentication, with_then("x")),
        "credentialRequestOptions.challenge must be a base64url string, but is missing"
    );
    let mut valid = request();
    valid["then"] = json!("function!");
    let argument = json!({ "credentialRequestOptions": valid, "userId": "ada", "statusToken": "S" });
    assert!(validate(Ceremony::Authentication, &argument, &Json::Null).is_ok());
}
