//! The page: what outlives an instance of the module (js/call.js, js/host.js), and what was thrown, in words.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use crate::messages::{NO_NAME, NO_REASON};
use crate::options::js::{js_name, read};
use crate::options::value::Value;
use crate::text::concat;

#[wasm_bindgen(module = "/js/call.js")]
extern "C" {
    /// A call that an instance runs. JavaScript holds it, so that a crash loses neither the promise nor the consent.
    #[derive(Clone)]
    pub type Call;

    /// A call whose promise is still to be resolved.
    #[wasm_bindgen(js_name = createCall)]
    pub fn create_call() -> Call;

    /// Resolves the promise to the result object, made by a literal of what [`crate::result::ResultParts`] lists:
    /// serde-wasm-bindgen would make it by assignment, which a setter on `Object.prototype` intercepts.
    pub fn finish(call: &Call, parts: &JsValue);
}

#[wasm_bindgen]
extern "C" {
    /// What the page gets.
    #[wasm_bindgen(method, structural, getter)]
    pub fn promise(this: &Call) -> Promise;

    /// Says that the user has consented, to which transaction.
    #[wasm_bindgen(method, structural, setter, js_name = statusToken)]
    pub fn set_status_token(this: &Call, status_token: &JsValue);
}

#[wasm_bindgen(module = "/js/host.js")]
extern "C" {
    /// An abort controller with a time limit.
    pub type Limit;

    /// One that aborts itself after that many milliseconds (0: never).
    #[wasm_bindgen(catch, js_name = limit)]
    pub fn create_limit(ms: f64) -> Result<Limit, JsValue>;

    /// The same for a prompt, which takes the place of the one that is open, and ends with the page's signal.
    #[wasm_bindgen(catch, js_name = takeOver)]
    pub fn claim_prompt(ms: f64, signal: &JsValue) -> Result<Limit, JsValue>;

    /// `globalThis`. As a static of wasm-bindgen's it would take a cell that can panic.
    #[wasm_bindgen(js_name = getGlobal)]
    fn get_global() -> JsValue;

    /// Resolves after that many milliseconds. The timer is JavaScript's, so that none calls an instance that crashed.
    #[wasm_bindgen(catch)]
    pub fn sleep(ms: f64) -> Result<Promise, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// What aborts with it.
    #[wasm_bindgen(method, structural, getter)]
    pub fn signal(this: &Limit) -> AbortSignal;

    /// Leaves no timer and no listener behind.
    #[wasm_bindgen(method, structural, catch)]
    pub fn close(this: &Limit) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = until)]
    fn until_promise(this: &Limit, promise: &Promise) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = performance, js_name = now)]
    fn performance_now() -> Result<f64, JsValue>;
}

impl Limit {
    /// What the promise settles to, unless this aborts first: what never settles ends, too. From this call on the promise is
    /// listened to, so that no rejection of it is the page's.
    ///
    /// # Errors
    ///
    /// What the promise was rejected with, or the reason of the abort.
    pub fn until(&self, promise: &Promise) -> impl Future<Output = Result<JsValue, JsValue>> + use<> {
        let settled = self.until_promise(promise);
        async {
            let settled = JsFuture::from(settled?).await?;
            // In an object: on its own, a value that becomes thenable later would be awaited, possibly for ever.
            read(&settled, "value")
        }
    }
}

/// A property of the global object.
pub fn global(name: &'static str) -> Result<JsValue, JsValue> {
    read(&get_global(), name)
}

/// Calls a method of a value.
pub fn call_method(owner: &JsValue, name: &'static str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = read(owner, name)?.unchecked_into();
    match arguments {
        [argument] => method.call1(owner, argument),
        _ => method.call0(owner),
    }
}

/// Calls a function that the page passed. What it throws is the page's own affair.
pub fn notify(listener: Option<JsValue>, value: &JsValue) {
    if let Some(listener) = listener {
        let _ = listener.unchecked_ref::<Function>().call1(&JsValue::UNDEFINED, value);
    }
}

/// Milliseconds on a clock that only goes forward.
pub fn now() -> f64 {
    performance_now().unwrap_or_default()
}

/// What was thrown or rejected, in words. Pages and wrappers throw other things than exceptions too: a string is the message.
pub fn describe(exception: &JsValue) -> String {
    let word = |value: Option<JsValue>| value.and_then(|value| value.as_string()).filter(|text| !text.is_empty());
    let name = word(exception.get("name"));
    let message = word(exception.get("message")).or_else(|| word(Some(exception.clone())));
    concat(&[name.as_deref().unwrap_or(NO_NAME), ": ", message.as_deref().unwrap_or(NO_REASON)])
}

/// A string, as JavaScript has it.
pub fn js_string(text: &'static str) -> &'static JsValue {
    js_name(text)
}
