//! Any texts in JSON and in a result: what is written is JSON, and says the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use webauthn_result::result::{Ceremony, Failure, Fault, Report};
use webauthn_result::text::member;

fuzz_target!(|given: (&str, &str)| {
    let (one, two) = given;
    let mut text = String::from("{");
    for (name, value) in [(one, two), ("last", one)] {
        member(&mut text, name, value);
    }
    text.push('}');
    let read: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(read["last"], one);
    assert!(one == "last" || read[one] == two, "{text}");
    let outcome = Err(Failure::new(Fault::Finalization, two));
    assert_eq!(json!(Report { ceremony: Ceremony::Registration, outcome })[3], two);
});
