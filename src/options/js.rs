//! The browser's values. Every import that may run code of the page catches exceptions.

use std::cell::Cell;

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

    /// Used only on our own records, whose prototype has no setters.
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set(this: &Indexed, name: &JsValue, value: &JsValue);

    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Object, js_name = assign)]
    fn assign(target: &JsValue, source: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn keys(object: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = push)]
    fn push(this: &Indexed, item: &JsValue) -> Result<(), JsValue>;

    /// `JSON.stringify`.
    #[wasm_bindgen(catch, js_namespace = JSON)]
    pub fn stringify(value: &JsValue) -> Result<String, JsValue>;

    #[wasm_bindgen(js_name = Uint8Array)]
    type Bytes;

    #[wasm_bindgen(constructor, catch, js_class = "Uint8Array")]
    fn copy_of(bytes: &[u8]) -> Result<Bytes, JsValue>;
}

#[wasm_bindgen(module = "/js/null-record.js")]
extern "C" {
    type NullRecord;

    #[wasm_bindgen(constructor)]
    fn new() -> NullRecord;
}

#[wasm_bindgen(module = "/js/base-url.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = parseBaseUrl)]
    fn parse_base_url(base: &JsValue) -> Result<JsValue, JsValue>;
}

/// Names of properties as JavaScript strings, in a linked list: creating a string takes longer than reading the property. The
/// entries are leaked, so that nothing is borrowed while code of the page runs, which may call the module again.
struct Name {
    text: &'static str,
    value: JsValue,
    next: Option<&'static Name>,
}

thread_local! {
    static NAMES: Cell<Option<&'static Name>> = const { Cell::new(None) };
}

/// A name as a JavaScript string.
pub fn js_string(text: &'static str) -> &'static JsValue {
    let first = NAMES.get();
    let mut known = first;
    while let Some(name) = known {
        if std::ptr::eq(name.text, text) {
            return &name.value;
        }
        known = name.next;
    }
    let name = Box::leak(Box::new(Name { text, value: JsValue::from_str(text), next: first }));
    NAMES.set(Some(name));
    &name.value
}

/// Reads a property.
///
/// # Errors
///
/// The exception that reading it throws.
pub fn read(owner: &JsValue, name: &'static str) -> Result<JsValue, JsValue> {
    indexed(owner).get(js_string(name))
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
    fn to_number(&self) -> Option<f64> {
        if self.is_string() { Some(self.unchecked_into_f64()) } else { self.as_f64() }
    }
    fn as_text(&self) -> Option<String> {
        self.as_string().or_else(|| stringify(self).ok().filter(|_| self.as_f64().is_some_and(f64::is_finite)))
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
        // Not by an exception: each one that is caught costs a place in wasm-bindgen's table of values, for ever.
        if self.is_absent() {
            return None;
        }
        read(self, name).ok()
    }
    fn get_by(&self, name: &Self) -> Option<Self> {
        indexed(self).get(name).ok()
    }
    fn item(&self, index: u32) -> Option<Self> {
        indexed(self).item(index).ok()
    }
    fn parse_base_url(&self) -> Option<Self> {
        parse_base_url(self).ok().filter(|base| base.is_string())
    }
    fn new_record() -> Self {
        NullRecord::new().into()
    }
    fn copy_properties(&self) -> Option<Self> {
        assign(&Self::new_record(), self).ok()
    }
    fn names(&self) -> Option<Self> {
        keys(self).ok()
    }
    fn set(&mut self, name: &'static str, value: &Self) {
        indexed(self).set(js_string(name), value);
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
    fn null() -> Self {
        JsValue::NULL
    }
    fn from_boolean(boolean: bool) -> Self {
        boolean.into()
    }
    fn from_number(number: f64) -> Self {
        number.into()
    }
    fn from_string(text: &str) -> Self {
        text.into()
    }
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Bytes::copy_of(bytes).ok().map(Into::into)
    }
}
