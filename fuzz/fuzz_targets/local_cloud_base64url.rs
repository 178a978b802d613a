//! Any string as a binary property that the local cloud gets: what it takes is what the module takes, and the same bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use local_cloud::base64url::{decode, encode};
use webauthn_result::base64url as module;

fuzz_target!(|text: &str| {
    if let Some(bytes) = decode(text) {
        let digits = text.trim_end_matches('=');
        assert_eq!(encode(&bytes), digits);
        let mut encoded = String::new();
        module::encode(&bytes, &mut encoded);
        assert_eq!(encoded, digits);
        assert_eq!(module::decode(digits), Some(bytes));
    }
});
