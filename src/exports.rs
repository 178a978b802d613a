//! The exported functions. The JavaScript guard passes `call`, which outlives this instance of the module; without a guard
//! the module creates one.

use core::hint::black_box;

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use crate::ceremony::{self, Function};
use crate::page::ask_capabilities;
use crate::result::Ceremony;

/// Grows the memory to what calls need, and asks the browser what it can, while the page loads: so that the first call waits for
/// neither.
#[wasm_bindgen(start)]
pub fn start() {
    drop(black_box(Box::new(0)));
    drop(ask_capabilities());
}

/// Approves with a passkey (docs/contract.md, section A1). The promise always fulfills with a result object.
#[wasm_bindgen]
pub fn authenticate(
    options: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "unknown")] settings: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "unknown")] call: JsValue,
) -> Promise {
    ceremony::start(Function::Perform(Ceremony::Authentication), options, settings, call)
}

/// Creates a passkey. The promise always fulfills with a result object.
#[wasm_bindgen]
pub fn register(
    options: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "unknown")] settings: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "unknown")] call: JsValue,
) -> Promise {
    ceremony::start(Function::Perform(Ceremony::Registration), options, settings, call)
}

/// Asks for the outcome of a transaction (docs/contract.md, section A5.3). The promise always fulfills with a result object.
#[wasm_bindgen]
pub fn outcome(
    transaction: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "unknown")] settings: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "unknown")] call: JsValue,
) -> Promise {
    ceremony::start(Function::Ask, transaction, settings, call)
}
