//! js/cause-tables.js follows the tables, and so does the documentation.

use std::fs;

use serde_json::json;

use super::*;

const JS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/js/cause-tables.js");

fn next_name(next: Next) -> &'static str {
    match next {
        Next::None => "none",
        Next::Retry => "retry",
        Next::OtherWay => "otherWay",
        Next::FixCode => "fixCode",
        Next::NewTransaction => "newTransaction",
        Next::CheckOutcome => "checkOutcome",
    }
}

/// A JavaScript object: the words of each key, in the order of the pairs.
fn groups<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for (word, key) in pairs {
        match groups.iter_mut().find(|(of, _)| *of == key) {
            Some((_, words)) => words.push(word),
            None => groups.push((key, vec![word])),
        }
    }
    let rows: String = groups.iter().map(|(key, words)| format!("  {key}: {},\n", json!(words.join(" ")))).collect();
    format!("{{\n{rows}}}")
}

/// What finds the text in a message.
fn pattern_of((_, place, text, _): &(&str, Place, &str, Cause)) -> String {
    let pattern = match place {
        // So many characters are enough.
        Place::Start => format!("^{}", text.get(..25).unwrap_or(text)),
        Place::End => format!("{}$", text.get(text.len().saturating_sub(12)..).unwrap_or(text).trim_start()),
        Place::Anywhere => text.trim_start().to_owned(),
    };
    pattern.replace('(', "\\(").replace(')', "\\)")
}

/// One row of rows of [`MESSAGES`] with the same digits and cause.
fn message_row(rows: &[(&str, Place, &str, Cause)]) -> String {
    let patterns: Vec<_> = rows.iter().map(pattern_of).collect();
    let (digits, cause) = rows.first().map(|(digits, .., cause)| (digits, cause.name())).unzip();
    format!("  [{}, /{}/, {}],\n", json!(digits), patterns.join("|"), json!(cause))
}

fn javascript() -> String {
    let all = || CAUSES.iter().chain(CIBA_CODES);
    let silent: Vec<_> = all().filter(|(_, is_silent, _)| *is_silent).map(|(name, ..)| *name).collect();
    let causes = groups(all().map(|(name, _, next)| (*name, next_name(*next))));
    let exceptions = groups(EXCEPTIONS.iter().map(|(name, cause)| (name.trim_end_matches("Error"), cause.name())));
    let aliases = groups(ALIASES.iter().copied());
    let rows = MESSAGES.chunk_by(|one, other| (one.0, one.3) == (other.0, other.3));
    let messages: String = rows.map(message_row).collect();
    format!(
        "// The tables of src/cause.rs. Generated: change those, and `cargo nextest run cause` writes this file anew.\n\n\
         // biome-ignore format: one row a line\n\
         /** By what a page does next: the causes. */\n\
         export const CAUSES = {causes};\n\n\
         /** Those of which it shows no error. */\n\
         export const SILENT = {};\n\n\
         // biome-ignore format: one row a line\n\
         /**\n * What the last digit of a code, one of these, and a text in the message mean, in this order.\n *\n\
         \x20* @type {{[digits: string, text: RegExp, cause: string][]}}\n */\n\
         export const MESSAGES = [\n{messages}];\n\n\
         /** By its meaning: the exceptions of a prompt, without \"Error\". */\n\
         export const EXCEPTIONS = {exceptions};\n\n\
         /** By their cause: the codes that have another name. */\n\
         export const ALIASES = {aliases};\n",
        json!(silent.join(" ")),
    )
}

#[test]
fn the_javascript_has_the_same_tables() {
    let expected = javascript();
    if fs::read_to_string(JS).ok().as_ref() != Some(&expected) {
        fs::write(JS, expected).unwrap();
        panic!("js/cause-tables.js was not up to date and has been written anew");
    }
}

#[test]
fn each_code_has_a_cause_whatever_the_message() {
    for digit in ["0", "2", "3", "4", "5", "9"] {
        assert!(MESSAGES.iter().any(|(of, _, text, _)| of.contains(digit) && text.is_empty()), "{digit}");
    }
    let aliases = ALIASES.iter().map(|(_, cause)| *cause);
    for cause in aliases {
        assert!(CAUSES.iter().chain(CIBA_CODES).any(|(name, ..)| *name == cause), "{cause}");
    }
}

#[test]
fn an_exception_means_what_its_name_says() {
    let (approval, registration) = (false, true);
    for (is_registration, text, cause) in [
        (approval, "NotAllowedError: the user", Cause::Dismissed),
        (registration, "NotAllowedError: the user", Cause::Dismissed),
        (registration, "InvalidStateError: there is one", Cause::AlreadyRegistered),
        (approval, "InvalidStateError: odd", Cause::Unknown),
        (approval, "AbortError: by somebody", Cause::Dismissed),
        (approval, "TimeoutError: Timed out after 5 ms.", Cause::TookTooLong),
        (approval, "UnknownError: ", Cause::Unknown),
        (approval, "no colon", Cause::Unknown),
        (approval, "", Cause::Unknown),
    ] {
        assert_eq!(Cause::of_exception(is_registration, text), cause, "{text}");
    }
}
