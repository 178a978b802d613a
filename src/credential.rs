//! What the finalization sends of the credential: a body for the cloud (docs/contract.md, section A4), or WebAuthn's JSON form
//! for a relying party of the page's own (section A7).

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use crate::base64url;
use crate::cause::Cause;
use crate::messages::{A_BUFFER, CREDENTIAL, WITHOUT_USER_ID};
use crate::options::Request;
use crate::options::js::{js_string, read as read_property, stringify};
use crate::options::value::Value;
use crate::page::{call_method, global, notify};
use crate::prompt::{refused, thrown};
use crate::result::{Ceremony, Failure};
use crate::text::concat;

mod response_json;

#[wasm_bindgen]
extern "C" {
    /// Throws for anything but a buffer, of whatever realm. `Uint8Array` would also make gigabytes from a number, and read
    /// whatever claims to be a list.
    #[wasm_bindgen(js_name = DataView)]
    type Checked;

    #[wasm_bindgen(constructor, catch, js_class = "DataView")]
    fn new(buffer: &JsValue, offset: &JsValue, length: f64) -> Result<Checked, JsValue>;

    #[wasm_bindgen(js_name = Uint8Array)]
    type View;

    #[wasm_bindgen(constructor, catch, js_class = "Uint8Array")]
    fn new(buffer: &JsValue, offset: &JsValue, length: f64) -> Result<View, JsValue>;
}

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

/// Appends what both servers get of the authenticator's response, as an object whose end is left open.
fn append_response(body: &mut String, request: &Request<JsValue>, credential: &JsValue) -> Result<(), Failure> {
    let response = credential.get("response").unwrap_or_default();
    let names: &[&'static str] = match request.ceremony {
        Ceremony::Authentication => &["authenticatorData", "clientDataJSON", "signature", "userHandle"],
        Ceremony::Registration => &["clientDataJSON", "attestationObject"],
    };
    for (index, name) in names.iter().copied().enumerate() {
        let mut value = String::new();
        if append_bytes(&mut value, &response, name).is_none() {
            // Authenticators return no user handle for a credential that is not discoverable. The cloud gets the `userId` of the
            // approval response in its place; any other server knows what that means.
            if name == "userHandle" && request.settings.has_own_server() {
                continue;
            }
            let user_id = request.user_id.as_ref().filter(|_| name == "userHandle").and_then(|id| id.as_string());
            base64url::encode(user_id.ok_or_else(|| lacking(request.ceremony, name))?.as_bytes(), &mut value);
        }
        body.push_str(if index == 0 { "{\"" } else { ",\"" });
        body.push_str(name);
        body.push_str("\":\"");
        body.push_str(&value);
        body.push_str("\"");
    }
    Ok(())
}

/// The credential lacks this property.
fn lacking(ceremony: Ceremony, name: &str) -> Failure {
    let (owner, condition, cause) = match name {
        "rawId" => ("", "", Cause::InvalidOptions),
        "userHandle" => ("response.", WITHOUT_USER_ID, Cause::NoCredential),
        _ => ("response.", "", Cause::InvalidOptions),
    };
    refused(ceremony, cause, &concat(&[CREDENTIAL, owner, name, A_BUFFER, condition]))
}

fn extension_results(credential: &JsValue) -> JsValue {
    call_method(credential, "getClientExtensionResults", &[]).unwrap_or_default()
}

/// The body of a status request: docs/contract.md, section A5.
pub fn build_status_body(status_token: &JsValue) -> Result<String, JsValue> {
    Ok(concat(&["{\"statusToken\":", &stringify(status_token)?, "}"]))
}

/// Appends a property as base64url, if it is a buffer or a view of one, of any realm. `None` if it is not, or is empty.
fn append_bytes(body: &mut String, owner: &JsValue, name: &'static str) -> Option<()> {
    let value = owner.get(name).filter(|value| !value.is_falsy())?;
    let length = value.get("byteLength")?.as_f64().filter(|length| *length > 0.0)?;
    let buffer = value.get("buffer").filter(|buffer| !buffer.is_undefined()).unwrap_or_else(|| value.clone());
    let offset = value.get("byteOffset")?;
    Checked::new(&buffer, &offset, length).ok()?;
    let view = View::new(&buffer, &offset, length).ok()?;
    let bytes = view.unchecked_into::<Uint8Array>().to_vec();
    // Another object with a `byteLength`.
    if bytes.is_empty() {
        return None;
    }
    base64url::encode(&bytes, body);
    Some(())
}
