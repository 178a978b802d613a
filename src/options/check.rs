//! The walker: holds a value against a rule, builds the copy that the browser takes, or tells which member is wrong.

use super::Value;
use super::rules::{Presence, Rule};
use crate::base64url;
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

/// A member that breaks its rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Invalid {
    /// Which, e.g. `.allowCredentials[1].id`; empty for the object itself.
    pub path: String,
    /// In which way, e.g. ` is not base64url`.
    pub problem: &'static str,
}

impl From<&'static str> for Invalid {
    fn from(problem: &'static str) -> Self {
        Invalid { path: String::new(), problem }
    }
}

impl Invalid {
    // The path is built from its end, and only once there is something to tell.
    fn within(mut self, name: &str, brackets: (&str, &str)) -> Self {
        let mut path = String::from(brackets.0);
        path.push_str(name);
        path.push_str(brackets.1);
        path.push_str(&self.path);
        self.path = path;
        self
    }
}

/// Reading the member throws.
pub const UNREADABLE: &str = " cannot be read";
/// A required member is absent.
pub const MISSING: &str = " is missing";
const NOT_MILLISECONDS: &str = " is not a number of milliseconds";
const NOT_AN_OBJECT: &str = " is not an object";

/// The checked copy of `value`, or the first member that breaks its rule.
pub fn check<V: Value>(value: V, shape: &Shape) -> Result<V, Invalid> {
    match shape {
        Shape::Function if !value.is_function() => Err(" is not a function".into()),
        Shape::Signal if !value.member("aborted").is_some_and(|aborted| aborted.is_boolean()) => {
            Err(" is not an AbortSignal".into())
        }
        Shape::Timeout if !value.number().is_some_and(|ms| ms > 0.0 && ms < 2_147_483_648.0) => {
            Err(NOT_MILLISECONDS.into())
        }
        Shape::Text if !value.is_text() => Err(" is not text".into()),
        Shape::Boolean if !value.is_boolean() => Err(" is not true or false".into()),
        Shape::Integer => match value.number() {
            Some(number) if number == f64::from(number as i32) => Ok(V::new_number(number)),
            _ => Err(" is not an integer".into()),
        },
        Shape::Milliseconds => match value.number() {
            Some(number) if (0.0..f64::INFINITY).contains(&number) => Ok(V::new_number(f64::from(number as u32))),
            _ => Err(NOT_MILLISECONDS.into()),
        },
        Shape::Bytes => match bytes(&value)? {
            bytes if bytes.is_empty() => Err(" is empty".into()),
            bytes => Ok(V::new_bytes(&bytes)),
        },
        Shape::Buffer if value.is_text() => Ok(V::new_bytes(&bytes(&value)?)),
        Shape::List(shape) => list(&value, shape),
        Shape::Object(rules) => {
            let copy = V::new_object();
            members(&value, rules, &copy)?;
            Ok(copy)
        }
        Shape::Open(rules) => open(&value, rules),
        Shape::OpenIfObject(rules) if value.is_object() => open(&value, rules),
        Shape::EachMember(shape) if value.is_object() => each_member(&value, shape),
        Shape::Function
        | Shape::Signal
        | Shape::Timeout
        | Shape::Text
        | Shape::Boolean
        | Shape::Buffer
        | Shape::OpenIfObject(_)
        | Shape::EachMember(_) => Ok(value),
    }
}

fn bytes<V: Value>(value: &V) -> Result<Vec<u8>, Invalid> {
    let text = value.text().ok_or(" is not text")?;
    Ok(base64url::decode(&text).ok_or(" is not base64url")?)
}

fn list<V: Value>(value: &V, shape: &Shape) -> Result<V, Invalid> {
    if !value.is_array() {
        return Err(" is not an array".into());
    }
    let copy = V::new_array();
    for index in 0..value.length() {
        let item = value
            .item(index)
            .ok_or(UNREADABLE.into())
            .and_then(|item| check(item, shape))
            .map_err(|invalid: Invalid| invalid.within(&decimal(index), ("[", "]")))?;
        copy.push(&item);
    }
    Ok(copy)
}

/// Checks the members that `rules` names and sets them on `copy`.
pub fn members<V: Value>(value: &V, rules: &[Rule], copy: &V) -> Result<(), Invalid> {
    if !value.is_object() {
        return Err(NOT_AN_OBJECT.into());
    }
    for rule in rules {
        member(value, rule, copy).map_err(|invalid| invalid.within(rule.name, (".", "")))?;
    }
    Ok(())
}

fn member<V: Value>(value: &V, rule: &Rule, copy: &V) -> Result<(), Invalid> {
    let member = value.member(rule.name).ok_or(UNREADABLE)?;
    if member.is_absent() {
        return match rule.presence {
            Presence::Required => Err(MISSING.into()),
            _ => Ok(()),
        };
    }
    let member = check(member, &rule.shape)?;
    if rule.presence != Presence::OptionalNotEmpty || !is_empty(&member) {
        copy.set(rule.name, &member);
    }
    Ok(())
}

fn is_empty<V: Value>(value: &V) -> bool {
    match value.text() {
        Some(text) => text.is_empty(),
        None => value.length() == 0,
    }
}

fn open<V: Value>(value: &V, rules: &[Rule]) -> Result<V, Invalid> {
    if !value.is_object() {
        return Err(NOT_AN_OBJECT.into());
    }
    let copy = value.copied().ok_or(UNREADABLE)?;
    members(&copy, rules, &copy)?;
    Ok(copy)
}

fn each_member<V: Value>(value: &V, shape: &Shape) -> Result<V, Invalid> {
    let copy = value.copied().ok_or(UNREADABLE)?;
    let names = copy.names().ok_or(UNREADABLE)?;
    for index in 0..names.length() {
        let Some(name) = names.item(index).and_then(|name| name.text()) else { continue };
        let member = copy
            .member(&name)
            .ok_or(UNREADABLE.into())
            .and_then(|member| check(member, shape))
            .map_err(|invalid: Invalid| invalid.within(&name, (".", "")))?;
        copy.set(&name, &member);
    }
    Ok(copy)
}
