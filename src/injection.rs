//! Crashes on demand, only in the tests' build with the feature `injection`.

use wasm_bindgen::JsValue;

use crate::options::Settings;

/// Panics if the call's setting `panicAt` names this point.
pub fn point(name: &str, settings: &Settings<JsValue>) {
    if cfg!(feature = "injection") {
        let chosen = settings.get("panicAt").and_then(|chosen| chosen.as_string());
        crash_if(chosen.as_deref() == Some(name));
    }
}

/// Panics if a test asks for it.
pub fn crash_if(is_asked: bool) {
    assert!(!(cfg!(feature = "injection") && is_asked), "as the test asked");
}
