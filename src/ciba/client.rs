//! One `CIBAClient`: its options, what it remembers of each email, and the calls that a cancel ends.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::end::End;
use super::failure::Failure;
use super::log::Entry;
use super::placement::problem;
use super::requests::Requests;
use super::totp::CodeAttempts;
use super::wire::Wire;
use crate::options::value::Value;
use crate::page::{Deadline, call_method, notify, to_object};
use crate::place::Place;

// js/ciba-options.js imports it: wasm-bindgen brings only the files that Rust names.
#[wasm_bindgen(module = "/js/messages.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = A_STRING)]
    static MESSAGES: JsValue;
}

#[wasm_bindgen(module = "/js/ciba-options.js")]
extern "C" {
    /// Validates the options of a client. It is JavaScript's, because the constructor throws before any module has loaded.
    #[wasm_bindgen(catch, js_name = readOptions)]
    fn read_options(options: &JsValue) -> Result<JsValue, JsValue>;
}

/// The email of a call. Both forms are empty if the page passed no string.
pub struct Email {
    /// As it is sent: AuthSec refuses some that have blanks around them, as pasted ones do.
    pub text: String,
    /// By which a client remembers: AuthSec compares emails in lower case.
    pub key: String,
}

impl Email {
    /// What the page passed as an email.
    pub fn read(email: &JsValue) -> Self {
        let trimmed = if email.is_string() { convert(email, "trim") } else { JsValue::from_str("") };
        let string = |text: &JsValue| text.as_string().unwrap_or_default();
        Email { key: string(&convert(&trimmed, "toLowerCase")), text: string(&trimmed) }
    }
}

/// Unchanged where the page broke that method.
fn convert(text: &JsValue, method: &'static str) -> JsValue {
    call_method(text, method, &[]).ok().filter(|converted| converted.is_string()).unwrap_or_else(|| text.clone())
}

/// A client. No borrow lasts while JavaScript runs, which may call another method.
pub struct Client {
    /// Where requests go.
    pub wire: Wire<JsValue>,
    /// Why nothing may be sent, if so.
    pub problem: Option<Failure>,
    /// Where it runs.
    pub place: Place,
    /// On a server, the function that proves who the client is: js/ciba-credentials.js.
    pub authenticate: Option<JsValue>,
    /// What the page adds to the headers of each request.
    pub headers: JsValue,
    /// How long one request may take, in milliseconds.
    pub request_timeout: f64,
    /// The TOTP codes of each email.
    pub code_attempts: RefCell<CodeAttempts>,
    /// The requests that were started here.
    pub requests: RefCell<Requests>,
    logger: Option<JsValue>,
    on_end: Option<JsValue>,
    /// The calls that a cancel ends, with their emails.
    running: RefCell<Vec<(String, Deadline)>>,
}

impl Client {
    /// A client with these options.
    ///
    /// # Errors
    ///
    /// `TypeError` for an option that is invalid.
    pub fn new(options: &JsValue) -> Result<Self, JsValue> {
        let options = read_options(options)?;
        Ok(Client {
            wire: Wire::new(&options),
            problem: problem(&options),
            place: Place::read(&options),
            authenticate: options.get("authenticate").filter(|authenticate| !authenticate.is_absent()),
            headers: options.get("headers").unwrap_or_default(),
            request_timeout: options.get("requestTimeout").and_then(|ms| ms.as_number()).unwrap_or_default(),
            code_attempts: RefCell::default(),
            requests: RefCell::default(),
            logger: options.get("logger").filter(|logger| !logger.is_absent()),
            on_end: options.get("onEnd").filter(|on_end| !on_end.is_absent()),
            running: RefCell::default(),
        })
    }

    /// Enters a call that a cancel of this email ends.
    pub fn enter(&self, email: &str, deadline: &Deadline) {
        self.running.borrow_mut().push((email.into(), deadline.clone()));
    }

    /// Removes a call that is over.
    pub fn leave(&self, deadline: &Deadline) {
        self.running.borrow_mut().retain(|(_, of)| of != deadline);
    }

    /// `cancelApproval`.
    pub fn cancel(&self, email: &str) {
        self.code_attempts.borrow_mut().reset(email);
        self.requests.borrow_mut().cancel(email);
        self.end(email, None);
    }

    /// Ends the calls of this email, except one.
    pub fn end(&self, email: &str, except: Option<&Deadline>) {
        let mut ended = Vec::new();
        for (of, deadline) in &*self.running.borrow() {
            if of == email && Some(deadline) != except {
                ended.push(deadline.clone());
            }
        }
        for deadline in ended {
            let _ = deadline.abort();
        }
    }

    /// Reports the end of a call to the page, if it wants to know.
    pub fn report(&self, end: &End<'_>) {
        if let Some(on_end) = &self.on_end {
            notify(Some(on_end.clone()), &to_object(&end.record()));
        }
    }

    /// Writes to the page's logger, whose methods may be absent, or throw.
    pub fn log(&self, email: &str, entry: Entry) {
        if let Some(logger) = &self.logger {
            let (level, text) = entry.line(email);
            let _ = call_method(logger, level, &[&JsValue::from_str(&text)]);
        }
    }
}
