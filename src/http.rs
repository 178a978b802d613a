//! One request: what is sent, and what came back.

use js_sys::{JSON, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect};

use crate::options::value::Value;
use crate::page::{Deadline, js_string};

/// The largest body for `keepalive`, in bytes. Browsers allow 64 KiB in total.
const KEEPALIVE_LIMIT: usize = 60_000;

#[wasm_bindgen]
extern "C" {
    /// Not `Window::fetch_with_str_and_init`, which panics where the page's `fetch` throws.
    #[wasm_bindgen(catch)]
    fn fetch(url: &str, init: &RequestInit) -> Result<Promise, JsValue>;
}

/// An HTTP response.
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The body, if it is JSON.
    pub json: Option<JsValue>,
}

/// Posts JSON.
///
/// # Errors
///
/// Why there is no response, or the reason of the abort.
pub async fn post(url: &str, body: &str, deadline: &Deadline) -> Result<Response, JsValue> {
    // gloo-net 0.7 panics if `fetch` rejects with anything but an `Error`, if it resolves to anything but a `Response`, and
    // if the response's `text` throws. So its types get a response that is one, and both promises are awaited here.
    let response = deadline.until(&fetch(url, &build_request(body, &deadline.signal()))?).await?;
    let response = gloo_net::http::Response::from(response.dyn_into::<web_sys::Response>()?);
    let status = response.status();
    let text = deadline.until(web_sys::Response::from(response).text()?.unchecked_ref()).await?;
    Ok(Response { status, json: text.as_string().and_then(|text| JSON::parse(&text).ok()) })
}

fn build_request(body: &str, signal: &AbortSignal) -> RequestInit {
    // Not `RequestInit::new` and `Headers`: the former inherits from `Object.prototype`, to which the page may have added
    // properties, and a page that wraps `fetch` may expect the headers as a plain object.
    let mut headers = JsValue::new_record();
    headers.set("Content-Type", js_string("application/json;charset=utf-8"));
    headers.set("Accept", js_string("application/json"));
    let mut record = JsValue::new_record();
    // The request outlives the page if the browser allows it. web-sys has no such property yet.
    record.set("keepalive", &(body.len() < KEEPALIVE_LIMIT).into());
    let init: RequestInit = record.unchecked_into();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&body.into());
    init.set_signal(Some(signal));
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Error);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init
}
