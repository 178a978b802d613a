//! base64url: the examples of RFC 4648, and a comparison with the `base64` crate.

use super::{decode, encode};

fn encoded(bytes: &[u8]) -> String {
    let mut text = String::new();
    encode(bytes, &mut text);
    text
}

#[test]
fn the_examples_of_the_standard_are_encoded_and_decoded() {
    for (text, bytes) in [
        ("", ""),
        ("Zg", "f"),
        ("Zm8", "fo"),
        ("Zm9v", "foo"),
        ("Zm9vYg", "foob"),
        ("Zm9vYmE", "fooba"),
        ("Zm9vYmFy", "foobar"),
    ] {
        assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()), "{text}");
        assert_eq!(encoded(bytes.as_bytes()), text);
    }
    assert_eq!(encoded(&[251, 255, 191]), "-_-_");
}

#[test]
fn padding_is_complete_or_absent_and_stray_bits_are_ignored() {
    for text in ["AQ==", "AQ", "AR", "AR=="] {
        assert_eq!(decode(text), Some(vec![1]), "{text}");
    }
    for text in
        ["AQ=", "AQI==", "AQID=", "AQID==", "AQID====", "=", "==", "===", "====", "A===", "=AQ", "A=Q=", "A", "AAAAA"]
    {
        assert_eq!(decode(text), None, "{text}");
    }
}

#[test]
fn other_alphabets_and_white_space_are_refused() {
    for text in
        ["A+8A", "A/8A", " AQ", "AQ ", "A Q", "AQ\n", "AQ ==", "AQ= =", "AQ.", "\u{c1}Q", "\u{212a}Q", "\u{1f511}"]
    {
        assert_eq!(decode(text), None, "{text}");
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use base64::Engine as _;
    use base64::alphabet::URL_SAFE;
    use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
    use proptest::prelude::*;

    use super::*;

    fn decode_by_crate(text: &str) -> Option<Vec<u8>> {
        let decode = |padding| {
            let config = GeneralPurposeConfig::new().with_decode_padding_mode(padding);
            GeneralPurpose::new(&URL_SAFE, config.with_decode_allow_trailing_bits(true)).decode(text).ok()
        };
        decode(DecodePaddingMode::RequireNone).or_else(|| decode(DecodePaddingMode::RequireCanonical))
    }

    proptest! {
        #[test]
        fn any_string_is_decoded_as_by_the_crate(text in prop_oneof!["[AQgw_+/= -]{0,12}", "[A-Za-z0-9_-]{0,40}={0,2}", any::<String>()]) {
            prop_assert_eq!(decode(&text), decode_by_crate(&text));
        }

        #[test]
        fn any_bytes_are_encoded_as_by_the_crate_and_decoded_again(bytes: Vec<u8>) {
            let text = encoded(&bytes);
            prop_assert_eq!(&text, &base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(&bytes));
            prop_assert_eq!(decode(&text), Some(bytes));
        }
    }
}
