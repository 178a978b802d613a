//! The credential that the authenticator returned, as the body of the finalization: contract section 4.

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::host;
use crate::options::{Kind, Value};
use crate::request::Request;
use crate::result::Ceremony;
use crate::text::{concat, member};

/// The body. The credential is read by its members: a password manager's own may fail `instanceof` and lack `toJSON`.
///
/// # Errors
///
/// What the credential lacks, in words.
pub fn body(request: &Request, credential: &JsValue) -> Result<String, String> {
    let names: &[&str] = match request.ceremony {
        Ceremony::Authentication => &["authenticatorData", "clientDataJSON", "signature", USER_HANDLE],
        Ceremony::Registration => &["clientDataJSON", "attestationObject"],
    };
    let lacks = |name: &str| concat(&["credential has no ", name]);
    let mut body = String::from("{");
    member(&mut body, "type", "public-key");
    member(&mut body, "id", &host::text_of(credential, "rawId").ok_or_else(|| lacks("rawId"))?);
    let response = credential.member("response").ok_or_else(|| lacks("response"))?;
    body.push_str(",\"response\":{");
    for name in names {
        let text = match (host::text_of(&response, name), &request.user_id) {
            (Some(text), _) => text,
            (None, Some(user_id)) if *name == USER_HANDLE => host::encode(user_id),
            (None, None) if *name == USER_HANDLE => return Err("authenticator returned no user handle".into()),
            (None, _) => return Err(lacks(name)),
        };
        member(&mut body, name, &text);
    }
    body.push('}');
    member(&mut body, "statusToken", &request.status_token);
    if let Some(name) = &request.authenticator_name {
        member(&mut body, "userFriendlyName", name);
    }
    let user_agent = host::global().member("navigator").and_then(|navigator| navigator.text_member("userAgent"));
    member(&mut body, "userAgent", user_agent.as_deref().unwrap_or_default());
    body.push('}');
    Ok(body)
}

// An authenticator that knows whose the credential is tells; for one that isn't discoverable the `userId` of the
// approval response stands in.
const USER_HANDLE: &str = "userHandle";

/// The outputs of the extensions; `undefined` where the credential has none.
pub fn extension_results(credential: &JsValue) -> JsValue {
    credential
        .member("getClientExtensionResults")
        .filter(|function| function.is(Kind::Function))
        .and_then(|function| function.unchecked_into::<Function>().call0(credential).ok())
        .unwrap_or_default()
}
