//! One request: what is sent, and what came back.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect};

use crate::messages::NOT_A_RESPONSE;
use crate::options::js::{js_string, read};
use crate::options::value::Value;
use crate::page::{Deadline, call_method, wall_clock};
use crate::place::Place;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = URLSearchParams)]
    type UrlSearchParams;

    #[wasm_bindgen(constructor, catch, js_class = "URLSearchParams")]
    fn new(record: &JsValue) -> Result<UrlSearchParams, JsValue>;

    /// Not `Window::fetch_with_str_and_init`, which panics where the page's `fetch` throws.
    #[wasm_bindgen(catch)]
    fn fetch(url: &str, init: &RequestInit) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Date, js_name = parse)]
    fn parse_date(date: &str) -> Result<f64, JsValue>;
}

#[wasm_bindgen(module = "/js/parse-json.js")]
extern "C" {
    /// The value, or `undefined` for what is not JSON.
    #[wasm_bindgen(js_name = parseJson)]
    pub fn parse_json(text: &JsValue) -> JsValue;
}

/// The media type of JSON.
pub const JSON: &str = "application/json;charset=utf-8";
/// That of a form.
pub const FORM: &str = "application/x-www-form-urlencoded";

/// How a request is sent.
#[derive(Clone, Copy)]
pub struct Delivery<'a> {
    /// The media type of the body.
    pub content_type: &'static str,
    /// Where it is sent from. Some servers refuse the options about cookies and caches.
    pub place: Place,
    /// Whether it outlives the page, if its body is small enough.
    pub keepalive: bool,
    /// Whether it carries the cookies of the page's own origin, if it goes there.
    pub cookies: bool,
    /// More headers, in a record. Those of this file take precedence, so their names must not differ by case alone.
    pub headers: Option<&'a JsValue>,
}

impl Delivery<'_> {
    /// JSON from a page, without cookies.
    pub const JSON: Delivery<'static> =
        Delivery { content_type: JSON, place: Place::Page, keepalive: false, cookies: false, headers: None };
}

/// An HTTP response.
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The body, if it is JSON.
    pub json: Option<JsValue>,
    /// The wait that `Retry-After` asks for, in milliseconds, if the page may read it.
    pub retry_after: Option<f64>,
}

/// The text of a record of strings as a form.
///
/// # Errors
///
/// What the constructor threw.
pub fn encode_form(record: &JsValue) -> Result<String, JsValue> {
    Ok(call_method(&UrlSearchParams::new(record)?.into(), "toString", &[])?.as_string().unwrap_or_default())
}

/// Posts a body, and reads JSON.
///
/// # Errors
///
/// Why there is no response, or the reason of the abort.
pub async fn post(url: &str, body: &str, delivery: Delivery<'_>, deadline: &Deadline) -> Result<Response, JsValue> {
    let request = build_request(body, delivery, &deadline.signal());
    let response = deadline.until(&fetch(url, &request)?).await?;
    let status = read_status(&response)?;
    // A redirect is no response: the credentials are for this address only.
    if (300..400).contains(&status) {
        return Err(JsValue::from_str(NOT_A_RESPONSE));
    }
    let retry_after = read_retry_after(&response);
    let text = deadline.until(call_method(&response, "text", &[])?.unchecked_ref()).await?;
    let json = Some(&text).filter(|text| text.is_string()).map(parse_json).filter(|json| !json.is_undefined());
    Ok(Response { status, json, retry_after })
}

/// gloo-net 0.7 panics if `fetch` resolves to anything but the browser's `Response`. Pages replace `fetch` by that of a frame,
/// by ponyfills and by mocks: there, whatever has a numeric `status` is a response.
fn read_status(response: &JsValue) -> Result<u16, JsValue> {
    match response.clone().dyn_into::<web_sys::Response>() {
        Ok(response) => Ok(gloo_net::http::Response::from(response).status()),
        Err(_) => match read(response, "status")?.as_f64() {
            Some(status) => Ok(status as u16),
            None => Err(JsValue::from_str(NOT_A_RESPONSE)),
        },
    }
}

/// In seconds or as a date: RFC 9110, section 10.2.3.
fn read_retry_after(response: &JsValue) -> Option<f64> {
    let value = call_method(&response.get("headers")?, "get", &[js_string("Retry-After")]).ok()?;
    let date = value.as_string()?;
    let seconds = value.unchecked_into_f64();
    let ms = if seconds.is_nan() { parse_date(&date).ok()? - wall_clock() } else { seconds * 1000.0 };
    Some(ms).filter(|ms| *ms >= 0.0 && ms.is_finite())
}

fn build_request(
    body: &str,
    Delivery { content_type, place, keepalive, cookies, headers }: Delivery<'_>,
    signal: &AbortSignal,
) -> RequestInit {
    // Not `RequestInit::new` and `Headers`: the former inherits from `Object.prototype`, to which the page may have added
    // properties, and a page that wraps `fetch` may expect the headers as a plain object.
    let mut headers = headers.and_then(|headers| headers.copy_properties()).unwrap_or_else(JsValue::new_record);
    headers.set("Content-Type", js_string(content_type));
    headers.set("Accept", js_string("application/json"));
    let mut record = JsValue::new_record();
    if place == Place::Page {
        // web-sys has no such property yet.
        record.set("keepalive", &keepalive.into());
    }
    let init: RequestInit = record.unchecked_into();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&body.into());
    init.set_signal(Some(signal));
    if let Place::Server { has_cache_option } = place {
        if has_cache_option {
            init.set_cache(RequestCache::NoStore);
        }
        // workerd has no "error". This returns the redirect as it is.
        init.set_redirect(RequestRedirect::Manual);
        return init;
    }
    init.set_credentials(if cookies { RequestCredentials::SameOrigin } else { RequestCredentials::Omit });
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Error);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init
}
