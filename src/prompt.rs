//! The prompt: checks what the browser supports, then prompts the user through `navigator.credentials`. One prompt at a time.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::CredentialsContainer;

use crate::cause::Cause;
use crate::injection;
use crate::messages::{
    FORBIDDEN, INSECURE, NO_CONDITIONAL, NO_IMMEDIATE, NO_WEBAUTHN, NOTHING_AT_HAND, PAGE_ABORTED, TOOK_OVER,
};
use crate::options::js::{js_string, read};
use crate::options::value::Value;
use crate::options::{Mediation, Request};
use crate::page::{
    Call, Deadline, ask_capabilities, call_method, claim_prompt, create_question, describe, get_capabilities, global,
    is_aborted,
};
use crate::result::{Ceremony, Failure, FailureKind};
use crate::step::Step;
use crate::stopwatch::LONGEST_TIMER;
use crate::text::concat;

/// The time limit of a prompt without a `timeout`, in milliseconds.
const PROMPT_LIMIT: f64 = 300_000.0;
/// The grace period after its `timeout` before we abort a prompt that the browser left open, in milliseconds.
const PROMPT_GRACE: f64 = 30_000.0;

/// Prompts the user, and returns the credential. Ends another prompt that is open. A crash ends this one through `call`.
///
/// # Errors
///
/// [`FailureKind::Support`] or [`FailureKind::Prompt`].
pub async fn ask(request: &Request<JsValue>, call: &Call) -> Result<JsValue, Failure> {
    if let Some((cause, reason)) = unsupported_reason(request.ceremony) {
        return Err(unsupported(cause, reason));
    }
    let ceremony = request.ceremony;
    let signal = request.settings.get("signal").unwrap_or_default();
    let deadline = claim_prompt(time_limit(request), &signal).map_err(|exception| match is_aborted(&signal) {
        true => aborted(ceremony, Cause::Aborted, &exception),
        false => thrown(ceremony, &exception),
    })?;
    call.set_prompt(&deadline);
    let settled = credential(request, &deadline, call).await;
    let _ = deadline.close();
    let ended = |exception: JsValue| match deadline.get("ended").and_then(|ended| ended.as_string()).as_deref() {
        Some("aborted") => aborted(ceremony, Cause::Aborted, &exception),
        Some(_) => aborted(ceremony, Cause::Superseded, &exception),
        None if is_nothing_at_hand(request, &exception) => {
            refused(ceremony, Cause::NoCredential, &concat(&[&describe(&exception), NOTHING_AT_HAND]))
        }
        None => thrown(ceremony, &exception),
    };
    settled.map_err(ended)?.ok_or_else(|| {
        let is_immediate = request.settings.mediation == Mediation::Immediate;
        unsupported(Cause::NoWebAuthn, if is_immediate { NO_IMMEDIATE } else { NO_CONDITIONAL })
    })
}

/// The failure of a prompt that the browser or the authenticator refused.
pub fn refused(ceremony: Ceremony, cause: Cause, reason: &str) -> Failure {
    Failure { kind: FailureKind::Prompt, cause, message: concat(&[ceremony.refusal_prefix(), reason]) }
}

/// The failure of a prompt that threw.
pub fn thrown(ceremony: Ceremony, exception: &JsValue) -> Failure {
    let text = describe(exception);
    refused(ceremony, Cause::of_exception(ceremony == Ceremony::Registration, &text), &text)
}

/// The failure of a prompt that was ended from here. The name of the exception is the page's choice.
fn aborted(ceremony: Ceremony, cause: Cause, exception: &JsValue) -> Failure {
    let by_whom = if cause == Cause::Aborted { PAGE_ABORTED } else { TOOK_OVER };
    refused(ceremony, cause, &concat(&[&describe(exception), by_whom]))
}

/// Whether an immediate prompt had nothing to offer, or the user closed it: browsers do not say which.
fn is_nothing_at_hand(request: &Request<JsValue>, exception: &JsValue) -> bool {
    request.settings.mediation == Mediation::Immediate
        && exception.get("name").and_then(|name| name.as_string()).as_deref() == Some("NotAllowedError")
}

fn unsupported(cause: Cause, reason: &str) -> Failure {
    Failure { kind: FailureKind::Support, cause, message: concat(&[reason]) }
}

fn unsupported_reason(ceremony: Ceremony) -> Option<(Cause, &'static str)> {
    let (method, feature) = match ceremony {
        Ceremony::Authentication => ("get", "publickey-credentials-get"),
        Ceremony::Registration => ("create", "publickey-credentials-create"),
    };
    let is_function = |value: Result<JsValue, JsValue>| value.is_ok_and(|value| value.is_function());
    if global("isSecureContext").is_ok_and(|is_secure| is_secure.is_falsy()) {
        Some((Cause::InsecureContext, INSECURE))
    } else if !(is_function(global("PublicKeyCredential"))
        && is_function(container().and_then(|container| read(&container, method))))
    {
        Some((Cause::NoWebAuthn, NO_WEBAUTHN))
    } else if is_forbidden(feature).unwrap_or(false) {
        Some((Cause::PolicyForbids, FORBIDDEN))
    } else {
        None
    }
}

