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
    /// Calls a function that changes the page's prototypes; see stage.js.
    fn change_prototypes(change: &Function) -> Function;
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
    assert_eq!(at(&request, "init.credentials"), "same-origin", "no other origin gets the page's cookies");
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
    let (client, requests) = stage(400, "{ error: 'invalid_grant', error_description: 'D', message: 'M' }");
    let email = || JsValue::from_str(EMAIL);
    let refused = r#"{"success":false,"error":"invalid_grant","error_description":"D","message":"M"}"#;
    assert_eq!(result(client.initiate_app_approval(email(), NONE)).await, refused);
    assert_eq!(
        result(client.poll_for_approval(email(), "R".into(), NONE)).await,
        r#"{"status":"error","error":"invalid_grant","error_description":"D","message":"M"}"#
    );
    assert_eq!(
        result(client.verify_totp(email(), "123456".into())).await,
        r#"{"success":false,"error":"invalid_grant","error_description":"D","message":"M","remaining":3}"#
    );
    assert_eq!(result(client.safe_authenticate(email(), NONE)).await, refused);
    assert_eq!(result(client.authenticate_with_retry(email(), js("({ maxRetries: 1 })"))).await, "null");
    let options = js("({ promptForCode: () => null })");
    assert_eq!(result(client.authenticate_with_fallback(email(), options)).await, "null");
    assert_eq!(requests.length(), 6);
}

