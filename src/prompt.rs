//! The prompt: opened through `navigator.credentials`, ended with its call, and its answer taken for the cloud.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use crate::arguments::Arguments;
use crate::host::{self, Call, Progress};
use crate::result::{Ceremony, Failure, Fault};
use crate::text::concat;

/// How long a prompt without a `timeout` may stay open, in milliseconds.
const PROMPT_LIMIT: f64 = 300_000.0;
/// How long after its `timeout` a prompt is ended that the browser doesn't end, in milliseconds.
const PROMPT_GRACE: f64 = 30_000.0;

/// What stands in the way, by the numbers of `obstacle` in `js/call.js`; the first is what `ability` there finds.
const OBSTACLES: [&str; 4] = [
    "This browser has no mediation \"conditional\" for this ceremony.",
    "This page is no secure context: serve it by https.",
    "This browser has no PublicKeyCredential.",
    "A Permissions Policy forbids WebAuthn here: allow publickey-credentials-get and publickey-credentials-create.",
];

fn unsupported(obstacle: u32) -> Failure {
    Failure { fault: Fault::Support, message: concat(&[OBSTACLES[obstacle as usize % OBSTACLES.len()]]) }
}

fn refused(ceremony: Ceremony, reason: &str) -> Failure {
    Failure { fault: Fault::Prompt, message: concat(&[ceremony.refusal_prefix(), reason]) }
}

/// Takes over from whatever prompt is open, and opens this one, unless the browser has to be asked first whether it can
/// do so.
///
/// # Errors
///
/// [`Fault::Support`] or [`Fault::Prompt`].
pub fn open(call: &Call, arguments: &Arguments) -> Result<Promise, Failure> {
    match host::obstacle(&call.object) {
        0 => {}
        obstacle => return Err(unsupported(obstacle)),
    }
    let limit = match arguments.timeout {
        _ if arguments.conditional && call.ceremony == Ceremony::Authentication => 0.0,
        Some(timeout) => (timeout + PROMPT_GRACE).min(f64::from(i32::MAX)),
        None => PROMPT_LIMIT,
    };
    host::open(&call.object, limit).map_err(|exception| refused(call.ceremony, &host::describe(&exception)))?;
    if arguments.conditional { Ok(host::ability(&call.object)) } else { ask(call) }
}

fn ask(call: &Call) -> Result<Promise, Failure> {
    call.tell(Progress::Prompting);
    let (container, request) = (host::container(), host::request_of(&call.object));
    let promise = match call.ceremony {
        Ceremony::Authentication => container.get_with_options(request.unchecked_ref()),
        Ceremony::Registration => container.create_with_options(request.unchecked_ref()),
    };
    let promise = promise.map_err(|exception| ended(call, &exception))?;
    Ok(host::until_end(&call.object, &promise))
}

fn ended(call: &Call, exception: &JsValue) -> Failure {
    host::close(&call.object);
    refused(call.ceremony, &host::describe(exception))
}

/// What comes after what was waited for: the browser's ability, if it was asked for that, or else its answer, of which the
/// body of the finalization is made. `None`: the prompt is over.
///
/// # Errors
///
/// [`Fault::Support`] or [`Fault::Prompt`].
pub fn next(call: &Call, was_ability: bool, settled: Result<JsValue, JsValue>) -> Result<Option<Promise>, Failure> {
    let settled = settled.map_err(|exception| ended(call, &exception))?;
    if was_ability && host::is_able(&settled) {
        return ask(call).map(Some);
    }
    host::close(&call.object);
    if was_ability {
        return Err(unsupported(0));
    }
    let reason = match host::take(&call.object, &settled).as_deref() {
        None => return Ok(None),
        Some("userHandle") => concat(&["DataError: the authenticator returned no user handle"]),
        Some(name) => concat(&["DataError: the credential has no ", name]),
    };
    Err(refused(call.ceremony, &reason))
}
