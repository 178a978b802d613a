//! The functions of `js/host.js`: what outlives an instance of the module, and what would take many crossings from here.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal};

#[wasm_bindgen(module = "/js/host.js")]
extern "C" {
    /// Aborts itself after `ms` (0: never) or with the page's signal.
    #[wasm_bindgen(catch)]
    pub fn limit(ms: f64, signal: &JsValue) -> Result<AbortController, JsValue>;

    /// Resolves to the reason once the controller is aborted.
    pub fn ended(controller: &AbortController) -> Promise;

    /// Ends the prompt that is open and takes its place; false if the controller is aborted already.
    #[wasm_bindgen(js_name = takeOver)]
    pub fn take_over(controller: &AbortController) -> bool;

    /// Whether a Permissions Policy forbids this feature here.
    #[wasm_bindgen(catch, js_name = isBlocked)]
    pub fn is_blocked(feature: &str) -> Result<bool, JsValue>;

    /// Whether this browser has autofill, or the quiet upgrade.
    #[wasm_bindgen(js_name = hasConditional)]
    pub fn has_conditional(register: bool) -> Promise;

    /// The address that paths are put behind, if `base` is a valid one.
    pub fn locate(base: &str) -> Option<String>;

    /// One request; a promise of a `Response`, as far as the page left `fetch` alone.
    #[wasm_bindgen(catch)]
    pub fn post(url: &str, body: &str, signal: &AbortSignal) -> Result<JsValue, JsValue>;

    /// The bytes of a buffer or a view.
    #[wasm_bindgen(catch)]
    pub fn bytes(value: &JsValue) -> Result<Vec<u8>, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// Milliseconds on a clock that only goes forward.
    #[wasm_bindgen(js_namespace = performance)]
    pub fn now() -> f64;
}
