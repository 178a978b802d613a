//! docs/contract.md, section A3, has a row for each property of the schema, and no other, with its type.

use std::collections::BTreeMap;

use crate::options::schema::{CREATION_SCHEMA, Field, Presence, REQUEST_SCHEMA, Type};

/// What a property's row must say: whether it is required, and how its cell `valid` begins and ends.
#[derive(Debug)]
struct Expected {
    is_required: bool,
    begins: &'static str,
    is_omitted_if_empty: bool,
}

fn begin(field_type: &Type) -> &'static str {
    match field_type {
        Type::String => "string",
        Type::RequiredBase64url => "base64url string of at least one byte",
        Type::UserId => "base64url string of 1 to 64 bytes",
        Type::Base64urlOrAny => "base64url string, which becomes a buffer",
        Type::Boolean => "boolean",
        Type::Integer => "32-bit integer",
        Type::Milliseconds => "finite number of milliseconds",
        Type::Status => "the string `ok`",
        Type::ErrorMessage => "anything",
        Type::List(Type::String) => "array of strings",
        Type::List(_) => "array",
        Type::Object(_) => "object",
        Type::Passthrough(_) => "object, passed on",
        _ => panic!("not a type of an option"),
    }
}

fn describe(fields: &[Field], parent: &str, found: &mut BTreeMap<String, Expected>) {
    for field in fields {
        let path = format!("{parent}{}", field.name);
        // Such an object has no row of its own, only the properties in it that the module reads.
        if !matches!(field.field_type, Type::PassthroughIfObject(_) | Type::RecordOf(_)) {
            let expected = Expected {
                is_required: field.presence == Presence::Required,
                begins: begin(&field.field_type),
                is_omitted_if_empty: field.presence == Presence::OmitIfEmpty,
            };
            found.insert(path.clone(), expected);
        }
        match &field.field_type {
            Type::Object(fields) | Type::Passthrough(fields) | Type::PassthroughIfObject(fields) => {
                describe(fields, &format!("{path}."), found);
            }
            Type::List(Type::Object(fields)) => describe(fields, &format!("{path}[]."), found),
            Type::RecordOf(Type::PassthroughIfObject(fields)) => describe(fields, &format!("{path}.*."), found),
            _ => {}
        }
    }
}

/// The rows of the tables of a section, by property: the other two cells.
fn rows(page: &str, heading: &str) -> BTreeMap<String, (String, String)> {
    let section = page.split("\n#### ").find(|section| section.starts_with(heading)).expect("the section");
    let mut rows = BTreeMap::new();
    for line in section.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        for path in cells[0].split(", ") {
            rows.insert(path.trim_matches('`').into(), (cells[1].into(), cells[2].into()));
        }
    }
    rows
}

#[test]
fn the_contract_has_a_row_for_each_property_of_the_schema() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/contract.md")).unwrap();
    for (schema, heading) in [(REQUEST_SCHEMA, "A3.4 "), (CREATION_SCHEMA, "A3.5 ")] {
        let mut found = BTreeMap::new();
        describe(schema, "", &mut found);
        let mut documented = rows(&page, "A3.3 ");
        documented.append(&mut rows(&page, heading));
        assert_eq!(documented.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>());
        for (path, expected) in found {
            let (required, valid) = &documented[&path];
            assert_eq!(required == "yes", expected.is_required, "{path}");
            assert!(valid.starts_with(expected.begins), "{path}: {valid}");
            let is_omitted = valid.ends_with("an empty one counts as absent");
            assert_eq!(is_omitted, expected.is_omitted_if_empty, "{path}");
        }
    }
}
