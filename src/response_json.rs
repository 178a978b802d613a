//! WebAuthn's JSON form of a credential: what `toJSON()` returns, also where the browser or a wrapper has no such method.
//! WebAuthn Level 3, sections 5.1.4 and 5.1.5.

use wasm_bindgen::prelude::*;

use crate::credential::{append_bytes, append_response, extension_results};
use crate::http::parse_json;
use crate::options::Request;
use crate::options::js::stringify;
use crate::options::value::Value;
use crate::page::call_method;
use crate::prompt::thrown;
use crate::result::{Ceremony, Failure};

/// How deep outputs of extensions are read, and how many properties each level may have: no real one comes near.
const MAX_DEPTH: u8 = 8;
const MAX_ITEMS: u32 = 1_000;
/// How many values they may have together, so that an object that contains itself ends.
const MAX_VALUES: u32 = 10_000;
/// How many transports are read. WebAuthn knows six.
const MAX_TRANSPORTS: u32 = 16;

/// `AuthenticationResponseJSON` or `RegistrationResponseJSON`.
pub fn build(request: &Request<JsValue>, credential: &JsValue, id: &str) -> Result<JsValue, Failure> {
    let mut json = String::from("{\"id\":\"");
    json.push_str(id);
    json.push_str("\",\"rawId\":\"");
    json.push_str(id);
    json.push_str("\",\"type\":\"public-key\",\"response\":");
    append_response(&mut json, request, credential)?;
    if request.ceremony == Ceremony::Registration {
        append_details(&mut json, &credential.get("response").unwrap_or_default());
    }
    json.push_str("}");
    append_value(&mut json, "authenticatorAttachment", credential.get("authenticatorAttachment"));
    let results = extension_results(credential);
    json.push_str(",\"clientExtensionResults\":");
    let mut outputs = String::new();
    let has_outputs = results.is_object() && append_json(&mut outputs, &results, MAX_DEPTH, &mut { MAX_VALUES });
    json.push_str(if has_outputs { &outputs } else { "{}" });
    json.push_str("}");
    let parsed = parse_json(&JsValue::from_str(&json));
    // The page broke JSON.
    if parsed.is_undefined() { Err(thrown(request.ceremony, &parsed)) } else { Ok(parsed) }
}

/// What the methods of `AuthenticatorAttestationResponse` return, if it has them.
fn append_details(json: &mut String, response: &JsValue) {
    append_value(json, "transports", transports_of(response));
    for (name, method) in [
        ("authenticatorData", "getAuthenticatorData"),
        ("publicKey", "getPublicKey"),
        ("publicKeyAlgorithm", "getPublicKeyAlgorithm"),
    ] {
        append_value(json, name, call_method(response, method, &[]).ok());
    }
}

/// How the authenticator can be reached, if the response says so in strings.
pub fn transports_of(response: &JsValue) -> Option<JsValue> {
    let list = call_method(response, "getTransports", &[]).ok()?;
    let length = if Value::is_array(&list)? { list.length()? } else { return None };
    let mut texts = JsValue::new_array();
    for index in (0..MAX_TRANSPORTS).take_while(|index| f64::from(*index) < length) {
        texts.push(&list.item(index).filter(|text| text.is_string())?)?;
    }
    Some(texts)
}

/// Appends a property, if its value has a JSON form, to an object whose end is left open.
pub fn append_value(json: &mut String, name: &str, value: Option<JsValue>) {
    let mut text = String::new();
    if value.is_some_and(|value| !value.is_absent() && append_json(&mut text, &value, MAX_DEPTH, &mut { MAX_VALUES })) {
        json.push_str(",\"");
        json.push_str(name);
        json.push_str("\":");
        json.push_str(&text);
    }
}

/// Appends a value, with buffers as base64url. Returns whether it has a JSON form; only then is anything appended.
fn append_json(json: &mut String, value: &JsValue, depth: u8, rest: &mut u32) -> bool {
    if depth == 0 || *rest == 0 {
        return false;
    }
    *rest -= 1;
    if !value.is_object() {
        let text = stringify_primitive(value);
        json.push_str(text.as_deref().unwrap_or_default());
        return text.is_some();
    }
    let mut bytes = String::new();
    let mut holder = JsValue::new_record();
    holder.set("value", value);
    if append_bytes(&mut bytes, &holder, "value").is_some() {
        json.push_str("\"");
        json.push_str(&bytes);
        json.push_str("\"");
        return true;
    }
    match Value::is_array(value) {
        Some(true) => append_items(json, value, depth, rest),
        _ => append_properties(json, value, depth, rest),
    }
    true
}

fn append_items(json: &mut String, list: &JsValue, depth: u8, rest: &mut u32) {
    json.push_str("[");
    let length = list.length().unwrap_or_default();
    for index in (0..MAX_ITEMS).take_while(|index| f64::from(*index) < length) {
        json.push_str(if index == 0 { "" } else { "," });
        if !list.item(index).is_some_and(|item| append_json(json, &item, depth - 1, rest)) {
            json.push_str("null");
        }
    }
    json.push_str("]");
}

fn append_properties(json: &mut String, object: &JsValue, depth: u8, rest: &mut u32) {
    json.push_str("{");
    let names = object.names().unwrap_or_default();
    let length = names.length().unwrap_or_default();
    let mut separator = "";
    for index in (0..MAX_ITEMS).take_while(|index| f64::from(*index) < length) {
        let Some(name) = names.item(index) else { continue };
        let mut text = String::new();
        let has_value = object.get_by(&name).is_some_and(|value| append_json(&mut text, &value, depth - 1, rest));
        if let Some(quoted) = stringify_primitive(&name).filter(|_| has_value) {
            json.push_str(separator);
            json.push_str(&quoted);
            json.push_str(":");
            json.push_str(&text);
            separator = ",";
        }
    }
    json.push_str("}");
}

/// Of a string, a boolean, a finite number or `null`.
fn stringify_primitive(value: &JsValue) -> Option<String> {
    let has_form = value.is_string() || value.as_bool().is_some() || value.is_null() || value.as_f64().is_some();
    if has_form { stringify(value).ok() } else { None }
}
