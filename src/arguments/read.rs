//! Parsed JSON read as `js/read.js` reads a page's values, for native tests and fuzzing: what `JSON.parse` gives a page.
//!
//! The text `throw!` stands for a getter that throws; `{ "buffer": [byte…] }` is what base64url text becomes.

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Value as Json, json};

use super::facts::*;
use super::rules::{Presence, Rule, Shape};

/// The numbers and texts that facts stand for.
#[derive(Default)]
pub struct Read {
    letters: String,
    values: Vec<Json>,
}

impl Values for Read {
    fn number(&self, index: u32) -> f64 {
        self.values[index as usize].as_f64().expect("a number")
    }
    fn text(&self, index: u32) -> String {
        self.values[index as usize].as_str().expect("text").into()
    }
}

/// Reads by the rules: the facts, and the copy, `None` where a member is left out.
pub fn read(value: &Json, rules: &'static [Rule]) -> (Facts<Read>, Json) {
    let mut read = Read::default();
    let copy = read.convert(value, &Shape::Object(rules));
    (Facts::new(read.letters.clone(), read), copy.unwrap_or_default())
}

/// The bytes of base64url text: padding is whole or not there, and stray bits are ignored.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let decode = |padding| {
        let config =
            GeneralPurposeConfig::new().with_decode_padding_mode(padding).with_decode_allow_trailing_bits(true);
        GeneralPurpose::new(&URL_SAFE, config).decode(text)
    };
    decode(DecodePaddingMode::RequireNone).or_else(|_| decode(DecodePaddingMode::RequireCanonical)).ok()
}

fn letter(value: &Json) -> u8 {
    match value {
        Json::Null => ABSENT,
        Json::String(text) if text == "throw!" => UNREADABLE,
        Json::String(text) if text.is_empty() => EMPTY,
        Json::String(_) => TEXT,
        Json::Bool(true) => TRUE,
        Json::Bool(false) => FALSE,
        Json::Number(_) => NUMBER,
        Json::Array(_) | Json::Object(_) => OBJECT,
    }
}

impl Read {
    fn convert(&mut self, value: &Json, shape: &Shape) -> Option<Json> {
        let mut fact = letter(value);
        let mut copy = Some(value.clone()).filter(|copy| !copy.is_null() && fact != UNREADABLE);
        match (shape, value) {
            (Shape::List(inner), Json::Array(items)) => {
                self.fact(LIST);
                let items = items.iter().map_while(|item| self.convert(item, inner)).collect();
                fact = END;
                copy = Some(Json::Array(items));
            }
            (Shape::Object(rules), _) if fact == OBJECT => return Some(self.members(value, rules, json!({}))),
            (Shape::Open(rules) | Shape::OpenIfObject(rules), _) if fact == OBJECT => {
                return Some(self.members(value, rules, value.clone()));
            }
            (Shape::EachMember(inner), _) if fact == OBJECT => {
                self.fact(OBJECT);
                let mut each = value.clone();
                let names: Vec<String> = match value {
                    Json::Object(members) => members.keys().cloned().collect(),
                    _ => (0..value.as_array().map_or(0, Vec::len)).map(|index| index.to_string()).collect(),
                };
                for name in names {
                    self.fact(KEY);
                    self.values.push(json!(name));
                    let member = member_mut(&mut each, &name);
                    *member = self.convert(&member.clone(), inner).unwrap_or_default();
                }
                fact = END;
                copy = Some(each);
            }
            (Shape::Bytes | Shape::Buffer, Json::String(text)) if fact == TEXT || fact == EMPTY => {
                let bytes = bytes(text);
                fact = match &bytes {
                    None => MALFORMED,
                    Some(bytes) if bytes.is_empty() => EMPTY,
                    Some(_) => TEXT,
                };
                copy = bytes.map(|bytes| json!({ "buffer": bytes }));
            }
            (Shape::Milliseconds, Json::Number(number)) => {
                let most = f64::from(u32::MAX);
                if number.as_f64().is_some_and(|number| number > most) {
                    copy = Some(json!(most));
                }
            }
            (Shape::Word | Shape::Status, _) => {
                copy = None;
                fact = match fact {
                    TEXT => WORD,
                    ABSENT | UNREADABLE => fact,
                    _ => OTHER,
                };
                if fact == WORD {
                    self.values.push(value.clone());
                }
            }
            (Shape::Name, _) if fact != TEXT => (fact, copy) = (ABSENT, None),
            (Shape::Mediation, Json::String(text)) if fact == TEXT => {
                fact = match text.as_str() {
                    "conditional" => CONDITIONAL,
                    "optional" => TEXT,
                    _ => MALFORMED,
                };
            }
            _ => {}
        }
        if fact == NUMBER {
            self.values.push(value.clone());
        }
        self.fact(fact);
        copy
    }

    fn members(&mut self, value: &Json, rules: &[Rule], mut copy: Json) -> Json {
        self.fact(OBJECT);
        for rule in rules {
            let Some(item) = self.convert(&member(value, rule.name), &rule.shape) else { continue };
            let is_empty = item.as_str().is_some_and(str::is_empty) || item.as_array().is_some_and(Vec::is_empty);
            if !(is_empty && rule.presence == Presence::OptionalNotEmpty) {
                *member_mut(&mut copy, rule.name) = item;
            }
        }
        copy
    }

    fn fact(&mut self, fact: u8) {
        self.letters.push(fact.into());
    }
}

/// The items of an array are members too, by their index.
fn member(value: &Json, name: &str) -> Json {
    value.get(name).or_else(|| value.as_array()?.get(name.parse::<usize>().ok()?)).cloned().unwrap_or_default()
}

fn member_mut<'a>(value: &'a mut Json, name: &str) -> &'a mut Json {
    match value {
        Json::Array(items) => &mut items[name.parse::<usize>().expect("an index")],
        _ => &mut value[name],
    }
}
