//! Lets the browser know of a passkey that the server does not accept, so that it is offered no more: the Signal API of WebAuthn
//! Level 3, section 5.1.10.

use wasm_bindgen::prelude::*;

use crate::options::Request;
use crate::options::value::Value;
use crate::page::{Call, call_function, call_method, create_question, global, to_object};
use crate::recovery::Refusal;
use crate::result::{Ceremony, Outcome};
use crate::signed::Signed;
use crate::step::Step;
use crate::text::{concat, host_of};

const METHOD: &str = "signalUnknownCredential";

/// Signals it, if the server will never accept the passkey. Of an older one the page decides, by the message.
pub fn after(request: &Request<JsValue>, signed: &Signed, outcome: &Outcome, refusal: Refusal, call: &Call) {
    let settings = &request.settings;
    let Err(failure) = outcome else { return };
    let is_unknown = match request.ceremony {
        Ceremony::Registration => refusal == Refusal::ForGood && signed.is_new,
        Ceremony::Authentication => {
            refusal != Refusal::Unsure
                && settings.get("isUnknownCredential").is_some_and(|is_unknown| {
                    call_function(&is_unknown, &JsValue::from_str(&failure.message))
                        .is_ok_and(|reply| reply.as_bool() == Some(true))
                })
        }
    };
    let is_off = settings.get("signals").and_then(|signals| signals.as_string()).as_deref() == Some("off");
    if is_unknown && !is_off && send(request, &signed.credential_id).is_ok() {
        call.step(Step::Signaling, METHOD);
    }
}

/// The host name of the page, also in a frame without an address, which has the origin of the page around it.
fn own_hostname() -> String {
    let origin = JsValue::UNDEFINED.parse_base_url().and_then(|origin| origin.as_string()).unwrap_or_default();
    concat(&[host_of(&origin)])
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
        None => JsValue::from_str(&own_hostname()),
    };
    let mut passkey = JsValue::new_record();
    passkey.set("rpId", &rp_id);
    passkey.set("credentialId", &JsValue::from_str(credential_id));
    let promise = call_method(&global("PublicKeyCredential")?, METHOD, &[&to_object(&passkey)])?;
    // Listened to, so that the page sees no unhandled rejection.
    drop(create_question(&JsValue::UNDEFINED)?.until(promise.unchecked_ref()));
    Ok(())
}
