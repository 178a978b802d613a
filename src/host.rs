//! The functions of `js/host.js`: what outlives an instance of the module, and what would take many crossings from here.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

#[wasm_bindgen(module = "/js/host.js")]
extern "C" {
    /// `globalThis`.
    pub fn global() -> JsValue;

    /// Ends the prompt that is open; the controller of the one that takes its place ends that after `ms` (0: never) or
    /// with the page's signal.
    #[wasm_bindgen(catch, js_name = takeOver)]
    pub fn take_over(ms: f64, signal: &JsValue) -> Result<AbortController, JsValue>;

    /// What the promise settles to, unless the controller is aborted first.
    pub fn until(promise: &JsValue, controller: &AbortController) -> Promise;

    /// `navigator.credentials`, or the number of the reason why there is none.
    #[wasm_bindgen(catch)]
    pub fn container(register: bool) -> Result<JsValue, JsValue>;

    /// Whether this browser has autofill, or the quiet upgrade.
    #[wasm_bindgen(js_name = hasConditional)]
    pub fn has_conditional(register: bool) -> Promise;

    /// The address that paths are put behind, if `base` is a valid one.
    pub fn locate(base: &JsValue) -> Option<String>;

    /// One request: a promise of a `Response`, as far as the page left `fetch` alone, and its text.
    pub fn exchange(url: &str, body: &str, ms: f64) -> Promise;

    /// Settles after that many milliseconds.
    pub fn sleep(ms: f64) -> Promise;

    /// base64url text of the UTF-8 of `text`.
    pub fn encode(text: &str) -> String;

    /// base64url text of a member that is a buffer; `None` where it isn't one, or empty.
    #[wasm_bindgen(js_name = textOf)]
    pub fn text_of(target: &JsValue, name: &str) -> Option<String>;

    /// The result object from its [`crate::result::Report`].
    #[wasm_bindgen(js_name = resultObject)]
    pub fn result_object(report: &JsValue) -> JsValue;
}

#[wasm_bindgen]
extern "C" {
    /// Milliseconds on a clock that only goes forward.
    #[wasm_bindgen(js_namespace = performance)]
    pub fn now() -> f64;
}
