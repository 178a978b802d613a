//! Crashes on demand, only in the tests' build with the feature `injection`.

use wasm_bindgen::JsValue;

use crate::options::Settings;

/// Panics if the call's setting `panicAt` names this point.
#[cfg(feature = "injection")]
pub fn point(name: &str, settings: &Settings<JsValue>) {
    let chosen = settings.get("panicAt").and_then(|chosen| chosen.as_string());
    assert_ne!(chosen.as_deref(), Some(name), "as the test asked");
}

/// Does nothing in published builds.
#[cfg(not(feature = "injection"))]
pub fn point(_name: &str, _settings: &Settings<JsValue>) {}
