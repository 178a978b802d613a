//! Both ceremonies, told once: check the arguments, the settings and the browser, prompt, finalize.

use js_sys::Promise;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::{AbortController, CredentialsContainer};

use crate::cloud::Transaction;
use crate::credential::{self, Credential};
use crate::exception::describe;
use crate::host;
use crate::http::{UntilAborted, until_aborted};
use crate::injection;
use crate::options::{self, Value};
use crate::recovery::Recovery;
use crate::result::{Ceremony, Failure, Fault, Outcome, ResultObject};
use crate::settings::Settings;
use crate::text::{concat, quote};

/// Runs a ceremony. The promise fulfils with the result object, whatever happens.
///
/// Everything up to the prompt happens before this returns: Safari ties the prompt to the click.
pub fn run(ceremony: Ceremony, argument: &JsValue, settings: &JsValue) -> Promise {
    let call = Call::check(ceremony, argument, settings);
    let task = call.and_then(|call| {
        let prompt = call.prompt()?;
        Ok(Task::Finish(call, prompt))
    });
    fulfil(ceremony, task)
}

/// Asks what became of a ceremony whose instance crashed after the person had consented.
pub fn recover(ceremony: Ceremony, argument: &JsValue, settings: &JsValue) -> Promise {
    let status_token = argument.text_member("statusToken").unwrap_or_default();
    fulfil(ceremony, Settings::read(settings).map(|settings| Task::Recover(settings, status_token)))
}

/// What is left to do once a function of the module returns.
enum Task {
    Finish(Call, Prompt),
    Recover(Settings, String),
}

// One future for both: each kind brings its own copy of the machinery along.
fn fulfil(ceremony: Ceremony, task: Result<Task, Failure>) -> Promise {
    future_to_promise(async move {
        let outcome = match task {
            Ok(Task::Finish(call, prompt)) => call.finish(prompt).await,
            Ok(Task::Recover(settings, status_token)) => transaction(ceremony, &settings, &status_token)
                .settle(Recovery::of_interrupted("The module crashed"), None, &|| ())
                .await
                .map_err(|message| Failure::new(Fault::Unknown, message)),
            Err(failure) => Err(failure),
        };
        let serializer = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
        ResultObject { ceremony, outcome }.serialize(&serializer).map_err(JsValue::from)
    })
}

fn transaction<'a>(ceremony: Ceremony, settings: &'a Settings, status_token: &'a str) -> Transaction<'a> {
    Transaction { ceremony, base: &settings.base, status_token, timeout: settings.finalize_timeout }
}

/// A call whose arguments and settings are valid, in a browser that has WebAuthn.
struct Call {
    ceremony: Ceremony,
    public_key: JsValue,
    user_id: Option<String>,
    status_token: String,
    authenticator_name: Option<String>,
    settings: Settings,
    container: CredentialsContainer,
}

/// The prompt that is open, or about to be.
struct Prompt {
    controller: AbortController,
    /// The credential; with `conditional` whether the browser can do that.
    answer: UntilAborted,
}

/// How long a prompt without a `timeout` may stay open, in milliseconds.
const PROMPT_LIMIT: f64 = 300_000.0;
/// How long after its `timeout` a prompt is ended that the browser doesn't end, in milliseconds.
const PROMPT_GRACE: f64 = 30_000.0;

impl Call {
    // The order of the contract, so that a developer sees the same code in every browser.
    fn check(ceremony: Ceremony, argument: &JsValue, settings: &JsValue) -> Result<Self, Failure> {
        let public_key = options::read(ceremony, argument)?;
        let missing = |fault, name: &str| {
            Failure::new(
                fault,
                concat(&[name, " is missing: pass it on from the response that started the transaction"]),
            )
        };
        let user_id = argument.text_member("userId");
        let authentication = ceremony == Ceremony::Authentication;
        if authentication && user_id.is_none() && !allows_no_user(settings) {
            return Err(missing(Fault::UserId, "userId"));
        }
        let status_token =
            argument.text_member("statusToken").ok_or_else(|| missing(Fault::StatusToken, "statusToken"))?;
        let settings = Settings::read(settings)?;
        injection::point("start", &settings);
        let container = credential::container(ceremony).map_err(|reason| Failure::new(Fault::Support, reason))?;
        Ok(Call {
            ceremony,
            public_key,
            user_id,
            status_token,
            authenticator_name: argument.text_member("authenticatorName"),
            settings,
            container,
        })
    }

