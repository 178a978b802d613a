//! Any text as a binary member that the local cloud gets: what it takes is what the module would take.

#![no_main]

use libfuzzer_sys::fuzz_target;
use webauthn_result::base64url;
use webauthn_result_fuzz::local_cloud_base64url::{decode, encode};

fuzz_target!(|text: &str| {
    if let Some(bytes) = decode(text) {
        let digits = text.trim_end_matches('=');
        assert_eq!(encode(&bytes), digits);
        assert_eq!(base64url::decode(digits), Some(bytes));
    }
});
