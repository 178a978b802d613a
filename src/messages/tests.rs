//! js/messages.js and docs/troubleshooting.md follow the list.

use std::fs;

use serde_json::json;

use super::*;
use crate::cause::Cause;
use crate::result::{Ceremony, Failure, FailureKind, ResultParts};

const JS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/js/messages.js");
const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/troubleshooting.md");

/// What JavaScript needs: the messages of its own, and what its tests recognize.
const EXPORTED: &[&str] = &[
    "A_STRING",
    "BASE64URL",
    "AN_ARRAY",
    "A_TEXT",
    "A_CREDENTIAL_ID",
    "NO_SIGNALS",
    "A_FUNCTION",
    "TIMEOUT",
    "AN_OBJECT",
    "A_BASE_URL",
    "NO_BROWSER",
    "IN_WORKER",
    "AUTHENTICATION_PROMPT",
    "REGISTRATION_PROMPT",
    "PAGE_ABORTED",
    "TOOK_OVER",
    "NO_NAME",
    "NO_REASON",
    "REJECTED",
    "OUTCOME_UNKNOWN",
    "CRASHED",
    "CALL_AGAIN",
    "NOT_LOADED",
    "LOAD_TIMEOUT",
    "POLICY_ADVICE",
    "FALLBACK_FAILED",
    "NOT_CALLED",
    "NO_SCRIPT_ELEMENT",
];

/// A line of JavaScript as Biome formats it.
fn export(name: &str, value: &str) -> String {
    let line = format!("export const {name} = {value};\n");
    if line.len() <= 121 { line } else { format!("export const {name} =\n  {value};\n") }
}

/// A code of both ceremonies, authentication first, as a page gets it.
fn codes(name: &str, kind: FailureKind) -> String {
    let code = |ceremony| {
        let parts = json!(ResultParts { ceremony, outcome: Err(Failure::new(kind, Cause::Unknown, "")) });
        format!("  {{ statusCode: {}, message: {} }},\n", parts[1], parts[2])
    };
    let rows = [Ceremony::Authentication, Ceremony::Registration].map(code).concat();
    format!("export const {name} = /** @type {{const}} */ ([\n{rows}]);\n")
}

fn javascript() -> String {
    let texts = ALL.iter().filter(|(name, _)| EXPORTED.contains(name));
    let lines: String = texts.map(|(name, text)| export(name, &json!(text).to_string())).collect();
    format!(
        "// What JavaScript needs of src/messages.rs and src/result.rs. Generated: change those, and `cargo nextest run messages`\n\
         // writes this file anew.\n\n{lines}\n\
         // `code` of the failures outside the module: of an approval, then of a registration.\n\n{}\n{}\n{}",
        codes("PROMPT_FAILED", FailureKind::Prompt),
        codes("NOT_SUPPORTED", FailureKind::Support),
        codes("UNKNOWN_ERROR", FailureKind::Unknown),
    )
}

#[test]
fn the_javascript_has_the_same_texts_and_codes() {
    let expected = javascript();
    if fs::read_to_string(JS).ok().as_ref() != Some(&expected) {
        fs::write(JS, expected).unwrap();
        panic!("js/messages.js was not up to date and has been written anew");
    }
}

/// The code spans of a page, without line breaks.
fn code_spans(page: &str) -> Vec<String> {
    page.split('`').skip(1).step_by(2).map(|span| span.replace('\n', " ")).collect()
}

#[test]
fn the_documentation_explains_every_message() {
    let spans = code_spans(&fs::read_to_string(GUIDE).unwrap());
    let is_explained = |text: &str| spans.iter().any(|span| span.contains(text.trim()));
    let missing: Vec<_> = ALL.iter().filter(|(_, text)| !is_explained(text)).collect();
    assert!(missing.is_empty(), "docs/troubleshooting.md lacks {missing:?}");
}
