use serde_json::{Value as Json, json};

use super::*;

fn read(options: Json) -> Result<Options<Json>, Code> {
    Options::read(&options)
}

#[test]
fn each_option_has_its_type_and_may_be_absent() {
    let options = read(json!({
        "bindingMessage": "Pay 20 EUR", "interval": 0.5, "timeout": 0, "maxRetries": 2, "signal": {}, "other": "ignored",
    }));
    let options = options.expect("valid");
    assert_eq!(options.binding_message, "Pay 20 EUR");
    assert_eq!((options.interval, options.timeout, options.max_retries), (Some(0.5), Some(0.0), Some(2.0)));
    assert_eq!(options.signal, json!({}));
    for absent in [json!(null), json!({}), json!({ "interval": null, "signal": null, "onProgress": null })] {
        let options = read(absent).expect("valid");
        assert_eq!(options.binding_message, "");
        assert_eq!((options.interval, options.timeout, options.max_retries), (None, None, None));
        assert!(options.signal.is_null() && options.on_progress.is_none() && options.prompt_for_code.is_none());
    }
}

#[test]
fn an_option_of_another_type_or_that_throws_is_an_invalid_request() {
    for invalid in [
        json!("a string"),
        json!(5),
        json!({ "bindingMessage": 5 }),
        json!({ "interval": "5" }),
        json!({ "timeout": true }),
        json!({ "maxRetries": "3" }),
        json!({ "signal": "signal" }),
        json!({ "onProgress": {} }),
        json!({ "promptForCode": "123456" }),
        json!({ "interval": "throw!" }),
    ] {
        assert_eq!(read(invalid.clone()).err(), Some(Code::InvalidRequest), "{invalid}");
    }
}
