//! The options of a method: docs/contract.md, section B2. Each method uses those that it has.

use super::code::Code;
use crate::options::value::Value;

/// The options, each with its type. Times are in seconds.
pub struct Options<V> {
    /// What the phone shows; empty for the default.
    pub binding_message: String,
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
    /// `invalid_request` for an option of another type, or one that cannot be read.
    pub fn read(options: &V) -> Result<Self, Code> {
        if !options.is_absent() && !options.is_object() {
            return Err(Code::InvalidRequest);
        }
        // Own properties only: what was added to `Object.prototype` is no option.
        let options = if options.is_absent() { Some(V::new_record()) } else { options.copy_properties() };
        let options = options.ok_or(Code::InvalidRequest)?;
        let read = |name, is_valid: fn(&V) -> bool| {
            let value = options.get(name).ok_or(Code::InvalidRequest)?;
            match value.is_absent() {
                true => Ok(None),
                false if is_valid(&value) => Ok(Some(value)),
                false => Err(Code::InvalidRequest),
            }
        };
        let number = |name| {
            let value = read(name, |value| value.as_number().is_some())?;
            Ok(value.and_then(|value| value.as_number()))
        };
        Ok(Options {
            binding_message: read("bindingMessage", V::is_string)?
                .and_then(|text| text.as_string())
                .unwrap_or_default(),
            interval: number("interval")?,
            timeout: number("timeout")?,
            max_retries: number("maxRetries")?,
            signal: read("signal", V::is_object)?.unwrap_or_default(),
            on_progress: read("onProgress", V::is_function)?,
            prompt_for_code: read("promptForCode", V::is_function)?,
        })
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
