//! Which passkey it was, for the setting `onCredential`.

use wasm_bindgen::prelude::*;

use crate::authenticator_data::{AuthenticatorData, of_attestation, uuid};
use crate::credential::read_bytes;
use crate::http::parse_json;
use crate::options::value::Value;
use crate::response_json::{append_value, transports_of};
use crate::result::Ceremony;

/// The details of a credential. What it lacks is left out.
pub fn of(ceremony: Ceremony, credential: &JsValue, id: &str) -> JsValue {
    let response = credential.get("response").unwrap_or_default();
    let mut json = String::from("{\"id\":\"");
    json.push_str(id);
    json.push_str("\"");
    let attachment = credential.get("authenticatorAttachment").filter(|attachment| attachment.is_string());
    append_value(&mut json, "authenticatorAttachment", attachment);
    let data = match ceremony {
        Ceremony::Authentication => {
            read_bytes(&response, "authenticatorData").as_deref().and_then(AuthenticatorData::read)
        }
        Ceremony::Registration => read_bytes(&response, "attestationObject")
            .as_deref()
            .and_then(of_attestation)
            .and_then(AuthenticatorData::read),
    };
    if let Some(data) = data {
        for (name, value) in [
            (",\"userVerified\":", data.user_verified),
            (",\"backupEligible\":", data.backup_eligible),
            (",\"backupState\":", data.backup_state),
        ] {
            json.push_str(name);
            json.push_str(if value { "true" } else { "false" });
        }
        if let Some(aaguid) = data.aaguid {
            json.push_str(",\"aaguid\":\"");
            json.push_str(&uuid(&aaguid));
            json.push_str("\"");
        }
    }
    if ceremony == Ceremony::Registration {
        append_value(&mut json, "transports", transports_of(&response));
    }
    json.push_str("}");
    parse_json(&JsValue::from_str(&json))
}
