//! One request: sent, limited in time, its answer read. The only user of gloo-net.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

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

/// What a promise settles to, or the reason of the abort that came first: what the browser itself never settles ends
/// too.
pub struct UntilAborted {
    work: JsFuture,
    end: JsFuture,
}

/// Begins to wait at once, not when it is first polled: a promise that is rejected before has its handler.
pub fn until_aborted(promise: &JsValue, controller: &AbortController) -> UntilAborted {
    UntilAborted { work: Promise::resolve(promise).into(), end: host::ended(controller).into() }
}

impl Future for UntilAborted {
    type Output = Result<JsValue, JsValue>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<Self::Output> {
        match Pin::new(&mut self.work).poll(context) {
            Poll::Pending => Pin::new(&mut self.end).poll(context).map(|reason| reason.and_then(Err)),
            ready => ready,
        }
    }
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
