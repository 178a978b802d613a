//! Why a method failed: a code, and words beside it.

use std::fmt;
use std::ops::Deref;

use super::code::Code;
use crate::options::value::Value;
use crate::text::concat;

/// A code, with words for the developer. Boxed: every async function holds one (570 bytes, brotli).
#[derive(Clone, PartialEq, Eq)]
pub struct Failure(Box<Reason>);

/// What a [`Failure`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What the page branches on.
    pub code: Code,
    /// What stands beside it in the result.
    pub words: Words,
}

/// The server's own words, under its own names; or ours, about an argument.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// `error_description`.
    pub error_description: Option<String>,
    /// `message`, or the sentence that the server has in place of a code.
    pub message: Option<String>,
}

impl Failure {
    /// A code, and words beside it.
    pub fn new(code: Code, words: Words) -> Self {
        Failure(Box::new(Reason { code, words }))
    }

    /// The page's mistake: which argument must be what.
    pub fn argument(path: &[&str]) -> Self {
        Failure::new(Code::InvalidArgument, Words { message: Some(concat(path)), ..Words::default() })
    }

    /// For the log. Words of the server may quote a secret; ours about an argument quote nothing.
    pub fn loggable_text(&self) -> String {
        let text = self.code.loggable_text();
        match &self.words.message {
            Some(message) if self.code == Code::InvalidArgument => concat(&[&text, ": ", message]),
            _ => text,
        }
    }
}

/// Without words of the server, which may quote a secret.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.loggable_text())
    }
}

impl Deref for Failure {
    type Target = Reason;

    fn deref(&self) -> &Reason {
        &self.0
    }
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Failure::new(code, Words::default())
    }
}

impl Words {
    /// The properties that stand beside `error`.
    pub fn record<V: Value>(&self) -> V {
        let mut record = V::new_record();
        for (name, text) in [("error_description", &self.error_description), ("message", &self.message)] {
            if let Some(text) = text {
                record.set(name, &V::from_string(text));
            }
        }
        record
    }
}
