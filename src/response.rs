//! What a response of the cloud means: docs/contract.md, sections A4 and A5.1. Independent of the browser.

use crate::messages::{
    BODY_NOT_OBJECT, BODY_WITHOUT_STATUS, BODY_WITHOUT_TOKEN, HTTP, NO_RESPONSE, REJECTED, UNUSABLE,
};
use crate::options::value::{Value, non_empty_string};
use crate::text::{concat, decimal};

/// The response to one request.
#[derive(Debug, PartialEq)]
pub enum Response {
    /// None, or not in time: why.
    None(String),
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
}

impl Body {
    /// Reads parsed JSON; `None` if it is not an object.
    pub fn read<V: Value>(json: &V) -> Option<Self> {
        let string = |name| non_empty_string(json, name).and_then(|value| value.as_string());
        json.is_object().then(|| Body {
            status: string("status"),
            error_message: string("errorMessage"),
            message: string("message").or_else(|| string("error")),
            token: string("token"),
        })
    }
}

/// What the response to a finalization means.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    /// The cloud accepted, and this is the transaction token.
    Accepted(String),
    /// The cloud refused, and this is why.
    Refused(String),
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
    /// No response, or none that says one of the above.
    Unknown,
}

impl Response {
    /// Accepted, refused, or unknown: docs/contract.md, section A4.
    pub fn verdict(self) -> Verdict {
        let (status, body) = match self {
            Response::None(reason) => return Verdict::Unknown(concat(&[NO_RESPONSE, &reason])),
            Response::Http { status, body } => (status, body),
        };
        let is_json = body.is_some();
        let body = body.unwrap_or_default();
        let is_ok = body.status.as_deref() == Some("ok");
        let success = (200..300).contains(&status);
        let refused = (400..500).contains(&status) || body.error_message.is_some() || (body.status.is_some() && !is_ok);
        if let Body { token: Some(token), .. } = body
            && success
            && is_ok
            && !refused
        {
            return Verdict::Accepted(token);
        }
        let (colon, why) = match body.error_message.as_deref().or(body.message.as_deref()) {
            Some(text) => (": ", text),
            _ if refused || !success => ("", ""),
            _ if !is_json => (": ", BODY_NOT_OBJECT),
            _ if is_ok => (": ", BODY_WITHOUT_TOKEN),
            _ => (": ", BODY_WITHOUT_STATUS),
        };
        let (http, number) = if status == 200 { ("", String::new()) } else { (HTTP, decimal(status.into())) };
        let what = if refused { REJECTED } else { UNUSABLE };
        let reason = concat(&[what, http, &number, colon, why]);
        if refused { Verdict::Refused(reason) } else { Verdict::Unknown(reason) }
    }

    /// The transaction status: docs/contract.md, section A5.1.
    pub fn transaction_status(self) -> TransactionStatus {
        let Response::Http { status: 200..300, body: Some(body) } = self else {
            return TransactionStatus::Unknown;
        };
        match (body.status.as_deref(), body.token) {
            (Some("succeeded"), Some(token)) => TransactionStatus::Succeeded(token),
            (Some("failed"), _) => TransactionStatus::Failed(match body.error_message {
                Some(reason) => concat(&[": ", &reason]),
                None => String::new(),
            }),
            (Some("pending"), _) => TransactionStatus::Pending,
            _ => TransactionStatus::Unknown,
        }
    }
}

#[cfg(test)]
mod tests;
