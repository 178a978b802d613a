//! The options of a method: docs/contract.md, section B2. Each method uses those that it has.

use super::failure::Failure;
use crate::messages::{A_FUNCTION, A_NUMBER, A_STRING, AN_ABORT_SIGNAL, AN_EXPIRY, OPTIONS};
use crate::options::value::Value;

/// In seconds: what a signed integer of 32 bits holds.
const LONGEST_EXPIRY: f64 = 2_147_483_648.0;

/// The options, each with its type. Times are in seconds.
pub struct Options<V> {
    /// What the phone shows; empty for the default.
    pub binding_message: String,
    /// After how many seconds the request may expire, for the standard's routes.
    pub requested_expiry: Option<f64>,
    /// Between two polls.
    pub interval: Option<f64>,
    /// Of a poll.
    pub timeout: Option<f64>,
    /// How many attempts `authenticateWithRetry` has.
    pub max_retries: Option<f64>,
    /// The page's signal, or `undefined`.
    pub signal: V,
    /// Called with the progress of a poll.
    pub on_progress: Option<V>,
    /// Called to ask the user for a TOTP code.
    pub prompt_for_code: Option<V>,
}

impl<V: Value + Default> Options<V> {
    /// Reads each option once, in this order.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for an option of another type, or one that cannot be read.
    pub fn read(options: &V) -> Result<Self, Failure> {
        // Own properties only: what was added to `Object.prototype` is no option.
        let options = match options.is_absent() {
            true => Some(V::new_record()),
            false if options.is_object() => options.copy_properties(),
            false => None,
        };
        let options = options.ok_or_else(|| Failure::argument(&[OPTIONS]))?;
        let read = |name, is_valid: fn(&V) -> bool, requirement| -> Result<Option<V>, Failure> {
            let value = options.get(name).filter(|value| value.is_absent() || is_valid(value));
            let value = value.ok_or_else(|| invalid(name, requirement))?;
            Ok(Some(value).filter(|value| !value.is_absent()))
        };
        let number = |name| -> Result<Option<f64>, Failure> {
            let value = read(name, |value| value.as_number().is_some(), A_NUMBER)?;
            Ok(value.and_then(|value| value.as_number()))
        };
        let requested_expiry = number("requestedExpiry")?;
        if requested_expiry.is_some_and(|seconds| seconds.fract() != 0.0 || !(1.0..LONGEST_EXPIRY).contains(&seconds)) {
            return Err(invalid("requestedExpiry", AN_EXPIRY));
        }
        Ok(Options {
            requested_expiry,
            binding_message: read("bindingMessage", V::is_string, A_STRING)?
                .and_then(|text| text.as_string())
                .unwrap_or_default(),
            interval: number("interval")?,
            timeout: number("timeout")?,
            max_retries: number("maxRetries")?,
            signal: read("signal", V::is_object, AN_ABORT_SIGNAL)?.unwrap_or_default(),
            on_progress: read("onProgress", V::is_function, A_FUNCTION)?,
            prompt_for_code: read("promptForCode", V::is_function, A_FUNCTION)?,
        })
    }
}

/// `invalid_argument` for an option.
pub fn invalid(name: &str, requirement: &str) -> Failure {
    Failure::argument(&["options.", name, requirement])
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
