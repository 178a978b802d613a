//! What was thrown or rejected, in words: `name: message`.

use wasm_bindgen::JsValue;

use crate::options::Value;
use crate::text::concat;

/// `name: message` of an exception. Pages and wrappers throw other things too: text becomes the message.
pub fn describe(exception: &JsValue) -> String {
    let name = exception.text_member("name");
    let message = exception.text_member("message").or_else(|| exception.text());
    concat(&[name.as_deref().unwrap_or("Error"), ": ", message.as_deref().unwrap_or("no reason given")])
}
