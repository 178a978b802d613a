//! The JavaScript edge of push and TOTP, in a real browser: what crosses it, each way, step by step.
//!
//! Run by `wasm-pack test --headless --chrome --no-default-features --features ciba`. Whole flows against a real service are
//! in tests/e2e.
#![cfg(target_arch = "wasm32")]

use js_sys::{JSON, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::*;
use webauthn_result::ciba::exports::{begin, cancel, spare, step};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/headless/stage.js")]
extern "C" {
    /// Evaluates JavaScript with the helpers of stage.js.
    #[wasm_bindgen(js_name = evaluate)]
    fn js(source: &str) -> JsValue;
}

// The numbers of js/ciba-methods.js, js/ciba-call.js and js/ciba-wire.js.
const INITIATE: u8 = 0;
const VERIFY: u8 = 1;
const POLL: u8 = 2;
const FALLBACK: u8 = 5;
const TICK: u8 = 0;
const JSON_ANSWER: u8 = 1;
const OTHER_ANSWER: u8 = 2;
const LATE: u8 = 3;
const UNREACHABLE: u8 = 4;
const CODE: u8 = 5;
const NO_CODE: u8 = 6;
const CANCEL: u8 = 7;
const REFUSE: u8 = 8;
const NO_REQUEST: i32 = -1;

/// An answer's members, as they cross.
#[derive(Default)]
struct Json {
    status: u16,
    error: u8,
    has_token: bool,
    has_id: bool,
    success: bool,
    expires_in: f64,
    interval: f64,
}

// The tests share one client, as the calls of a page do: where it matters each has emails of its own.

/// A call whose side that acts is played: it writes down what it is told.
struct Played {
    call: JsValue,
    number: usize,
}

impl Played {
    fn begin(method: u8, email: i32, has_argument: bool, request: i32) -> Self {
        let number = begin(method, email, has_argument, request, None, None, None, 10_000.0);
        Played { call: js("recorder()"), number }
    }

    /// What it was told since, as JSON, after this event at this second of the wall clock.
    fn step(&self, second: f64, event: u8) -> String {
        self.answer(second, event, Json::default())
    }

    fn answer(&self, second: f64, event: u8, json: Json) -> String {
        let Json { status, error, has_token, has_id, success, expires_in, interval } = json;
        let now = second * 1000.0;
        let call = self.call.unchecked_ref();
        step(call, self.number, now, event, status, error, has_token, has_id, success, expires_in, interval);
        told(&self.call)
    }
}

fn told(call: &JsValue) -> String {
    let seen = Reflect::get(call, &"seen".into()).unwrap();
    let text = JSON::stringify(&seen).unwrap().into();
    Reflect::set(&seen, &"length".into(), &0.into()).unwrap();
    text
}

#[wasm_bindgen_test]
fn a_push_is_one_request_and_its_answer_the_result() {
    let played = Played::begin(INITIATE, 10, false, NO_REQUEST);
    assert_eq!(played.step(0.0, TICK), r#"[["send",0,10000]]"#);
    let json = Json { status: 200, has_id: true, expires_in: 120.5, interval: 2.0, ..Json::default() };
    assert_eq!(played.answer(1.0, JSON_ANSWER, json), r#"[["initiated",0,120.5,2],["done",0,3]]"#);
}

#[wasm_bindgen_test]
fn a_poll_asks_waits_tells_the_page_and_ends_with_the_token() {
    let played = Played::begin(POLL, 11, true, NO_REQUEST);
    assert_eq!(played.step(0.0, TICK), r#"[["report",1,300000,0],["send",1,10000]]"#);
    let pending = Json { status: 400, error: 1, ..Json::default() };
    let told = played.answer(1.0, JSON_ANSWER, pending);
    assert_eq!(told, r#"[["report",1,299000,5000],["rest",5000,true]]"#);
    assert_eq!(played.step(6.0, TICK), r#"[["report",2,294000,0],["send",1,10000]]"#);
    let token = Json { status: 200, has_token: true, ..Json::default() };
    assert_eq!(played.answer(6.0, JSON_ANSWER, token), r#"[["ended",0],["done",0,3]]"#);
    assert_eq!(played.step(11.0, TICK), "[]", "it is over");
}

#[wasm_bindgen_test]
fn an_interval_and_a_timeout_cross_and_so_does_the_last_wait() {
    let number = begin(POLL, 11, true, NO_REQUEST, Some(3.5), Some(3.0), None, 10_000.0);
    let played = Played { call: js("recorder()"), number };
    assert_eq!(played.step(0.0, TICK), r#"[["report",1,3000,0],["send",1,3000]]"#);
    let told = played.answer(1.0, OTHER_ANSWER, Json { status: 429, ..Json::default() });
    assert_eq!(told, r#"[["report",1,2000,-1],["rest",2000,true]]"#);
}

#[wasm_bindgen_test]
fn bad_arguments_are_answered_and_nothing_is_sent() {
    for (method, email, has_argument, code) in [
        (INITIATE, -1, false, 9),
        (POLL, 0, false, 9),
        (POLL, -1, true, 9),
        (VERIFY, 0, false, 5),
        (VERIFY, -1, true, 9),
    ] {
        let told = Played::begin(method, email, has_argument, NO_REQUEST).step(0.0, TICK);
        assert_eq!(told, format!(r#"[["ended",{code}],["done",{code},3]]"#));
    }
    let told = Played::begin(INITIATE, 11, false, NO_REQUEST).step(0.0, REFUSE);
    assert_eq!(told, r#"[["ended",9],["done",9,3]]"#);
}

#[wasm_bindgen_test]
fn each_answer_to_a_code_has_its_own_end() {
    let json = |status, success| Json { status, success, ..Json::default() };
    for (event, json, told) in [
        (JSON_ANSWER, json(200, true), "0],[\"done\",0,3"),
        (JSON_ANSWER, Json { error: 6, ..json(503, false) }, "10],[\"done\",10,3"),
        (JSON_ANSWER, json(429, false), "11],[\"done\",11,3"),
        (OTHER_ANSWER, json(200, false), "8],[\"done\",8,3"),
        (LATE, json(0, false), "7],[\"done\",7,3"),
        (UNREACHABLE, json(0, false), "8],[\"done\",8,3"),
        (JSON_ANSWER, json(401, false), "5],[\"done\",5,2"),
    ] {
        let played = Played::begin(VERIFY, 12, true, NO_REQUEST);
        assert_eq!(played.step(0.0, TICK), r#"[["send",2,10000]]"#);
        assert_eq!(played.answer(1.0, event, json), format!(r#"[["ended",{told}]]"#));
    }
}

#[wasm_bindgen_test]
fn the_person_is_asked_for_a_code_after_a_push_that_failed() {
    for (event, told) in
        [(CODE, r#"[["send",2,10000]]"#), (NO_CODE, r#"[["ended",5],["done",5,3]]"#), (TICK, r#"[["done",4,3]]"#)]
    {
        let played = Played::begin(FALLBACK, 13, false, NO_REQUEST);
        played.step(0.0, TICK);
        assert_eq!(played.step(0.0, UNREACHABLE), r#"[["ended",8],["prompt",8]]"#);
        assert_eq!(played.step(0.0, event), told);
    }
}

#[wasm_bindgen_test]
fn a_cancel_ends_the_calls_of_its_email_alone() {
    let other = js("recorder()");
    let ada = Played::begin(POLL, 14, true, NO_REQUEST);
    ada.step(0.0, TICK);
    cancel(other.unchecked_ref(), 15);
    assert_eq!(told(&other), "[]");
    cancel(other.unchecked_ref(), 14);
    assert_eq!(told(&other), format!(r#"[["end",{}]]"#, ada.number));
    assert_eq!(ada.step(1.0, CANCEL), r#"[["ended",4],["done",4,3]]"#);
}

#[wasm_bindgen_test]
fn an_email_of_which_nothing_is_remembered_gives_its_number_to_the_next() {
    let polls: Vec<_> = (0..10).map(|email| Played::begin(POLL, email, true, NO_REQUEST)).collect();
    assert_eq!(spare(10), 10);
    polls[7].step(0.0, CANCEL);
    assert_eq!(spare(10), 7);
}
