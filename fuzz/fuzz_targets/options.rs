//! Any JSON as the options of either ceremony: a copy that says no more than the rules allow, or a refusal that names them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use webauthn_result::options::read;
use webauthn_result::options::rules::{CREATION, REQUEST};
use webauthn_result::result::{Ceremony, Fault};
use webauthn_result_fuzz::parsed::Parsed;

fuzz_target!(|data: &[u8]| {
    let Ok(options) = serde_json::from_slice::<Value>(data) else { return };
    for (ceremony, rules) in [(Ceremony::Authentication, REQUEST), (Ceremony::Registration, CREATION)] {
        let name = ceremony.options_name();
        match read(ceremony, &Parsed::from(json!({ name: &options }))) {
            Ok(copy) => {
                let copy = copy.json();
                let members = copy.as_object().expect("an object");
                assert!(members.keys().all(|member| rules.iter().any(|rule| rule.name == member)), "{copy}");
                assert!(copy["challenge"]["buffer"][0].is_number(), "{copy}");
            }
            Err(failure) => {
                assert_eq!(failure.fault, Fault::Options);
                assert!(failure.message.len() > name.len() && failure.message.starts_with(name), "{}", failure.message);
            }
        }
    }
});
