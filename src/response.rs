//! What a response of the cloud means: docs/contract.md, sections A4 and A5.1. Independent of the browser.

use crate::messages::{
    BODY_NOT_OBJECT, BODY_OF_OTHER_TYPES, BODY_WITHOUT_TOKEN, CALL_AGAIN, HTTP, NO_RESPONSE, NO_STATUS,
    OUTCOME_UNKNOWN, REJECTED, UNUSABLE,
};
use crate::options::value::{Value, non_empty_string};
use crate::text::{concat, decimal};

/// The response to one request.
#[derive(Debug, PartialEq)]
pub enum Response {
    /// None: why.
    Failed(String),
    /// None in time: how long that was.
    Late(String),
    /// An HTTP response.
    Http {
        /// The HTTP status.
        status: u16,
        /// The properties of its body that matter here; `None` if the body is not a JSON object.
        body: Option<Body>,
    },
}

/// The properties of a body, each only if it is a non-empty string.
#[derive(Debug, Default, PartialEq)]
pub struct Body {
    /// `status`: of the finalization or of the transaction.
    pub status: Option<String>,
    /// `errorMessage`: the cloud's reason for a refusal.
    pub error_message: Option<String>,
    /// `message`, or else `error`: the reason in the body of an HTTP error.
    pub message: Option<String>,
    /// `token`: the transaction token.
    pub token: Option<String>,
    /// `discardPasskey`: whether the page's own relying party will never accept the passkey.
    pub discard_passkey: bool,
    /// Whether `status` or `errorMessage` is neither absent nor a string.
    pub has_other_types: bool,
}

impl Body {
    /// Reads parsed JSON; `None` if it is not an object.
    pub fn read<V: Value>(json: &V) -> Option<Self> {
        let string = |name| non_empty_string(json, name).and_then(|value| value.as_string());
        let is_other = |name| json.get(name).is_none_or(|value| !value.is_absent() && !value.is_string());
        json.is_object().then(|| Body {
            status: string("status"),
            error_message: string("errorMessage").map(unescape),
            message: string("message").or_else(|| string("error")).map(unescape),
            token: string("token"),
            discard_passkey: discards_passkey(json),
            has_other_types: is_other("status") || is_other("errorMessage"),
        })
    }
}

/// Whether it says so of its own, with a reason: what the page, or an attacker, added to `Object.prototype` removes no passkey.
fn discards_passkey<V: Value>(json: &V) -> bool {
    non_empty_string(json, "errorMessage").is_some()
        && json
            .copy_properties()
            .and_then(|own| own.get("discardPasskey"))
            .is_some_and(|discard| discard.as_boolean() == Some(true))
}

/// Replaces `\'` and `\"`, by which the cloud escapes quotes in messages that people read.
fn unescape(message: String) -> String {
    let mut text = String::new();
    let mut start = 0;
    for (index, pair) in message.as_bytes().windows(2).enumerate() {
        if matches!(pair, b"\\'" | b"\\\"") {
            text.push_str(message.get(start..index).unwrap_or_default());
            start = index + 1;
        }
    }
    text.push_str(message.get(start..).unwrap_or_default());
    text
}

/// What the response to a finalization means.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    /// The cloud accepted, and this is the transaction token.
    Accepted(String),
    /// The cloud refused, and this is why.
    Refused(String),
    /// So did the page's own relying party, which will never accept the passkey either.
    RefusedForGood(String),
    /// The request failed, although the cloud may have accepted.
    Failed(String),
    /// The cloud may or may not have accepted, and this is why we don't know.
    Unknown(String),
}

/// The status of a transaction, from the status endpoint.
#[derive(Debug, PartialEq)]
pub enum TransactionStatus {
    /// It succeeded, and this is the transaction token.
    Succeeded(String),
    /// It failed. The reason is empty, or a colon and the cloud's reason.
    Failed(String),
    /// It is undecided.
    Pending,
    /// The server does not know the transaction.
    Unknown,
    /// A response that says none of the above, and what is wrong with it.
    Unusable(String),
    /// No response, and why.
    NoResponse(String),
}

impl Verdict {
    /// For the log: without the token.
    pub fn text(&self) -> &str {
        match self {
            Verdict::Accepted(_) => "accepted",
            Verdict::Refused(reason)
            | Verdict::RefusedForGood(reason)
            | Verdict::Failed(reason)
            | Verdict::Unknown(reason) => reason,
        }
    }
}

