//! What JavaScript sees: one client for each instance of the module, and its calls, which `js/ciba-call.js` carries out.
//!
//! No borrow lasts while JavaScript runs, since any function of the page may call another method.

use core::cell::RefCell;
use core::mem;

use wasm_bindgen::prelude::*;

use super::answer::{Answer, Body, Json, Silence};
use super::client::{Client, REQUEST_TIMEOUT};
use super::routes::Generation;
use super::run::{Event, Method, Next, Options, Run};

#[wasm_bindgen]
extern "C" {
    /// The side of a call that acts. Each of the first four is told what comes next, and answers by [`step`].
    #[derive(Clone)]
    pub type Call;

    /// Sends a body to a path, and waits so many milliseconds for the answer.
    #[wasm_bindgen(method)]
    fn send(this: &Call, path: &str, body: &str, ms: f64);
    /// Waits so many milliseconds; with `nap` less, if it is time to look at the clock again.
    #[wasm_bindgen(method)]
    fn rest(this: &Call, ms: f64, nap: bool);
    /// Has the page ask for a TOTP code, because of the push's code.
    #[wasm_bindgen(method)]
    fn prompt(this: &Call, why: &str);
    /// Resolves the method's promise to this JSON. The call is over.
    #[wasm_bindgen(method)]
    fn done(this: &Call, json: &str);
    /// Tells the page's logger.
    #[wasm_bindgen(method)]
    fn log(this: &Call, level: &str, text: &str);
    /// Tells the page's `onProgress`, times in milliseconds; the last one is below 0 for none.
    #[wasm_bindgen(method)]
    fn report(this: &Call, attempt: u32, left: f64, next: f64);
    /// Cancels it.
    #[wasm_bindgen(method)]
    fn end(this: &Call);
}

struct State {
    client: Option<Client<Call>>,
    calls: Vec<(u32, Run<Call>, Call)>,
    last: u32,
}

thread_local! {
    static STATE: RefCell<State> = const { RefCell::new(State { client: None, calls: Vec::new(), last: 0 }) };
}

/// Makes the client, from options that `js/ciba-options.js` has checked: the client id is text or `undefined`, the
/// timeout of a request in milliseconds, 0 for the default.
#[wasm_bindgen]
pub fn open(client_id: &JsValue, has_older_routes: bool, request_timeout: f64) {
    let generation = if has_older_routes { Generation::Tenant } else { Generation::Workspace };
    let request_timeout = if request_timeout > 0.0 { request_timeout } else { REQUEST_TIMEOUT };
    let client = Client::new(client_id.as_string(), generation, request_timeout);
    STATE.with_borrow_mut(|state| state.client = Some(client));
}

/// Enters a call of a method, by its number in `js/ciba-call.js`, and names it. `argument` is what the method has beside
/// the email and the options; what is no text is taken for an empty one, which no method accepts.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments, reason = "one crossing")]
pub fn begin(
    call: Call,
    method: u8,
    email: &JsValue,
    argument: &JsValue,
    binding_message: &JsValue,
    interval: Option<f64>,
    timeout: Option<f64>,
    max_retries: Option<f64>,
) -> u32 {
    let text = |value: &JsValue| value.as_string().unwrap_or_default();
    let email = text(email);
    let method = match method {
        0 => Method::Initiate,
        1 => Method::Verify(text(argument)),
        2 => Method::Poll(text(argument)),
        3 => Method::Safe,
        4 => Method::Retry,
        _ => Method::Fallback,
    };
    crash_point(&email, "begin");
    let options = Options { binding_message: text(binding_message), interval, timeout, max_retries };
    STATE.with_borrow_mut(|state| {
        let mut run = Run::new(email, method, options);
        if let Some(client) = &mut state.client {
            run.depart(client, call.clone());
        }
        state.last = state.last.wrapping_add(1);
        state.calls.push((state.last, run, call));
        state.last
    })
}

/// Goes on with a call at the wall clock's `now`, after the event of this number in `js/ciba-call.js`. `value` is the
/// answer's JSON, or the code.
#[wasm_bindgen]
pub fn step(id: u32, now: f64, event: u8, value: &JsValue, status: u16) {
    let event = match event {
        0 => Event::Tick,
        1 => Event::Answer(Answer::Http { status, body: Some(Body::read(value)) }),
        2 => Event::Answer(Answer::Http { status, body: None }),
        3 => Event::Answer(Answer::None(Silence::Late)),
        4 => Event::Answer(Answer::None(Silence::Unreachable)),
        5 => Event::Code(value.as_string()),
        6 => Event::Cancel,
        _ => Event::Refuse,
    };
    let stepped = STATE.with_borrow_mut(|state| {
        let at = state.calls.iter().position(|(of, ..)| *of == id)?;
        let (_, mut run, call) = state.calls.swap_remove(at);
        if let Event::Answer(_) = event {
            crash_point(run.email(), "answer");
        }
        let next = run.step(state.client.as_mut()?, now, event);
        Some((run, call, next))
    });
    let Some((mut run, call, next)) = stepped else {
        return;
    };
    for ended in mem::take(&mut run.ended) {
        ended.end();
    }
    for (level, text) in mem::take(&mut run.lines) {
        call.log(level.method(), &text);
    }
    if let Some(progress) = run.progress() {
        call.report(progress.attempt, progress.left, progress.next.unwrap_or(-1.0));
    }
    match next {
        Next::Done(json) => return call.done(&json),
        Next::Send(ms) => call.send(&run.post.path, &run.post.body, ms),
        Next::Rest(ms) => call.rest(ms, false),
        Next::Nap(ms) => call.rest(ms, true),
        Next::Prompt(why) => call.prompt(&why),
    }
    STATE.with_borrow_mut(|state| state.calls.push((id, run, call)));
}

/// `cancelApproval`, up to its result.
#[wasm_bindgen]
pub fn cancel(email: &JsValue) {
    let email = email.as_string().unwrap_or_default();
    let ended = STATE.with_borrow_mut(|state| state.client.as_mut().map(|client| client.cancel(&email)));
    for call in ended.unwrap_or_default() {
        call.end();
    }
}

/// Crashes on demand: only the build that the tests make, with the feature `injection`, has any.
#[cfg(feature = "injection")]
fn crash_point(email: &str, name: &str) {
    assert_ne!(email.strip_prefix("panic@"), Some(name), "as the test asked");
}

/// Nothing, in every build that is published.
#[cfg(not(feature = "injection"))]
fn crash_point(_email: &str, _name: &str) {}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = get)]
    fn member(target: &JsValue, name: &str) -> Result<JsValue, JsValue>;
}

impl Json for JsValue {
    fn text(&self, name: &str) -> Option<String> {
        member(self, name).ok()?.as_string().filter(|text| !text.is_empty())
    }

    fn number(&self, name: &str) -> Option<f64> {
        member(self, name).ok()?.as_f64()
    }

    fn is_true(&self, name: &str) -> bool {
        member(self, name).ok().and_then(|value| value.as_bool()) == Some(true)
    }
}
