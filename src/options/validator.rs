//! The validator: reads a value by its schema, each property once and in order, and makes the copy that the browser gets.

use super::path::Path;
use super::schema::{Field, Presence, Type};
use super::value::Value;
use crate::base64url;
use crate::text::concat;

/// A required property is absent.
pub const MISSING: &str = " is missing";
/// Reading a property throws.
pub const UNREADABLE: &str = " cannot be read";

const NOT_A_STRING: &str = " is not text";
const NOT_BASE64URL: &str = " is not base64url";
const NOT_MILLISECONDS: &str = " is not a number of milliseconds";
const NOT_AN_OBJECT: &str = " is not an object";

/// The most that WebAuthn's `unsigned long` holds.
const LONGEST_TIMEOUT: f64 = u32::MAX as f64;

/// The copy of a value, `None` where it is left out; or the message that names the first property that is invalid.
type Copied<V> = Result<Option<V>, String>;

/// Validates one argument.
#[derive(Default)]
pub struct Validator {
    /// What the server gave as the reason, before its `status`.
    error_message: Option<String>,
}

impl Validator {
    /// Reads and validates a property of `owner`.
    ///
    /// # Errors
    ///
    /// The message that names the first property that is invalid.
    pub fn field<V: Value>(&mut self, owner: &V, field: &Field, path: &Path) -> Copied<V> {
        let path = &Path::Property(path, field.name);
        let value = owner.get(field.name);
        if value.as_ref().is_some_and(Value::is_absent) {
            return if field.presence == Presence::Required { Err(path.error(MISSING)) } else { Ok(None) };
        }
        let copy = self.value(value, &field.field_type, path)?;
        let omitted = field.presence == Presence::OmitIfEmpty && copy.as_ref().is_some_and(is_empty);
        Ok(if omitted { None } else { copy })
    }

    /// Validates what reading a value came to: `None` if it threw.
    ///
    /// # Errors
    ///
    /// The message that names the first property that is invalid.
    pub fn value<V: Value>(&mut self, value: Option<V>, field_type: &Type, path: &Path) -> Copied<V> {
        let Some(value) = value else {
            let is_optional = matches!(field_type, Type::ErrorMessage);
            return if is_optional { Ok(None) } else { Err(path.error(UNREADABLE)) };
        };
        let number = || value.as_number().unwrap_or(f64::NAN);
        let (is_valid, problem) = match field_type {
            Type::String => (value.is_string(), NOT_A_STRING),
            Type::Boolean => (value.as_boolean().is_some(), " is not true or false"),
            Type::Function => (value.is_function(), " is not a function"),
            Type::Integer => (number() == f64::from(number() as i32), " is not an integer"),
            Type::Timeout => (number() > 0.0 && number() < 2_147_483_648.0, NOT_MILLISECONDS),
            Type::Milliseconds => match number() {
                number if number <= LONGEST_TIMEOUT => (number >= 0.0, NOT_MILLISECONDS),
                number if number < f64::INFINITY => return Ok(Some(V::from_number(LONGEST_TIMEOUT))),
                _ => (false, NOT_MILLISECONDS),
            },
            Type::AbortSignal => match value.get("aborted") {
                Some(aborted) => (aborted.as_boolean().is_some(), " is not an AbortSignal"),
                None => (false, UNREADABLE),
            },
            Type::Mediation => match value.as_string().as_deref() {
                Some("conditional" | "optional") => (true, ""),
                Some(_) => (false, " is neither conditional nor optional"),
                None => (false, NOT_A_STRING),
            },
            Type::BaseUrl if value.is_string() => match value.parse_base_url() {
                None => (false, " is neither https nor http on a loopback host"),
                base => return Ok(base),
            },
            Type::BaseUrl => (false, NOT_A_STRING),
            Type::RequiredBase64url | Type::Base64urlOrAny => {
                let is_required = matches!(field_type, Type::RequiredBase64url);
                let Some(text) = value.as_string() else {
                    return if is_required { Err(path.error(NOT_A_STRING)) } else { Ok(Some(value)) };
                };
                match base64url::decode(&text) {
                    Some(bytes) if bytes.is_empty() && is_required => (false, " is empty"),
                    Some(bytes) => {
                        return V::from_bytes(&bytes).map(Some).ok_or_else(|| path.error(UNREADABLE));
                    }
                    None => (false, NOT_BASE64URL),
                }
            }
            Type::ErrorMessage => {
                self.error_message = value.as_string().filter(|text| !text.is_empty());
                return Ok(None);
            }
            Type::Status => {
                if value.as_string().as_deref() == Some("ok") {
                    return Ok(None);
                }
                let (colon, reason) = self.error_message.as_deref().map_or(("", ""), |reason| (": ", reason));
                return Err(path.error(&concat(&[" is not ok", colon, reason])));
            }
            Type::List(items) => match value.is_array() {
                Some(true) => return self.list(&value, items, path),
                Some(false) => (false, " is not an array"),
                None => (false, UNREADABLE),
            },
            Type::Object(fields) => return self.object(&value, fields, path).map(Some),
            Type::Passthrough(_) if !value.is_object() => (false, NOT_AN_OBJECT),
            Type::PassthroughIfObject(_) | Type::RecordOf(_) if !value.is_object() => (true, ""),
            Type::Passthrough(_) | Type::PassthroughIfObject(_) | Type::RecordOf(_) => {
                // From here on it is the copy that is read: the page's own object is read once.
                let Some(copy) = value.copy_properties() else { return Err(path.error(UNREADABLE)) };
                return match field_type {
                    Type::RecordOf(field_type) => self.record(copy, field_type, path),
                    Type::Passthrough(fields) | Type::PassthroughIfObject(fields) => {
                        self.fields(&copy.clone(), fields, copy, path).map(Some)
                    }
                    _ => Ok(Some(copy)),
                };
            }
        };
        if is_valid { Ok(Some(value)) } else { Err(path.error(problem)) }
    }

