//! Parsed JSON in place of a JavaScript value, for property tests and fuzzing: what `JSON.parse` gives a page, without getters.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::{Value as Json, json};

use crate::options::Value;

/// A value, shared as JavaScript shares objects.
#[derive(Clone)]
pub struct Parsed(Rc<RefCell<Json>>);

impl From<Json> for Parsed {
    fn from(json: Json) -> Self {
        Parsed(Rc::new(RefCell::new(json)))
    }
}

impl Parsed {
    /// As JSON again; a buffer is `{ "buffer": [byte…] }`.
    pub fn json(&self) -> Json {
        self.0.borrow().clone()
    }
}

impl Value for Parsed {
    fn is_absent(&self) -> bool {
        self.0.borrow().is_null()
    }
    fn is_text(&self) -> bool {
        self.0.borrow().is_string()
    }
    fn text(&self) -> Option<String> {
        self.0.borrow().as_str().map(String::from)
    }
    fn number(&self) -> Option<f64> {
        self.0.borrow().as_f64()
    }
    fn is_boolean(&self) -> bool {
        self.0.borrow().is_boolean()
    }
    fn is_function(&self) -> bool {
        false
    }
    fn is_array(&self) -> bool {
        self.0.borrow().is_array()
    }
    fn is_object(&self) -> bool {
        let json = self.0.borrow();
        json.is_object() || json.is_array()
    }
    /// The items of an array are members too, by their index.
    fn member(&self, name: &str) -> Option<Self> {
        let json = self.0.borrow();
        let member = json.get(name).or_else(|| json.as_array()?.get(name.parse::<usize>().ok()?));
        Some(member.cloned().unwrap_or_default().into())
    }
    fn length(&self) -> u32 {
        self.0.borrow().as_array().map_or(0, |items| items.len() as u32)
    }
    fn item(&self, index: u32) -> Option<Self> {
        Some(self.0.borrow().get(index as usize).cloned().unwrap_or_default().into())
    }
    fn names(&self) -> Option<Self> {
        let json = self.0.borrow();
        let names: Json = match &*json {
            Json::Object(members) => members.keys().cloned().collect(),
            Json::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
            _ => json!([]),
        };
        Some(names.into())
    }
    fn new_object() -> Self {
        json!({}).into()
    }
    fn new_array() -> Self {
        json!([]).into()
    }
    fn new_number(number: f64) -> Self {
        json!(number).into()
    }
    fn new_bytes(bytes: &[u8]) -> Self {
        json!({ "buffer": bytes }).into()
    }
    fn copied(&self) -> Option<Self> {
        Some(self.json().into())
    }
    fn set(&self, name: &str, value: &Self) {
        let value = value.json();
        let mut json = self.0.borrow_mut();
        match name.parse::<usize>() {
            Ok(index) if json.is_array() => json[index] = value,
            _ => json[name] = value,
        }
    }
    fn push(&self, value: &Self) {
        let value = value.json();
        self.0.borrow_mut().as_array_mut().expect("an array made here").push(value);
    }
}
