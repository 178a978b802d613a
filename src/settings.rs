//! The settings of a call, checked.

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::host;
use crate::options::Value;
use crate::options::check::{Invalid, members};
use crate::options::rules::SETTINGS;
use crate::result::{Failure, Fault};
use crate::text::concat;

/// The settings of one call.
pub struct Settings {
    /// The cloud's address, without a slash at its end.
    pub base: String,
    /// `mediation: "conditional"`: autofill, or the quiet upgrade.
    pub conditional: bool,
    /// For the first attempt to finalize, in milliseconds.
    pub finalize_timeout: f64,
    /// As the page gave them.
    #[cfg(feature = "injection")]
    pub page: JsValue,
    /// The other members, each of its kind or absent.
    checked: JsValue,
}

const FINALIZE_TIMEOUT: f64 = 10_000.0;

impl Settings {
    /// Reads the page's settings; absent members have their defaults.
    ///
    /// # Errors
    ///
    /// [`Fault::Unknown`], with a message that names the first setting that is invalid.
    pub fn read(settings: &JsValue) -> Result<Self, Failure> {
        let checked = JsValue::new_object();
        if !settings.is_absent() {
            members(settings, SETTINGS, &checked).map_err(invalid)?;
        }
        let base = match checked.member("baseUrl").and_then(|base| base.text()) {
            Some(base) => host::locate(&base),
            None => Some(
                js_sys::global()
                    .member("location")
                    .and_then(|location| location.text_member("origin"))
                    .unwrap_or_default(),
            ),
        };
        let base = base.ok_or_else(|| {
            invalid(Invalid { path: ".baseUrl".into(), problem: " is neither https nor http on a loopback host" })
        })?;
        let mediation = checked.member("mediation").and_then(|mediation| mediation.text());
        let conditional = mediation.as_deref() == Some("conditional");
        if !conditional && mediation.is_some_and(|mediation| mediation != "optional") {
            return Err(invalid(Invalid {
                path: ".mediation".into(),
                problem: " is neither conditional nor optional",
            }));
        }
        let finalize_timeout = checked.member("finalizeTimeout").and_then(|ms| ms.as_f64()).unwrap_or(FINALIZE_TIMEOUT);
        Ok(Settings {
            base,
            conditional,
            finalize_timeout,
            #[cfg(feature = "injection")]
            page: settings.clone(),
            checked,
        })
    }

    /// The page's `AbortSignal`, or `undefined`.
    pub fn signal(&self) -> JsValue {
        self.checked.member("signal").unwrap_or_default()
    }

    /// Tells the page which step begins.
    pub fn progress(&self, stage: &str) {
        self.tell("onProgress", || JsValue::from_str(stage));
    }

    /// Hands the outputs of the extensions to the page, if it wants them.
    pub fn extension_results(&self, results: impl Fn() -> JsValue) {
        self.tell("onExtensionResults", results);
    }

    // What the page's function throws is the page's own affair.
    fn tell(&self, name: &str, argument: impl Fn() -> JsValue) {
        if let Some(function) = self.checked.member(name).filter(|function| function.is_function()) {
            let _ = function.unchecked_into::<Function>().call1(&JsValue::UNDEFINED, &argument());
        }
    }
}

fn invalid(invalid: Invalid) -> Failure {
    Failure::new(Fault::Unknown, concat(&["settings", &invalid.path, invalid.problem]))
}
