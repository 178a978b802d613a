//! Both ceremonies, told once: check the arguments, the settings and the browser, prompt, finalize.
//!
//! A call is a state machine: each step tells for which promise it waits, and one loop awaits them all.

use std::cell::RefCell;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::arguments;
use crate::cloud::{Step, Transaction};
use crate::host::{self, Call};
use crate::injection;
use crate::prompt;
use crate::recovery::Recovery;
use crate::result::{Failure, Fault, Outcome, Report};

/// Runs a call, whatever happens to its result object.
///
/// Everything up to the prompt happens before this returns: Safari ties the prompt to the click.
pub fn run(call: Call) {
    let started = start(&call);
    Task::begin(call, started);
}

/// Asks what became of a ceremony whose instance crashed after the person had consented.
pub fn recover(call: Call) {
    let mut transaction = Transaction::new(Fault::Unknown, Recovery::of_interrupted("The module crashed"));
    let started = transaction.begin(&call).map(|step| (Stage::Transaction(transaction), step));
    Task::begin(call, started);
}

/// Whom a call waits for.
enum Stage {
    /// The browser, to say whether it is able to.
    Ability,
    /// The person.
    Prompt,
    /// The cloud.
    Transaction(Transaction),
}

fn start(call: &Call) -> Result<(Stage, Step), Failure> {
    // In the order of docs/contract.md, section A1, so that a developer sees the same code in every browser.
    let arguments = arguments::check(call.ceremony, call.facts())?;
    injection::point("start", &call.object);
    let promise = prompt::open(call, &arguments)?;
    Ok((if arguments.conditional { Stage::Ability } else { Stage::Prompt }, Step::Wait(promise)))
}

fn next(call: &Call, stage: &mut Stage, settled: Result<JsValue, JsValue>) -> Result<Step, Failure> {
    if let Stage::Transaction(transaction) = stage {
        return transaction.next(call, settled);
    }
    if let Some(promise) = prompt::next(call, matches!(stage, Stage::Ability), settled)? {
        *stage = Stage::Prompt;
        return Ok(Step::Wait(promise));
    }
    call.tell(host::Progress::Finalizing);
    injection::point("later-poll", &call.object);
    let mut transaction = Transaction::new(Fault::Finalization, Recovery::new());
    let step = transaction.send(call);
    *stage = Stage::Transaction(transaction);
    step
}

/// A call that waits, and is polled by what it waits for. An executor, with its queue, would take 2,000 bytes (brotli).
struct Task {
    call: Call,
    waiting: RefCell<(Stage, JsFuture)>,
}

// SAFETY: the target has no threads.
unsafe impl Send for Task {}
unsafe impl Sync for Task {}

impl Task {
    fn begin(call: Call, started: Result<(Stage, Step), Failure>) {
        let outcome = match started {
            Ok((stage, Step::Wait(promise))) => {
                injection::point("first-poll", &call.object);
                let waiting = RefCell::new((stage, JsFuture::from(promise)));
                return Arc::new(Task { call, waiting }).wake();
            }
            Ok((_, Step::Accepted(token))) => Ok(token),
            Err(failure) => Err(failure),
        };
        finish(&call, outcome);
    }
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        let waker = Waker::from(self.clone());
        let (stage, future) = &mut *self.waiting.borrow_mut();
        while let Poll::Ready(settled) = Pin::new(&mut *future).poll(&mut Context::from_waker(&waker)) {
            let outcome = match next(&self.call, stage, settled) {
                Ok(Step::Wait(promise)) => {
                    *future = JsFuture::from(promise);
                    continue;
                }
                Ok(Step::Accepted(token)) => Ok(token),
                Err(failure) => Err(failure),
            };
            return finish(&self.call, outcome);
        }
    }
}

fn finish(call: &Call, outcome: Outcome) {
    let report = Report { ceremony: call.ceremony, outcome };
    host::finish(&call.object, &report.serialize(&serde_wasm_bindgen::Serializer::new()).unwrap_or_default());
}
