//! The page: what outlives an instance of the module (js/call.js, js/host.js), clocks, and descriptions of exceptions.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use crate::messages::{NO_NAME, NO_REASON};
use crate::options::js::read;
use crate::options::value::Value;
use crate::step::Step;
use crate::text::concat;

// js/call.js and js/host.js import these: wasm-bindgen brings only the files that Rust names.
#[wasm_bindgen(module = "/js/shared.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = withCause)]
    static SHARED: JsValue;
}

#[wasm_bindgen(module = "/js/trace.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = createTrace)]
    static TRACE: JsValue;
}

#[wasm_bindgen(module = "/js/cause-tables.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = SILENT)]
    static SILENT: JsValue;
}

#[wasm_bindgen(module = "/js/call.js")]
extern "C" {
    /// A promise and the function that resolves it.
    #[derive(Clone)]
    pub type Pending;

    /// Creates one.
    #[wasm_bindgen(js_name = createPending)]
    pub fn create_pending() -> Pending;

    /// A call that an instance runs. JavaScript holds it, so that its promise and status token survive a crash.
    #[derive(Clone)]
    #[wasm_bindgen(extends = Pending)]
    pub type Call;

    /// Creates a call of the function with this name.
    #[wasm_bindgen(js_name = createCall)]
    pub fn create_call(name: &str, is_registration: bool, settings: &JsValue) -> Call;

    /// Ends the call with the result object, which it builds of [`crate::result::ResultParts`] as an object literal:
    /// serde-wasm-bindgen would assign the properties, which setters on `Object.prototype` intercept.
    pub fn finish(call: &Call, parts: &JsValue);

    /// A plain object with the properties of a record: defined, not assigned, for the same reason.
    #[wasm_bindgen(js_name = toObject)]
    pub fn to_object(record: &JsValue) -> JsValue;
}

#[wasm_bindgen]
extern "C" {
    /// The promise that the page gets.
    #[wasm_bindgen(method, structural, getter)]
    pub fn promise(this: &Pending) -> Promise;

    /// Resolves the promise.
    #[wasm_bindgen(method, structural)]
    pub fn resolve(this: &Pending, result: &JsValue);

    /// Notes what the call does next: the name of a [`crate::step::Step`], and a detail of it.
    #[wasm_bindgen(method, structural, js_name = step)]
    fn note(this: &Call, name: &str, detail: &str);

    /// Records the prompt, so that a crash can end it.
    #[wasm_bindgen(method, structural, setter)]
    pub fn set_prompt(this: &Call, prompt: &Deadline);

    /// The transaction that the user has consented to.
    #[wasm_bindgen(method, structural, getter, js_name = statusToken)]
    pub fn status_token(this: &Call) -> JsValue;

    /// Records that the user has consented to this transaction.
    #[wasm_bindgen(method, structural, setter, js_name = statusToken)]
    pub fn set_status_token(this: &Call, status_token: &JsValue);

    /// The passkey with which the user has consented.
    #[wasm_bindgen(method, structural, getter, js_name = credentialId)]
    pub fn credential_id(this: &Call) -> JsValue;

    /// Records it.
    #[wasm_bindgen(method, structural, setter, js_name = credentialId)]
    pub fn set_credential_id(this: &Call, credential_id: &JsValue);
}

#[wasm_bindgen(module = "/js/host.js")]
extern "C" {
    /// An abort controller with a time limit.
    #[derive(Clone, PartialEq)]
    pub type Deadline;

    /// One that aborts after that many milliseconds (0: never), or with the page's signal (`undefined`: none).
    #[wasm_bindgen(catch, js_name = createDeadline)]
    pub fn create_deadline(ms: f64, signal: &JsValue) -> Result<Deadline, JsValue>;

    /// One for a question to the browser about what it supports: the reply may never come.
    #[wasm_bindgen(catch, js_name = createQuestion)]
    pub fn create_question(signal: &JsValue) -> Result<Deadline, JsValue>;

    /// The reason of a signal that has aborted, also in browsers that give none.
    #[wasm_bindgen(catch, js_name = reasonOf)]
    pub fn reason_of(signal: &AbortSignal) -> Result<JsValue, JsValue>;

    /// One for a prompt, which takes the place of the one that is open.
    #[wasm_bindgen(catch, js_name = claimPrompt)]
    pub fn claim_prompt(ms: f64, signal: &JsValue) -> Result<Deadline, JsValue>;

    /// `globalThis`. A static of wasm-bindgen would need a cell, which can panic.
    #[wasm_bindgen(js_name = getGlobal)]
    fn get_global() -> JsValue;

    /// Resolves after `ms` milliseconds, or, to `true`, when the browser is online again. The timer is in JavaScript, so that
    /// it never calls an instance that crashed.
    #[wasm_bindgen(catch, js_name = sleepOrOnline)]
    pub fn sleep_or_online(ms: f64) -> Result<Promise, JsValue>;
}

