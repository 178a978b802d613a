//! What JavaScript sees: one client for each instance of the module, and its calls, which `js/ciba-call.js` carries out.
//!
//! No borrow lasts while JavaScript runs, since any function of the page may call another method.

use core::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::answer::{Answer, Json, Named};
use super::client::Client;
use super::run::{Act, Event, Method, Options, Run};

#[wasm_bindgen]
extern "C" {
    /// The side of a call that acts, see [`Act`]. A code is told by its number; so is what is asked for. Of `send`, `rest`,
    /// `prompt` and `done` one comes last, and the first three are answered by [`step`].
    pub type Call;

    #[wasm_bindgen(method)]
    fn end(this: &Call, call: usize);
    /// Times in seconds.
    #[wasm_bindgen(method)]
    fn initiated(this: &Call, request: usize, expires_in: f64, interval: f64);
    #[wasm_bindgen(method)]
    fn ended(this: &Call, code: u8);
    /// Times in milliseconds; the last one is below 0 for none.
    #[wasm_bindgen(method)]
    fn report(this: &Call, attempt: u32, left: f64, next: f64);
    #[wasm_bindgen(method)]
    fn send(this: &Call, request: u8, ms: f64);
    #[wasm_bindgen(method)]
    fn rest(this: &Call, ms: f64, nap: bool);
    #[wasm_bindgen(method)]
    fn prompt(this: &Call, why: u8);
    #[wasm_bindgen(method)]
    fn done(this: &Call, code: u8, remaining: u8);
}

thread_local! {
    static CLIENT: RefCell<Client> = const { RefCell::new(Client::new()) };
}

/// A number for one more email, see [`Client::spare`].
#[wasm_bindgen]
pub fn spare(used: usize) -> usize {
    CLIENT.with_borrow(|client| client.spare(used))
}

/// Enters a call of a method, by its number in `js/ciba-methods.js`, and names it. Below 0 are an email that is none and
/// a request that was not started here. `request_timeout` is in milliseconds, other times in seconds.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments, reason = "one crossing")]
pub fn begin(
    method: u8,
    email: i32,
    has_argument: bool,
    request: i32,
    interval: Option<f64>,
    timeout: Option<f64>,
    max_retries: Option<f64>,
    request_timeout: f64,
) -> usize {
    let method = match method {
        0 => Method::Initiate,
        1 => Method::Verify,
        2 => Method::Poll,
        3 => Method::Safe,
        4 => Method::Retry,
        _ => Method::Fallback,
    };
    let number = |number: i32| usize::try_from(number).ok();
    let options = Options { interval, timeout, max_retries, request_timeout };
    crash_if(max_retries == Some(-1.0));
    let run = Run::new(number(email), method, has_argument, number(request), options);
    CLIENT.with_borrow_mut(|client| client.enter(run))
}

/// Goes on with a call at the wall clock's `now`, after the event of this number in `js/ciba-call.js`. An answer has the
/// HTTP status; one in JSON what [`Json`] has.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments, reason = "one crossing")]
pub fn step(
    call: &Call,
    number: usize,
    now: f64,
    event: u8,
    status: u16,
    error: u8,
    has_token: bool,
    has_id: bool,
    success: bool,
    expires_in: f64,
    interval: f64,
) {
    let error = match error {
        0 => Named::Nothing,
        1 => Named::Pending,
        2 => Named::SlowDown,
        3 => Named::AccessDenied,
        4 => Named::ExpiredToken,
        5 => Named::InvalidRequest,
        _ => Named::Other,
    };
    let event = match event {
        0 => Event::Tick,
        1 => Event::Answer(Answer::Json(Json { status, error, has_token, has_id, success, expires_in, interval })),
        2 => Event::Answer(Answer::NotJson(status)),
        3 => Event::Answer(Answer::Late),
        4 => Event::Answer(Answer::Unreachable),
        5 => Event::Code(true),
        6 => Event::Code(false),
        7 => Event::Cancel,
        _ => Event::Refuse,
    };
    crash_if(status == 599);
    carry_out(call, CLIENT.with_borrow_mut(|client| client.step(number, now, event)));
}

/// `cancelApproval`, up to its result; of an email that has no number, JavaScript's -1, nothing is remembered. `call` is
/// only told what ends.
#[wasm_bindgen]
pub fn cancel(call: &Call, email: usize) {
    carry_out(call, CLIENT.with_borrow_mut(|client| client.cancel(email)));
}

fn carry_out(call: &Call, acts: Vec<Act>) {
    for act in acts {
        match act {
            Act::End(number) => call.end(number),
            Act::Initiated { request, expires_in, interval } => call.initiated(request, expires_in, interval),
            Act::Ended(code) => call.ended(code as u8),
            Act::Report(progress) => call.report(progress.attempt, progress.left, progress.next.unwrap_or(-1.0)),
            Act::Send { request, ms } => call.send(request as u8, ms),
            Act::Rest { ms, is_nap } => call.rest(ms, is_nap),
            Act::Prompt(code) => call.prompt(code as u8),
            Act::Done { code, remaining } => call.done(code as u8, remaining),
        }
    }
}

/// Crashes on demand: only the build that the tests make, with the feature `injection`, ever does.
fn crash_if(is_asked_for: bool) {
    assert!(!(cfg!(feature = "injection") && is_asked_for), "as the test asked");
}
