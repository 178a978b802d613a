//! Any JSON as the options of either ceremony: a copy with the properties of the schema only, or a failure that names the
//! options.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use webauthn_result::options::Request;
use webauthn_result::options::schema::{CREATION_SCHEMA, REQUEST_SCHEMA};
use webauthn_result::result::{Ceremony, FailureKind};

fuzz_target!(|data: &[u8]| {
    let Ok(given) = serde_json::from_slice::<Value>(data) else { return };
    for (ceremony, schema) in [(Ceremony::Authentication, REQUEST_SCHEMA), (Ceremony::Registration, CREATION_SCHEMA)] {
        let name = ceremony.options_name();
        let argument = json!({ name: &given, "userId": "ada", "statusToken": "S" });
        match Request::read(ceremony, &argument, &Value::Null) {
            Ok(Request { public_key, .. }) => {
                let properties = public_key.as_object().expect("an object");
                assert!(properties.keys().all(|name| schema.iter().any(|field| field.name == name)), "{public_key}");
                assert!(public_key["challenge"]["bytes"][0].is_number(), "{public_key}");
            }
            Err(failure) => {
                assert_eq!(failure.kind, FailureKind::Options);
                assert!(failure.message.len() > name.len() && failure.message.starts_with(name), "{}", failure.message);
            }
        }
        // Also as the argument and the settings.
        let _ = Request::read(ceremony, &given, &given);
    }
});
