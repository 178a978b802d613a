//! What the user has signed, as the server takes it: a body for the cloud (docs/contract.md, section A4), or WebAuthn's JSON form
//! for a server of the page's own (section A7).

use wasm_bindgen::prelude::*;

use crate::credential::{append_bytes, append_response, extension_results, lacking};
use crate::options::Request;
use crate::options::js::{js_string, read as read_property, stringify};
use crate::page::{global, notify};
use crate::prompt::thrown;
use crate::response_json;
use crate::result::Failure;
use crate::text::concat;

/// What the user has signed, as the server takes it.
pub enum Signed {
    /// The body of a request.
    ForCloud(String),
    /// `AuthenticationResponseJSON` or `RegistrationResponseJSON`.
    ForOwnServer {
        /// The object.
        json: JsValue,
    },
}

/// Reads the credential, and passes the outputs of extensions to the page.
///
/// The credential is read by its properties: a password manager's own may fail `instanceof` and lack `toJSON`.
///
/// # Errors
///
/// [`FailureKind::Prompt`](crate::result::FailureKind::Prompt), with the name of the property that the credential lacks.
pub fn read(request: &Request<JsValue>, credential: &JsValue) -> Result<Signed, Failure> {
    let signed = match request.settings.has_own_server() {
        true => Signed::ForOwnServer { json: response_json::build(request, credential)? },
        false => Signed::ForCloud(build_body(request, credential)?),
    };
    if let Some(listener) = request.settings.get("onExtensionResults") {
        notify(Some(listener), &extension_results(credential));
    }
    Ok(signed)
}

fn build_body(request: &Request<JsValue>, credential: &JsValue) -> Result<String, Failure> {
    let mut body = String::from(r#"{"type":"public-key","id":""#);
    append_bytes(&mut body, credential, "rawId").ok_or_else(|| lacking(request.ceremony, "rawId"))?;
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