impl TransactionStatus {
    /// For the log: without the token.
    pub fn text(&self) -> &str {
        match self {
            TransactionStatus::Succeeded(_) => "succeeded",
            TransactionStatus::Failed(_) => "failed",
            TransactionStatus::Pending => "pending",
            TransactionStatus::Unknown => "unknown",
            TransactionStatus::Unusable(reason) | TransactionStatus::NoResponse(reason) => reason,
        }
    }

    /// Whether it stays.
    pub fn is_decided(&self) -> bool {
        matches!(self, TransactionStatus::Succeeded(_) | TransactionStatus::Failed(_))
    }
}

impl Response {
    /// The time limit of `ms`, if it has ended the wait for this response, or else 0.
    pub fn time_limit(&self, ms: f64) -> f64 {
        if matches!(self, Response::Late(_)) { ms } else { 0.0 }
    }

    /// Accepted, refused, or unknown: docs/contract.md, section A4.
    pub fn verdict(self) -> Verdict {
        let (status, body) = match self {
            Response::Failed(reason) => return Verdict::Failed(concat(&[NO_RESPONSE, &reason])),
            Response::Late(reason) => return Verdict::Unknown(concat(&[NO_RESPONSE, &reason])),
            Response::Http { status, body } => (status, body),
        };
        let is_json = body.is_some();
        let Body { status: said, error_message, message, token, discard_passkey, has_other_types } =
            body.unwrap_or_default();
        let is_success = (200..300).contains(&status);
        // These say nothing of the assertion: too slow, too early, too often.
        let is_decision = (400..500).contains(&status) && !matches!(status, 408 | 425 | 429);
        let refused = is_decision || error_message.is_some() || said.as_deref() == Some("failed");
        if let Some(token) = token
            && is_success
            && !refused
            && !has_other_types
        {
            return Verdict::Accepted(token);
        }
        let (colon, why) = match error_message.as_deref().or(message.as_deref()) {
            Some(text) => (": ", text),
            _ if refused || !is_success => ("", ""),
            _ if !is_json => (": ", BODY_NOT_OBJECT),
            _ if has_other_types => (": ", BODY_OF_OTHER_TYPES),
            _ => (": ", BODY_WITHOUT_TOKEN),
        };
        let (http, number) = if status == 200 { ("", String::new()) } else { (HTTP, decimal(status.into())) };
        let what = if refused { REJECTED } else { UNUSABLE };
        let reason = concat(&[what, http, &number, colon, why]);
        match refused {
            true if discard_passkey => Verdict::RefusedForGood(reason),
            true => Verdict::Refused(reason),
            false => Verdict::Unknown(reason),
        }
    }

    /// The transaction status: docs/contract.md, section A5.1.
    pub fn transaction_status(self) -> TransactionStatus {
        let unusable = |parts: &[&str]| TransactionStatus::Unusable(concat(&[UNUSABLE, &concat(parts)]));
        let body = match self {
            Response::Failed(reason) | Response::Late(reason) => {
                return TransactionStatus::NoResponse(concat(&[NO_RESPONSE, &reason]));
            }
            Response::Http { status: 200..300, body: Some(body) } => body,
            Response::Http { status: 200..300, .. } => return unusable(&[": ", BODY_NOT_OBJECT]),
            Response::Http { status, .. } => return unusable(&[HTTP, &decimal(status.into())]),
        };
        match (body.status.as_deref(), body.token) {
            (Some("succeeded"), Some(token)) => TransactionStatus::Succeeded(token),
            (Some("failed"), _) => TransactionStatus::Failed(match body.error_message {
                Some(reason) => {
                    // Else, with the parenthesis that follows, it may end a message as these do, and a copy had their cause.
                    let is_ours = reason.as_bytes().last_chunk::<10>().is_some_and(|end| {
                        [OUTCOME_UNKNOWN, CALL_AGAIN]
                            .iter()
                            .any(|ours| ours.trim_end_matches(')').as_bytes().ends_with(end))
                    });
                    concat(&[": ", &reason, if is_ours { "." } else { "" }])
                }
                None => String::new(),
            }),
            (Some("pending"), _) => TransactionStatus::Pending,
            (Some("unknown"), _) => TransactionStatus::Unknown,
            _ => unusable(&[": ", NO_STATUS]),
        }
    }
}

#[cfg(test)]
mod tests;
