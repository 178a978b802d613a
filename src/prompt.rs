//! The prompt: opened through `navigator.credentials`, ended with its call, and its answer made the body for the cloud.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, CredentialsContainer};

use crate::credential;
use crate::exception::describe;
use crate::host;
use crate::options::Value;
use crate::request::Request;
use crate::result::{Ceremony, Failure, Fault};
use crate::text::concat;

/// The prompt that is open, or about to be.
pub struct Prompt {
    container: CredentialsContainer,
    public_key: JsValue,
    controller: AbortController,
    /// With `mediation: "conditional"`, the browser is first asked whether it can do that.
    asks_ability: bool,
}

/// How long a prompt without a `timeout` may stay open, in milliseconds.
const PROMPT_LIMIT: f64 = 300_000.0;
/// How long after its `timeout` a prompt is ended that the browser doesn't end, in milliseconds.
const PROMPT_GRACE: f64 = 30_000.0;

/// Why there is no `navigator.credentials`, by the numbers of `js/host.js`.
const REASONS: [&str; 3] = [
    "This page is no secure context: serve it by https.",
    "This browser has no PublicKeyCredential.",
    "A Permissions Policy forbids WebAuthn here: allow publickey-credentials-get and publickey-credentials-create.",
];

impl Prompt {
    /// Takes over from whatever prompt is open, and opens this one, unless the browser has to be asked first whether it
    /// can do so.
    ///
    /// # Errors
    ///
    /// [`Fault::Support`] or [`Fault::Prompt`].
    pub fn open(request: &Request, public_key: JsValue) -> Result<(Self, Promise), Failure> {
        let register = request.ceremony == Ceremony::Registration;
        let container = host::container(register).unwrap_or_else(|_| 1.into());
        if let Some(reason) = container.as_f64() {
            return Err(Failure::new(Fault::Support, REASONS[reason as usize % REASONS.len()]));
        }
        let conditional = request.settings.conditional;
        let limit = match public_key.member("timeout").and_then(|timeout| timeout.as_f64()) {
            _ if conditional && !register => 0.0,
            Some(timeout) => (timeout + PROMPT_GRACE).min(f64::from(i32::MAX)),
            None => PROMPT_LIMIT,
        };
        let controller = host::take_over(limit, &request.settings.signal())
            .map_err(|exception| refused(request, &describe(&exception)))?;
        let prompt =
            Prompt { container: container.unchecked_into(), public_key, controller, asks_ability: conditional };
        let promise = match conditional {
            true => host::until(&host::has_conditional(register), &prompt.controller),
            false => prompt.ask(request),
        };
        Ok((prompt, promise))
    }

    fn ask(&self, request: &Request) -> Promise {
        request.settings.progress("prompting");
        let options = JsValue::new_object();
        options.set("publicKey", &self.public_key);
        options.set("signal", &self.controller.signal());
        if request.settings.conditional {
            options.set("mediation", &JsValue::from_str("conditional"));
        }
        let promise = match request.ceremony {
            Ceremony::Authentication => self.container.get_with_options(options.unchecked_ref()),
            Ceremony::Registration => self.container.create_with_options(options.unchecked_ref()),
        };
        host::until(&promise.unwrap_or_else(|exception| Promise::reject(&exception)), &self.controller)
    }

    /// The next promise to wait for, if it isn't yet the prompt that was.
    pub fn next(&mut self, request: &Request, settled: &Result<JsValue, JsValue>) -> Option<Promise> {
        let able = self.asks_ability && settled.as_ref().is_ok_and(|able| able.as_bool() == Some(true));
        if able {
            self.asks_ability = false;
            return Some(self.ask(request));
        }
        None
    }

    /// The body of the finalization (contract section 4), from what the prompt settled to.
    ///
    /// # Errors
    ///
    /// [`Fault::Support`] or [`Fault::Prompt`].
    pub fn body(&self, request: &Request, settled: Result<JsValue, JsValue>) -> Result<String, Failure> {
        // Leaves no timer and no listener.
        self.controller.abort();
        let credential = settled.map_err(|exception| refused(request, &describe(&exception)))?;
        if self.asks_ability {
            let reason = "This browser has no mediation \"conditional\" for this ceremony.";
            return Err(Failure::new(Fault::Support, reason));
        }
        let body = credential::body(request, &credential)
            .map_err(|reason| refused(request, &concat(&["DataError: the ", &reason])))?;
        request.settings.extension_results(|| credential::extension_results(&credential));
        Ok(body)
    }
}

fn refused(request: &Request, reason: &str) -> Failure {
    Failure { fault: Fault::Prompt, message: concat(&[request.ceremony.refusal_prefix(), reason]) }
}
