//! The attestation object, less the statements that nobody here can judge.

use minicbor::{Decoder, Encoder};

/// The statement that says nothing: an empty map.
const NO_STATEMENT: &[u8] = &[0xa0];

/// The other formats of WebAuthn's registry, whose statements are a manufacturer's.
const OF_MANUFACTURERS: [&str; 6] = ["android-key", "android-safetynet", "apple", "compound", "fido-u2f", "tpm"];

/// An attestation object whose statement is one that the relying party verifies: none at all, or one that the new key signed
/// itself. Statements of manufacturers are dropped, as a browser drops them where `attestation` is `none`: without the
/// manufacturers' certificates they say nothing. It is encoded anew, in the canonical form that the relying party insists on.
///
/// `None` when the bytes are no attestation object, or one of a format that there is not.
pub fn without_manufacturer(attestation_object: &[u8]) -> Option<Vec<u8>> {
    let mut decoder = Decoder::new(attestation_object);
    let mut format = None;
    let mut statement = None;
    let mut has_certificates = false;
    let mut authenticator_data = None;
    for _ in 0..decoder.map().ok()?? {
        match decoder.str().ok()? {
            "fmt" => format = Some(decoder.str().ok()?),
            "authData" => authenticator_data = Some(decoder.bytes().ok()?),
            "attStmt" => {
                let start = decoder.position();
                for _ in 0..decoder.map().ok()?? {
                    has_certificates |= decoder.str().ok()? == "x5c";
                    decoder.skip().ok()?;
                }
                statement = attestation_object.get(start..decoder.position());
            }
            _ => return None,
        }
    }
    if decoder.position() != attestation_object.len() {
        return None;
    }
    let (format, statement) = match (format?, statement?) {
        ("packed", statement) if !has_certificates => ("packed", statement),
        ("none", NO_STATEMENT) | ("packed", _) => ("none", NO_STATEMENT),
        (format, _) if OF_MANUFACTURERS.contains(&format) => ("none", NO_STATEMENT),
        _ => return None,
    };
    let mut encoder = Encoder::new(Vec::new());
    encoder.map(3).ok()?.str("fmt").ok()?.str(format).ok()?;
    encoder.str("attStmt").ok()?.writer_mut().extend_from_slice(statement);
    encoder.str("authData").ok()?.bytes(authenticator_data?).ok()?;
    Some(encoder.into_writer())
}

#[cfg(test)]
mod tests {
    use super::without_manufacturer;

    /// `{"fmt": <format>, "attStmt": <statement>, "authData": h'0102'}`
    fn object(format: &str, statement: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0xa3, 0x63];
        bytes.extend(b"fmt");
        bytes.push(0x60 + u8::try_from(format.len()).expect("short"));
        bytes.extend(format.as_bytes());
        bytes.push(0x67);
        bytes.extend(b"attStmt");
        bytes.extend(statement);
        bytes.push(0x68);
        bytes.extend(b"authData");
        bytes.extend([0x42, 1, 2]);
        bytes
    }

    #[test]
    fn no_statement_and_a_statement_by_the_key_itself_stay() {
        for (format, statement) in [("none", &[0xa0][..]), ("packed", &[0xa1, 0x63, b's', b'i', b'g', 0x41, 7][..])] {
            let object = object(format, statement);
            assert_eq!(without_manufacturer(&object), Some(object), "{format}");
        }
    }

    #[test]
    fn a_statement_of_a_manufacturer_is_dropped() {
        let x5c = [0xa1, 0x63, b'x', b'5', b'c', 0x81, 0x41, 9];
        for format in ["packed", "fido-u2f", "tpm", "apple"] {
            assert_eq!(without_manufacturer(&object(format, &x5c)), Some(object("none", &[0xa0])), "{format}");
        }
    }

    #[test]
    fn another_encoding_of_the_same_becomes_canonical() {
        // {"authData": h'0102' with a length of two bytes, "attStmt": {}, "fmt": "none"}
        let mut bytes = vec![0xa3, 0x68];
        bytes.extend(b"authData");
        bytes.extend([0x59, 0, 2, 1, 2, 0x67]);
        bytes.extend(b"attStmt");
        bytes.extend([0xa0, 0x63]);
        bytes.extend(b"fmt\x64none");
        assert_eq!(without_manufacturer(&bytes), Some(object("none", &[0xa0])));
    }

    #[test]
    fn what_is_no_attestation_object_is_none() {
        let with_more = [object("none", &[0xa0]), vec![0]].concat();
        let without_statement = b"\xa2\x63fmt\x64none\x68authData\x42\x01\x02";
        for bytes in [
            &[][..],
            &[0xa0],
            &[0x01],
            &[0xff; 40],
            &object("packed", &[0x01]),
            &object("tpm", &[0xa0])[..20],
            &with_more,
            without_statement,
        ] {
            assert_eq!(without_manufacturer(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn a_format_that_there_is_not_is_no_way_around_a_signature_that_does_not_verify() {
        let statement = [0xa1, 0x63, b's', b'i', b'g', 0x41, 7];
        for format in ["pacjed", "Packed", "", "none "] {
            assert_eq!(without_manufacturer(&object(format, &statement)), None, "{format}");
        }
        assert_eq!(without_manufacturer(&object("none", &statement)), None, "no statement is an empty one");
    }
}
