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
mod tests;
