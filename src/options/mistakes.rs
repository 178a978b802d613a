//! Mistakes that a page likely made where the options are missing or invalid. Looked for after validation has failed, so that
//! a valid call pays nothing for it.

use super::value::Value;
use crate::messages::{IS_ENROLLMENT_RESPONSE, IS_ERROR, IS_OPTIONS, IS_PROMISE, IS_RESPONSE, IS_STRING};
use crate::response::Body;
use crate::text::concat;

/// By a property that shows the mistake.
const BY_PROPERTY: [(&str, &str); 3] =
    [("enrollment", IS_ENROLLMENT_RESPONSE), ("publicKey", IS_OPTIONS), ("challenge", IS_OPTIONS)];
/// By a method that shows the mistake.
const BY_METHOD: [(&str, &str); 2] = [("then", IS_PROMISE), ("json", IS_RESPONSE)];

/// A mistake that the argument shows, which has no options.
pub fn of_argument<V: Value>(argument: &V) -> Option<String> {
    let by_property =
        || BY_PROPERTY.iter().find(|(name, _)| argument.get(name).is_some_and(|value| !value.is_absent()));
    if let Some(found) = of_any(argument).or_else(|| by_property().map(|(_, found)| *found)) {
        return Some(concat(&[found]));
    }
    let Body { error_message, message, .. } = Body::read(argument)?;
    Some(concat(&[IS_ERROR, &error_message.or(message)?]))
}

/// A mistake that an argument or a property of it shows.
pub fn of_any<V: Value>(value: &V) -> Option<&'static str> {
    if value.is_string() {
        return Some(IS_STRING);
    }
    let by_method = || BY_METHOD.iter().find(|(name, _)| value.get(name).is_some_and(|method| method.is_function()));
    by_method().map(|(_, found)| *found)
}
