//! JSON in place of the browser's values, for the native client and for native tests and fuzzing: what `JSON.parse` returns in a page.
//!
//! In tests and fuzzing, and nowhere else, the string `throw!` stands for a getter that throws, `function!` for a function,
//! `{ "bytes": [1, 2] }` for what the browser takes as bytes, and `https://own.example` is the page's own origin.

use serde_json::{Value as Json, json};

use super::value::Value;

/// Whether JSON can stand for what only a browser has. To a program, a server's `throw!` is a string like any other.
const PLAYS_BROWSER: bool = cfg!(any(test, fuzzing));

impl Value for Json {
    fn is_absent(&self) -> bool {
        self.is_null()
    }
    fn is_string(&self) -> bool {
        Json::is_string(self) && !self.is_function()
    }
    fn is_falsy(&self) -> bool {
        matches!(self, Json::Null | Json::Bool(false)) || self == "" || Json::as_f64(self) == Some(0.0)
    }
    fn as_boolean(&self) -> Option<bool> {
        self.as_bool()
    }
    fn as_number(&self) -> Option<f64> {
        self.as_f64()
    }
    fn as_string(&self) -> Option<String> {
        self.as_str().filter(|_| !self.is_function()).map(String::from)
    }
    fn to_number(&self) -> Option<f64> {
        self.as_f64().or_else(|| self.as_str()?.parse().ok())
    }
    fn as_text(&self) -> Option<String> {
        Value::as_string(self).or_else(|| Json::is_number(self).then(|| self.to_string()))
    }
    fn is_function(&self) -> bool {
        PLAYS_BROWSER && self == "function!"
    }
    fn is_object(&self) -> bool {
        Json::is_object(self) || Json::is_array(self)
    }
    fn is_array(&self) -> Option<bool> {
        Some(Json::is_array(self))
    }
    fn get(&self, name: &'static str) -> Option<Self> {
        property(self, name)
    }
    fn get_by(&self, name: &Self) -> Option<Self> {
        property(self, name.as_str().unwrap_or_default())
    }
    fn item(&self, index: u32) -> Option<Self> {
        property(self, &index.to_string())
    }
    fn parse_base_url(&self) -> Option<Self> {
        match self.as_str() {
            // Of no program: src/ciba/native/base_url.rs has its rule.
            _ if !PLAYS_BROWSER => None,
            None => Some(json!("https://own.example")),
            Some(base) => base.starts_with("https://").then(|| self.clone()),
        }
    }
    fn new_record() -> Self {
        json!({})
    }
    fn copy_properties(&self) -> Option<Self> {
        Some(self.clone())
    }
    fn names(&self) -> Option<Self> {
        Some(match self {
            Json::Object(properties) => properties.keys().map(|name| json!(name)).collect(),
            Json::Array(items) => (0..items.len()).map(|index| json!(index.to_string())).collect(),
            _ => json!([]),
        })
    }
    fn set(&mut self, name: &'static str, value: &Self) {
        set(self, name, value);
    }
    fn set_by(&mut self, name: &Self, value: &Self) {
        set(self, name.as_str().unwrap_or_default(), value);
    }
    fn new_array() -> Self {
        json!([])
    }
    fn push(&mut self, item: &Self) -> Option<()> {
        self.as_array_mut()?.push(item.clone());
        Some(())
    }
    fn null() -> Self {
        Json::Null
    }
    fn from_boolean(boolean: bool) -> Self {
        json!(boolean)
    }
    fn from_number(number: f64) -> Self {
        json!(number)
    }
    fn from_string(text: &str) -> Self {
        json!(text)
    }
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        PLAYS_BROWSER.then(|| json!({ "bytes": bytes }))
    }
}

/// A property of an object, or an item of an array by its index.
fn property(owner: &Json, name: &str) -> Option<Json> {
    let property = match owner {
        Json::Array(items) if name == "length" => json!(items.len()),
        Json::Array(items) => name.parse().ok().and_then(|index: usize| items.get(index)).cloned().unwrap_or_default(),
        _ => owner.get(name).cloned().unwrap_or_default(),
    };
    (!PLAYS_BROWSER || property != "throw!").then_some(property)
}

fn set(record: &mut Json, name: &str, value: &Json) {
    match record {
        Json::Array(items) => {
            if let Some(item) = name.parse().ok().and_then(|index: usize| items.get_mut(index)) {
                *item = value.clone();
            }
        }
        _ => record[name] = value.clone(),
    }
}
