//! What a response of the cloud means: docs/contract.md, sections A4 and A5.1. Independent of the browser.

use crate::arguments::facts::{Facts, OBJECT, Values};
use crate::text::{concat, decimal};

/// What came back for one request.
#[derive(Debug, PartialEq)]
pub enum Answer {
    /// Nothing, or not in time; the text says why.
    None(String),
    /// An HTTP answer.
    Http {
        /// The HTTP status.
        status: u16,
        /// The members of its body that matter here; `None` where the body is not a JSON object.
        body: Option<Body>,
    },
}

/// The members of an answer, each only where it is text that is not empty.
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
    /// Of what was read by the last table of [`crate::arguments::rules::READ`], if it is an object.
    pub fn read<V: Values>(mut facts: Facts<V>) -> Option<Self> {
        if facts.take() != OBJECT {
            return None;
        }
        let (status, error_message) = (facts.word(), facts.word());
        let (message, error) = (facts.word(), facts.word());
        Some(Body { status, error_message, message: message.or(error), token: facts.word() })
    }
}

/// What the answer to a finalization means.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    /// The cloud accepted, and this is the transaction token.
    Accepted(String),
    /// The cloud refused, and this is why.
    Refused(String),
    /// The cloud may or may not have accepted, and this is why nobody knows.
    Unknown(String),
}

/// What the status endpoint says of a transaction.
#[derive(Debug, PartialEq)]
pub enum Standing {
    /// It succeeded, and this is the transaction token.
    Succeeded(String),
    /// It failed, and this is why: empty, or a colon and the cloud's reason.
    Failed(String),
    /// It is undecided.
    Pending,
    /// No word: no answer, or none that says one of the above.
    Unknown,
}

impl Answer {
    /// Accepted, refused, or unknown: docs/contract.md, section A4.
    pub fn verdict(self) -> Verdict {
        let (status, body) = match self {
            Answer::None(reason) => return Verdict::Unknown(concat(&["no answer: ", &reason])),
            Answer::Http { status, body } => (status, body),
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
            _ if !is_json => (": ", "not JSON"),
            _ if is_ok => (": ", "ok without a token"),
            _ => (": ", "not of the documented shape"),
        };
        let (http, number) = if status == 200 { ("", String::new()) } else { (": HTTP ", decimal(status.into())) };
        let what = if refused { "refused by the cloud" } else { "unusable answer" };
        let reason = concat(&[what, http, &number, colon, why]);
        if refused { Verdict::Refused(reason) } else { Verdict::Unknown(reason) }
    }

    /// The transaction status: docs/contract.md, section A5.1.
    pub fn standing(self) -> Standing {
        let Answer::Http { status: 200..300, body: Some(body) } = self else {
            return Standing::Unknown;
        };
        match (body.status.as_deref(), body.token) {
            (Some("succeeded"), Some(token)) => Standing::Succeeded(token),
            (Some("failed"), _) => Standing::Failed(match body.error_message {
                Some(reason) => concat(&[": ", &reason]),
                None => String::new(),
            }),
            (Some("pending"), _) => Standing::Pending,
            _ => Standing::Unknown,
        }
    }
}

#[cfg(test)]
mod tests;
