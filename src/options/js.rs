//! JavaScript values as [`Value`]s. Whatever the page's getters and proxies throw is caught here.

use wasm_bindgen::prelude::*;

use super::{Kind, Value};

// `js_sys::Reflect` takes names as JavaScript values, which is a second crossing for every member.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = get)]
    fn get(target: &JsValue, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = get)]
    fn get_item(target: &JsValue, index: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = set)]
    fn set(target: &JsValue, name: &str, value: &JsValue) -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;
    #[wasm_bindgen(js_namespace = Object, js_name = create)]
    fn create(prototype: &JsValue) -> JsValue;
    #[wasm_bindgen(catch, js_namespace = Object, js_name = assign)]
    fn assign(target: &JsValue, source: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn keys(object: &JsValue) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/js/host.js")]
extern "C" {
    fn kind(value: &JsValue) -> i32;
    fn length(value: &JsValue) -> u32;
    fn buffer(text: &JsValue) -> JsValue;
}

impl Value for JsValue {
    fn is(&self, kind: Kind) -> bool {
        self::kind(self) == kind as i32
    }

    fn is_array(&self) -> bool {
        is_array(self).unwrap_or(false)
    }

    fn text(&self) -> Option<String> {
        self.as_string()
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn member(&self, name: &str) -> Option<Self> {
        get(self, name).ok()
    }

    fn length(&self) -> u32 {
        length(self)
    }

    fn item(&self, index: u32) -> Option<Self> {
        get_item(self, index).ok()
    }

    fn names(&self) -> Option<Self> {
        keys(self).ok()
    }

    // Without a prototype: a page's polluted `Object.prototype` adds nothing to what the browser is asked.
    fn new_object() -> Self {
        create(&JsValue::NULL)
    }

    fn new_array() -> Self {
        js_sys::Array::new().into()
    }

    fn new_number(number: f64) -> Self {
        number.into()
    }

    fn buffer(&self) -> Option<Self> {
        Some(buffer(self)).filter(|buffer| !buffer.is_undefined())
    }

    fn copied(&self) -> Option<Self> {
        assign(&Self::new_object(), self).ok()
    }

    fn set(&self, name: &str, value: &Self) {
        let _ = set(self, name, value);
    }

    fn push(&self, value: &Self) {
        self.unchecked_ref::<js_sys::Array>().push(value);
    }
}
