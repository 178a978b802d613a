//! What the user has signed, as the server takes it: a body for the cloud (docs/contract.md, section A4), or WebAuthn's JSON form
//! for a server of the page's own (section A7).

use wasm_bindgen::prelude::*;

use crate::authenticator_data::attested_id;
use crate::credential::{append_response, extension_results, lacking, read_bytes};
use crate::options::Request;
use crate::options::js::{js_string, read as read_property, stringify};
use crate::options::value::Value;
use crate::page::{global, notify};
use crate::prompt::thrown;
use crate::result::Failure;
use crate::text::concat;
use crate::{base64url, details, response_json};

/// What the user has signed.
pub struct Signed {
    /// The passkey's ID, as base64url.
    pub credential_id: String,
    /// Whether it is that of the passkey which was created: a wrapper may return another one.
    pub is_new: bool,
    /// As the server takes it.
    pub form: Form,
}

/// A form of what the user has signed.
pub enum Form {
    /// The body of a request to the cloud.
    ForCloud(String),
    /// `AuthenticationResponseJSON` or `RegistrationResponseJSON`, an object, for a server of the page's own.
    ForOwnServer(JsValue),
}

/// Reads the credential, and passes its details and the outputs of extensions to the page.
///
/// The credential is read by its properties: a password manager's own may fail `instanceof` and lack `toJSON`.
///
/// # Errors
///
/// [`FailureKind::Prompt`](crate::result::FailureKind::Prompt), with the name of the property that the credential lacks.
pub fn read(request: &Request<JsValue>, credential: &JsValue) -> Result<Signed, Failure> {
    let Request { ceremony, settings, .. } = request;
    let raw_id = read_bytes(credential, "rawId").ok_or_else(|| lacking(*ceremony, "rawId"))?;
    let mut id = String::new();
    base64url::encode(&raw_id, &mut id);
    let attestation = credential.get("response").and_then(|response| read_bytes(&response, "attestationObject"));
    let is_new = attestation.as_deref().and_then(attested_id) == Some(&raw_id);
    let form = match settings.has_own_server() {
        true => Form::ForOwnServer(response_json::build(request, credential, &id)?),
        false => Form::ForCloud(build_body(request, credential, &id)?),
    };
    if let Some(listener) = settings.get("onCredential") {
        notify(Some(listener), &details::of(*ceremony, credential, &id));
    }
    if let Some(listener) = settings.get("onExtensionResults") {
        notify(Some(listener), &extension_results(credential));
    }
    Ok(Signed { credential_id: id, is_new, form })
}

fn build_body(request: &Request<JsValue>, credential: &JsValue, id: &str) -> Result<String, Failure> {
    let mut body = String::from(r#"{"type":"public-key","id":""#);
    body.push_str(id);
    body.push_str(r#"","response":"#);
    append_response(&mut body, request, credential)?;
    body.push_str("}");
    // The page may have replaced it with any value, and the body must still be valid JSON.
    let user_agent = global("navigator")
        .and_then(|navigator| read_property(&navigator, "userAgent"))
        .ok()
        .filter(|user_agent| user_agent.is_string());
    let rest = [
        (",\"statusToken\":", Some(&request.status_token)),
        (",\"userFriendlyName\":", request.authenticator_name.as_ref()),
        (",\"userAgent\":", Some(user_agent.as_ref().unwrap_or(js_string("")))),
    ];
    for (name, text) in rest {
        if let Some(text) = text {
            body.push_str(name);
            let quoted = stringify(text).map_err(|exception| thrown(request.ceremony, &exception))?;
            body.push_str(&quoted);
        }
    }
    body.push_str("}");
    Ok(body)
}

/// The body of a status request: docs/contract.md, section A5.
pub fn build_status_body(status_token: &JsValue) -> Result<String, JsValue> {
    Ok(concat(&["{\"statusToken\":", &stringify(status_token)?, "}"]))
}