    /// Validates an object; the copy has its fields and nothing else.
    ///
    /// # Errors
    ///
    /// The message that names the first property that is invalid.
    pub fn object<V: Value>(&mut self, value: &V, fields: &[Field], path: &Path) -> Result<V, String> {
        if !value.is_object() {
            return Err(path.error(NOT_AN_OBJECT));
        }
        self.fields(value, fields, V::new_record(), path)
    }

    /// Sets the fields of `value` on `copy`.
    fn fields<V: Value>(&mut self, value: &V, fields: &[Field], mut copy: V, path: &Path) -> Result<V, String> {
        for field in fields {
            if let Some(property) = self.field(value, field, path)? {
                copy.set(field.name, &property);
            }
        }
        Ok(copy)
    }

    fn list<V: Value>(&mut self, value: &V, items: &Type, path: &Path) -> Copied<V> {
        // An array may claim billions of items: it ends at the first that is absent, which no list may hold.
        let length = value.length().ok_or_else(|| path.error(UNREADABLE))?;
        let mut copy = V::new_array();
        let mut index = 0;
        while f64::from(index) < length {
            let path = &Path::Item(path, index);
            let item = self.value(value.item(index), items, path)?;
            item.and_then(|item| copy.push(&item)).ok_or_else(|| path.error(UNREADABLE))?;
            index += 1;
        }
        Ok(Some(copy))
    }

    fn record<V: Value>(&mut self, mut copy: V, field_type: &Type, path: &Path) -> Copied<V> {
        let names = copy.names().ok_or_else(|| path.error(UNREADABLE))?;
        let mut index = 0;
        while f64::from(index) < names.length().unwrap_or(0.0) {
            let name = names.item(index).ok_or_else(|| path.error(UNREADABLE))?;
            let text = name.as_string().unwrap_or_default();
            if let Some(property) = self.value(copy.get_by(&name), field_type, &Path::Property(path, &text))? {
                copy.set_by(&name, &property);
            }
            index += 1;
        }
        Ok(Some(copy))
    }
}

/// Whether it is the empty string or an empty array.
fn is_empty<V: Value>(copy: &V) -> bool {
    if copy.is_object() { copy.length() == Some(0.0) } else { copy.is_falsy() }
}
