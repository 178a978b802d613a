//! The settings of a call, checked.

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::host;
use crate::options::Value;
use crate::result::{Failure, Fault};
use crate::text::concat;

/// The settings of one call.
pub struct Settings {
    /// The cloud's address, without a slash at its end.
    pub base: String,
    /// The page's `AbortSignal`, or `undefined`.
    pub signal: JsValue,
    /// `mediation: "conditional"`: autofill, or the quiet upgrade.
    pub conditional: bool,
    /// For the first attempt to finalize, in milliseconds.
    pub finalize_timeout: f64,
    /// As the page gave them.
    #[cfg(feature = "injection")]
    pub page: JsValue,
    on_progress: Option<Function>,
    on_extension_results: Option<Function>,
}

const FINALIZE_TIMEOUT: f64 = 10_000.0;

impl Settings {
    /// Reads the page's settings; absent members have their defaults.
    ///
    /// # Errors
    ///
    /// [`Fault::Unknown`], with a message that names the first setting that is invalid.
    pub fn read(settings: &JsValue) -> Result<Self, Failure> {
        let absent = settings.is_absent();
        if !absent && !settings.is_object() {
            return Err(invalid("", "not an object"));
        }
        let get = |name: &'static str| match absent {
            true => Ok(None),
            false => match settings.member(name) {
                Some(value) => Ok(Some(value).filter(|value| !value.is_absent())),
                None => Err(invalid(name, "not readable")),
            },
        };
        let function = |name| match get(name)? {
            None => Ok(None),
            Some(value) if value.is_function() => Ok(Some(value.unchecked_into())),
            Some(_) => Err(invalid(name, "not a function")),
        };

        let base = match get("baseUrl")? {
            None => js_sys::global()
                .member("location")
                .and_then(|location| location.text_member("origin"))
                .unwrap_or_default(),
            Some(value) => value
                .text()
                .and_then(|base| host::locate(&base))
                .ok_or_else(|| invalid("baseUrl", "neither https nor http on a loopback host"))?,
        };
        let signal = get("signal")?.unwrap_or_default();
        if !signal.is_absent() && !signal.member("aborted").is_some_and(|aborted| aborted.is_boolean()) {
            return Err(invalid("signal", "not an AbortSignal"));
        }
        let mediation = get("mediation")?;
        let conditional = match mediation.map(|value| value.text()) {
            None => false,
            Some(Some(text)) if text == "optional" => false,
            Some(Some(text)) if text == "conditional" => true,
            _ => return Err(invalid("mediation", "neither conditional nor optional")),
        };
        // What it means is decided with the arguments, before any setting is judged.
        if get("usernameless")?.is_some_and(|value| !value.is_boolean()) {
            return Err(invalid("usernameless", "not true or false"));
        }
        let finalize_timeout = match get("finalizeTimeout")?.map(|value| value.as_f64()) {
            None => FINALIZE_TIMEOUT,
            // A timer of the browser holds no more than 31 bits.
            Some(Some(ms)) if ms > 0.0 && ms < 2_147_483_648.0 => ms,
            _ => return Err(invalid("finalizeTimeout", "not a number of milliseconds")),
        };
        Ok(Settings {
            base,
            signal,
            conditional,
            finalize_timeout,
            #[cfg(feature = "injection")]
            page: settings.clone(),
            on_progress: function("onProgress")?,
            on_extension_results: function("onExtensionResults")?,
        })
    }

    /// Tells the page which step begins. What its function throws is its own affair.
    pub fn progress(&self, stage: &str) {
        call(&self.on_progress, &JsValue::from_str(stage));
    }

    /// Whether the page wants the outputs of the extensions.
    pub fn wants_extension_results(&self) -> bool {
        self.on_extension_results.is_some()
    }

    /// Hands the outputs of the extensions to the page.
    pub fn extension_results(&self, results: &JsValue) {
        call(&self.on_extension_results, results);
    }
}

fn call(function: &Option<Function>, argument: &JsValue) {
    if let Some(function) = function {
        let _ = function.call1(&JsValue::UNDEFINED, argument);
    }
}

fn invalid(name: &str, problem: &str) -> Failure {
    let dot = if name.is_empty() { "" } else { "." };
    Failure::new(Fault::Unknown, concat(&["settings", dot, name, " is ", problem]))
}
