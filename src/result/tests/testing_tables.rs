//! js/testing-tables.js, from which `webauthn-result/testing` makes results: the codes and texts of [`ResultParts`], by the
//! causes, and the texts that say them.

use std::fs;

use serde_json::{Value, json};

use super::*;
use crate::cause::{ALIASES, ALREADY_REGISTERED, CAUSES, CIBA_CODES, EXCEPTIONS, MESSAGES, Place};
use crate::messages::*;

const JS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/js/testing-tables.js");

/// What a browser says of these, and of an exception that no table has.
const REASONS: &[(&str, &str)] = &[
    ("NotAllowedError", "The operation either timed out or was not allowed."),
    ("AbortError", "The operation was aborted."),
    ("TimeoutError", "Timed out after 330000 ms."),
    ("SecurityError", "The relying party ID is not a registrable domain suffix of, nor equal to the current domain."),
    ("NotSupportedError", "None of the algorithms specified in `pubKeyCredParams` are supported by this device."),
    ("ConstraintError", "The authenticator did not meet the requirements."),
    ("OperationError", "A request is already pending."),
    (
        ALREADY_REGISTERED,
        "The user attempted to register an authenticator that contains one of the credentials already.",
    ),
    (OTHER, "An unknown error occurred while talking to the credential manager."),
];
const OTHER: &str = "UnknownError";

/// A message: what a test may say in place of the middle. `None` is a text that is always the same.
struct Message {
    start: String,
    reason: Option<String>,
    end: &'static str,
}

fn message(start: impl Into<String>, reason: impl Into<String>, end: &'static str) -> Option<Message> {
    Some(Message { start: start.into(), reason: Some(reason.into()), end })
}

fn fixed(text: &str) -> Option<Message> {
    Some(Message { start: text.to_owned(), reason: None, end: "" })
}

fn options_name(ceremony: Ceremony) -> &'static str {
    match ceremony {
        Ceremony::Authentication => "credentialRequestOptions",
        Ceremony::Registration => "credentialCreationOptions",
    }
}

/// The message of a row of [`MESSAGES`] under a code; `None` if the ceremony has none.
fn message_of(text: &'static str, place: Place, digit: char, ceremony: Ceremony) -> Option<Message> {
    let prompt = ceremony.refusal_prefix();
    let crashed = format!("{CRASHED}: ");
    let crash = "RuntimeError: unreachable";
    let network = "TypeError: Failed to fetch";
    match (digit, text) {
        ('0', _) => message("", format!("{}.challenge{BASE64URL}", options_name(ceremony)), ""),
        ('1', PAGE_ABORTED) => message(format!("{prompt}AbortError: "), "The page called cancel().", PAGE_ABORTED),
        ('1', TOOK_OVER) => {
            let reason = "Another call opened its prompt: browsers allow one at a time.";
            message(format!("{prompt}AbortError: "), reason, TOOK_OVER)
        }
        // Only the body of an assertion has a user handle.
        ('1', WITHOUT_USER_ID) => (ceremony == Ceremony::Authentication)
            .then(|| fixed(&format!("{prompt}{CREDENTIAL}response.userHandle{A_BUFFER}{WITHOUT_USER_ID}")))?,
        ('1', NOTHING_AT_HAND) if ceremony == Ceremony::Registration => None,
        ('1', NOTHING_AT_HAND) => {
            let reason = REASONS.first().map_or("", |(_, text)| text);
            message(format!("{prompt}NotAllowedError: "), reason, NOTHING_AT_HAND)
        }
        ('2', REJECTED) => message(format!("{REJECTED}: "), "the transaction has expired", ""),
        ('2', STATUS_FAILED) => message(NO_RESPONSE, network, " (status endpoint: failed)"),
        ('2', OUTCOME_UNKNOWN) => message(NO_RESPONSE, network, OUTCOME_UNKNOWN),
        // Of every message that ends otherwise: the module makes none.
        ('2', "") => None,
        ('3', _) => fixed(&format!("userId{A_USER_ID}")),
        ('4', _) => fixed(&match ceremony {
            Ceremony::Authentication => format!("statusToken{AN_APPROVAL_TOKEN}"),
            Ceremony::Registration => format!("statusToken{AN_ENROLLMENT_TOKEN}"),
        }),
        ('5', "") => message("", NO_WEBAUTHN, ""),
        ('9', CALL_AGAIN) => message(crashed, crash, CALL_AGAIN),
        ('9', STATUS_FAILED) => message(format!("{CRASHED}{STATUS_FAILED}: "), "the transaction has expired", ")"),
        ('9', OUTCOME_UNKNOWN) => message(crashed, crash, OUTCOME_UNKNOWN),
        ('9', NOT_LOADED) => message(NOT_LOADED, network, ""),
        ('9', NOT_CALLED) => message(NOT_CALLED, "RangeError: Maximum call stack size exceeded", ""),
        ('9', "") => message("", format!("settings.baseUrl{A_BASE_URL}"), ""),
        // A text that says it all.
        (_, _) if place == Place::Start && !text.is_empty() => fixed(text),
        _ => panic!("no message for {text:?} under a code that ends with {digit}"),
    }
}

fn kind_of(digit: char) -> FailureKind {
    match digit {
        '0' => FailureKind::Options,
        '1' => FailureKind::Prompt,
        '2' => FailureKind::Finalization,
        '3' => FailureKind::UserId,
        '4' => FailureKind::StatusToken,
        '5' => FailureKind::Support,
        _ => FailureKind::Unknown,
    }
}

