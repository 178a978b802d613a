//! The attestation object, without attestation statements that this server cannot verify.

use minicbor::{Decoder, Encoder};

/// The statement of the format `none`: an empty map.
const EMPTY_STATEMENT: &[u8] = &[0xa0];

/// The formats of WebAuthn's registry whose statements are signed with a manufacturer's key.
const MANUFACTURER_FORMATS: [&str; 6] = ["android-key", "android-safetynet", "apple", "compound", "fido-u2f", "tpm"];

/// Returns the attestation object with a statement that the relying party can verify: none, or a self attestation. A
/// manufacturer's statement is dropped, as a browser does if `attestation` is `none`: it proves nothing without the
/// manufacturer's certificates. The object is encoded anew, in the canonical form that the relying party requires.
///
/// `None` if the bytes are not an attestation object, or if its format is unknown.
pub fn strip_manufacturer_statement(attestation_object: &[u8]) -> Option<Vec<u8>> {
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
        ("none", EMPTY_STATEMENT) | ("packed", _) => ("none", EMPTY_STATEMENT),
        (format, _) if MANUFACTURER_FORMATS.contains(&format) => ("none", EMPTY_STATEMENT),
        _ => return None,
    };
    let mut encoder = Encoder::new(Vec::new());
    encoder.map(3).ok()?.str("fmt").ok()?.str(format).ok()?;
    encoder.str("attStmt").ok()?.writer_mut().extend_from_slice(statement);
    encoder.str("authData").ok()?.bytes(authenticator_data?).ok()?;
    Some(encoder.into_writer())
}

#[cfg(test)]
mod tests;
