//! The validity rules: docs/contract.md, section A3.

use serde_json::{Value as Json, json};

use super::Request;
use crate::result::{Ceremony, Failure, FailureKind};

mod accepted;
mod documented;
mod mistakes;
mod properties;
mod refused;
mod settings;

/// Bytes in the copy, where the options have a base64url string.
fn bytes(bytes: &[u8]) -> Json {
    json!({ "bytes": bytes })
}

fn request() -> Json {
    json!({
        "challenge": "AQID",
        "timeout": 60000,
        "rpId": "shop.example",
        "allowCredentials": [
            { "type": "public-key", "id": "AQ" },
            { "type": "public-key", "id": "Ag==", "transports": ["usb"] },
        ],
        "userVerification": "required",
        "hints": ["client-device"],
        "extensions": {
            "appid": "https://shop.example",
            "prf": { "eval": { "first": "AQ", "second": "" }, "evalByCredential": { "AQ": { "first": "Ag" } } },
            "largeBlob": { "write": "AQ", "read": true },
        },
        "status": "ok",
        "errorMessage": "",
        "fromTheFuture": { "ignored": true },
    })
}

fn creation() -> Json {
    json!({
        "rp": { "id": "shop.example", "name": "The shop" },
        "user": { "id": "AQID", "name": "ada", "displayName": "Ada" },
        "challenge": "AQID",
        "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }, { "type": "public-key", "alg": -257 }],
        "timeout": 60000,
        "excludeCredentials": [{ "type": "public-key", "id": "AQ", "transports": ["internal"] }],
        "authenticatorSelection": {
            "authenticatorAttachment": "platform",
            "residentKey": "preferred",
            "requireResidentKey": false,
            "userVerification": "required",
        },
        "attestation": "none",
        "attestationFormats": ["packed"],
        "hints": ["hybrid"],
        "extensions": { "credProps": true },
    })
}

/// Validates the argument and the settings.
fn validate(ceremony: Ceremony, argument: &Json, settings: &Json) -> Result<Request<Json>, Failure> {
    Request::read(ceremony, argument, settings)
}

/// The copy of the options, or the message.
fn read_as(ceremony: Ceremony, options: Json) -> Result<Json, String> {
    let argument = json!({ ceremony.options_name(): options, "userId": "ada", "statusToken": "S" });
    match validate(ceremony, &argument, &Json::Null) {
        Ok(request) => Ok(request.public_key),
        Err(failure) => {
            assert_eq!(failure.kind, FailureKind::Options);
            Err(failure.message)
        }
    }
}

/// The options with the property at `path` (a JSON pointer) replaced, or removed if `value` is `None`.
fn with(mut options: Json, path: &str, value: Option<Json>) -> Json {
    let (parent, name) = path.rsplit_once('/').unwrap();
    let parent = options.pointer_mut(parent).unwrap();
    match value {
        Some(value) if parent.is_array() => parent[name.parse::<usize>().unwrap()] = value,
        Some(value) => parent[name] = value,
        None => {
            parent.as_object_mut().unwrap().remove(name);
        }
    }
    options
}
