//! The validator: reads a value by its schema, each property once and in order, and makes the copy that the browser gets.

use super::path::Path;
use super::schema::{Field, Presence, Type};
use super::value::Value;
use crate::base64url;
use crate::messages::{AN_OBJECT, HAS_ERROR_MESSAGE, IS_EMPTY, IS_MISSING, READABLE, TOO_MANY_ITEMS};

/// The largest value of WebAuthn's `unsigned long`.
const LONGEST_TIMEOUT: f64 = u32::MAX as f64;
/// The most bytes of a user ID (WebAuthn Level 3, section 5.4.3).
const MAX_USER_ID: usize = 64;
/// The most items of a list: docs/contract.md, section A3.3.
const MAX_ITEMS: f64 = 100_000.0;

/// The copy of a value, or `None` if it is omitted; or the message that names the first invalid property.
type Copied<V> = Result<Option<V>, String>;

/// Validates one argument.
#[derive(Default)]
pub struct Validator {
    /// The server's `errorMessage`, which the schema has before `status`.
    error_message: Option<String>,
}

impl Validator {
    /// Reads and validates a property of `owner`.
    ///
    /// # Errors
    ///
    /// The message that names the first invalid property.
    pub fn field<V: Value>(&mut self, owner: &V, field: &Field, path: &Path) -> Copied<V> {
        let path = &Path::Property(path, field.name);
        let mut value = owner.get(field.name);
        if let Some(alias) = field.alias
            && value.as_ref().is_some_and(Value::is_absent)
        {
            value = owner.get(alias);
        }
        if value.as_ref().is_some_and(Value::is_absent) {
            let is_required = field.presence == Presence::Required;
            return if is_required {
                Err(path.error_but(field.field_type.requirement(), [IS_MISSING, ""]))
            } else {
                Ok(None)
            };
        }
        let copy = self.value(value, &field.field_type, path)?;
        let omitted = field.presence == Presence::OmitIfEmpty && copy.as_ref().is_some_and(is_empty);
        Ok(if omitted { None } else { copy })
    }

    /// Validates a value; `None` if reading it threw.
    ///
    /// # Errors
    ///
    /// The message that names the first invalid property.
    pub fn value<V: Value>(&mut self, value: Option<V>, field_type: &Type, path: &Path) -> Copied<V> {
        let unreadable = || path.error(READABLE);
        let Some(value) = value else {
            let is_optional = matches!(field_type, Type::ErrorMessage);
            return if is_optional { Ok(None) } else { Err(unreadable()) };
        };
        let number = || value.as_number().unwrap_or(f64::NAN);
        let is_valid = match field_type {
            Type::String => value.is_string(),
            Type::Boolean => value.as_boolean().is_some(),
            Type::Function => value.is_function(),
            Type::Integer => number() == f64::from(number() as i32),
            Type::Timeout => number() > 0.0 && number() < 2_147_483_648.0,
            Type::Milliseconds => match number() {
                number if number <= LONGEST_TIMEOUT => number >= 0.0,
                number if number < f64::INFINITY => return Ok(Some(V::from_number(LONGEST_TIMEOUT))),
                _ => false,
            },
            Type::AbortSignal => value.get("aborted").ok_or_else(unreadable)?.as_boolean().is_some(),
            Type::OneOf(choices, _) => value.as_string().is_some_and(|text| choices.contains(&&*text)),
            Type::BaseUrl => match value.is_string().then(|| value.parse_base_url()) {
                Some(Some(base)) => return Ok(Some(base)),
                _ => false,
            },
            Type::RequiredBase64url | Type::UserId | Type::Base64urlOrAny => {
                let is_required = !matches!(field_type, Type::Base64urlOrAny);
                match value.as_string().map(|text| base64url::decode(&text)) {
                    None if !is_required => true,
                    Some(Some(bytes)) if bytes.is_empty() && is_required => {
                        return Err(path.error_but(field_type.requirement(), [IS_EMPTY, ""]));
                    }
                    Some(Some(bytes)) if bytes.len() > MAX_USER_ID && matches!(field_type, Type::UserId) => false,
                    Some(Some(bytes)) => return V::from_bytes(&bytes).map(Some).ok_or_else(unreadable),
                    _ => false,
                }
            }
            Type::ErrorMessage => {
                self.error_message = value.as_string().filter(|text| !text.is_empty());
                return Ok(None);
            }
            Type::Status if value.as_string().as_deref() == Some("ok") => return Ok(None),
            Type::Status => match &self.error_message {
                Some(reason) => return Err(path.error_but(field_type.requirement(), [HAS_ERROR_MESSAGE, reason])),
                None => false,
            },
            Type::List(items) => {
                if value.is_array().ok_or_else(unreadable)? {
                    return self.list(&value, items, path);
                }
                false
            }
            Type::Object(fields) => return self.object(&value, fields, path).map(Some),
            Type::Passthrough(_) if !value.is_object() => false,
            Type::PassthroughIfObject(_) | Type::RecordOf(_) if !value.is_object() => true,
            Type::Passthrough(_) | Type::PassthroughIfObject(_) | Type::RecordOf(_) => {
                // Only the copy is read from here on, so that the page's object is read once.
                let copy = value.copy_properties().ok_or_else(unreadable)?;
                return match field_type {
                    Type::RecordOf(field_type) => self.record(&copy, field_type, path),
                    Type::Passthrough(fields) | Type::PassthroughIfObject(fields) => {
                        self.fields(&copy.clone(), fields, copy, path).map(Some)
                    }
                    _ => Ok(Some(copy)),
                };
            }
        };
        if is_valid { Ok(Some(value)) } else { Err(path.error(field_type.requirement())) }
    }

    /// Validates an object; the copy has only its fields.
    ///
    /// # Errors
    ///
    /// The message that names the first invalid property.
    pub fn object<V: Value>(&mut self, value: &V, fields: &[Field], path: &Path) -> Result<V, String> {
        if !value.is_object() {
            return Err(path.error(AN_OBJECT));
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
        let length = value.length().ok_or_else(|| path.error(READABLE))?;
        if length > MAX_ITEMS {
            return Err(path.error(TOO_MANY_ITEMS));
        }
        let mut copy = V::new_array();
        let mut index = 0;
        while f64::from(index) < length {
            let path = &Path::Item(path, index);
            let item = self.value(value.item(index), items, path)?;
            item.and_then(|item| copy.push(&item)).ok_or_else(|| path.error(READABLE))?;
            index += 1;
        }
        Ok(Some(copy))
    }

    fn record<V: Value>(&mut self, value: &V, field_type: &Type, path: &Path) -> Copied<V> {
        let names = value.names().ok_or_else(|| path.error(READABLE))?;
        let mut copy = V::new_record();
        let mut index = 0;
        while f64::from(index) < names.length().unwrap_or(0.0) {
            let name = names.item(index).ok_or_else(|| path.error(READABLE))?;
            let text = name.as_string().unwrap_or_default();
            if let Some(property) = self.value(value.get_by(&name), field_type, &Path::Property(path, &text))? {
                let mut text = &*text;
                while let Some(unpadded) = text.strip_suffix("=") {
                    text = unpadded;
                }
                copy.set_by(&V::from_string(text), &property);
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
