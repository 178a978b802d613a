//! What an authenticator says of a passkey: WebAuthn Level 3, section 6.1.

/// Flags: user verified, backup eligible, backed up, attested credential data included.
const USER_VERIFIED: u8 = 1 << 2;
const BACKUP_ELIGIBLE: u8 = 1 << 3;
const BACKUP_STATE: u8 = 1 << 4;
const ATTESTED: u8 = 1 << 6;
/// Where the flags stand, after the hash of the RP ID.
const FLAGS: usize = 32;
/// Where the AAGUID stands, after the flags and the signature counter.
const AAGUID: usize = 37;
const AAGUID_LENGTH: usize = 16;
/// Where the credential's ID stands, after the AAGUID and the ID's length.
const CREDENTIAL_ID: usize = AAGUID + AAGUID_LENGTH + 2;
/// How deep CBOR is read. Attestation statements have three levels.
const MAX_DEPTH: u8 = 8;

/// The properties of a passkey that its authenticator data has.
#[derive(Debug, PartialEq, Eq)]
pub struct AuthenticatorData {
    /// Whether the authenticator verified the user.
    pub user_verified: bool,
    /// Whether the passkey may be backed up, and so may be on several devices.
    pub backup_eligible: bool,
    /// Whether it is backed up.
    pub backup_state: bool,
    /// The model of the authenticator, at registration.
    pub aaguid: Option<[u8; AAGUID_LENGTH]>,
}

impl AuthenticatorData {
    /// Reads authenticator data; `None` if it is too short.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let flags = *bytes.get(FLAGS)?;
        let has = |flag| flags & flag != 0;
        let aaguid = bytes.get(AAGUID..).and_then(|rest| rest.first_chunk()).copied();
        Some(AuthenticatorData {
            user_verified: has(USER_VERIFIED),
            backup_eligible: has(BACKUP_ELIGIBLE),
            backup_state: has(BACKUP_STATE),
            aaguid: aaguid.filter(|_| has(ATTESTED)),
        })
    }
}

/// The ID of the credential that an attestation object is of.
pub fn attested_id(object: &[u8]) -> Option<&[u8]> {
    let rest = of_attestation(object)?;
    let length: [u8; 2] = *rest.get(..CREDENTIAL_ID)?.last_chunk()?;
    rest.get(CREDENTIAL_ID..)?.get(..u16::from_be_bytes(length).into())
}

/// The authenticator data in an attestation object: CBOR's map of `fmt`, `attStmt` and `authData` (section 6.5.4).
pub fn of_attestation(object: &[u8]) -> Option<&[u8]> {
    let (5, pairs, mut rest) = head(object)? else { return None };
    for _ in 0..pairs {
        let (name, value) = text_or_bytes(rest)?;
        if name == b"authData" {
            return text_or_bytes(value).map(|(data, _)| data);
        }
        rest = skip(value, MAX_DEPTH)?;
    }
    None
}

/// A UUID: 32 hexadecimal digits in five groups.
pub fn uuid(bytes: &[u8; AAGUID_LENGTH]) -> String {
    const DIGITS: &str = "0123456789abcdef";
    let mut text = String::new();
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push_str("-");
        }
        for digit in [byte >> 4, byte & 15].map(usize::from) {
            text.push_str(DIGITS.get(digit..=digit).unwrap_or_default());
        }
    }
    text
}

/// The major type, the argument, and what follows. CTAP's form of CBOR has no indefinite lengths.
fn head(bytes: &[u8]) -> Option<(u8, usize, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    let count = match first & 31 {
        argument @ 0..24 => return Some((first >> 5, argument.into(), rest)),
        argument @ 24..28 => 1 << (argument - 24),
        _ => return None,
    };
    let (argument, rest) = rest.split_at_checked(count)?;
    let value = argument.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
    Some((first >> 5, usize::try_from(value).ok()?, rest))
}

fn text_or_bytes(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    match head(bytes)? {
        (2 | 3, length, rest) => rest.split_at_checked(length),
        _ => None,
    }
}

/// What follows the first item.
fn skip(bytes: &[u8], depth: u8) -> Option<&[u8]> {
    let (major, argument, rest) = head(bytes)?;
    let items = match major {
        2 | 3 => return rest.get(argument..),
        4 => argument,
        5 => argument.checked_mul(2)?,
        6 => 1,
        _ => 0,
    };
    let depth = depth.checked_sub(1)?;
    let mut rest = rest;
    for _ in 0..items {
        rest = skip(rest, depth)?;
    }
    Some(rest)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