/// A row: cause, code, the start of the message, its middle, its end, and the exception that it names.
fn row(ceremony: Ceremony, kind: FailureKind, cause: Cause, text: Message, exception: Option<&str>) -> Value {
    let Message { start, reason, end } = text;
    let parts = parts(ceremony, Err(Failure::new(kind, cause, "")));
    json!([cause.name(), parts[1], start, reason, end, exception])
}

fn prompt_rows(ceremony: Ceremony) -> Vec<Value> {
    let is_registration = ceremony == Ceremony::Registration;
    let own = if is_registration { Some(ALREADY_REGISTERED) } else { None };
    let names = EXCEPTIONS.iter().map(|(name, _)| *name).chain(own).chain([OTHER]);
    let row = |name: &str| {
        let reason = REASONS.iter().find(|(of, _)| *of == name).map_or("The options are not valid.", |(_, text)| text);
        let start = format!("{}{name}: ", ceremony.refusal_prefix());
        let cause = Cause::of_exception(is_registration, &format!("{name}: {reason}"));
        row(ceremony, FailureKind::Prompt, cause, message(start, reason, "").unwrap(), Some(name))
    };
    names.map(row).collect()
}

fn rows(ceremony: Ceremony) -> Vec<Value> {
    let mut rows = Vec::new();
    for (digits, place, text, cause) in MESSAGES {
        for digit in digits.chars() {
            let kind = kind_of(digit);
            if kind == FailureKind::UserId && ceremony == Ceremony::Registration {
                continue;
            }
            if let Some(message) = message_of(text, *place, digit, ceremony) {
                rows.push(row(ceremony, kind, *cause, message, None));
            }
        }
    }
    rows.extend(prompt_rows(ceremony));
    rows
}

const CEREMONIES: [Ceremony; 2] = [Ceremony::Authentication, Ceremony::Registration];

fn successes() -> Vec<Value> {
    let success = |ceremony| {
        let parts = parts(ceremony, Ok("token".into()));
        json!([parts[4], parts[1], parts[2]])
    };
    CEREMONIES.map(success).to_vec()
}

/// The fixed texts by code.
fn texts() -> Vec<(String, String)> {
    let mut texts: Vec<(String, String)> = Vec::new();
    for ceremony in CEREMONIES {
        for digit in "0123459".chars() {
            let parts = parts(ceremony, Err(Failure::new(kind_of(digit), Cause::Unknown, "")));
            let text = (parts[1].as_str().unwrap().to_owned(), parts[2].as_str().unwrap().to_owned());
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    texts
}

/// Of push and TOTP: the cause and the codes that have it.
fn ciba() -> Vec<Value> {
    let own = CIBA_CODES.iter().map(|(name, ..)| *name);
    let aliased = ALIASES.iter().map(|(_, cause)| *cause).filter(|cause| ["notLoaded", "crashed"].contains(cause));
    let codes = |cause: &str| {
        let codes: Vec<_> = ALIASES.iter().filter(|(_, of)| *of == cause).map(|(code, _)| *code).collect();
        match cause {
            _ if !codes.is_empty() => codes,
            // One of those that are no cause of their own.
            "serverError" => vec!["unauthorized_client"],
            cause => vec![cause],
        }
        .join(" ")
    };
    own.chain(aliased).map(|cause| json!([cause, codes(cause)])).collect()
}

fn list(rows: &[Value]) -> String {
    let rows: String = rows.iter().map(|row| format!("  {row},\n")).collect();
    format!("[\n{rows}]")
}

fn javascript() -> String {
    let texts: String = texts().iter().map(|(code, text)| format!("  {}: {},\n", json!(code), json!(text))).collect();
    let failures = CEREMONIES.map(rows).concat();
    format!(
        "// The tables of src/result.rs, src/cause.rs and src/messages.rs, as results. Generated: change those, and\n\
         // `cargo nextest run testing_tables` writes this file anew.\n\n\
         // biome-ignore format: one row a line\n\
         /**\n * The fixed texts of the codes.\n *\n * @type {{Record<string, string>}}\n */\n\
         export const TEXTS = {{\n{texts}}};\n\n\
         // biome-ignore format: one row a line\n\
         /**\n * The successes: cause, code and its fixed text.\n *\n\
         \x20* @type {{[cause: string, statusCode: string, text: string][]}}\n */\n\
         export const SUCCESSES = {};\n\n\
         // biome-ignore format: one row a line\n\
         /**\n * The failures: cause, code, and the message in three parts. The middle is a reason, which a test may replace; `null` where the\n\
         \x20* message has none. Last, the exception of the prompt.\n *\n\
         \x20* @type {{[cause: string, statusCode: string, start: string, reason: string | null, end: string, exception: string | null][]}}\n */\n\
         export const FAILURES = {};\n\n\
         // biome-ignore format: one row a line\n\
         /**\n * Push and TOTP: cause, and the codes that have it.\n *\n\
         \x20* @type {{[cause: string, codes: string][]}}\n */\n\
         export const CODES = {};\n",
        list(&successes()),
        list(&failures),
        list(&ciba()),
    )
}

#[test]
fn the_javascript_has_the_same_tables() {
    let expected = javascript();
    if fs::read_to_string(JS).ok().as_ref() != Some(&expected) {
        fs::write(JS, expected).unwrap();
        panic!("js/testing-tables.js was not up to date and has been written anew");
    }
}

#[test]
fn each_cause_has_a_result() {
    let rows = successes().into_iter().chain(CEREMONIES.map(rows).concat());
    let made: Vec<_> = rows.map(|row| row[0].as_str().unwrap().to_owned()).collect();
    for (name, ..) in CAUSES {
        assert!(made.iter().any(|cause| cause == name), "{name}");
    }
}