#[wasm_bindgen(module = "/js/capabilities.js")]
extern "C" {
    /// What the browser has said of its capabilities; an empty object before it has.
    #[wasm_bindgen(js_name = getCapabilities)]
    pub fn get_capabilities() -> JsValue;

    /// Asks it. Resolves to the same, within a second.
    #[wasm_bindgen(catch, js_name = askCapabilities)]
    pub fn ask_capabilities() -> Result<Promise, JsValue>;
}

#[wasm_bindgen(module = "/js/wall-clock.js")]
extern "C" {
    /// A [`Deadline`] on the wall clock, which goes on while the computer sleeps.
    #[wasm_bindgen(catch, js_name = createWallClockDeadline)]
    pub fn create_wall_clock_deadline(ms: f64, signal: &AbortSignal) -> Result<Deadline, JsValue>;

    /// Resolves after that many milliseconds on the wall clock, or when the signal aborts.
    #[wasm_bindgen(catch)]
    pub fn pause(ms: f64, signal: &AbortSignal) -> Result<Promise, JsValue>;

    /// Milliseconds on the wall clock, or at least the time that the naps took, if the clock stands still or is set back.
    #[wasm_bindgen(js_name = readClock)]
    pub fn read_clock() -> f64;

    /// The same as [`pause`], but resolves as soon as it is time to look at the clock again.
    #[wasm_bindgen(catch)]
    pub fn nap(ms: f64, signal: &AbortSignal) -> Result<Promise, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// The signal to pass to the browser.
    #[wasm_bindgen(method, structural, getter)]
    pub fn signal(this: &Deadline) -> AbortSignal;

    /// Aborts now.
    #[wasm_bindgen(method, structural, catch)]
    pub fn abort(this: &Deadline) -> Result<(), JsValue>;

    /// Removes the timer and the listeners.
    #[wasm_bindgen(method, structural, catch)]
    pub fn close(this: &Deadline) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = until)]
    fn until_promise(this: &Deadline, promise: &Promise) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = performance, js_name = now)]
    fn performance_now() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Date, js_name = now)]
    fn date_now() -> Result<JsValue, JsValue>;
}

impl Call {
    /// Notes what it does next, for `onProgress`, `onEnd` and `debug`.
    pub fn step(&self, step: Step, detail: &str) {
        self.note(step.name(), detail);
    }
}

impl Deadline {
    /// Awaits the promise until this aborts. The promise is listened to from this call on, so that the page sees no unhandled
    /// rejection.
    ///
    /// # Errors
    ///
    /// What the promise was rejected with, or the reason of the abort.
    pub fn until(&self, promise: &Promise) -> impl Future<Output = Result<JsValue, JsValue>> + use<> {
        let settled = self.until_promise(promise);
        async {
            let settled = JsFuture::from(settled?).await?;
            // Wrapped in an object, because a value that becomes thenable later would be awaited, possibly for ever.
            read(&settled, "value")
        }
    }

    /// Whether it has aborted.
    pub fn is_aborted(&self) -> bool {
        is_aborted(&self.signal())
    }
}

/// Whether a signal, which may be anything, has aborted.
pub fn is_aborted(signal: &JsValue) -> bool {
    signal.get("aborted").is_some_and(|aborted| !aborted.is_falsy())
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

/// Calls a function that the page passed, and ignores what it throws.
pub fn notify(listener: Option<JsValue>, value: &JsValue) {
    if let Some(listener) = listener {
        let _ = call_function(&listener, value);
    }
}

/// Calls a function that the page passed.
pub fn call_function(function: &JsValue, argument: &JsValue) -> Result<JsValue, JsValue> {
    function.unchecked_ref::<Function>().call1(&JsValue::UNDEFINED, argument)
}

/// Milliseconds on a clock that only goes forward.
pub fn now() -> f64 {
    number(performance_now())
}

/// Milliseconds on the wall clock, which goes on while the computer sleeps, and may be set back.
pub fn wall_clock() -> f64 {
    number(date_now())
}

/// What a clock returned. Not as an `f64`, to which no BigInt converts: a trap.
fn number(read: Result<JsValue, JsValue>) -> f64 {
    read.ok().and_then(|value| value.as_f64()).unwrap_or_default()
}

/// The `name: message` of what was thrown. Pages and wrappers also throw other values: a string becomes the message.
pub fn describe(exception: &JsValue) -> String {
    let word = |value: Option<JsValue>| value.and_then(|value| value.as_string()).filter(|text| !text.is_empty());
    let name = word(exception.get("name"));
    let message = word(exception.get("message")).or_else(|| word(Some(exception.clone())));
    concat(&[name.as_deref().unwrap_or(NO_NAME), ": ", message.as_deref().unwrap_or(NO_REASON)])
}
