//! base64url against the `base64` crate, on any bytes and any text.

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use proptest::prelude::*;

use super::base64url::{decode, encode};

/// The rules of this module in the oracle's words: stray bits are ignored, and padding is whole or not there.
fn oracle(padding: DecodePaddingMode) -> GeneralPurpose {
    let config = GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(padding)
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(&URL_SAFE, config)
}

/// Any text, and text that is nearly base64url: padding anywhere, the other alphabet's digits, blanks.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[A-Za-z0-9_-]{0,64}={0,3}", "[AQgw_+/= -]{0,12}"]
}

proptest! {
    #[test]
    fn any_bytes_become_what_the_oracle_makes_of_them_and_come_back(bytes: Vec<u8>) {
        let text = encode(&bytes);
        prop_assert_eq!(&text, &oracle(DecodePaddingMode::RequireNone).encode(&bytes));
        prop_assert_eq!(decode(&text), Some(bytes));
    }

    #[test]
    fn any_text_is_decoded_or_refused_as_the_oracle_does(text in texts()) {
        let unpadded = oracle(DecodePaddingMode::RequireNone).decode(&text);
        let expected = unpadded.or_else(|_| oracle(DecodePaddingMode::RequireCanonical).decode(&text));
        prop_assert_eq!(decode(&text), expected.ok());
    }
}
