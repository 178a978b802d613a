//! Crashes on demand: only the build that the tests make, with the feature `injection`, has any.

use wasm_bindgen::JsValue;

/// Panics if the call's setting `panicAt` names this point.
#[cfg(feature = "injection")]
pub fn point(name: &str, call: &JsValue) {
    let member = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).unwrap_or_default();
    let chosen = member(&member(&member(call, "page"), "settings"), "panicAt").as_string();
    assert_ne!(chosen.as_deref(), Some(name), "as the test asked");
}

/// Nothing, in every build that is published.
#[cfg(not(feature = "injection"))]
pub fn point(_name: &str, _call: &JsValue) {}
