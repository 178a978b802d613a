//! Any bytes as an attestation object: none, or one in canonical form that names no manufacturer.

#![no_main]

use libfuzzer_sys::fuzz_target;
use local_cloud::attestation::strip_manufacturer_statement;

fuzz_target!(|data: &[u8]| {
    let Some(canonical) = strip_manufacturer_statement(data) else { return };
    assert!(canonical.starts_with(b"\xa3\x63fmt\x64none") || canonical.starts_with(b"\xa3\x63fmt\x66packed"));
    assert_eq!(strip_manufacturer_statement(&canonical), Some(canonical));
});