    /// Takes over from whatever prompt is open, and opens this one, unless the browser has to be asked first whether it
    /// can do so.
    fn prompt(&self) -> Result<Prompt, Failure> {
        let autofill = self.settings.conditional && self.ceremony == Ceremony::Authentication;
        let limit = match self.public_key.member("timeout").and_then(|timeout| timeout.as_f64()) {
            _ if autofill => 0.0,
            Some(timeout) => (timeout + PROMPT_GRACE).min(f64::from(i32::MAX)),
            None => PROMPT_LIMIT,
        };
        let open = || {
            let controller = host::limit(limit, &self.settings.signal())?;
            if !host::take_over(&controller) {
                return Err(controller.signal().member("reason").unwrap_or_default());
            }
            let promise = match self.settings.conditional {
                true => host::has_conditional(self.ceremony == Ceremony::Registration),
                false => self.ask(&controller)?,
            };
            let answer = until_aborted(&promise, &controller);
            Ok(Prompt { controller, answer })
        };
        open().map_err(|exception| self.refused(&describe(&exception)))
    }

    fn ask(&self, controller: &AbortController) -> Result<Promise, JsValue> {
        self.settings.progress("prompting");
        credential::ask(
            &self.container,
            self.ceremony,
            &self.public_key,
            &controller.signal(),
            self.settings.conditional,
        )
        .inspect_err(|_| controller.abort())
    }

    async fn credential(&self, answer: UntilAborted, controller: &AbortController) -> Result<JsValue, Failure> {
        let refused = |exception: JsValue| self.refused(&describe(&exception));
        let answer = answer.await.map_err(refused)?;
        if !self.settings.conditional {
            return Ok(answer);
        }
        if answer.as_bool() != Some(true) {
            let reason = "This browser has no mediation \"conditional\" for this ceremony.";
            return Err(Failure::new(Fault::Support, reason));
        }
        let promise = self.ask(controller).map_err(refused)?;
        until_aborted(&promise, controller).await.map_err(refused)
    }

    async fn finish(self, prompt: Prompt) -> Outcome {
        injection::point("first-poll", &self.settings);
        let credential = self.credential(prompt.answer, &prompt.controller).await;
        prompt.controller.abort();
        let credential = credential?;
        let body = self.body(&credential)?;
        self.settings.extension_results(|| credential::extension_results(&credential));
        self.settings.progress("finalizing");
        injection::point("later-poll", &self.settings);
        transaction(self.ceremony, &self.settings, &self.status_token)
            .settle(Recovery::new(), Some(&body), &|| self.settings.progress("recovering"))
            .await
            .map_err(|message| Failure::new(Fault::Finalization, message))
    }

    fn refused(&self, reason: &str) -> Failure {
        Failure::new(Fault::Prompt, concat(&[self.ceremony.refusal_prefix(), reason]))
    }

    /// The body of the finalization: contract section 4.
    fn body(&self, credential: &JsValue) -> Result<String, Failure> {
        let mut credential = Credential::read(self.ceremony, credential)
            .map_err(|member| self.refused(&concat(&["DataError: the credential has no ", member])))?;
        if self.ceremony == Ceremony::Authentication && !credential.has_user_handle() {
            match &self.user_id {
                Some(user_id) => credential.set_user_handle(user_id),
                None => {
                    return Err(self.refused("DataError: the authenticator returned no user handle"));
                }
            }
        }
        let user_agent = js_sys::global().member("navigator").and_then(|navigator| navigator.text_member("userAgent"));
        let mut body = String::from("{\"type\":\"public-key\",\"id\":");
        quote(&mut body, &credential.id);
        let mut separator = ",\"response\":{\"";
        for (name, value) in &credential.response {
            body.push_str(separator);
            body.push_str(name);
            body.push_str("\":");
            quote(&mut body, value);
            separator = ",\"";
        }
        body.push_str("},\"statusToken\":");
        quote(&mut body, &self.status_token);
        if let Some(name) = &self.authenticator_name {
            body.push_str(",\"userFriendlyName\":");
            quote(&mut body, name);
        }
        body.push_str(",\"userAgent\":");
        quote(&mut body, user_agent.as_deref().unwrap_or_default());
        body.push('}');
        Ok(body)
    }
}

/// Autofill and a sign-in button without a name: the cloud gives no `userId` for these.
fn allows_no_user(settings: &JsValue) -> bool {
    let conditional = settings.member("mediation").and_then(|value| value.text());
    let usernameless = settings.member("usernameless").and_then(|value| value.as_bool());
    conditional.as_deref() == Some("conditional") || usernameless == Some(true)
}
