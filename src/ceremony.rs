//! The calls: validate, prompt, finalize; or ask for the outcome.

use js_sys::Promise;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::cloud::Transaction;
use crate::executor::spawn;
use crate::options::{OutcomeRequest, Request, ceremony_of};
use crate::page::{Call, create_call, finish};
use crate::result::{Ceremony, Outcome, ResultParts};
use crate::step::Step;
use crate::{injection, prompt, signals, signed};

/// The function that the page called.
#[derive(Clone, Copy)]
pub enum Function {
    /// `authenticate` or `register`.
    Perform(Ceremony),
    /// `outcome`.
    Ask,
}

/// Starts a call. Everything up to the prompt happens before this returns: Safari ties the prompt to the click.
pub fn start(function: Function, argument: JsValue, settings: JsValue, call: JsValue) -> Promise {
    // `None` is an invalid one, whose failure has the codes of an authentication.
    let (name, stated) = match function {
        Function::Perform(ceremony @ Ceremony::Authentication) => ("authenticate", Some(ceremony)),
        Function::Perform(ceremony @ Ceremony::Registration) => ("register", Some(ceremony)),
        Function::Ask => ("outcome", ceremony_of(&argument)),
    };
    let ceremony = stated.unwrap_or(Ceremony::Authentication);
    let call: Call = match call.is_undefined() {
        true => create_call(name, ceremony == Ceremony::Registration, &settings),
        false => call.unchecked_into(),
    };
    let promise = call.promise();
    spawn(async move {
        let outcome = match function {
            Function::Perform(_) => perform(ceremony, &argument, &settings, &call).await,
            Function::Ask => ask(stated, &argument, &settings, &call).await,
        };
        let parts = ResultParts { ceremony, outcome }.serialize(&serde_wasm_bindgen::Serializer::new());
        finish(&call, &parts.unwrap_or_default());
    });
    promise
}

async fn perform(ceremony: Ceremony, argument: &JsValue, settings: &JsValue, call: &Call) -> Outcome {
    let request = Request::read(ceremony, argument, settings)?;
    injection::point("start", &request.settings);
    let credential = prompt::ask(&request, call).await?;
    let signed = signed::read(&request, &credential)?;
    call.set_credential_id(&JsValue::from_str(&signed.credential_id));
    call.set_status_token(&recoverable_token(&request));
    call.step(Step::Finalizing, "");
    injection::point("later-poll", &request.settings);
    let Request { status_token, settings, .. } = &request;
    let (outcome, refusal) = Transaction { ceremony, status_token, settings, call }.finalize(&signed).await;
    signals::after(&request, &signed, &outcome, refusal, call);
    outcome
}

/// The status token by which a crash can be recovered. `true` if there is none, because the user has consented.
fn recoverable_token(request: &Request<JsValue>) -> JsValue {
    let settings = &request.settings;
    let is_known = !request.status_token.is_undefined();
    if is_known && (!settings.has_own_server() || settings.get("status").is_some()) {
        return request.status_token.clone();
    }
    JsValue::TRUE
}

async fn ask(ceremony: Option<Ceremony>, transaction: &JsValue, settings: &JsValue, call: &Call) -> Outcome {
    let OutcomeRequest { ceremony, status_token, settings } = &OutcomeRequest::read(ceremony, transaction, settings)?;
    Transaction { ceremony: *ceremony, status_token, settings, call }.ask().await
}
