//! Authenticator data and attestation objects, also such as no authenticator makes.

use proptest::prelude::*;

use super::*;

/// Authenticator data with these flags, and what follows the signature counter.
fn data(flags: u8, rest: &[u8]) -> Vec<u8> {
    [&[7; FLAGS], &[flags][..], &[0, 0, 0, 1], rest].concat()
}

/// An attestation object, in the order of CTAP, with this statement.
fn attestation(statement: &[u8], data: &[u8]) -> Vec<u8> {
    let length = u8::try_from(data.len()).unwrap();
    [b"\xa3\x63fmt\x64none\x67attStmt", statement, b"\x68authData\x58", &[length], data].concat()
}

#[test]
fn each_flag_is_a_property() {
    for (flags, user_verified, backup_eligible, backup_state) in [
        (0b0000_0001, false, false, false),
        (0b0000_0101, true, false, false),
        (0b0000_1001, false, true, false),
        (0b0001_1101, true, true, true),
    ] {
        let expected = AuthenticatorData { user_verified, backup_eligible, backup_state, aaguid: None };
        assert_eq!(AuthenticatorData::read(&data(flags, &[])), Some(expected), "{flags:b}");
    }
}

#[test]
fn the_aaguid_is_read_where_the_flags_say_that_it_is_there() {
    let bytes: [u8; 16] = core::array::from_fn(|index| index as u8 * 16);
    let rest = [&bytes[..], &[0, 1, 9]].concat();
    let aaguid = |flags| AuthenticatorData::read(&data(flags, &rest)).unwrap().aaguid;
    assert_eq!(aaguid(0b0100_0001), Some(bytes));
    assert_eq!(aaguid(0b0000_0001), None);
    assert_eq!(uuid(&bytes), "00102030-4050-6070-8090-a0b0c0d0e0f0");
    let short = &rest[..15];
    assert_eq!(AuthenticatorData::read(&data(0b0100_0001, short)).unwrap().aaguid, None);
}

#[test]
fn data_without_flags_is_none() {
    assert_eq!(AuthenticatorData::read(&[7; 32]), None);
}

#[test]
fn authenticator_data_is_found_behind_any_statement() {
    let data = data(5, &[]);
    for statement in [
        &b"\xa0"[..],
        // Of the format "packed": an algorithm, a signature, and certificates.
        b"\xa3\x63alg\x26\x63sig\x43\x01\x02\x03\x63x5c\x81\x42\x01\x02",
        // One that has the name in it.
        b"\xa1\x68authData\x41\x09",
        // Tagged, floating and large.
        b"\xa2\x61a\xc1\xfb\x00\x00\x00\x00\x00\x00\x00\x00\x61b\x1b\x00\x00\x00\x00\x00\x00\x00\x01",
    ] {
        assert_eq!(of_attestation(&attestation(statement, &data)), Some(&data[..]), "{statement:x?}");
    }
}

#[test]
fn the_id_of_the_new_credential_is_read() {
    let rest = [&[9; 16][..], &[0, 3], b"abc", &[0xa5]].concat();
    assert_eq!(attested_id(&attestation(b"\xa0", &data(0b0100_0001, &rest))), Some(&b"abc"[..]));
    for length in 0..21 {
        assert_eq!(attested_id(&attestation(b"\xa0", &data(0b0100_0001, &rest[..length]))), None, "{length}");
    }
}

#[test]
fn what_is_no_attestation_object_has_none() {
    let whole = attestation(b"\xa0", &data(5, &[]));
    for length in 0..whole.len() {
        assert_eq!(of_attestation(&whole[..length]), None, "the first {length} bytes");
    }
    let deep = [&[0x81; 200][..], &[0]].concat();
    for statement in [&deep[..], b"\xbf\xff", b"\xba\xff\xff\xff\xff", b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff"] {
        assert_eq!(of_attestation(&attestation(statement, &data(5, &[]))), None, "{statement:x?}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = AuthenticatorData::read(&bytes);
        let _ = of_attestation(&bytes);
        let _ = attested_id(&bytes);
        let _ = of_attestation(&[b"\xa3\x63fmt\x64none\x67attStmt", &bytes[..]].concat());
    }
}