#[wasm_bindgen_test]
async fn a_code_as_people_type_it_is_sent_as_six_digits_and_a_wrong_one_counts_for_every_spelling_of_an_email() {
    let (client, requests) = stage(401, "{ success: false, message: 'Invalid TOTP code' }");
    for (email, code, remaining) in [("Ada@Example.com", "123 456", 2), (" ada@example.com", "１２３-456", 1)] {
        assert_eq!(
            result(client.verify_totp(email.into(), code.into())).await,
            format!(
                r#"{{"success":false,"error":"invalid_code","message":"Invalid TOTP code","remaining":{remaining}}}"#
            )
        );
    }
    let bodies: Vec<_> = requests.iter().filter_map(|request| at(&request, "init.body").as_string()).collect();
    assert_eq!(bodies[0], r#"{"email":"Ada@Example.com","totp_code":"123456"}"#);
    assert_eq!(bodies[1], r#"{"email":"ada@example.com","totp_code":"123456"}"#);
    client.cancel_approval(&"ADA@EXAMPLE.COM".into());
    assert_eq!(
        result(client.verify_totp(EMAIL.into(), "12345".into())).await,
        r#"{"success":false,"error":"invalid_code","remaining":3}"#
    );
    assert_eq!(requests.length(), 2);
}

#[wasm_bindgen_test]
async fn numbers_that_come_as_text_are_numbers_and_an_id_that_is_a_number_is_its_text() {
    let (client, _) = stage(200, "{ auth_req_id: 7, expires_in: '120', interval: ' 2.5 ' }");
    let initiated = result(client.initiate_app_approval(EMAIL.into(), NONE)).await;
    assert_eq!(initiated, r#"{"auth_req_id":"7","expires_in":120,"interval":2.5}"#);
    let (client, _) = stage(200, "{ auth_req_id: 'R', expires_in: 'soon', interval: '' }");
    let initiated = result(client.initiate_app_approval(EMAIL.into(), NONE)).await;
    assert_eq!(initiated, r#"{"auth_req_id":"R","expires_in":300,"interval":5}"#);
}

#[wasm_bindgen_test]
async fn a_relay_gets_three_routes_the_headers_of_the_page_and_its_cookies() {
    let requests = play_fetch(&js("(async () => new Response('{\"auth_req_id\":\"R\"}'))").unchecked_into());
    let client = client(
        "({ baseUrl: '/auth/ciba', routes: 'relay', headers: { 'X-Csrf': 'C', accept: 'x', 'CONTENT-TYPE': 'x' } })",
    );
    result(client.initiate_app_approval(EMAIL.into(), NONE)).await;
    let request = requests.get(0);
    let origin = js("location.origin").as_string().unwrap();
    assert_eq!(at(&request, "url"), format!("{origin}/auth/ciba/initiate"));
    assert_eq!(at(&request, "init.credentials"), "same-origin");
    assert_eq!(
        text(&at(&request, "init.headers")),
        r#"{"X-Csrf":"C","Content-Type":"application/json;charset=utf-8","Accept":"application/json"}"#
    );
}

#[wasm_bindgen_test]
async fn invalid_arguments_have_a_documented_code_and_a_message_and_nothing_is_sent() {
    let (client, requests) = stage(200, "{}");
    let refused = |message| format!(r#"{{"success":false,"error":"invalid_argument","message":"{message}"}}"#);
    let email_message = "email must be a non-empty string";
    let options_message = "options must be an object with readable properties";
    let signal_message = "options.signal must be an AbortSignal";
    for (email, options, message) in [
        ("''", "undefined", email_message),
        ("'  '", "undefined", email_message),
        ("5", "undefined", email_message),
        ("'ada'", "'a string'", options_message),
        ("'ada'", "({ bindingMessage: 5 })", "options.bindingMessage must be a string"),
        ("'ada'", "({ signal: {} })", signal_message),
        ("'ada'", "({ get signal() { throw new Error('no'); } })", options_message),
        ("'ada'", "({ onProgress: {} })", "options.onProgress must be a function"),
        ("'ada'", "revoked()", options_message),
    ] {
        let initiated = result(client.initiate_app_approval(js(email), js(options))).await;
        assert_eq!(initiated, refused(message), "{email} {options}");
    }
    for (options, message) in [
        ("({ interval: 0 })", "options.interval must be a positive number of seconds"),
        ("({ timeout: -1 })", "options.timeout must be a non-negative number of seconds"),
        ("({ interval: NaN })", "options.interval must be a positive number of seconds"),
    ] {
        let approved = client.safe_authenticate(EMAIL.into(), js(options));
        assert_eq!(result(approved).await, refused(message), "no phone shows anything: {options}");
    }
    assert_eq!(
        result(client.poll_for_approval(EMAIL.into(), NONE, NONE)).await,
        r#"{"status":"error","error":"invalid_argument","message":"authReqId must be a non-empty string"}"#
    );
    assert_eq!(result(client.authenticate_with_fallback(EMAIL.into(), NONE)).await, "null");
    assert_eq!(requests.length(), 0);
}

#[wasm_bindgen_test]
async fn no_setter_and_no_tojson_of_the_page_changes_a_request_or_a_result() {
    let requests =
        play_fetch(&js(r#"(async () => new OwnResponse('{"auth_req_id":"R"}', { status: 200 }))"#).unchecked_into());
    let client = client("({ baseUrl: 'https://auth.example', clientId: 'C' })");
    let change = js(r#"() => {
        const names = ["auth_req_id", "expires_in", "interval", "success", "error", "status", "token", "login_hint", "email"];
        for (const name of names)
            Object.defineProperty(Object.prototype, name, { configurable: true, set() {}, get: () => undefined });
        Object.prototype.toJSON = String.prototype.toJSON = () => "of the page";
        return () => {
            for (const name of names) delete Object.prototype[name];
            delete Object.prototype.toJSON;
            delete String.prototype.toJSON;
        };
    }"#);
    let evil = "\",\"client_id\":\"other\",\"x\":\"\\\"\n\0\u{2028}😀";
    let undo = change_prototypes(change.unchecked_ref());
    let initiated = JsFuture::from(client.initiate_app_approval(evil.into(), NONE)).await;
    assert_eq!(undo.call0(&NONE).unwrap(), 0);
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
    for options in [
        "({ clientId: 5 })",
        "({ workspaceId: 5 })",
        "({ resource: {} })",
        "({ scopes: 'openid' })",
        "({ scopes: [5] })",
        "({ scopes: [, 'a'] })",
        "({ baseUrl: 'http://auth.example' })",
        "({ baseUrl: '//auth.example' })",
        "({ baseUrl: '/auth?x' })",
        "({ routes: 'admin' })",
        "({ headers: 'a' })",
        "({ headers: { 'a b': 'c' } })",
        "({ headers: { a: 5 } })",
        "({ headers: { a: undefined } })",
        "({ headers: { [Symbol('a')]: 'b' } })",
        "({ headers: new Headers({ a: 'b' }) })",
        "({ headers: new Map([['a', 'b']]) })",
        "({ headers: { a: 'b\\nc: d' } })",
        "({ logger: 5 })",
        "({ requestTimeout: 0 })",
    ] {
        let error = CIBAClient::new(&js(options)).err().expect("invalid");
        assert!(error.is_instance_of::<js_sys::TypeError>(), "{options}");
    }
}
