//! The walker: holds the facts against the rules, and tells which member is wrong.

use super::facts::*;
use super::rules::{Presence, Rule, Shape};
use crate::text::{concat, decimal};

/// Where the walker is, for the message: a list from the member back to the root.
pub enum Path<'a> {
    /// What is checked, by its name.
    Root(&'a str),
    /// A member of what is at the path.
    Member(&'a Path<'a>, &'a str),
    /// An item of the array at the path.
    Item(&'a Path<'a>, u32),
}

impl Path<'_> {
    /// The message: the path, e.g. `credentialRequestOptions.allowCredentials[1].id`, and what is wrong there.
    pub fn problem(&self, problem: &str) -> String {
        let mut message = String::new();
        self.write(&mut message);
        message.push_str(problem);
        message
    }

    fn write(&self, message: &mut String) {
        match self {
            Path::Root(name) => message.push_str(name),
            Path::Member(parent, name) => {
                parent.write(message);
                message.push_str(".");
                message.push_str(name);
            }
            Path::Item(parent, index) => {
                parent.write(message);
                message.push_str("[");
                message.push_str(&decimal(*index));
                message.push_str("]");
            }
        }
    }
}

/// A required member is absent.
pub const MISSING: &str = " is missing";

const NOT_TEXT: &str = " is not text";
const NOT_BASE64URL: &str = " is not base64url";
const NOT_MILLISECONDS: &str = " is not a number of milliseconds";
const NOT_AN_OBJECT: &str = " is not an object";

/// Walks over the facts of one thing that was read.
pub struct Walker<V> {
    /// What is still to be walked over.
    pub facts: Facts<V>,
    /// The `timeout` that was met.
    pub timeout: Option<f64>,
    /// The word that was met last.
    reason: Option<String>,
}

impl<V: Values> Walker<V> {
    /// At the start of the facts.
    pub fn new(facts: Facts<V>) -> Self {
        Walker { facts, timeout: None, reason: None }
    }

    /// Holds the next value against its rule.
    ///
    /// # Errors
    ///
    /// The message that names the first member that breaks its rule.
    pub fn check(&mut self, shape: &Shape, path: &Path) -> Result<(), String> {
        let fact = self.facts.take();
        let number = if fact == NUMBER { self.facts.number() } else { f64::NAN };
        let (fits, problem) = match shape {
            Shape::Word => {
                self.reason = (fact == WORD).then(|| self.facts.text());
                return Ok(());
            }
            Shape::Name => return Ok(()),
            _ if fact == UNREADABLE => (false, " cannot be read"),
            Shape::Text => (matches!(fact, TEXT | EMPTY), NOT_TEXT),
            Shape::Boolean => (matches!(fact, TRUE | FALSE), " is not true or false"),
            Shape::Function => (fact == FUNCTION, " is not a function"),
            Shape::Signal => (fact == TRUE, " is not an AbortSignal"),
            Shape::Mediation if matches!(fact, EMPTY | MALFORMED) => (false, " is neither conditional nor optional"),
            Shape::Mediation => (matches!(fact, TEXT | CONDITIONAL), NOT_TEXT),
            Shape::Integer => (number == f64::from(number as i32), " is not an integer"),
            Shape::Timeout => (number > 0.0 && number < 2_147_483_648.0, NOT_MILLISECONDS),
            Shape::Milliseconds => {
                self.timeout = Some(number);
                ((0.0..f64::INFINITY).contains(&number), NOT_MILLISECONDS)
            }
            Shape::Bytes if fact == EMPTY => (false, " is empty"),
            Shape::Bytes | Shape::Buffer if fact == MALFORMED => (false, NOT_BASE64URL),
            Shape::Bytes => (fact == TEXT, NOT_TEXT),
            Shape::Buffer => return Ok(()),
            Shape::Address if matches!(fact, EMPTY | MALFORMED) => {
                (false, " is neither https nor http on a loopback host")
            }
            Shape::Address => (fact == TEXT, NOT_TEXT),
            Shape::Status => {
                let word = if fact == WORD { self.facts.text() } else { String::new() };
                let reason = self.reason.as_deref().unwrap_or_default();
                let colon = if reason.is_empty() { "" } else { ": " };
                let problem = path.problem(&concat(&[" is not ok", colon, reason]));
                return if word == "ok" { Ok(()) } else { Err(problem) };
            }
            Shape::List(shape) if fact == LIST => {
                let mut index = 0;
                while self.facts.peek(0) != END {
                    self.check(shape, &Path::Item(path, index))?;
                    index += 1;
                }
                self.facts.take();
                return Ok(());
            }
            Shape::List(_) => (false, " is not an array"),
            Shape::Object(rules) | Shape::Open(rules) | Shape::OpenIfObject(rules) if fact == OBJECT => {
                return self.members(rules, path);
            }
            Shape::EachMember(shape) if fact == OBJECT => {
                while self.facts.take() == KEY {
                    let name = self.facts.text();
                    self.check(shape, &Path::Member(path, &name))?;
                }
                return Ok(());
            }
            Shape::Object(_) | Shape::Open(_) => (false, NOT_AN_OBJECT),
            Shape::OpenIfObject(_) | Shape::EachMember(_) => return Ok(()),
        };
        if fits { Ok(()) } else { Err(path.problem(problem)) }
    }

    fn members(&mut self, rules: &[Rule], path: &Path) -> Result<(), String> {
        for rule in rules {
            let path = Path::Member(path, rule.name);
            if self.facts.peek(0) != ABSENT {
                self.check(&rule.shape, &path)?;
            } else {
                self.facts.take();
                if rule.presence == Presence::Required {
                    return Err(path.problem(MISSING));
                }
            }
        }
        Ok(())
    }
}
