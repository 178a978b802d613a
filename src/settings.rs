//! The settings of a call, checked.

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::host;
use crate::options::check::{Path, members};
use crate::options::rules::SETTINGS;
use crate::options::{Kind, Value};
use crate::result::{Failure, Fault};

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
        Self::check(settings).map_err(|message| Failure { fault: Fault::Unknown, message })
    }

    fn check(settings: &JsValue) -> Result<Self, String> {
        let path = &Path::Root("settings");
        let checked = JsValue::new_object();
        if !settings.is(Kind::Absent) {
            members(settings, SETTINGS, &checked, path)?;
        }
        let base = match checked.member("baseUrl").filter(|base| !base.is_undefined()) {
            Some(base) => host::locate(&base)
                .ok_or_else(|| path.problem(".baseUrl is neither https nor http on a loopback host"))?,
            None => host::global()
                .member("location")
                .and_then(|location| location.text_member("origin"))
                .unwrap_or_default(),
        };
        let conditional = match checked.member("mediation").and_then(|mediation| mediation.text()).as_deref() {
            Some("conditional") => true,
            None | Some("optional") => false,
            Some(_) => return Err(path.problem(".mediation is neither conditional nor optional")),
        };
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

    /// Whether a call with these settings, which may be invalid, needs no `userId`: autofill and a sign-in button
    /// without a name have none.
    pub fn allow_no_user(settings: &JsValue) -> bool {
        settings.text_member("mediation").as_deref() == Some("conditional")
            || settings.member("usernameless").is_some_and(|usernameless| usernameless.as_bool() == Some(true))
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
        if let Some(function) = self.checked.member(name).filter(|function| function.is(Kind::Function)) {
            let _ = function.unchecked_into::<Function>().call1(&JsValue::UNDEFINED, &argument());
        }
    }
}
