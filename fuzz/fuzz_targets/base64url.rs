//! Any text: decoded or refused as the `base64` crate does, and what is decoded comes back.

#![no_main]

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use libfuzzer_sys::fuzz_target;
use webauthn_result::base64url::{decode, encode};

fuzz_target!(|text: &str| {
    let oracle = |padding| {
        let config = GeneralPurposeConfig::new().with_decode_padding_mode(padding);
        GeneralPurpose::new(&URL_SAFE, config.with_decode_allow_trailing_bits(true)).decode(text).ok()
    };
    let bytes = decode(text);
    assert_eq!(bytes, oracle(DecodePaddingMode::RequireNone).or_else(|| oracle(DecodePaddingMode::RequireCanonical)));
    if let Some(bytes) = bytes {
        assert_eq!(decode(&encode(&bytes)), Some(bytes));
    }
});
