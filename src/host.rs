//! The functions of `js/`: what reads and acts in the page.
//!
//! A call is an object of JavaScript's, which holds what was read of its arguments and outlives an instance of the module.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{CredentialsContainer, Response};

use crate::arguments::facts::{Facts, Values};
use crate::result::Ceremony;

/// A call, which is both.
pub struct Call {
    /// Which ceremony it is.
    pub ceremony: Ceremony,
    /// What `createCall` of `js/call.js` made.
    pub object: JsValue,
}

#[wasm_bindgen(module = "/js/call.js")]
extern "C" {
    #[wasm_bindgen(js_name = readCall)]
    fn read_call(call: &JsValue) -> String;

    #[wasm_bindgen(js_name = readAnswer)]
    fn read_answer(answer: &JsValue) -> String;

    #[wasm_bindgen(js_name = valueAt)]
    fn number_of(holder: &JsValue, index: u32) -> f64;

    #[wasm_bindgen(js_name = valueAt)]
    fn text_of(holder: &JsValue, index: u32) -> String;

    #[wasm_bindgen(js_name = tell)]
    fn tell_step(call: &JsValue, step: u32);

    /// Why no credential can be asked for, by a number; 0 where it can.
    pub fn obstacle(call: &JsValue) -> u32;

    /// Takes over from the prompt that is open; this one ends after `ms` (0: never), or with the page's signal.
    #[wasm_bindgen(catch)]
    pub fn open(call: &JsValue, ms: f64) -> Result<(), JsValue>;

    /// Whether this browser has autofill, or the quiet upgrade: a promise that settles with the prompt, too.
    pub fn ability(call: &JsValue) -> Promise;

    /// `navigator.credentials`.
    pub fn container() -> CredentialsContainer;

    /// What it is asked.
    #[wasm_bindgen(js_name = requestOf)]
    pub fn request_of(call: &JsValue) -> JsValue;

    /// What that resolved to says.
    #[wasm_bindgen(js_name = isAble)]
    pub fn is_able(resolved: &JsValue) -> bool;

    /// What the promise settles to, unless the prompt has to end first.
    #[wasm_bindgen(js_name = untilEnd)]
    pub fn until_end(call: &JsValue, promise: &Promise) -> Promise;

    /// Ends the prompt.
    pub fn close(call: &JsValue);

    /// Makes the credential the body of the finalization; returns the name of what it lacks.
    pub fn take(call: &JsValue, credential: &JsValue) -> Option<String>;

    /// Sends the body, or asks what became of it: a promise of the answer.
    pub fn exchange(call: &JsValue, path: &str, ms: f64) -> Promise;

    /// The `Response` of an answer.
    #[wasm_bindgen(js_name = responseOf)]
    pub fn response_of(answer: &JsValue) -> Response;

    /// The setting, in milliseconds.
    #[wasm_bindgen(js_name = finalizeTimeout)]
    pub fn finalize_timeout(call: &JsValue) -> f64;

    /// Settles after that many milliseconds.
    pub fn sleep(ms: f64) -> Promise;

    /// What was thrown or rejected: `name: message`.
    pub fn describe(exception: &JsValue) -> String;

    /// Answers the call by what a [`crate::result::Report`] says.
    pub fn finish(call: &JsValue, report: &JsValue);
}

#[wasm_bindgen]
extern "C" {
    /// Milliseconds on a clock that only goes forward.
    #[wasm_bindgen(js_namespace = performance)]
    pub fn now() -> f64;
}

impl Values for &JsValue {
    fn number(&self, index: u32) -> f64 {
        number_of(self, index)
    }

    fn text(&self, index: u32) -> String {
        text_of(self, index)
    }
}

/// The steps that the page is told of, by the numbers of `js/call.js`.
#[derive(Clone, Copy)]
pub enum Progress {
    /// The browser is asked.
    Prompting = 0,
    /// The person has consented, and the cloud is told.
    Finalizing = 1,
    /// The cloud is asked what became of it.
    Recovering = 2,
}

impl Call {
    /// Tells the page which step begins.
    pub fn tell(&self, step: Progress) {
        tell_step(&self.object, step as u32);
    }

    /// The facts of what the page passed.
    pub fn facts(&self) -> Facts<&JsValue> {
        Facts::new(read_call(&self.object), &self.object)
    }
}

/// The facts of what the cloud answered.
pub fn facts_of_answer(answer: &JsValue) -> Facts<&JsValue> {
    Facts::new(read_answer(answer), answer)
}
