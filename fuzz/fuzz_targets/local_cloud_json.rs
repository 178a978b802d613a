//! Any bytes as a JSON body for the local cloud: what it accepts is what serde_json reads, and it refuses no unambiguous value.

#![no_main]

use libfuzzer_sys::fuzz_target;
use local_cloud::json::UnambiguousValue;
use serde_json::Value;

fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(has_nul),
        Value::Object(properties) => properties.iter().any(|(name, value)| name.contains('\0') || has_nul(value)),
        _ => false,
    }
}

fuzz_target!(|bytes: &[u8]| {
    let lenient = serde_json::from_slice::<Value>(bytes);
    if let Ok(UnambiguousValue(accepted)) = serde_json::from_slice(bytes) {
        assert_eq!(lenient.as_ref().ok(), Some(&accepted));
        assert!(!has_nul(&accepted));
    }
    // Written anew, no property appears twice.
    if let Ok(value) = lenient {
        let accepted = serde_json::from_str::<UnambiguousValue>(&value.to_string());
        assert_eq!(accepted.is_ok(), !has_nul(&value));
    }
});
