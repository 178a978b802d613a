//! One request: sent, limited in time, its answer read. The only user of gloo-net.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

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

/// What came back.
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body, if it is a JSON object; else `undefined`.
    pub json: JsValue,
}

/// Posts JSON and reads the reply, until `controller` is aborted.
///
/// # Errors
///
/// What the browser threw, or the reason of the abort.
pub async fn post(url: &str, body: &str, controller: &AbortController) -> Result<Reply, JsValue> {
    let response = host::post(url, body, &controller.signal())?;
    let response: web_sys::Response = until_aborted(&response, controller).await?.dyn_into()?;
    let response = gloo_net::http::Response::from(response);
    let status = response.status();
    // Not gloo's `text()`: it panics where a page's own `fetch` throws in there.
    let text = web_sys::Response::from(response).text()?;
    let text = until_aborted(&text, controller).await?;
    let json = parse(&text).ok().filter(Value::is_object).unwrap_or_default();
    Ok(Reply { status, json })
}

/// Waits.
pub async fn sleep(ms: f64) {
    if let Ok(controller) = host::limit(ms, &JsValue::UNDEFINED) {
        let _ = JsFuture::from(host::ended(&controller)).await;
    }
}
