//! The rules as `js/rules.js` has them, by which `js/read.js` reads. A page is not to wait until they are told.

use std::{env, fs};

use serde_json::{Value as Json, json};

use super::rules::{Presence, READ, Rule, Shape};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/js/rules.js");

impl Shape {
    /// How `js/read.js` is to read it.
    fn number(&self) -> u32 {
        match self {
            Shape::Text | Shape::Boolean | Shape::Integer | Shape::Function | Shape::Timeout => 0,
            Shape::Bytes | Shape::Buffer => 1,
            Shape::Milliseconds => 2,
            Shape::Signal => 3,
            Shape::Address => 4,
            Shape::Mediation => 5,
            Shape::Name => 6,
            Shape::Word | Shape::Status => 7,
            Shape::List(_) => 8,
            Shape::Object(_) => 9,
            Shape::Open(_) | Shape::OpenIfObject(_) => 10,
            Shape::EachMember(_) => 11,
        }
    }

    fn describe(&self) -> Json {
        match self {
            Shape::List(shape) | Shape::EachMember(shape) => json!([self.number(), shape.describe()]),
            Shape::Object(rules) | Shape::Open(rules) | Shape::OpenIfObject(rules) => {
                json!([self.number(), describe(rules)])
            }
            _ => json!([self.number()]),
        }
    }
}

fn describe(rules: &[Rule]) -> Json {
    let member = |rule: &Rule| match rule.presence {
        Presence::OptionalNotEmpty => json!([rule.name, rule.shape.describe(), 1]),
        _ => json!([rule.name, rule.shape.describe()]),
    };
    rules.iter().map(member).collect()
}

fn description() -> String {
    let lines = READ.map(|rules| format!("  {},\n", Shape::Object(rules).describe()));
    format!(
        "// The rules of src/arguments/rules.rs, for js/read.js: a rule is [number, inner], a member [name, rule, 1 where an empty one\n\
         // is left out]. What a call brings along, by its ceremony; then what the cloud answers.\n\
         //\n\
         // Written by `UPDATE=1 cargo nextest run javascript_reads_by_the_rules`.\n\
         \n\
         /** @type {{import(\"./read.js\").Rule[]}} */\n\
         // biome-ignore format: nobody writes it\n\
         export const RULES = [\n{}];\n",
        lines.concat()
    )
}

#[test]
fn javascript_reads_by_the_rules() {
    if env::var_os("UPDATE").is_some() {
        fs::write(PATH, description()).unwrap();
    }
    assert!(
        fs::read_to_string(PATH).unwrap() == description(),
        "js/rules.js has other rules: run `UPDATE=1 cargo nextest run javascript_reads_by_the_rules`"
    );
}
