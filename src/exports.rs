//! The exported functions.

use core::hint::black_box;

use wasm_bindgen::prelude::*;

use crate::ceremony;
use crate::host::Call;
use crate::result::Ceremony;

/// Has the memory that calls need, before the first of them.
#[wasm_bindgen(start)]
pub fn start() {
    drop(black_box(Box::new(0)));
}

/// Runs a call of `js/call.js` (docs/contract.md, section A1). Its promise always fulfills with a result object.
#[wasm_bindgen]
pub fn run(call: JsValue, register: bool) {
    ceremony::run(of(call, register));
}

/// Asks what became of a call whose instance crashed after the person had consented.
#[wasm_bindgen]
pub fn recover(call: JsValue, register: bool) {
    ceremony::recover(of(call, register));
}

fn of(object: JsValue, register: bool) -> Call {
    Call { ceremony: if register { Ceremony::Registration } else { Ceremony::Authentication }, object }
}
