//! base64url, the string form of bytes in WebAuthn's JSON (RFC 4648, section 5).
//!
//! Our own code in every browser: `Uint8Array.fromBase64` skips white space and is missing in older browsers, so it would need
//! a check before it and a replacement.

/// The digits, in the order of their values.
const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn value_of(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    };
    Some(value.into())
}

/// The bytes of a base64url string. Padding is whole or not there; stray bits after the last byte are ignored.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut digits = text.as_bytes();
    if digits.len().is_multiple_of(4) {
        for _ in 0..2 {
            digits = digits.strip_suffix(b"=").unwrap_or(digits);
        }
    }
    if digits.len() % 4 == 1 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    let (mut bits, mut count) = (0, 0);
    for digit in digits {
        bits = bits << 6 | value_of(*digit)?;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    Some(bytes)
}

/// Appends the base64url string of bytes, without padding.
pub fn encode(bytes: &[u8], text: &mut String) {
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            let value = bits >> (18 - 6 * digit) & 63;
            text.push_str(DIGITS.get(value..=value).unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests;
