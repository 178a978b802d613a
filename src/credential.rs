//! Reads the credential that the browser, or a password manager, returned.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use crate::base64url;
use crate::cause::Cause;
use crate::messages::{A_BUFFER, CREDENTIAL, WITHOUT_USER_ID};
use crate::options::Request;
use crate::options::value::Value;
use crate::page::call_method;
use crate::prompt::refused;
use crate::result::{Ceremony, Failure};
use crate::text::concat;

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

/// Appends what both servers get of the authenticator's response, as an object whose end is left open.
pub fn append_response(body: &mut String, request: &Request<JsValue>, credential: &JsValue) -> Result<(), Failure> {
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
pub fn lacking(ceremony: Ceremony, name: &str) -> Failure {
    let (owner, condition, cause) = match name {
        "rawId" => ("", "", Cause::InvalidOptions),
        "userHandle" => ("response.", WITHOUT_USER_ID, Cause::NoCredential),
        _ => ("response.", "", Cause::InvalidOptions),
    };
    refused(ceremony, cause, &concat(&[CREDENTIAL, owner, name, A_BUFFER, condition]))
}

/// The outputs of extensions, in which binary values are buffers; `undefined` if the credential has no working method.
pub fn extension_results(credential: &JsValue) -> JsValue {
    call_method(credential, "getClientExtensionResults", &[]).unwrap_or_default()
}

/// Appends a property as base64url, by [`read_bytes`].
pub fn append_bytes(body: &mut String, owner: &JsValue, name: &'static str) -> Option<()> {
    base64url::encode(&read_bytes(owner, name)?, body);
    Some(())
}

/// The bytes of a property, if it is a buffer or a view of one, of any realm. `None` if it is not, or is empty.
pub fn read_bytes(owner: &JsValue, name: &'static str) -> Option<Vec<u8>> {
    let value = owner.get(name).filter(|value| !value.is_falsy())?;
    let length = value.get("byteLength")?.as_f64().filter(|length| *length > 0.0)?;
    let buffer = value.get("buffer").filter(|buffer| !buffer.is_undefined()).unwrap_or_else(|| value.clone());
    let offset = value.get("byteOffset")?;
    Checked::new(&buffer, &offset, length).ok()?;
    let view = View::new(&buffer, &offset, length).ok()?;
    // Another object with a `byteLength` has none.
    Some(view.unchecked_into::<Uint8Array>().to_vec()).filter(|bytes| !bytes.is_empty())
}
