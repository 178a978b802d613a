//! One request: sent, limited in time, its answer read. The only user of gloo-net.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use crate::answer::{Answer, Body};
use crate::exception::describe;
use crate::host;
use crate::options::Value;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = JSON, js_name = parse)]
    fn parse(text: &JsValue) -> Result<JsValue, JsValue>;
}

/// What `promise` settles to, or the reason of the abort that came first: what the browser itself never settles ends too.
pub async fn until_aborted(promise: &JsValue, controller: &AbortController) -> Result<JsValue, JsValue> {
    let mut work = pin!(JsFuture::from(Promise::resolve(promise)));
    let mut end = pin!(JsFuture::from(host::ended(controller)));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Pending => end.as_mut().poll(context).map(|reason| reason.and_then(Err)),
        ready => ready,
    })
    .await
}

/// Posts JSON and reads the answer, both within `ms` milliseconds.
pub async fn post(url: &str, body: &str, ms: f64) -> Answer {
    let controller = match host::limit(ms, &JsValue::UNDEFINED) {
        Ok(controller) => controller,
        Err(exception) => return Answer::None(describe(&exception)),
    };
    let answer = exchange(url, body, &controller).await;
    controller.abort();
    answer.unwrap_or_else(|exception| Answer::None(describe(&exception)))
}

async fn exchange(url: &str, body: &str, controller: &AbortController) -> Result<Answer, JsValue> {
    let response = host::post(url, body, &controller.signal())?;
    let response: web_sys::Response = until_aborted(&response, controller).await?.dyn_into()?;
    let response = gloo_net::http::Response::from(response);
    let status = response.status();
    // Not gloo's `text()`: it panics where a page's own `fetch` throws in there.
    let text = web_sys::Response::from(response).text()?;
    let text = until_aborted(&text, controller).await?;
    Ok(Answer::Http { status, body: parse(&text).ok().filter(Value::is_object).map(|json| read(&json)) })
}

fn read(json: &JsValue) -> Body {
    Body {
        status: json.text_member("status"),
        error_message: json.text_member("errorMessage"),
        message: json.text_member("message").or_else(|| json.text_member("error")),
        token: json.text_member("token"),
    }
}

/// Waits.
pub async fn sleep(ms: f64) {
    if let Ok(controller) = host::limit(ms, &JsValue::UNDEFINED) {
        let _ = JsFuture::from(host::ended(&controller)).await;
    }
}
