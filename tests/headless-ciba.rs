//! The JavaScript edge of push and TOTP, in a real browser: what crosses it, each way, step by step.
//!
//! Run by `wasm-pack test --headless --chrome`. Whole flows against a real service are in tests/e2e.
#![cfg(target_arch = "wasm32")]

use js_sys::{JSON, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::*;
use webauthn_result::ciba::exports::{Call, begin, cancel, open, step};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/headless-stage.js")]
extern "C" {
    /// Runs a piece of JavaScript with the helpers of the stage.
    #[wasm_bindgen(js_name = evaluate)]
    fn js(source: &str) -> JsValue;
}

// The numbers of js/ciba-call.js.
const INITIATE: u8 = 0;
const VERIFY: u8 = 1;
const POLL: u8 = 2;
const TICK: u8 = 0;
const JSON_ANSWER: u8 = 1;
const UNREACHABLE: u8 = 4;
const CANCEL: u8 = 6;

/// A call whose side that acts is played: it writes down what it is told.
struct Played {
    call: JsValue,
    id: u32,
}

impl Played {
    fn begin(method: u8, email: &str, argument: &str) -> Self {
        open(&"shop".into(), false, 0.0);
        let call = js("recorder()");
        let acting = call.clone().unchecked_into::<Call>();
        let id = begin(acting, method, &js(email), &js(argument), &JsValue::UNDEFINED, None, None, None);
        Played { call, id }
    }

    /// What it was told since, as JSON, after this event at this second of the wall clock.
    fn step(&self, second: f64, event: u8, value: &str, status: u16) -> String {
        step(self.id, second * 1000.0, event, &js(value), status);
        self.told()
    }

    fn told(&self) -> String {
        let seen = Reflect::get(&self.call, &"seen".into()).unwrap();
        let text = JSON::stringify(&seen).unwrap().into();
        Reflect::set(&seen, &"length".into(), &0.into()).unwrap();
        text
    }
}

#[wasm_bindgen_test]
fn a_push_is_one_request_and_its_answer_the_result() {
    let played = Played::begin(INITIATE, "'ada@example.com'", "undefined");
    let told = played.step(0.0, TICK, "undefined", 0);
    assert_eq!(
        told,
        concat!(
            r#"[["send","/authsec/uflow/auth/workspace/ciba/initiate",{"client_id":"shop","email":"ada@example.com","#,
            r#""binding_message":"Approve only if you are signing in right now."},10000]]"#
        )
    );
    let told = played.step(1.0, JSON_ANSWER, "({ auth_req_id: 'R', expires_in: 300, interval: 5 })", 200);
    assert_eq!(told, r#"[["done",{"auth_req_id":"R","expires_in":300,"interval":5}]]"#);
}

#[wasm_bindgen_test]
fn a_poll_asks_waits_tells_the_page_and_ends_with_the_token() {
    let asked = r#"["send","/authsec/uflow/auth/workspace/ciba/token",{"client_id":"shop","auth_req_id":"R"},10000]"#;
    let played = Played::begin(POLL, "'ada@example.com'", "'R'");
    let told = played.step(0.0, TICK, "undefined", 0);
    assert_eq!(told, format!(r#"[["report",1,300000,0],{asked}]"#));
    let told = played.step(1.0, JSON_ANSWER, "({ error: 'authorization_pending' })", 400);
    assert_eq!(told, r#"[["report",1,299000,5000],["rest",5000,true]]"#);
    let told = played.step(6.0, TICK, "undefined", 0);
    assert_eq!(told, format!(r#"[["report",2,294000,0],{asked}]"#));
    let told = played.step(6.0, JSON_ANSWER, "({ access_token: 'T' })", 200);
    assert!(told.contains(r#"["done",{"status":"approved","token":"T"}]"#), "{told}");
    assert_eq!(played.step(11.0, TICK, "undefined", 0), "[]", "it is over");
}

#[wasm_bindgen_test]
fn bad_arguments_of_any_kind_are_answered_and_nothing_is_sent() {
    for (method, email, argument) in [
        (INITIATE, "''", "undefined"),
        (INITIATE, "undefined", "undefined"),
        (INITIATE, "revoked()", "undefined"),
        (POLL, "'ada@example.com'", "({ toString: 1 })"),
        (VERIFY, "'ada@example.com'", "'12345'"),
        (VERIFY, "'ada@example.com'", "123456"),
        (VERIFY, "Symbol()", "Symbol()"),
    ] {
        let told = Played::begin(method, email, argument).step(0.0, TICK, "undefined", 0);
        assert!(told.contains(r#"["done",{"#) && !told.contains("send"), "{email} {argument}: {told}");
    }
}

#[wasm_bindgen_test]
fn answers_that_cannot_be_read_are_answers_without_a_word() {
    for answer in ["revoked()", "({ get success() { throw 1 } })", "null", "7", "[]", "({ success: 'true' })"] {
        let played = Played::begin(VERIFY, "'ada@example.com'", "'123456'");
        assert!(played.step(0.0, TICK, "undefined", 0).contains(r#"["send","#));
        let told = played.step(1.0, JSON_ANSWER, answer, 200);
        assert!(told.contains(r#"["done",{"success":false"#), "{answer}: {told}");
    }
    let played = Played::begin(VERIFY, "'ada@example.com'", "'123456'");
    played.step(0.0, TICK, "undefined", 0);
    let told = played.step(1.0, UNREACHABLE, "undefined", 0);
    assert!(told.contains(r#"["done",{"success":false"#), "{told}");
}

#[wasm_bindgen_test]
fn a_cancel_ends_the_calls_of_its_email_alone() {
    let ada = Played::begin(POLL, "'ada@example.com'", "'R'");
    ada.step(0.0, TICK, "undefined", 0);
    cancel(&"bob@example.com".into());
    assert_eq!(ada.told(), "[]");
    cancel(&"ada@example.com".into());
    assert_eq!(ada.told(), r#"[["end"]]"#);
    let told = ada.step(1.0, CANCEL, "undefined", 0);
    assert!(told.contains(r#"["done",{"status":"cancelled""#), "{told}");
}
