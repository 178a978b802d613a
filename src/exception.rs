//! What was thrown or rejected, in words: `name: message`.

use wasm_bindgen::JsValue;

use crate::options::Value;

/// `name: message` of an exception. Pages and wrappers throw other things too: text becomes the message.
pub fn describe(exception: &JsValue) -> String {
    let text_of = |name| {
        exception
            .member(name)
            .and_then(|member| member.text())
            .filter(|text| !text.is_empty())
    };
    let name = text_of("name");
    let message = text_of("message").or_else(|| exception.text());
    [
        name.as_deref().unwrap_or("Error"),
        ": ",
        message.as_deref().unwrap_or("no reason given"),
    ]
    .concat()
}
