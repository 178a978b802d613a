//! Any JSON as what a page passes to either ceremony: a copy that says no more than the rules allow, or a refusal that names
//! the member.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use webauthn_result::arguments::check;
use webauthn_result::arguments::rules::{CREATION, READ, REQUEST};
use webauthn_result::result::{Ceremony, FailureKind};
use webauthn_result_fuzz::read::read;

fuzz_target!(|data: &[u8]| {
    let Ok(given) = serde_json::from_slice::<Value>(data) else { return };
    for (ceremony, rules) in [(Ceremony::Authentication, REQUEST), (Ceremony::Registration, CREATION)] {
        let name = ceremony.options_name();
        let (facts, copy) =
            read(&json!({ "options": { name: &given, "userId": "ada", "statusToken": "S" } }), READ[ceremony as usize]);
        match check(ceremony, facts) {
            Ok(_) => {
                let copy = &copy["options"][name];
                let members = copy.as_object().expect("an object");
                assert!(members.keys().all(|member| rules.iter().any(|rule| rule.name == member)), "{copy}");
                assert!(copy["challenge"]["buffer"][0].is_number(), "{copy}");
            }
            Err(failure) => {
                assert_eq!(failure.kind, FailureKind::Options);
                assert!(failure.message.len() > name.len() && failure.message.starts_with(name), "{}", failure.message);
            }
        }
        // And in place of all that a page passes.
        let _ = check(ceremony, read(&given, READ[ceremony as usize]).0);
    }
});
