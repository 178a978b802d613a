//! Both ceremonies, told once: check the arguments, the settings and the browser, prompt, finalize.
//!
//! A call is a state machine: each step tells for which promise it waits, and one loop awaits them all.

use js_sys::Promise;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use crate::cloud::Transaction;
use crate::host;
use crate::injection;
use crate::options;
use crate::prompt::Prompt;
use crate::recovery::Recovery;
use crate::request::Request;
use crate::result::{Ceremony, Failure, Fault, Outcome, Report};

/// Runs a ceremony. The promise fulfils with the result object, whatever happens.
///
/// Everything up to the prompt happens before this returns: Safari ties the prompt to the click.
pub fn run(ceremony: Ceremony, argument: &JsValue, settings: &JsValue) -> Promise {
    fulfil(ceremony, Call::start(ceremony, argument, settings))
}

/// Asks what became of a ceremony whose instance crashed after the person had consented.
pub fn recover(ceremony: Ceremony, argument: &JsValue, settings: &JsValue) -> Promise {
    fulfil(ceremony, Call::resume(ceremony, argument, settings))
}

/// What a call does next.
pub enum Step {
    /// It goes on once this is settled.
    Wait(Promise),
    /// It is over: the transaction token.
    Accepted(String),
}

// One future for both, with one point where it waits: each brings its own copy of the machinery along.
fn fulfil(ceremony: Ceremony, started: Result<(Box<Call>, Step), Failure>) -> Promise {
    future_to_promise(async move {
        let outcome = match started {
            Ok((mut call, mut step)) => {
                injection::point("first-poll", &call.request.settings);
                loop {
                    let next = match step {
                        Step::Wait(promise) => call.next(JsFuture::from(promise).await),
                        Step::Accepted(token) => break Ok(token),
                    };
                    match next {
                        Ok(next) => step = next,
                        Err(failure) => break Err(failure),
                    }
                }
            }
            Err(failure) => Err(failure),
        };
        object(ceremony, outcome)
    })
}

fn object(ceremony: Ceremony, outcome: Outcome) -> Result<JsValue, JsValue> {
    let report = Report { ceremony, outcome }.serialize(&serde_wasm_bindgen::Serializer::new())?;
    Ok(host::result_object(&report))
}

struct Call {
    request: Request,
    /// While there is one.
    prompt: Option<Prompt>,
    transaction: Transaction,
}

impl Call {
    // The order of the contract, so that a developer sees the same code in every browser.
    fn start(ceremony: Ceremony, argument: &JsValue, settings: &JsValue) -> Result<(Box<Self>, Step), Failure> {
        let public_key = options::read(ceremony, argument)?;
        let request = Request::read(ceremony, argument, settings)?;
        injection::point("start", &request.settings);
        let (prompt, promise) = Prompt::open(&request, public_key)?;
        let transaction = Transaction::new(Fault::Finalization, Recovery::new());
        Ok((Box::new(Call { request, prompt: Some(prompt), transaction }), Step::Wait(promise)))
    }

    fn resume(ceremony: Ceremony, argument: &JsValue, settings: &JsValue) -> Result<(Box<Self>, Step), Failure> {
        let request = Request::read(ceremony, argument, settings)?;
        let mut transaction = Transaction::new(Fault::Unknown, Recovery::of_interrupted("The module crashed"));
        let step = transaction.begin(&request)?;
        Ok((Box::new(Call { request, prompt: None, transaction }), step))
    }

    fn next(&mut self, settled: Result<JsValue, JsValue>) -> Result<Step, Failure> {
        let Some(prompt) = &mut self.prompt else {
            return self.transaction.next(&self.request, settled);
        };
        if let Some(promise) = prompt.next(&self.request, &settled) {
            return Ok(Step::Wait(promise));
        }
        let body = prompt.body(&self.request, settled)?;
        self.prompt = None;
        self.request.settings.progress("finalizing");
        injection::point("later-poll", &self.request.settings);
        self.transaction.send(&self.request, body)
    }
}
