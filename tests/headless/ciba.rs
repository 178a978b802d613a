//! The JavaScript edge of push and TOTP, in a real browser whose network is played by the test.
//!
//! Run by `wasm-pack test --headless --chrome --no-default-features --features ciba`. Whole flows, on a played clock and
//! against a real service, are in tests/e2e.
#![cfg(target_arch = "wasm32")]

use js_sys::{Array, Function, JSON, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::*;
use webauthn_result::CIBAClient;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/headless/stage.js")]
extern "C" {
    /// Plays `fetch`: a function of the address and the body; returns the requests seen, as they come.
    fn play_fetch(answer: &Function) -> Array;
    /// Runs a piece of JavaScript with the helpers of the stage.
    #[wasm_bindgen(js_name = evaluate)]
    fn js(source: &str) -> JsValue;
}

const EMAIL: &str = "ada@example.com";

fn client(options: &str) -> CIBAClient {
    CIBAClient::new(&js(options)).expect("valid options")
}

/// A client in the admin flow of a server that responds with this JSON, and the requests it sends.
fn stage(status: u16, json: &str) -> (CIBAClient, Array) {
    let requests = play_fetch(&js(&format!("(() => json({status}, {json}))")).unchecked_into());
    (client("({ baseUrl: 'https://auth.example' })"), requests)
}

async fn result(promise: Promise) -> String {
    text(&JsFuture::from(promise).await.expect("the promise always fulfills"))
}

fn text(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

fn at(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, name| Reflect::get(&value, &name.into()).unwrap_or_default())
}

const NONE: JsValue = JsValue::UNDEFINED;

#[wasm_bindgen_test]
async fn a_push_is_one_request_and_its_response_the_result() {
    let (client, requests) = stage(200, "{ auth_req_id: 'R', expires_in: 120.5, interval: 2, other: 1 }");
    let initiated = result(client.initiate_app_approval(EMAIL.into(), js("({ bindingMessage: 'Pay' })"))).await;
    assert_eq!(initiated, r#"{"auth_req_id":"R","expires_in":120.5,"interval":2}"#);
    assert_eq!(requests.length(), 1);
    let request = requests.get(0);
    assert_eq!(at(&request, "url"), "https://auth.example/authsec/uflow/auth/ciba/initiate");
    assert_eq!(at(&request, "init.body"), r#"{"login_hint":"ada@example.com","binding_message":"Pay"}"#);
    assert_eq!(at(&request, "init.method"), "POST");
    assert_eq!(at(&request, "init.credentials"), "omit");
    assert_eq!(at(&request, "init.redirect"), "error");
}

#[wasm_bindgen_test]
async fn each_method_has_its_own_result_of_an_approval() {
    let (client, _) = stage(200, "{ auth_req_id: 'R', access_token: 'T' }");
    let email = || JsValue::from_str(EMAIL);
    assert_eq!(
        result(client.poll_for_approval(email(), "R".into(), NONE)).await,
        r#"{"status":"approved","token":"T"}"#
    );
    assert_eq!(
        result(client.verify_totp(email(), "123456".into())).await,
        r#"{"success":true,"token":"T","remaining":3}"#
    );
    assert_eq!(result(client.safe_authenticate(email(), NONE)).await, r#"{"success":true,"token":"T"}"#);
    assert_eq!(result(client.authenticate_with_retry(email(), NONE)).await, r#""T""#);
    let options = js("({ promptForCode: () => '123456' })");
    assert_eq!(result(client.authenticate_with_fallback(email(), options)).await, r#""T""#);
    assert_eq!(text(&client.cancel_approval(&email())), r#"{"status":"cancelled"}"#);
}

#[wasm_bindgen_test]
async fn each_method_has_its_own_result_of_a_failure() {
    let (client, requests) = stage(400, "{ error: 'invalid_grant' }");
    let email = || JsValue::from_str(EMAIL);
    let refused = r#"{"success":false,"error":"invalid_grant"}"#;
    assert_eq!(result(client.initiate_app_approval(email(), NONE)).await, refused);
    assert_eq!(
        result(client.poll_for_approval(email(), "R".into(), NONE)).await,
        r#"{"status":"error","error":"invalid_grant"}"#
    );
    assert_eq!(
        result(client.verify_totp(email(), "123456".into())).await,
        r#"{"success":false,"error":"invalid_code","remaining":2}"#
    );
    assert_eq!(result(client.safe_authenticate(email(), NONE)).await, refused);
    assert_eq!(result(client.authenticate_with_retry(email(), js("({ maxRetries: 1 })"))).await, "null");
    let options = js("({ promptForCode: () => null })");
    assert_eq!(result(client.authenticate_with_fallback(email(), options)).await, "null");
    assert_eq!(requests.length(), 6);
}

#[wasm_bindgen_test]
async fn invalid_arguments_have_a_documented_code_and_nothing_is_sent() {
    let (client, requests) = stage(200, "{}");
    let refused = r#"{"success":false,"error":"invalid_request"}"#;
    for (email, options) in [
        ("''", "undefined"),
        ("5", "undefined"),
        ("'ada'", "'a string'"),
        ("'ada'", "({ bindingMessage: 5 })"),
        ("'ada'", "({ signal: {} })"),
        ("'ada'", "({ get signal() { throw new Error('no'); } })"),
        ("'ada'", "({ onProgress: {} })"),
        ("'ada'", "revoked()"),
    ] {
        assert_eq!(result(client.initiate_app_approval(js(email), js(options))).await, refused, "{email} {options}");
    }
    for options in ["({ interval: 0 })", "({ timeout: -1 })", "({ interval: NaN })"] {
        let approved = client.safe_authenticate(EMAIL.into(), js(options));
        assert_eq!(result(approved).await, refused, "no phone shows anything: {options}");
    }
    assert_eq!(result(client.authenticate_with_fallback(EMAIL.into(), NONE)).await, "null");
    assert_eq!(requests.length(), 0);
}

#[wasm_bindgen_test]
async fn no_setter_and_no_tojson_of_the_page_changes_a_request_or_a_result() {
    let restore = js(r#"(() => {
        const names = ["auth_req_id", "expires_in", "interval", "success", "error", "status", "token", "login_hint", "email"];
        for (const name of names)
            Object.defineProperty(Object.prototype, name, { configurable: true, set() {}, get: () => undefined });
        Object.prototype.toJSON = String.prototype.toJSON = () => "of the page";
        return () => {
            for (const name of names) delete Object.prototype[name];
            delete Object.prototype.toJSON;
            delete String.prototype.toJSON;
        };
    })()"#);
    let requests = play_fetch(&js("(async () => new Response('{\"auth_req_id\":\"R\"}'))").unchecked_into());
    let evil = "\",\"client_id\":\"other\",\"x\":\"\\\"\n\0\u{2028}😀";
    let client = client("({ baseUrl: 'https://auth.example', clientId: 'C' })");
    let initiated = JsFuture::from(client.initiate_app_approval(evil.into(), NONE)).await;
    restore.unchecked_into::<Function>().call0(&NONE).unwrap();
    assert_eq!(text(&initiated.unwrap()), r#"{"auth_req_id":"R","expires_in":300,"interval":5}"#);
    let body = at(&requests.get(0), "init.body").as_string().unwrap();
    let body = JSON::parse(&body).unwrap();
    assert_eq!(
        text(js_sys::Object::keys(body.unchecked_ref::<js_sys::Object>()).as_ref()),
        r#"["client_id","email","binding_message"]"#
    );
    assert_eq!(at(&body, "email").as_string().as_deref(), Some(evil));
}

#[wasm_bindgen_test]
async fn a_cancel_ends_the_calls_of_its_email_alone() {
    play_fetch(&js("(() => new Promise(() => {}))").unchecked_into());
    let client = client("({})");
    let ada = client.poll_for_approval("ada".into(), "R".into(), NONE);
    let eve = client.poll_for_approval("eve".into(), "R".into(), js("({ timeout: 0.3 })"));
    let initiation = client.initiate_app_approval("ada".into(), js("({ signal: aborting('of the page') })"));
    client.cancel_approval(&"bob".into());
    client.cancel_approval(&"ada".into());
    assert_eq!(result(ada).await, r#"{"status":"cancelled"}"#);
    assert_eq!(result(initiation).await, r#"{"success":false,"error":"cancelled"}"#);
    assert_eq!(result(eve).await, r#"{"status":"error","error":"network_timeout"}"#);
}

#[wasm_bindgen_test]
fn an_invalid_option_of_a_client_is_a_type_error() {
    for options in ["({ clientId: 5 })", "({ baseUrl: 'http://auth.example' })", "({ routes: 'admin' })"] {
        let error = CIBAClient::new(&js(options)).err().expect("invalid");
        assert!(error.is_instance_of::<js_sys::TypeError>(), "{options}");
    }
}
