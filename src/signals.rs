//! Lets the browser know of a passkey that the server does not accept, so that it is offered no more: the Signal API of WebAuthn
//! Level 3, section 5.1.10.

use wasm_bindgen::prelude::*;

use crate::cause::Cause;
use crate::options::Request;
use crate::options::js::read;
use crate::options::value::Value;
use crate::page::{Call, call_function, call_method, create_question, global, to_object};
use crate::result::{Ceremony, Outcome};
use crate::step::Step;

const METHOD: &str = "signalUnknownCredential";

/// Signals it, if the server will never accept the passkey: `is_discarded` is whether that is certain of a new one. Of an older
/// one the page decides, by the message.
pub fn after(request: &Request<JsValue>, credential_id: &str, outcome: &Outcome, is_discarded: bool, call: &Call) {
    let settings = &request.settings;
    let Err(failure) = outcome else { return };
    let is_unknown = match request.ceremony {
        Ceremony::Registration => is_discarded,
        Ceremony::Authentication => {
            failure.cause == Cause::Refused
                && settings.get("isUnknownCredential").is_some_and(|is_unknown| {
                    call_function(&is_unknown, &JsValue::from_str(&failure.message))
                        .is_ok_and(|reply| reply.as_bool() == Some(true))
                })
        }
    };
    let is_off = settings.get("signals").and_then(|signals| signals.as_string()).as_deref() == Some("off");
    if is_unknown && !is_off && send(request, credential_id).is_ok() {
        call.step(Step::Signaling, METHOD);
    }
}

/// Nobody waits for the browser: the result is the same, whatever it does.
fn send(request: &Request<JsValue>, credential_id: &str) -> Result<(), JsValue> {
    let options = &request.public_key;
    let stated = match request.ceremony {
        Ceremony::Registration => options.get("rp").and_then(|rp| rp.get("id")),
        Ceremony::Authentication => options.get("rpId"),
    };
    let rp_id = match stated.filter(|id| id.is_string()) {
        Some(id) => id,
        None => read(&global("location")?, "hostname")?,
    };
    let mut passkey = JsValue::new_record();
    passkey.set("rpId", &rp_id);
    passkey.set("credentialId", &JsValue::from_str(credential_id));
    let promise = call_method(&global("PublicKeyCredential")?, METHOD, &[&to_object(&passkey)])?;
    // Listened to, so that the page sees no unhandled rejection.
    drop(create_question(&JsValue::UNDEFINED)?.until(promise.unchecked_ref()));
    Ok(())
}
