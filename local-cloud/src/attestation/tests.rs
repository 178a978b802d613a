use super::strip_manufacturer_statement;

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
fn an_empty_statement_and_a_self_attestation_are_kept() {
    for (format, statement) in [("none", &[0xa0][..]), ("packed", &[0xa1, 0x63, b's', b'i', b'g', 0x41, 7][..])] {
        let object = object(format, statement);
        assert_eq!(strip_manufacturer_statement(&object), Some(object), "{format}");
    }
}

#[test]
fn a_manufacturers_statement_is_dropped() {
    let x5c = [0xa1, 0x63, b'x', b'5', b'c', 0x81, 0x41, 9];
    for format in ["packed", "fido-u2f", "tpm", "apple"] {
        assert_eq!(strip_manufacturer_statement(&object(format, &x5c)), Some(object("none", &[0xa0])), "{format}");
    }
}

#[test]
fn another_encoding_of_the_same_object_becomes_canonical() {
    // {"authData": h'0102' with a length of two bytes, "attStmt": {}, "fmt": "none"}
    let mut bytes = vec![0xa3, 0x68];
    bytes.extend(b"authData");
    bytes.extend([0x59, 0, 2, 1, 2, 0x67]);
    bytes.extend(b"attStmt");
    bytes.extend([0xa0, 0x63]);
    bytes.extend(b"fmt\x64none");
    assert_eq!(strip_manufacturer_statement(&bytes), Some(object("none", &[0xa0])));
}

#[test]
fn bytes_that_are_not_an_attestation_object_return_none() {
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
        assert_eq!(strip_manufacturer_statement(bytes), None, "{bytes:?}");
    }
}

#[test]
fn an_unknown_format_does_not_bypass_a_signature_that_does_not_verify() {
    let statement = [0xa1, 0x63, b's', b'i', b'g', 0x41, 7];
    for format in ["pacjed", "Packed", "", "none "] {
        assert_eq!(strip_manufacturer_statement(&object(format, &statement)), None, "{format}");
    }
    assert_eq!(strip_manufacturer_statement(&object("none", &statement)), None, "the statement of `none` is empty");
}
