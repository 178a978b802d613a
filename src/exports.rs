//! The exported functions.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use crate::ceremony;
use crate::result::Ceremony;

/// Approves with a passkey: contract section 1. The promise always fulfils with a result object.
#[wasm_bindgen]
pub fn authenticate(options: &JsValue, settings: &JsValue) -> Promise {
    ceremony::run(Ceremony::Authentication, options, settings)
}

/// Creates a passkey: contract section 1. The promise always fulfils with a result object.
#[wasm_bindgen]
pub fn register(options: &JsValue, settings: &JsValue) -> Promise {
    ceremony::run(Ceremony::Registration, options, settings)
}

/// Asks what became of a call whose instance crashed after the person had consented.
#[doc(hidden)]
#[wasm_bindgen]
pub fn recover(register: bool, options: &JsValue, settings: &JsValue) -> Promise {
    let ceremony = if register { Ceremony::Registration } else { Ceremony::Authentication };
    ceremony::recover(ceremony, options, settings)
}