fn container() -> Result<JsValue, JsValue> {
    read(&global("navigator")?, "credentials")
}

/// Whether a Permissions Policy forbids WebAuthn in this frame, in browsers that expose the policy.
fn is_forbidden(feature: &'static str) -> Result<bool, JsValue> {
    let (policy, feature) = (read(&global("document")?, "featurePolicy")?, js_string(feature));
    if policy.is_absent() || call_method(&policy, "allowsFeature", &[feature])?.as_bool() != Some(false) {
        return Ok(false);
    }
    // A feature that the browser does not know is not allowed either.
    let known = call_method(&policy, "features", &[])?;
    Ok(call_method(&known, "includes", &[feature])?.as_bool() == Some(true))
}

/// In milliseconds; 0 means no limit, because autofill waits for the user.
fn time_limit(request: &Request<JsValue>) -> f64 {
    if request.settings.mediation == Mediation::Conditional && request.ceremony == Ceremony::Authentication {
        return 0.0;
    }
    match request.public_key.get("timeout").and_then(|timeout| timeout.as_f64()) {
        Some(timeout) => (timeout + PROMPT_GRACE).min(LONGEST_TIMER),
        None => PROMPT_LIMIT,
    }
}

/// The credential; `None` if the browser does not support the mediation.
async fn credential(request: &Request<JsValue>, deadline: &Deadline, call: &Call) -> Result<Option<JsValue>, JsValue> {
    // Not web-sys' types, which inherit from `Object.prototype`, to which the page may have added properties.
    let mut options = JsValue::new_record();
    let (name, value) = match request.settings.mediation {
        Mediation::Optional => ("", ""),
        Mediation::Conditional => ("mediation", "conditional"),
        Mediation::Immediate => ("uiMode", "immediate"),
    };
    if !name.is_empty() {
        if !is_available(request, deadline).await? {
            return Ok(None);
        }
        options.set(name, js_string(value));
    }
    call.step(Step::Prompting, "");
    options.set("publicKey", &request.public_key);
    options.set("signal", &deadline.signal());
    let container: CredentialsContainer = container()?.unchecked_into();
    let promise: Promise = match request.ceremony {
        // The page ended it in the meantime. The browser may have been replaced by a wrapper that ignores aborted signals.
        _ if deadline.is_aborted() => JsValue::UNDEFINED.unchecked_into(),
        Ceremony::Authentication => container.get_with_options(options.unchecked_ref())?.unchecked_into(),
        Ceremony::Registration => container.create_with_options(options.unchecked_ref())?.unchecked_into(),
    };
    let settled = deadline.until(&promise);
    injection::point("first-poll", &request.settings);
    settled.await.map(Some)
}

/// Whether the browser supports the mediation.
async fn is_available(request: &Request<JsValue>, deadline: &Deadline) -> Result<bool, JsValue> {
    match (request.settings.mediation, request.ceremony) {
        (Mediation::Immediate, _) => has_capability("immediateGet", deadline).await,
        (_, Ceremony::Registration) => has_capability("conditionalCreate", deadline).await,
        (_, Ceremony::Authentication) => is_autofill_available(deadline).await,
    }
}

/// Asks only if the browser has not said so while the module was loading: what is awaited before the prompt may cost the page
/// its right to open one.
async fn has_capability(name: &'static str, deadline: &Deadline) -> Result<bool, JsValue> {
    let has = |capabilities: JsValue| capabilities.get(name).is_some_and(|has| has.as_bool() == Some(true));
    Ok(has(get_capabilities()) || has(deadline.until(&ask_capabilities()?).await?))
}

async fn is_autofill_available(deadline: &Deadline) -> Result<bool, JsValue> {
    let (class, method) = (global("PublicKeyCredential")?, "isConditionalMediationAvailable");
    if read(&class, method)?.is_absent() {
        return Ok(false);
    }
    let promise: Promise = call_method(&class, method, &[])?.unchecked_into();
    let question = create_question(&deadline.signal())?;
    let reply = question.until(&promise).await;
    let is_late = question.is_aborted();
    let _ = question.close();
    match reply {
        // Autofill waits without a limit, so this cannot.
        Err(_) if is_late && !deadline.is_aborted() => Ok(false),
        reply => Ok(reply?.as_bool() == Some(true)),
    }
}
