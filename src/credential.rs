//! `navigator.credentials`: is it there, ask it, and read what it returned (WebAuthn Level 3, section 5.1).

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, CredentialsContainer};

use crate::base64url;
use crate::host;
use crate::options::Value;
use crate::result::Ceremony;

/// The browser's credentials container.
///
/// # Errors
///
/// Why there is none, or why it may not be used here.
pub fn container(ceremony: Ceremony) -> Result<CredentialsContainer, &'static str> {
    let window: JsValue = js_sys::global().into();
    let at = |target: &JsValue, name| target.member(name).unwrap_or_default();
    if at(&window, "isSecureContext").as_bool() == Some(false) {
        return Err("This page is no secure context: serve it by https.");
    }
    let (method, feature) = match ceremony {
        Ceremony::Authentication => ("get", "publickey-credentials-get"),
        Ceremony::Registration => ("create", "publickey-credentials-create"),
    };
    let container = at(&at(&window, "navigator"), "credentials");
    if !at(&window, "PublicKeyCredential").is_function() || !at(&container, method).is_function() {
        return Err("This browser has no PublicKeyCredential.");
    }
    if host::is_blocked(feature).unwrap_or(false) {
        return Err(
            "A Permissions Policy forbids WebAuthn here: allow publickey-credentials-get and publickey-credentials-create.",
        );
    }
    Ok(container.unchecked_into())
}

/// Opens the prompt.
///
/// # Errors
///
/// What the browser, or what stands in its place, threw.
pub fn ask(
    container: &CredentialsContainer,
    ceremony: Ceremony,
    public_key: &JsValue,
    signal: &AbortSignal,
    conditional: bool,
) -> Result<Promise, JsValue> {
    let options = JsValue::new_object();
    options.set("publicKey", public_key);
    options.set("signal", signal);
    if conditional {
        options.set("mediation", &JsValue::from_str("conditional"));
    }
    match ceremony {
        Ceremony::Authentication => container.get_with_options(options.unchecked_ref()),
        Ceremony::Registration => container.create_with_options(options.unchecked_ref()),
    }
}

/// What the authenticator returned, every binary member as base64url text.
pub struct Credential {
    /// The credential's id.
    pub id: String,
    /// The members of the response that the cloud wants, in its order.
    pub response: Vec<(&'static str, String)>,
}

impl Credential {
    /// Reads a credential by its members: a password manager's own may fail `instanceof` and lack `toJSON`.
    ///
    /// # Errors
    ///
    /// The member that is missing.
    pub fn read(ceremony: Ceremony, credential: &JsValue) -> Result<Self, &'static str> {
        let names: &[&str] = match ceremony {
            Ceremony::Authentication => &["authenticatorData", "clientDataJSON", "signature"],
            Ceremony::Registration => &["clientDataJSON", "attestationObject"],
        };
        let id = buffer(credential, "rawId").ok_or("rawId")?;
        let response = credential.member("response").ok_or("response")?;
        let mut members = Vec::new();
        for name in names {
            members.push((*name, buffer(&response, name).ok_or(*name)?));
        }
        if let (Ceremony::Authentication, Some(handle)) = (ceremony, buffer(&response, USER_HANDLE)) {
            members.push((USER_HANDLE, handle));
        }
        Ok(Credential { id, response: members })
    }

    /// Whether the authenticator knew whose the credential is. One that isn't discoverable does not.
    pub fn has_user_handle(&self) -> bool {
        self.response.iter().any(|(name, _)| *name == USER_HANDLE)
    }

    /// Sets the user handle from the `userId` of the approval response (contract section 4).
    pub fn set_user_handle(&mut self, user_id: &str) {
        self.response.push((USER_HANDLE, base64url::encode(user_id.as_bytes())));
    }
}

const USER_HANDLE: &str = "userHandle";

/// A buffer as base64url text; `None` where it isn't one, or empty.
fn buffer(target: &JsValue, name: &str) -> Option<String> {
    let bytes = host::bytes(&target.member(name)?).ok()?;
    (!bytes.is_empty()).then(|| base64url::encode(&bytes))
}

/// The outputs of the extensions; `undefined` where the credential has none.
pub fn extension_results(credential: &JsValue) -> JsValue {
    credential
        .member("getClientExtensionResults")
        .filter(JsValue::is_function)
        .and_then(|function| function.unchecked_into::<Function>().call0(credential).ok())
        .unwrap_or_default()
}
