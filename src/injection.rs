//! Crashes on demand: only the build that the tests make, with the feature `injection`, has any.

use wasm_bindgen::JsValue;

use crate::options::Settings;

/// Panics if the call's setting `panicAt` names this point.
#[cfg(feature = "injection")]
pub fn point(name: &str, settings: &Settings<JsValue>) {
    let chosen = settings.get("panicAt").and_then(|chosen| chosen.as_string());
    assert_ne!(chosen.as_deref(), Some(name), "as the test asked");
}

/// Nothing, in every build that is published.
#[cfg(not(feature = "injection"))]
pub fn point(_name: &str, _settings: &Settings<JsValue>) {}
