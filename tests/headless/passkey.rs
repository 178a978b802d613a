//! The module's JavaScript edge, in a browser with simulated credentials and network.
//!
//! Run with `wasm-pack test --headless --chrome`. Complete flows against the local cloud are in tests/e2e.
#![cfg(target_arch = "wasm32")]

use js_sys::{Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::*;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/headless/stage.js")]
extern "C" {
    /// Simulates `navigator.credentials.get` and `create` by a function of the options.
    fn play_credentials(answer: &Function);
    /// Simulates `fetch` by a function of the URL and the body. Returns the array to which requests are added.
    fn play_fetch(answer: &Function) -> js_sys::Array;
    /// Calls a function that changes the page's prototypes; see stage.js.
    fn change_prototypes(change: &Function) -> Function;
    /// Evaluates JavaScript with the helpers of stage.js.
    #[wasm_bindgen(js_name = evaluate)]
    fn js(source: &str) -> JsValue;
}

fn authenticate(options: &JsValue, settings: &JsValue) -> Promise {
    webauthn_result::authenticate(options.clone(), settings.clone(), JsValue::UNDEFINED)
}

fn register(options: &JsValue, settings: &JsValue) -> Promise {
    webauthn_result::register(options.clone(), settings.clone(), JsValue::UNDEFINED)
}

fn function(source: &str) -> Function {
    js(source).unchecked_into()
}

async fn settle(promise: Promise) -> JsValue {
    JsFuture::from(promise).await.expect("the promise always fulfils")
}

fn text(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

fn at(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, name| Reflect::get(&value, &name.into()).unwrap_or_default())
}

fn code(result: &JsValue) -> String {
    at(result, "code.statusCode").as_string().unwrap()
}

fn message(result: &JsValue) -> String {
    at(result, "message").as_string().unwrap_or_default()
}

fn request() -> JsValue {
    js("({ credentialRequestOptions: { challenge: 'AQID', rpId: 'localhost' }, userId: 'ada', statusToken: 'S' })")
}

fn creation() -> JsValue {
    js("({ statusToken: 'S', authenticatorName: 'My \"key\"', credentialCreationOptions: { rp: { name: 'shop' }, \
         user: { id: 'AQ', name: 'ada', displayName: 'Ada' }, challenge: 'AQID', \
         pubKeyCredParams: [{ type: 'public-key', alg: -7 }] } })")
}

const ACCEPT: &str = "() => json(200, { status: 'ok', errorMessage: '', token: 'T' })";
const CREDENTIAL: &str = "async () => credential({})";

#[wasm_bindgen_test]
async fn an_accepted_assertion_resolves_to_the_exact_success_object() {
    play_credentials(&function(CREDENTIAL));
    let requests = play_fetch(&function(ACCEPT));
    let result = settle(authenticate(&request(), &JsValue::UNDEFINED)).await;
    assert_eq!(
        text(&result),
        r#"{"success":true,"code":{"statusCode":"success-authentication","message":"Successfully authenticated with WebAuthn credential."},"token":"T"}"#
    );
    assert_eq!(requests.length(), 1);
    let request = requests.get(0);
    assert!(at(&request, "url").as_string().unwrap().ends_with("/_app/assertion/result"));
    let body = JSON::parse(&at(&request, "init.body").as_string().unwrap()).unwrap();
    let keys = Object::keys(body.unchecked_ref::<Object>());
    assert_eq!(text(&keys), r#"["type","id","response","statusToken","userAgent"]"#);
    assert_eq!(
        text(&at(&body, "response")),
        r#"{"authenticatorData":"AQ","clientDataJSON":"Ag","signature":"Aw","userHandle":"YWRh"}"#
    );
    for (member, value) in [
        ("method", "POST"),
        ("credentials", "omit"),
        ("redirect", "error"),
        ("referrerPolicy", "no-referrer"),
        ("cache", "no-store"),
    ] {
        assert_eq!(at(&request, &["init.", member].concat()).as_string().unwrap(), value);
    }
    assert_eq!(at(&request, "init.keepalive"), true);
}

#[wasm_bindgen_test]
async fn an_accepted_attestation_resolves_to_the_exact_success_object() {
    play_credentials(&function(CREDENTIAL));
    let requests = play_fetch(&function(ACCEPT));
    let result = settle(register(&creation(), &JsValue::UNDEFINED)).await;
    assert_eq!(
        text(&result),
        r#"{"success":true,"code":{"statusCode":"success-registration","message":"Successfully registered WebAuthn credential."},"token":"T"}"#
    );
    let body = JSON::parse(&at(&requests.get(0), "init.body").as_string().unwrap()).unwrap();
    assert_eq!(text(&at(&body, "response")), r#"{"clientDataJSON":"Ag","attestationObject":"BA"}"#);
    assert_eq!(at(&body, "userFriendlyName"), "My \"key\"");
}

#[wasm_bindgen_test]
async fn the_authenticators_user_handle_is_sent_if_there_is_one() {
    play_credentials(&function("async () => credential({ userHandle: new Uint8Array([9]).buffer })"));
    let requests = play_fetch(&function(ACCEPT));
    settle(authenticate(&request(), &JsValue::UNDEFINED)).await;
    let body = JSON::parse(&at(&requests.get(0), "init.body").as_string().unwrap()).unwrap();
    assert_eq!(at(&body, "response.userHandle"), "CQ");
}

#[wasm_bindgen_test]
async fn the_body_is_json_whatever_the_user_agent_is() {
    play_credentials(&function(CREDENTIAL));
    for (descriptor, sent) in [
        ("({ value: undefined })", ""),
        ("({ value: null })", ""),
        ("({ value: 7 })", ""),
        ("({ value: Symbol('x') })", ""),
        ("({ value: { toJSON: () => 'x' } })", ""),
        ("({ get() { throw new Error('hidden') } })", ""),
        ("({ value: 'a \"quoted\" \\\\ \\n \\u2028 one' })", "a \"quoted\" \\ \n \u{2028} one"),
    ] {
        let restore: Function = js(&["replaceUserAgent(", descriptor, ")"].concat()).unchecked_into();
        let requests = play_fetch(&function(ACCEPT));
        for result in [
            settle(authenticate(&request(), &JsValue::UNDEFINED)).await,
            settle(register(&creation(), &JsValue::UNDEFINED)).await,
        ] {
            assert_eq!(at(&result, "success"), true, "{descriptor}: {}", message(&result));
        }
        restore.call0(&JsValue::UNDEFINED).unwrap();
        for request in requests.iter() {
            let body = JSON::parse(&at(&request, "init.body").as_string().unwrap()).expect(descriptor);
            assert_eq!(at(&body, "userAgent"), sent, "{descriptor}");
        }
    }
}

#[wasm_bindgen_test]
async fn whatever_has_a_status_and_text_is_a_response() {
    play_credentials(&function(CREDENTIAL));
    for fetch in [
        "async () => ({ ok: true, status: 200, text: async () => ACCEPTED, json: async () => JSON.parse(ACCEPTED) })",
        "async () => ({ status: 200, text: () => ACCEPTED })",
        "async () => new OwnResponse(ACCEPTED, { status: 200 })",
        "async () => new (foreign().Response)(ACCEPTED, { status: 200 })",
        "() => ({ then: resolve => resolve(new Response(ACCEPTED)) })",
    ] {
        play_fetch(&function(fetch));
        let result = settle(authenticate(&request(), &JsValue::UNDEFINED)).await;
        assert_eq!(at(&result, "token"), "T", "{fetch}: {}", message(&result));
        let result = settle(register(&creation(), &JsValue::UNDEFINED)).await;
        assert_eq!(at(&result, "token"), "T", "{fetch}: {}", message(&result));
    }
}

#[wasm_bindgen_test]
async fn a_usernameless_call_without_a_user_handle_fails_before_anything_is_sent() {
    play_credentials(&function(CREDENTIAL));
    let requests = play_fetch(&function(ACCEPT));
    let argument = js("({ credentialRequestOptions: { challenge: 'AQID' }, statusToken: 'S' })");
    let result = settle(authenticate(&argument, &js("({ usernameless: true })"))).await;
    assert_eq!(code(&result), "error-0001");
    assert_eq!(requests.length(), 0);
}

#[wasm_bindgen_test]
async fn arguments_are_checked_in_the_documented_order_then_settings() {
    for (argument, settings, expected) in [
        ("undefined", "({ baseUrl: 1 })", "error-0000"),
        ("null", "undefined", "error-0000"),
        ("({ credentialRequestOptions: {} })", "undefined", "error-0000"),
        ("({ credentialRequestOptions: { challenge: 'AQ' } })", "({ baseUrl: 1 })", "error-0003"),
        ("({ credentialRequestOptions: { challenge: 'AQ' }, userId: '', statusToken: '' })", "undefined", "error-0003"),
        ("({ credentialRequestOptions: { challenge: 'AQ' }, userId: 7, statusToken: 'S' })", "undefined", "error-0003"),
        ("({ credentialRequestOptions: { challenge: 'AQ' }, userId: 'u' })", "({ baseUrl: 1 })", "error-0004"),
        (
            "({ credentialRequestOptions: { challenge: 'AQ' }, userId: 'u', statusToken: {} })",
            "undefined",
            "error-0004",
        ),
        (
            "({ credentialRequestOptions: { challenge: 'AQ' }, statusToken: 'S' })",
            "({ usernameless: false })",
            "error-0003",
        ),
        (
            "({ credentialRequestOptions: { challenge: 'AQ' }, userId: 'u', statusToken: 'S' })",
            "({ baseUrl: 1 })",
            "error-0099",
        ),
    ] {
        let result = settle(authenticate(&js(argument), &js(settings))).await;
        assert_eq!(code(&result), expected, "{argument}");
    }
}

#[wasm_bindgen_test]
async fn hostile_arguments_get_a_code_too() {
    for argument in [
        "({ get credentialRequestOptions() { throw 1 } })",
        "revoked()",
        "({ credentialRequestOptions: revoked() })",
        "({ credentialRequestOptions: { get challenge() { throw new Error('no') } } })",
        "({ credentialRequestOptions: { challenge: 'AQ', allowCredentials: revoked() } })",
        "({ credentialRequestOptions: { challenge: 'AQ', extensions: { get prf() { throw 1 } } } })",
        "({ credentialRequestOptions: Symbol('x') })",
        "({ credentialRequestOptions: 10n })",
        "(() => {})",
    ] {
        let result = settle(authenticate(&js(argument), &JsValue::UNDEFINED)).await;
        assert_eq!(code(&result), "error-0000", "{argument}");
    }
}

#[wasm_bindgen_test]
async fn likely_mistakes_are_named() {
    for (argument, found) in [
        ("Promise.resolve({})", "the argument is a promise: await it first"),
        ("new Response('{}')", "the argument is a Response: await its json() first"),
        ("'{}'", "the argument is a string: parse the JSON first"),
        ("new Error('offline')", "the argument is an error response: offline"),
        ("({ credentialRequestOptions: Promise.resolve({}) })", "is a promise: await it first"),
        ("({ get then() { throw 1 }, get challenge() { throw 1 }, get message() { throw 1 } })", "is missing"),
    ] {
        let result = settle(authenticate(&js(argument), &JsValue::UNDEFINED)).await;
        assert_eq!(code(&result), "error-0000", "{argument}");
        assert_eq!(message(&result), ["credentialRequestOptions must be an object, but ", found].concat());
    }
}

#[wasm_bindgen_test]
async fn every_invalid_setting_is_named_with_what_it_must_be() {
    for (settings, problem) in [
        ("7", "settings must be an object with readable properties"),
        (
            "({ baseUrl: 'http://example.com' })",
            "settings.baseUrl must be an https URL, a path of the page's own origin, or http on a loopback host",
        ),
        (
            "({ baseUrl: 'https://user@example.com' })",
            "settings.baseUrl must be an https URL, a path of the page's own origin, or http on a loopback host",
        ),
        (
            "({ baseUrl: 'https://example.com?x' })",
            "settings.baseUrl must be an https URL, a path of the page's own origin, or http on a loopback host",
        ),
        (
            "({ baseUrl: '//evil.example' })",
            "settings.baseUrl must be an https URL, a path of the page's own origin, or http on a loopback host",
        ),
        (
            "({ baseUrl: 'http://localhost.example.com' })",
            "settings.baseUrl must be an https URL, a path of the page's own origin, or http on a loopback host",
        ),
        (
            "({ baseUrl: {} })",
            "settings.baseUrl must be an https URL, a path of the page's own origin, or http on a loopback host",
        ),
        ("({ signal: {} })", "settings.signal must be an AbortSignal"),
        ("({ mediation: 'required' })", "settings.mediation must be \"conditional\", \"immediate\" or \"optional\""),
        ("({ usernameless: 1 })", "settings.usernameless must be a boolean"),
        (
            "({ finalizeTimeout: 0 })",
            "settings.finalizeTimeout must be a positive number of milliseconds below 2147483648",
        ),
        (
            "({ finalizeTimeout: NaN })",
            "settings.finalizeTimeout must be a positive number of milliseconds below 2147483648",
        ),
        (
            "({ finalizeTimeout: '10' })",
            "settings.finalizeTimeout must be a positive number of milliseconds below 2147483648",
        ),
        ("({ onProgress: 1 })", "settings.onProgress must be a function"),
        ("({ onExtensionResults: 'f' })", "settings.onExtensionResults must be a function"),
        ("({ get signal() { throw 1 } })", "settings must be an object with readable properties"),
    ] {
        let result = settle(authenticate(&request(), &js(settings))).await;
        assert_eq!(code(&result), "error-0099", "{settings}");
        assert_eq!(message(&result), problem);
    }
}

#[wasm_bindgen_test]
async fn base_urls_lead_to_their_own_host() {
    play_credentials(&function(CREDENTIAL));
    for (base, address) in [
        ("https://cloud.example", "https://cloud.example/_app/assertion/result"),
        ("https://cloud.example/", "https://cloud.example/_app/assertion/result"),
        ("https://cloud.example/tenant/", "https://cloud.example/tenant/_app/assertion/result"),
        ("http://localhost:5190", "http://localhost:5190/_app/assertion/result"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1/_app/assertion/result"),
        ("http://[::1]:1", "http://[::1]:1/_app/assertion/result"),
    ] {
        let requests = play_fetch(&function(ACCEPT));
        let settings = Object::new();
        Reflect::set(&settings, &"baseUrl".into(), &base.into()).unwrap();
        let result = settle(authenticate(&request(), &settings)).await;
        assert_eq!(code(&result), "success-authentication", "{base}");
        assert_eq!(at(&requests.get(0), "url"), address);
    }
}

#[wasm_bindgen_test]
async fn everything_that_the_browser_throws_is_described() {
    for (credentials, expected) in [
        ("async () => { throw new DOMException('No.', 'NotAllowedError') }", "NotAllowedError: No."),
        ("() => { throw new TypeError('sync') }", "TypeError: sync"),
        ("async () => { throw 'text' }", "Error: text"),
        ("async () => { throw undefined }", "Error: no reason given"),
        ("async () => { throw revoked() }", "Error: no reason given"),
        ("async () => null", "DataError: credential.rawId must be a non-empty buffer"),
        ("() => 7", "DataError: credential.rawId must be a non-empty buffer"),
        (
            "async () => ({ rawId: new ArrayBuffer(1), response: {} })",
            "DataError: credential.response.authenticatorData must be a non-empty buffer",
        ),
    ] {
        play_credentials(&function(credentials));
        let result = settle(authenticate(&request(), &JsValue::UNDEFINED)).await;
        assert_eq!(code(&result), "error-0001", "{credentials}");
        assert_eq!(message(&result), ["Error while trying to authenticate. ", expected].concat());
    }
}

#[wasm_bindgen_test]
async fn a_wrappers_thenable_is_awaited_like_a_promise() {
    play_credentials(&function("() => ({ then(resolve) { resolve(credential({})) } })"));
    play_fetch(&function(ACCEPT));
    let result = settle(authenticate(&request(), &JsValue::UNDEFINED)).await;
    assert_eq!(code(&result), "success-authentication");
}

#[wasm_bindgen_test]
async fn a_signal_also_ends_a_prompt_that_ignores_it() {
    play_credentials(&function("() => new Promise(() => {})"));
    let settings = js("({ signal: aborting('enough') })");
    let result = settle(authenticate(&request(), &settings)).await;
    assert_eq!(code(&result), "error-0001");
    assert!(message(&result).ends_with("AbortError: enough (the page aborted it)"), "{}", message(&result));
}

#[wasm_bindgen_test]
async fn with_an_aborted_signal_no_prompt_opens() {
    play_credentials(&function("() => { throw new Error('was asked') }"));
    let result = settle(authenticate(&request(), &js("({ signal: aborted() })"))).await;
    assert!(message(&result).contains("AbortError"), "{}", message(&result));
}

#[wasm_bindgen_test]
async fn a_second_ceremony_ends_the_first_but_an_invalid_one_does_not() {
    play_credentials(&function("() => new Promise(() => {})"));
    let first = authenticate(&request(), &JsValue::UNDEFINED);
    settle(authenticate(&JsValue::UNDEFINED, &JsValue::UNDEFINED)).await;
    play_credentials(&function(CREDENTIAL));
    play_fetch(&function(ACCEPT));
    let second = register(&creation(), &JsValue::UNDEFINED);
    assert!(message(&settle(first).await).contains("AbortError"));
    assert_eq!(code(&settle(second).await), "success-registration");
}

#[wasm_bindgen_test]
async fn odd_networks_never_reject_and_never_invent_a_success() {
    play_credentials(&function(CREDENTIAL));
    for (fetch, words) in [
        ("() => { throw 'x' }", "No response from the server: "),
        ("() => Promise.reject(undefined)", "No response from the server: "),
        ("() => Promise.resolve(7)", "No response from the server: "),
        ("() => Promise.resolve({ ok: true, text: async () => '{}' })", "fetch must resolve to a Response"),
        (
            "() => Promise.resolve({ ok: true, status: '200', text: async () => '{}' })",
            "fetch must resolve to a Response",
        ),
        ("() => Promise.resolve({ ok: true, status: 200 })", "No response from the server: "),
        (
            "() => Promise.resolve({ ok: true, status: 200, text: async () => '{}' })",
            "token must be a non-empty string",
        ),
        ("() => Promise.resolve({ ok: true, status: NaN, text: async () => '{}' })", "HTTP 0"),
        ("() => json(200, [])", "token must be a non-empty string"),
        ("() => json(200, 'ok')", "the body must be a JSON object"),
        ("() => json(200, { status: 'ok', token: 7 })", "token must be a non-empty string"),
        ("() => new Response('<p>', { status: 200 })", "the body must be a JSON object"),
        ("() => json(503, {})", "HTTP 503"),
    ] {
        play_fetch(&function(fetch));
        let result = settle(authenticate(&request(), &js("({ finalizeTimeout: 60 })"))).await;
        assert_eq!(code(&result), "error-0002", "{fetch}");
        assert!(message(&result).contains(words), "{fetch}: {}", message(&result));
        assert!(message(&result).contains("(outcome unknown: "), "{fetch}: {}", message(&result));
    }
}

#[wasm_bindgen_test]
async fn properties_of_a_response_that_are_not_strings_count_as_absent() {
    play_credentials(&function(CREDENTIAL));
    for (answer, words) in [
        ("{ status: 503, error: 7, message: 'down', token: 9 }", "HTTP 503: down"),
        ("{ status: 503, error: 'Unavailable', message: {}, token: [] }", "HTTP 503: Unavailable"),
        ("{ status: {}, errorMessage: true, message: null, error: 'none' }", "HTTP 503: none"),
    ] {
        play_fetch(&function(&["() => json(503, ", answer, ")"].concat()));
        let result = settle(authenticate(&request(), &js("({ finalizeTimeout: 60 })"))).await;
        assert!(message(&result).contains(words), "{answer}: {}", message(&result));
    }
}

#[wasm_bindgen_test]
async fn a_server_that_never_responds_times_out() {
    play_credentials(&function(CREDENTIAL));
    play_fetch(&function("() => new Promise(() => {})"));
    let result = settle(authenticate(&request(), &js("({ finalizeTimeout: 40 })"))).await;
    assert_eq!(code(&result), "error-0002");
    assert!(message(&result).contains("TimeoutError"), "{}", message(&result));
}

#[wasm_bindgen_test]
async fn a_lost_response_is_recovered_from_the_status() {
    play_credentials(&function(CREDENTIAL));
    let requests = play_fetch(&function(
        "url => url.endsWith('/status') ? json(200, { status: 'succeeded', token: 'late' }) : Promise.reject(new TypeError('cut'))",
    ));
    let result = settle(authenticate(&request(), &JsValue::UNDEFINED)).await;
    assert_eq!(at(&result, "token"), "late");
    let queries: Vec<JsValue> =
        requests.iter().filter(|request| at(request, "url").as_string().unwrap().ends_with("/status")).collect();
    assert_eq!(queries.len(), 1);
    assert_eq!(at(&queries[0], "init.body"), r#"{"statusToken":"S"}"#);
}

#[wasm_bindgen_test]
async fn stages_are_reported_in_order_and_a_callback_that_throws_changes_nothing() {
    play_credentials(&function(CREDENTIAL));
    play_fetch(&function(
        "url => url.endsWith('/status') ? json(200, { status: 'succeeded', token: 'T' }) : json(500, {})",
    ));
    let settings =
        js("({ stages: [], onProgress(stage) { this?.x; settings.stages.push(stage); throw new Error('page') } })");
    let result = settle(authenticate(&request(), &settings)).await;
    assert_eq!(code(&result), "success-authentication");
    assert_eq!(text(&at(&settings, "stages")), r#"["prompting","finalizing","recovering"]"#);
}

#[wasm_bindgen_test]
async fn extension_outputs_are_passed_to_the_page() {
    play_credentials(&function("async () => credential({}, { credProps: { rk: true } })"));
    play_fetch(&function(ACCEPT));
    let settings = js("({ onExtensionResults(results) { settings.seen = results } })");
    settle(register(&creation(), &settings)).await;
    assert_eq!(text(&at(&settings, "seen")), r#"{"credProps":{"rk":true}}"#);
}

#[wasm_bindgen_test]
async fn without_webauthn_the_answer_is_0005_after_the_arguments() {
    let restore = function("hideCredentials()");
    let missing = settle(authenticate(&JsValue::UNDEFINED, &JsValue::UNDEFINED)).await;
    let result = settle(authenticate(&request(), &JsValue::UNDEFINED)).await;
    let registration = settle(register(&creation(), &JsValue::UNDEFINED)).await;
    restore.call0(&JsValue::UNDEFINED).unwrap();
    assert_eq!(code(&missing), "error-0000");
    assert_eq!(code(&result), "error-0005");
    assert_eq!(code(&registration), "error-1005");
}

/// Records the options that the browser receives as `seen`, and refuses.
const NOTE: &str = "options => { globalThis.seen = options; throw new Error('seen') }";

async fn seen_for(argument: &str) -> JsValue {
    play_credentials(&function(NOTE));
    js("globalThis.seen = undefined");
    let result = settle(authenticate(&js(argument), &JsValue::UNDEFINED)).await;
    assert_eq!(message(&result), "Error while trying to authenticate. Error: seen", "{argument}");
    js("globalThis.seen.publicKey")
}

#[wasm_bindgen_test]
async fn each_property_is_read_once_in_the_order_of_the_schema() {
    let argument = "(() => {
        globalThis.reads = [];
        const watched = (target, path) => new Proxy(target, {
            get(_, name) {
                reads.push(path + String(name));
                const value = target[name];
                return value && typeof value == 'object' ? watched(value, path + String(name) + '.') : value;
            },
            has() { throw new Error('asked') },
        });
        return watched({
            statusToken: 'S', userId: 'ada', unknown: {},
            credentialRequestOptions: {
                status: 'ok', errorMessage: '', unknown: 1, hints: ['hybrid'], rpId: 'localhost', challenge: 'AQID',
                allowCredentials: [{ id: 'AQ', transports: ['usb', 'nfc'], type: 'public-key', unknown: 1 }],
            },
        }, '');
    })()";
    seen_for(argument).await;
    let list = "allowCredentials.";
    let options = "credentialRequestOptions.";
    let expected = [
        "credentialRequestOptions",
        &[options, "challenge"].concat(),
        &[options, "timeout"].concat(),
        &[options, "rpId"].concat(),
        &[options, "allowCredentials"].concat(),
        &[options, list, "length"].concat(),
        &[options, list, "0"].concat(),
        &[options, list, "0.type"].concat(),
        &[options, list, "0.id"].concat(),
        &[options, list, "0.transports"].concat(),
        &[options, list, "0.transports.length"].concat(),
        &[options, list, "0.transports.0"].concat(),
        &[options, list, "0.transports.1"].concat(),
        &[options, "userVerification"].concat(),
        &[options, "hints"].concat(),
        &[options, "hints.length"].concat(),
        &[options, "hints.0"].concat(),
        &[options, "extensions"].concat(),
        &[options, "errorMessage"].concat(),
        &[options, "status"].concat(),
        "userId",
        "statusToken",
        "authenticatorName",
    ]
    .join(" ");
    assert_eq!(js("globalThis.reads.join(' ')").as_string().unwrap(), expected);
}

#[wasm_bindgen_test]
async fn properties_that_change_have_the_value_of_the_first_read() {
    let options = seen_for(
        "(() => {
            const fickle = first => { let reads = 0; return { enumerable: true, get: () => (reads++ ? 7 : first) } };
            const prf = Object.defineProperty({}, 'eval', fickle({ first: 'AQ' }));
            const credentialRequestOptions = Object.defineProperties({ extensions: { prf } }, {
                challenge: fickle('AQID'), rpId: fickle('localhost'), timeout: fickle(5),
            });
            return { credentialRequestOptions, userId: 'ada', statusToken: 'S' };
        })()",
    )
    .await;
    assert_eq!(
        text(&options),
        r#"{"challenge":{"0":1,"1":2,"2":3},"timeout":5,"rpId":"localhost","extensions":{"prf":{"eval":{"first":{"0":1}}}}}"#
    );
}

#[wasm_bindgen_test]
async fn properties_may_come_from_a_class() {
    let options = seen_for(
        "({ userId: 'ada', statusToken: 'S', \
           credentialRequestOptions: new (class { #c = 'AQ'; get challenge() { return this.#c } })() })",
    )
    .await;
    assert_eq!(text(&options), r#"{"challenge":{"0":1}}"#);
}

#[wasm_bindgen_test]
async fn a_property_that_throws_is_named() {
    for (options, path) in [
        ("{ get challenge() { throw undefined } }", ".challenge"),
        ("revoked()", ".challenge"),
        (
            "{ challenge: 'AQ', allowCredentials: (() => { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return proxy })() }",
            ".allowCredentials",
        ),
        ("{ challenge: 'AQ', hints: new Proxy(['a'], { get() { throw 1 } }) }", ".hints"),
        ("{ challenge: 'AQ', hints: Object.defineProperty(['a', 'b'], 1, { get() { throw 1 } }) }", ".hints[1]"),
        ("{ challenge: 'AQ', allowCredentials: [{ get type() { throw 1 } }] }", ".allowCredentials[0].type"),
        ("{ challenge: 'AQ', extensions: revoked() }", ".extensions"),
        ("{ challenge: 'AQ', extensions: new Proxy({}, { ownKeys() { throw 1 } }) }", ".extensions"),
        ("{ challenge: 'AQ', extensions: { get other() { throw 1 } } }", ".extensions"),
        (
            "{ challenge: 'AQ', extensions: { prf: { evalByCredential: revoked() } } }",
            ".extensions.prf.evalByCredential",
        ),
        (
            "{ challenge: 'AQ', extensions: { prf: { evalByCredential: { AQ: { get first() { throw 1 } } } } } }",
            ".extensions.prf.evalByCredential.AQ",
        ),
    ] {
        let argument = js(&["({ userId: 'u', statusToken: 'S', credentialRequestOptions: ", options, " })"].concat());
        let result = settle(authenticate(&argument, &JsValue::UNDEFINED)).await;
        assert_eq!(code(&result), "error-0000", "{options}");
        assert_eq!(
            message(&result),
            ["credentialRequestOptions", path, " must be readable, but reading it threw"].concat(),
            "{options}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_list_with_a_missing_item_is_refused() {
    for (hints, error) in [
        ("['a', , 'c']", "[1] must be a string"),
        ("['a', null]", "[1] must be a string"),
        ("new Array(100_000)", "[0] must be a string"),
        ("new Array(100_001)", " must have at most 100000 items"),
        ("new Array(2 ** 32 - 1)", " must have at most 100000 items"),
        (
            "new Proxy([], { get: (target, name) => name == 'length' ? 2 ** 53 : target[name] })",
            " must have at most 100000 items",
        ),
        ("new Proxy([], { get: () => 2 ** 31 - 1 })", " must have at most 100000 items"),
    ] {
        let source = ["({ credentialRequestOptions: { challenge: 'AQ', hints: ", hints, " } })"].concat();
        let result = settle(authenticate(&js(&source), &JsValue::UNDEFINED)).await;
        assert_eq!(message(&result), ["credentialRequestOptions.hints", error].concat(), "{hints}");
    }
}

#[wasm_bindgen_test]
async fn properties_of_object_prototype_are_not_copied_and_its_setters_are_not_called() {
    let undo = change_prototypes(&function(
        "() => {
            globalThis.called = [];
            const names = ['challenge', 'rpId', 'extra', 'AQ', 'type', 'id', 'publicKey', 'mediation', 'statusToken'];
            for (const name of names)
                Object.defineProperty(Object.prototype, name, {
                    configurable: true, get: () => undefined, set: () => called.push(name),
                });
            return () => names.forEach(name => delete Object.prototype[name]);
        }",
    ));
    let options = seen_for(
        "JSON.parse('{\"userId\":\"ada\",\"statusToken\":\"S\",\"credentialRequestOptions\":{\"challenge\":\"AQ\",\"rpId\":\"localhost\",\
         \"__proto__\":{\"timeout\":1},\"extensions\":{\"__proto__\":{\"appid\":\"a\"},\"prf\":{\"evalByCredential\":{\"AQ\":{\"first\":\"AQ\"}}}},\
         \"allowCredentials\":[{\"type\":\"public-key\",\"id\":\"AQ\"}]}}')",
    )
    .await;
    assert_eq!(undo.call0(&JsValue::NULL).unwrap(), 0);
    assert_eq!(text(&js("globalThis.called")), "[]");
    assert_eq!(
        text(&options),
        r#"{"challenge":{"0":1},"rpId":"localhost","allowCredentials":[{"type":"public-key","id":{"0":1}}],"extensions":{"__proto__":{"appid":"a"},"prf":{"evalByCredential":{"AQ":{"first":{"0":1}}}}}}"#
    );
    assert!(at(&options, "timeout").is_undefined());
}

#[wasm_bindgen_test]
async fn a_credential_may_have_any_kind_of_buffer() {
    play_fetch(&function(ACCEPT));
    for (raw_id, id) in [
        ("new Uint8Array([9, 1, 2, 9]).subarray(1, 3)", Some("AQI")),
        ("new DataView(new Uint8Array([9, 1, 2, 9]).buffer, 1, 2)", Some("AQI")),
        ("new Uint16Array(new Uint8Array([1, 2, 3, 4]).buffer, 2)", Some("AwQ")),
        ("new ArrayBuffer(0)", None),
        ("{ byteLength: 2 }", None),
        // A number of bytes, and what claims to be a list: nothing is allocated or read.
        ("{ byteLength: 2 ** 31 - 1, byteOffset: 0, buffer: 2 ** 31 - 1 }", None),
        ("{ byteLength: 2, buffer: { get length() { throw 1 } } }", None),
        ("new Proxy([], { get: () => 2 ** 31 - 1 })", None),
        ("{ byteLength: 9, buffer: new ArrayBuffer(8) }", None),
        ("[1, 2]", None),
        ("'AQ'", None),
        ("{ get byteLength() { throw 1 } }", None),
        ("revoked()", None),
    ] {
        let source = ["async () => ({ ...credential({}), rawId: ", raw_id, " })"].concat();
        play_credentials(&function(&source));
        let requests = play_fetch(&function(ACCEPT));
        let result = settle(authenticate(&request(), &JsValue::UNDEFINED)).await;
        match id {
            Some(id) => {
                let body = JSON::parse(&at(&requests.get(0), "init.body").as_string().unwrap()).unwrap();
                assert_eq!(at(&body, "id"), id, "{raw_id}");
            }
            None => assert!(message(&result).ends_with("credential.rawId must be a non-empty buffer"), "{raw_id}"),
        }
    }
}

#[wasm_bindgen_test]
async fn a_credential_without_extension_results_makes_them_undefined() {
    for more in ["", ", getClientExtensionResults() { throw new Error('not implemented') }"] {
        let source =
            ["async () => ({ rawId: credential({}).rawId, response: credential({}).response", more, " })"].concat();
        play_credentials(&function(&source));
        play_fetch(&function(ACCEPT));
        let settings = js("({ seen: 7, onExtensionResults(results) { settings.seen = results } })");
        assert_eq!(code(&settle(register(&creation(), &settings)).await), "success-registration");
        assert!(at(&settings, "seen").is_undefined());
    }
}

#[wasm_bindgen_test]
async fn the_outcome_of_a_transaction_is_queried_without_the_assertion() {
    let ask = |transaction, settings| webauthn_result::outcome(js(transaction), js(settings), JsValue::UNDEFINED);
    let requests = play_fetch(&function("() => json(200, { status: 'succeeded', token: 'late' })"));
    let registration = "({ statusToken: 'S', ceremony: 'registration' })";
    let result = settle(ask(registration, "({ baseUrl: 'https://cloud.example' })")).await;
    assert_eq!((code(&result).as_str(), at(&result, "token")), ("success-registration", "late".into()));
    assert_eq!(at(&requests.get(0), "url"), "https://cloud.example/api/v1/status");
    assert_eq!(at(&requests.get(0), "init.body"), r#"{"statusToken":"S"}"#);

    play_fetch(&function("() => json(200, { status: 'pending' })"));
    let result = settle(ask("({ statusToken: 'S' })", "({})")).await;
    assert_eq!((code(&result).as_str(), message(&result).contains("still pending")), ("error-0002", true));
    let result = settle(ask("({ statusToken: 'S' })", "({ wait: 60000, signal: aborting('of the page') })")).await;
    assert_eq!((code(&result).as_str(), message(&result).contains("of the page")), ("error-0001", true));
    let result = settle(ask("({ statusToken: 'S', ceremony: 7 })", "({})")).await;
    assert_eq!(message(&result), "ceremony must be \"authentication\" or \"registration\"");
    let result = settle(ask(registration, "({ wait: -1 })")).await;
    assert_eq!((code(&result).as_str(), message(&result).contains("settings.wait")), ("error-1099", true));
}

#[wasm_bindgen_test]
async fn the_end_of_a_call_is_reported_once_with_its_cause() {
    play_credentials(&function(CREDENTIAL));
    play_fetch(&function(ACCEPT));
    let settings = js("({ ends: [], onEnd(event) { settings.ends.push(event); throw new Error('page') } })");
    settle(authenticate(&request(), &settings)).await;
    let ends = at(&settings, "ends");
    assert_eq!(at(&ends, "length"), 1);
    let end = at(&ends, "0");
    let members = ["call", "ceremony", "code", "cause", "silent", "sends", "queries", "recovered"];
    let values: Vec<String> = members.iter().map(|name| text(&at(&end, name))).collect();
    assert_eq!(
        values.join(" "),
        r#""authenticate" "authentication" "success-authentication" "approved" false 1 0 false"#
    );
}

/// With more, the runner's server may not serve one of them: scripts/test/headless.mjs says why.
#[wasm_bindgen_test]
fn the_page_loads_over_two_connections_at_most() {
    let opened = js(
        "performance.getEntriesByType('resource').filter(({ connectStart, connectEnd }) => connectEnd > connectStart).length",
    );
    let opened = opened.as_f64().unwrap();
    assert!(opened <= 2.0, "it opened {opened}: webdriver.json no longer limits this browser");
}
