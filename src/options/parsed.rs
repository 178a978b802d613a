//! Parsed JSON in place of a JavaScript value, for native tests and fuzzing: what `JSON.parse` gives a page.
//!
//! The text `throw!` stands for a getter that throws.

use std::cell::RefCell;
use std::rc::Rc;

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Value as Json, json};

use crate::options::{Kind, Value};

/// What a parsed value is.
fn kind_of(json: &Json) -> Option<Kind> {
    Some(match json {
        Json::Null => Kind::Absent,
        Json::Object(_) | Json::Array(_) => Kind::Object,
        Json::String(_) => Kind::Text,
        Json::Number(_) => Kind::Number,
        Json::Bool(_) => Kind::Boolean,
    })
}

/// Its `length`; that of a buffer is its bytes'.
fn length_of(json: &Json) -> u32 {
    let length = match json {
        Json::String(text) => text.encode_utf16().count(),
        Json::Array(items) => items.len(),
        _ => json["buffer"].as_array().map_or(0, Vec::len),
    };
    length as u32
}

/// The buffer that base64url text stands for, by the rules of `js/host.js`: padding is whole or not there, and stray bits
/// are ignored.
pub fn buffer(text: &str) -> Option<Json> {
    let decode = |padding| {
        let config =
            GeneralPurposeConfig::new().with_decode_padding_mode(padding).with_decode_allow_trailing_bits(true);
        GeneralPurpose::new(&URL_SAFE, config).decode(text)
    };
    let bytes = decode(DecodePaddingMode::RequireNone).or_else(|_| decode(DecodePaddingMode::RequireCanonical));
    Some(json!({ "buffer": bytes.ok()? }))
}

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

fn got(member: Option<&Json>) -> Option<Parsed> {
    let member = member.cloned().unwrap_or_default();
    (member != "throw!").then(|| member.into())
}

impl Value for Parsed {
    fn is(&self, kind: Kind) -> bool {
        kind_of(&self.0.borrow()) == Some(kind)
    }
    fn is_array(&self) -> bool {
        self.0.borrow().is_array()
    }
    fn text(&self) -> Option<String> {
        self.0.borrow().as_str().map(String::from)
    }
    fn number(&self) -> Option<f64> {
        self.0.borrow().as_f64()
    }
    /// The items of an array are members too, by their index.
    fn member(&self, name: &str) -> Option<Self> {
        let json = self.0.borrow();
        let member = json.get(name).or_else(|| json.as_array()?.get(name.parse::<usize>().ok()?));
        got(member)
    }
    fn length(&self) -> u32 {
        length_of(&self.0.borrow())
    }
    fn item(&self, index: u32) -> Option<Self> {
        got(self.0.borrow().get(index as usize))
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
    fn buffer(&self) -> Option<Self> {
        Some(buffer(&self.text()?)?.into())
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
