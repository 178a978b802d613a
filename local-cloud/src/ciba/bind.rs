//! Reads a JSON body as AuthSec's web framework does (Gin's `ShouldBindJSON`): the media type does not matter, `null` is an
//! empty value, and the messages name the fields of the server's own types.

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use super::edition::{Dialect, Flow};
use super::errors::CibaError;
use crate::body;
use crate::errors::ApiError;
use crate::json::UnambiguousValue;
use crate::state::Cloud;

/// What a text must be. A value is checked against the rules in their order, up to the first that it breaks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    Required,
    Email,
    /// Exactly so many characters.
    Length(usize),
}

impl Rule {
    fn holds(self, text: &str) -> bool {
        match self {
            Self::Required => !text.is_empty(),
            Self::Email => is_email(text),
            Self::Length(length) => text.chars().count() == length,
        }
    }

    fn tag(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Email => "email",
            Self::Length(_) => "len",
        }
    }
}

/// The properties of a body, and what is wrong with those that were read so far.
pub struct Fields {
    pub headers: HeaderMap,
    flow: Flow,
    type_name: &'static str,
    properties: Map<String, Value>,
    wrong_type: Option<String>,
    broken_rules: Vec<String>,
}

impl Fields {
    /// Reads the body of a request. `type_name` is the server's type for it.
    pub async fn read(cloud: &Cloud, flow: Flow, type_name: &'static str, request: Request) -> Result<Self, CibaError> {
        let headers = request.headers().clone();
        let bytes = match body::read(request, cloud.read_limit).await {
            Ok(bytes) => bytes,
            Err(error) => return Err(error_response(flow, error.status(), error.message())),
        };
        let problem = |text: String| error_response(flow, StatusCode::BAD_REQUEST, &text);
        let properties = match serde_json::from_slice(&bytes) {
            Ok(UnambiguousValue(Value::Object(properties))) => properties,
            Ok(UnambiguousValue(Value::Null)) => Map::new(),
            Ok(UnambiguousValue(other)) => {
                let kind = kind_of(&other);
                return Err(problem(format!("json: cannot unmarshal {kind} into Go value of type models.{type_name}")));
            }
            Err(_) if bytes.trim_ascii().is_empty() => return Err(problem("EOF".to_owned())),
            Err(error) if error.is_eof() => return Err(problem("unexpected EOF".to_owned())),
            Err(error) => return Err(problem(error.to_string())),
        };
        Ok(Self { headers, flow, type_name, properties, wrong_type: None, broken_rules: Vec::new() })
    }

    /// The text at `name`, which the server's type calls `field`. Empty if it is missing.
    pub fn text(&mut self, field: &str, name: &str, rules: &[Rule]) -> String {
        let text = match self.properties.remove(name) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text,
            Some(other) => {
                self.reject_type(name, &other, "string");
                return String::new();
            }
        };
        if let Some(rule) = rules.iter().find(|rule| !rule.holds(&text)) {
            let (type_name, tag) = (self.type_name, rule.tag());
            self.broken_rules.push(format!(
                "Key: '{type_name}.{field}' Error:Field validation for '{field}' failed on the '{tag}' tag"
            ));
        }
        text
    }

    /// The texts at `name`; none if it is missing.
    pub fn texts(&mut self, name: &str) -> Vec<String> {
        match self.properties.remove(name) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(items)) => {
                let mut texts = Vec::new();
                for item in items {
                    match item {
                        Value::String(text) => texts.push(text),
                        Value::Null => texts.push(String::new()),
                        other => self.reject_type(name, &other, "string"),
                    }
                }
                texts
            }
            Some(other) => {
                self.reject_type(name, &other, "[]string");
                Vec::new()
            }
        }
    }

    /// Whether `name` is true; false if it is missing.
    pub fn is_true(&mut self, name: &str) -> bool {
        match self.properties.remove(name) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(value)) => value,
            Some(other) => {
                self.reject_type(name, &other, "bool");
                false
            }
        }
    }

    /// 400 if a property has the wrong type or breaks a rule.
    pub fn check(&self) -> Result<(), CibaError> {
        let problem = match &self.wrong_type {
            Some(problem) => problem.clone(),
            None if self.broken_rules.is_empty() => return Ok(()),
            None => self.broken_rules.join("\n"),
        };
        Err(error_response(self.flow, StatusCode::BAD_REQUEST, &problem))
    }

    fn reject_type(&mut self, name: &str, value: &Value, expected: &str) {
        let (kind, type_name) = (kind_of(value), self.type_name);
        self.wrong_type.get_or_insert_with(|| {
            format!("json: cannot unmarshal {kind} into Go struct field {type_name}.{name} of type {expected}")
        });
    }
}

fn error_response(flow: Flow, status: StatusCode, problem: &str) -> CibaError {
    match flow {
        Flow::Admin => CibaError::with_details(status, "Invalid request body", problem),
        Flow::Tenant => CibaError::text(status, problem),
    }
}

/// An internal error, in the format of a dialect. The cause is logged, and not sent.
pub fn internal_error(dialect: impl Into<Dialect>, text: &str, error: &ApiError) -> CibaError {
    match dialect.into() {
        Dialect::Admin => CibaError::with_details(error.status(), text, error.message()),
        Dialect::Tenant => CibaError::text(error.status(), text),
        Dialect::Standard => CibaError::text(error.status(), "server_error"),
    }
}

/// Go's names for the types of JSON.
fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// What the framework's rule `email` accepts, as far as AuthSec's clients can tell: no blanks, and a domain with a dot.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_visible = |character: char| !character.is_whitespace() && !character.is_control();
    !local.is_empty()
        && !local.contains('@')
        && text.chars().all(is_visible)
        && domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty())
}

#[cfg(test)]
mod tests;
