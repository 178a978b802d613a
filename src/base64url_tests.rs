//! base64url against the vectors of RFC 4648 and its own inverse.

use super::base64url::{decode, encode};

const VECTORS: [(&str, &[u8]); 9] = [
    ("", b""),
    ("Zg", b"f"),
    ("Zm8", b"fo"),
    ("Zm9v", b"foo"),
    ("Zm9vYg", b"foob"),
    ("Zm9vYmE", b"fooba"),
    ("Zm9vYmFy", b"foobar"),
    ("-_-_", &[251, 255, 191]),
    ("AAAA", &[0, 0, 0]),
];

#[test]
fn the_vectors_of_the_standard_hold_both_ways() {
    for (text, bytes) in VECTORS {
        assert_eq!(encode(bytes), text);
        assert_eq!(decode(text).as_deref(), Some(bytes));
    }
}

#[test]
fn padding_is_tolerated_where_it_belongs() {
    for (text, bytes) in [("Zg==", "f"), ("Zm8=", "fo")] {
        assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
    }
    for text in ["=", "==", "====", "Zg=", "Zg===", "Zm9v=", "Zm9v====", "Z=g=", "=Zg="] {
        assert_eq!(decode(text), None, "{text}");
    }
}

#[test]
fn what_is_not_base64url_is_refused() {
    for text in ["A", "AAAAA", "+/+/", "Zm 9", "Zm9v\n", "Zm9vé", "\u{1F511}"] {
        assert_eq!(decode(text), None, "{text}");
    }
}

#[test]
fn stray_bits_are_ignored_as_browsers_do() {
    assert_eq!(decode("Zh").as_deref(), Some(&b"f"[..]));
    assert_eq!(decode("Zm9").as_deref(), Some(&b"fo"[..]));
}

#[test]
fn every_length_and_every_byte_survives_the_round_trip() {
    let bytes: Vec<u8> = (0..=255).chain((0..=255).rev()).collect();
    for length in 0..bytes.len() {
        assert_eq!(decode(&encode(&bytes[..length])).as_deref(), Some(&bytes[..length]));
    }
}
