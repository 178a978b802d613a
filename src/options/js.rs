//! The browser's values. Every import here that may run code of the page catches what that throws.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::value::Value;

#[wasm_bindgen]
extern "C" {
    /// Any value, as the target of `value[name]`.
    type Indexed;

    #[wasm_bindgen(method, structural, indexing_getter, catch)]
    fn get(this: &Indexed, name: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, structural, indexing_getter, catch)]
    fn item(this: &Indexed, index: u32) -> Result<JsValue, JsValue>;

    /// Only on our own records, whose prototype has no setters.
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set(this: &Indexed, name: &JsValue, value: &JsValue);

    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Object, js_name = assign)]
    fn assign(target: &JsValue, source: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn keys(object: &JsValue) -> Result<js_sys::Array, JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = push)]
    fn push(this: &Indexed, item: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(js_name = Uint8Array)]
    type Bytes;

    #[wasm_bindgen(constructor, catch, js_class = "Uint8Array")]
    fn copy_of(bytes: &[u8]) -> Result<Bytes, JsValue>;
}

#[wasm_bindgen(module = "/js/bare.js")]
extern "C" {
    type Bare;

    #[wasm_bindgen(constructor)]
    fn new() -> Bare;
}

#[wasm_bindgen(module = "/js/host.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn locate(base: &JsValue) -> Result<JsValue, JsValue>;
}

thread_local! {
    /// The names of properties as JavaScript's strings: making one anew for each read takes longer than the read.
    static NAMES: RefCell<Vec<(&'static str, &'static JsValue)>> = const { RefCell::new(Vec::new()) };
}

/// A name as JavaScript's string. The table is not borrowed when the page's code runs, which may call the module again.
pub fn js_name(name: &'static str) -> &'static JsValue {
    NAMES.with_borrow_mut(|names| {
        let is_same = |(known, _): &&(&'static str, _)| std::ptr::eq(*known, name);
        if let Some((_, value)) = names.iter().find(is_same) {
            return *value;
        }
        let value: &JsValue = Box::leak(Box::new(JsValue::from_str(name)));
        names.push((name, value));
        value
    })
}

/// Reads a property.
///
/// # Errors
///
/// What reading it throws.
pub fn read(owner: &JsValue, name: &'static str) -> Result<JsValue, JsValue> {
    indexed(owner).get(js_name(name))
}

fn indexed(value: &JsValue) -> &Indexed {
    value.unchecked_ref()
}

impl Value for JsValue {
    fn is_absent(&self) -> bool {
        self.is_null_or_undefined()
    }
    fn is_string(&self) -> bool {
        self.is_string()
    }
    fn is_falsy(&self) -> bool {
        self.is_falsy()
    }
    fn as_boolean(&self) -> Option<bool> {
        self.as_bool()
    }
    fn as_number(&self) -> Option<f64> {
        self.as_f64()
    }
    fn as_string(&self) -> Option<String> {
        self.as_string()
    }
    fn is_function(&self) -> bool {
        self.is_function()
    }
    fn is_object(&self) -> bool {
        self.is_object()
    }
    fn is_array(&self) -> Option<bool> {
        is_array(self).ok()
    }
    fn get(&self, name: &'static str) -> Option<Self> {
        read(self, name).ok()
    }
    fn get_by(&self, name: &Self) -> Option<Self> {
        indexed(self).get(name).ok()
    }
    fn item(&self, index: u32) -> Option<Self> {
        indexed(self).item(index).ok()
    }
    fn parse_base_url(&self) -> Option<Self> {
        locate(self).ok().filter(|base| base.is_string())
    }
    fn new_record() -> Self {
        Bare::new().into()
    }
    fn copy_properties(&self) -> Option<Self> {
        assign(&Self::new_record(), self).ok()
    }
    fn names(&self) -> Option<Vec<Self>> {
        keys(self).ok().map(|names| names.to_vec())
    }
    fn set(&mut self, name: &'static str, value: &Self) {
        indexed(self).set(js_name(name), value);
    }
    fn set_by(&mut self, name: &Self, value: &Self) {
        indexed(self).set(name, value);
    }
    fn new_array() -> Self {
        js_sys::Array::new().into()
    }
    fn push(&mut self, item: &Self) -> Option<()> {
        indexed(self).push(item).ok()
    }
    fn from_number(number: f64) -> Self {
        number.into()
    }
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Bytes::copy_of(bytes).ok().map(Into::into)
    }
}
