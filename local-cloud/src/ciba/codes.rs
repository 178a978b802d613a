//! TOTP codes (RFC 6238): SHA-1, 6 digits, 30 seconds, one step of clock drift either way.

use data_encoding::BASE32_NOPAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use totp_rs::{Algorithm, TOTP};

/// The output length of SHA-1 (RFC 4226, section 4).
pub const SECRET_BYTES: usize = 20;
const DIGITS: usize = 6;
const STEP_SECONDS: i64 = 30;
/// How many time steps a clock may be ahead or behind.
const DRIFT: i64 = 1;
/// How long a used step must be remembered: while its code would be accepted, and as long again, in case the clock goes back.
pub const REMEMBERED_STEPS: i64 = 20;
/// Authenticator apps show it above the code.
const ISSUER: &str = "local-cloud";

/// The time step of `now`, which is in milliseconds since 1970-01-01 UTC.
pub fn step_at(now: i64) -> i64 {
    now.div_euclid(STEP_SECONDS * 1000)
}

/// How long the code of `now` will still be shown, in seconds, rounded up.
pub fn seconds_left(now: i64) -> i64 {
    STEP_SECONDS - now.div_euclid(1000).rem_euclid(STEP_SECONDS)
}

/// The code of one time step.
pub fn code(secret: &[u8], step: i64) -> String {
    let seconds = u64::try_from(step.saturating_mul(STEP_SECONDS)).unwrap_or_default();
    TOTP::new_unchecked(Algorithm::SHA1, DIGITS, 0, STEP_SECONDS.unsigned_abs(), secret.to_vec()).generate(seconds)
}

/// The time step whose code is `code`.
pub fn matching_step(secret: &[u8], code: &str, now: i64) -> Option<i64> {
    use subtle::ConstantTimeEq;
    let current = step_at(now);
    (current - DRIFT..=current + DRIFT)
        .find(|step| bool::from(self::code(secret, *step).as_bytes().ct_eq(code.as_bytes())))
}

/// The secret in base32, to be typed into an authenticator app.
pub fn secret_base32(secret: &[u8]) -> String {
    BASE32_NOPAD.encode(secret)
}

/// The content of a QR code for authenticator apps.
pub fn otpauth_uri(email: &str, secret: &[u8]) -> String {
    format!(
        "otpauth://totp/{ISSUER}:{}?secret={}&issuer={ISSUER}&algorithm=SHA1&digits={DIGITS}&period={STEP_SECONDS}",
        utf8_percent_encode(email, NON_ALPHANUMERIC),
        secret_base32(secret),
    )
}

#[cfg(test)]
mod tests;
