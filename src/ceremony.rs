//! Both ceremonies: validate, prompt, finalize.

use js_sys::Promise;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::cloud::Transaction;
use crate::executor::spawn;
use crate::options::js::js_string;
use crate::options::{Request, Settings};
use crate::page::{Call, create_call, finish, notify};
use crate::result::{Ceremony, Outcome, ResultParts};
use crate::stage::Stage;
use crate::{credential, injection, prompt};

/// Runs a ceremony. Everything up to the prompt happens before this returns: Safari ties the prompt to the click.
pub fn run(ceremony: Ceremony, argument: JsValue, settings: JsValue, call: JsValue) -> Promise {
    let call = call_or_new(call);
    let promise = call.promise();
    spawn(async move {
        let outcome = perform(ceremony, &argument, &settings, &call).await;
        resolve(ceremony, outcome, &call);
    });
    promise
}

/// Queries the outcome of a transaction that the user has consented to.
pub fn recover(ceremony: Ceremony, status_token: JsValue, settings: JsValue) -> Promise {
    let call = create_call();
    let promise = call.promise();
    spawn(async move {
        let outcome = find_outcome(ceremony, &status_token, &settings).await;
        resolve(ceremony, outcome, &call);
    });
    promise
}

async fn perform(ceremony: Ceremony, argument: &JsValue, settings: &JsValue, call: &Call) -> Outcome {
    let request = Request::read(ceremony, argument, settings)?;
    injection::point("start", &request.settings);
    let credential = prompt::ask(&request, call).await?;
    let body = credential::build_body(&request, &credential)?;
    call.set_status_token(&request.status_token);
    request.settings.report(Stage::Finalizing);
    injection::point("later-poll", &request.settings);
    let Request { status_token, settings, .. } = &request;
    Transaction { ceremony, status_token, settings }.finalize(&body).await
}

async fn find_outcome(ceremony: Ceremony, status_token: &JsValue, settings: &JsValue) -> Outcome {
    let settings = &Settings::read_for_outcome(settings)?;
    Transaction { ceremony, status_token, settings }.recover().await
}

fn call_or_new(call: JsValue) -> Call {
    if call.is_undefined() { create_call() } else { call.unchecked_into() }
}

fn resolve(ceremony: Ceremony, outcome: Outcome, call: &Call) {
    let parts = ResultParts { ceremony, outcome }.serialize(&serde_wasm_bindgen::Serializer::new());
    finish(call, &parts.unwrap_or_default());
}

impl Settings<JsValue> {
    /// Calls `onProgress`, if the page has one.
    pub fn report(&self, stage: Stage) {
        notify(self.get("onProgress"), js_string(stage.name()));
    }
}
