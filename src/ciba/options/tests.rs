use serde_json::{Value as Json, json};

use super::*;

fn read(options: Json) -> Result<Options<Json>, Failure> {
    Options::read(&options)
}

#[test]
fn each_option_has_its_type_and_may_be_absent() {
    let options = read(json!({
        "bindingMessage": "Pay 20 EUR", "interval": 0.5, "timeout": 0, "maxRetries": 2, "signal": {},
        "requestedExpiry": 90, "other": "ignored",
    }));
    let options = options.expect("valid");
    assert_eq!(options.binding_message, "Pay 20 EUR");
    assert_eq!((options.interval, options.timeout, options.max_retries), (Some(0.5), Some(0.0), Some(2.0)));
    assert_eq!(options.requested_expiry, Some(90.0));
    assert_eq!(options.signal, json!({}));
    for absent in [json!(null), json!({}), json!({ "interval": null, "signal": null, "onProgress": null })] {
        let options = read(absent).expect("valid");
        assert_eq!(options.binding_message, "");
        assert_eq!((options.interval, options.timeout, options.max_retries), (None, None, None));
        assert!(options.signal.is_null() && options.on_progress.is_none() && options.prompt_for_code.is_none());
    }
}

#[test]
fn an_option_of_another_type_or_that_throws_is_an_invalid_argument_that_the_message_names() {
    for (options, message) in [
        (json!("a string"), "options must be an object with readable properties"),
        (json!(5), "options must be an object with readable properties"),
        (json!({ "bindingMessage": 5 }), "options.bindingMessage must be a string"),
        (json!({ "interval": "5" }), "options.interval must be a number"),
        (json!({ "timeout": true }), "options.timeout must be a number"),
        (json!({ "requestedExpiry": "60" }), "options.requestedExpiry must be a number"),
        (json!({ "requestedExpiry": 0 }), "options.requestedExpiry must be a positive integer of seconds"),
        (json!({ "requestedExpiry": 1.5 }), "options.requestedExpiry must be a positive integer of seconds"),
        (json!({ "requestedExpiry": 1e10 }), "options.requestedExpiry must be a positive integer of seconds"),
        (json!({ "maxRetries": "3" }), "options.maxRetries must be a number"),
        (json!({ "signal": "signal" }), "options.signal must be an AbortSignal"),
        (json!({ "onProgress": {} }), "options.onProgress must be a function"),
        (json!({ "promptForCode": "123456" }), "options.promptForCode must be a function"),
        (json!({ "interval": "throw!" }), "options.interval must be a number"),
    ] {
        assert_eq!(read(options.clone()).err(), Some(Failure::argument(&[message])), "{options}");
    }
}
