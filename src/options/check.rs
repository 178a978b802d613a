//! The walker: holds a value against a rule, builds the copy that the browser takes, or tells which member is wrong.

use super::rules::{Presence, Rule};
use super::{Kind, Value};
use crate::text::decimal;

/// What a member holds.
pub enum Shape {
    /// Text, of any length.
    Text,
    /// base64url text of at least one byte; becomes a buffer.
    Bytes,
    /// base64url text becomes a buffer; anything else is handed on.
    Buffer,
    /// `true` or `false`.
    Boolean,
    /// A whole number that fits WebAuthn's `COSEAlgorithmIdentifier`, a 32-bit `long`.
    Integer,
    /// A function.
    Function,
    /// An `AbortSignal`, of whatever realm.
    Signal,
    /// A time in milliseconds that a timer of the browser holds: 31 bits, more than 0.
    Timeout,
    /// A finite number that is not negative; more than WebAuthn's 32 bits hold becomes the most they hold.
    Milliseconds,
    /// An array of this.
    List(&'static Shape),
    /// An object of which only these members are handed on.
    Object(&'static [Rule]),
    /// An object that is handed on whole, but for these members.
    Open(&'static [Rule]),
    /// The same, where something other than an object is the browser's to judge.
    OpenIfObject(&'static [Rule]),
    /// An object of which every member is this; something other than an object is the browser's to judge.
    EachMember(&'static Shape),
}

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
                message.push('.');
                message.push_str(name);
            }
            Path::Item(parent, index) => {
                parent.write(message);
                message.push('[');
                message.push_str(&decimal(*index));
                message.push(']');
            }
        }
    }
}

/// Reading the member throws.
pub const UNREADABLE: &str = " cannot be read";
/// A required member is absent.
pub const MISSING: &str = " is missing";

/// The checked copy of `value`, or the message that names the first member that breaks its rule.
pub fn check<V: Value>(value: V, shape: &Shape, path: &Path) -> Result<V, String> {
    let number = match shape {
        Shape::Integer | Shape::Timeout | Shape::Milliseconds => value.number().unwrap_or(f64::NAN),
        _ => f64::NAN,
    };
    let (fits, problem) = match shape {
        Shape::Text => (value.is(Kind::Text), " is not text"),
        Shape::Boolean => (value.is(Kind::Boolean), " is not true or false"),
        Shape::Function => (value.is(Kind::Function), " is not a function"),
        Shape::Signal => {
            (value.member("aborted").is_some_and(|aborted| aborted.is(Kind::Boolean)), " is not an AbortSignal")
        }
        Shape::Integer => (number == f64::from(number as i32), " is not an integer"),
        Shape::Timeout => (number > 0.0 && number < 2_147_483_648.0, NOT_MILLISECONDS),
        Shape::Milliseconds if number > f64::from(u32::MAX) && number < f64::INFINITY => {
            return Ok(V::new_number(f64::from(u32::MAX)));
        }
        Shape::Milliseconds => ((0.0..f64::INFINITY).contains(&number), NOT_MILLISECONDS),
        Shape::Bytes if !value.is(Kind::Text) => (false, " is not text"),
        Shape::Buffer if !value.is(Kind::Text) => return Ok(value),
        Shape::Bytes | Shape::Buffer => match value.buffer() {
            None => (false, " is not base64url"),
            Some(buffer) if buffer.length() > 0 || matches!(shape, Shape::Buffer) => return Ok(buffer),
            Some(_) => (false, " is empty"),
        },
        Shape::List(shape) if value.is_array() => return list(&value, shape, path),
        Shape::List(_) => (false, " is not an array"),
        Shape::Object(rules) => {
            let copy = V::new_object();
            return members(&value, rules, &copy, path).map(|()| copy);
        }
        Shape::Open(_) | Shape::OpenIfObject(_) | Shape::EachMember(_) if !value.is(Kind::Object) => {
            (!matches!(shape, Shape::Open(_)), NOT_AN_OBJECT)
        }
        Shape::Open(rules) | Shape::OpenIfObject(rules) => {
            let copy = copy(&value, path)?;
            return each_rule(&copy, rules, &copy, path).map(|()| copy);
        }
        Shape::EachMember(shape) => return each_member(&value, shape, path),
    };
    if fits { Ok(value) } else { Err(path.problem(problem)) }
}

const NOT_MILLISECONDS: &str = " is not a number of milliseconds";

fn list<V: Value>(value: &V, shape: &Shape, path: &Path) -> Result<V, String> {
    let copy = V::new_array();
    for index in 0..value.length() {
        let path = Path::Item(path, index);
        let item = value.item(index).ok_or_else(|| path.problem(UNREADABLE))?;
        copy.push(&check(item, shape, &path)?);
    }
    Ok(copy)
}

/// Checks the members that `rules` names and sets them on `copy`.
pub fn members<V: Value>(value: &V, rules: &[Rule], copy: &V, path: &Path) -> Result<(), String> {
    if !value.is(Kind::Object) {
        return Err(path.problem(NOT_AN_OBJECT));
    }
    each_rule(value, rules, copy, path)
}

fn each_rule<V: Value>(value: &V, rules: &[Rule], copy: &V, path: &Path) -> Result<(), String> {
    for rule in rules {
        let path = Path::Member(path, rule.name);
        let member = value.member(rule.name).ok_or_else(|| path.problem(UNREADABLE))?;
        if !member.is(Kind::Absent) {
            let member = check(member, &rule.shape, &path)?;
            if rule.presence != Presence::OptionalNotEmpty || member.length() > 0 {
                copy.set(rule.name, &member);
            }
        } else if rule.presence == Presence::Required {
            return Err(path.problem(MISSING));
        }
    }
    Ok(())
}

const NOT_AN_OBJECT: &str = " is not an object";

fn copy<V: Value>(value: &V, path: &Path) -> Result<V, String> {
    value.copied().ok_or_else(|| path.problem(UNREADABLE))
}

fn each_member<V: Value>(value: &V, shape: &Shape, path: &Path) -> Result<V, String> {
    let copy = copy(value, path)?;
    let names = copy.names().ok_or_else(|| path.problem(UNREADABLE))?;
    for index in 0..names.length() {
        let Some(name) = names.item(index).and_then(|name| name.text()) else { continue };
        let path = Path::Member(path, &name);
        let member = copy.member(&name).ok_or_else(|| path.problem(UNREADABLE))?;
        copy.set(&name, &check(member, shape, &path)?);
    }
    Ok(copy)
}
