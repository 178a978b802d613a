//! Reads and validates what the page passed, in the order of docs/contract.md, section A1.
//!
//! One validator, which follows the tables of [`schema`], reads both kinds of values: the browser's (`js`), and JSON in
//! native tests and fuzzing.

#[cfg(target_arch = "wasm32")]
pub mod js;
#[cfg(not(target_arch = "wasm32"))]
mod json;
mod mistakes;
pub mod path;
pub mod schema;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
pub mod validator;
pub mod value;

use self::path::Path;
use self::schema::{
    CREATION_MEDIATION, CREATION_SCHEMA, FINALIZE, Field, MEDIATION, OUTCOME_SCHEMA, REQUEST_SCHEMA, SETTINGS_SCHEMA,
    USERNAMELESS,
};
use self::validator::Validator;
use self::value::{Value, non_empty_string};
use crate::cause::Cause;
use crate::messages::{
    A_BASE_URL, A_CEREMONY, A_STATUS_TOKEN, A_USER_ID, AN_APPROVAL_TOKEN, AN_ENROLLMENT_TOKEN, AN_OBJECT, BUT,
    EMPTY_IF_IMMEDIATE, IS_MISSING, READABLE, SETTINGS, THE_ARGUMENT,
};
use crate::result::{Ceremony, Failure, FailureKind};
use crate::text::concat;

/// The default timeout of the first attempt to finalize, in milliseconds.
const FINALIZE_TIMEOUT: f64 = 10_000.0;

/// What a call asks for.
#[derive(Debug, PartialEq)]
pub struct Request<V> {
    /// Which ceremony it is.
    pub ceremony: Ceremony,
    /// The options, as the browser takes them.
    pub public_key: V,
    /// The user who approves, if the page passed one.
    pub user_id: Option<V>,
    /// The transaction; absent if the page's own relying party has none.
    pub status_token: V,
    /// The name of the new passkey, if the page passed one.
    pub authenticator_name: Option<V>,
    /// The settings of the call.
    pub settings: Settings<V>,
}

/// How the browser mediates the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mediation {
    /// By a dialog.
    Optional,
    /// Autofill, or conditional create.
    Conditional,
    /// By a dialog, if a passkey is at hand.
    Immediate,
}

/// The settings of a call.
#[derive(Debug, PartialEq)]
pub struct Settings<V> {
    /// How the browser mediates the prompt.
    pub mediation: Mediation,
    /// The URL of the cloud, or the page's own origin, without a slash at its end.
    pub base_url: String,
    copy: V,
}

impl<V: Value> Request<V> {
    /// Reads and validates what the page passed.
    ///
    /// # Errors
    ///
    /// [`FailureKind::Options`], [`FailureKind::UserId`], [`FailureKind::StatusToken`] or [`FailureKind::Unknown`], in this
    /// order, with a message that names the first property that is invalid.
    pub fn read(ceremony: Ceremony, argument: &V, settings: &V) -> Result<Self, Failure> {
        let public_key = read_options(ceremony, argument)?;
        let user_id = non_empty_string(argument, "userId");
        let status_token = non_empty_string(argument, "statusToken");
        let authenticator_name = non_empty_string(argument, "authenticatorName");

        let settings = &own_settings(settings);
        // These settings decide what is required, but their own errors are reported with the other settings.
        let mediations = match ceremony {
            Ceremony::Authentication => &MEDIATION,
            Ceremony::Registration => &CREATION_MEDIATION,
        };
        let [usernameless, mediation, finalize] =
            [&USERNAMELESS, mediations, &FINALIZE].map(|field| settings_field(settings, field));
        let finalize_function = as_setting(&finalize).cloned();
        let is_own = finalize_function.is_some();
        let chosen = match as_setting(&mediation).and_then(V::as_string).as_deref() {
            Some("conditional") => Mediation::Conditional,
            Some("immediate") => Mediation::Immediate,
            _ => Mediation::Optional,
        };
        // Browsers reject it. An empty one was left out.
        if chosen == Mediation::Immediate && public_key.get("allowCredentials").is_some_and(|list| !list.is_absent()) {
            let path = Path::Root(ceremony.options_name());
            let message = Path::Property(&path, "allowCredentials").error(EMPTY_IF_IMMEDIATE);
            return Err(invalid_options(FailureKind::Options, message));
        }
        let is_usernameless = as_setting(&usernameless).and_then(V::as_boolean) == Some(true);
        let needs_no_user = is_own || chosen != Mediation::Optional || is_usernameless;
        if ceremony == Ceremony::Authentication && user_id.is_none() && !needs_no_user {
            return Err(invalid_options(FailureKind::UserId, concat(&["userId", A_USER_ID])));
        }
        let requirement = match ceremony {
            Ceremony::Authentication => AN_APPROVAL_TOKEN,
            Ceremony::Registration => AN_ENROLLMENT_TOKEN,
        };
        let status_token = status_token
            .or_else(|| is_own.then(V::default))
            .ok_or_else(|| invalid_options(FailureKind::StatusToken, concat(&["statusToken", requirement])))?;
        usernameless.and(mediation).and(finalize).map_err(invalid_settings)?;
        let settings = Settings {
            mediation: chosen,
            ..Settings::read(settings, SETTINGS_SCHEMA, finalize_function, FINALIZE.name)?
        };
        Ok(Request { ceremony, public_key, user_id, status_token, authenticator_name, settings })
    }
}

/// What `outcome` asks for.
#[derive(Debug, PartialEq)]
pub struct OutcomeRequest<V> {
    /// Which ceremony it is: the status endpoint does not say.
    pub ceremony: Ceremony,
    /// The transaction.
    pub status_token: V,
    /// The settings of the call.
    pub settings: Settings<V>,
}

impl<V: Value> OutcomeRequest<V> {
    /// Reads and validates what the page passed. `ceremony` is that of the transaction, by [`ceremony_of`].
    ///
    /// # Errors
    ///
    /// [`FailureKind::StatusToken`], or [`FailureKind::Unknown`] for an invalid ceremony or setting, in this order.
    pub fn read(ceremony: Option<Ceremony>, transaction: &V, settings: &V) -> Result<Self, Failure> {
        let status_token = non_empty_string(transaction, "statusToken").ok_or_else(|| {
            let path = Path::Root("statusToken");
            let mistake = mistakes::of_any(transaction).filter(|_| !transaction.is_string());
            let message = mistake.map_or_else(
                || path.error(A_STATUS_TOKEN),
                |found| path.error_but(A_STATUS_TOKEN, [THE_ARGUMENT, found]),
            );
            invalid_options(FailureKind::StatusToken, message)
        })?;
        let ceremony = ceremony.ok_or_else(|| invalid_settings(Path::Root("ceremony").error(A_CEREMONY)))?;
        Ok(OutcomeRequest {
            ceremony,
            status_token,
            settings: Settings::read(&own_settings(settings), OUTCOME_SCHEMA, None, "status")?,
        })
    }
}

/// The ceremony of the transaction whose outcome the page asks for: an authentication, unless it says otherwise. `None` if that
/// is invalid.
pub fn ceremony_of<V: Value>(transaction: &V) -> Option<Ceremony> {
    let ceremony = transaction.get("ceremony")?;
    match ceremony.as_string().as_deref() {
        Some("authentication") => Some(Ceremony::Authentication),
        Some("registration") => Some(Ceremony::Registration),
        _ => ceremony.is_absent().then_some(Ceremony::Authentication),
    }
}

impl<V: Value> Settings<V> {
    /// With the setting `in_place`, which takes the cloud's place, no address is needed.
    fn read(
        settings: &OwnSettings<V>,
        schema: &'static [Field],
        finalize: Option<V>,
        in_place: &'static str,
    ) -> Result<Self, Failure> {
        let mut copy = V::new_record();
        if let Some(finalize) = &finalize {
            copy.set(FINALIZE.name, finalize);
        }
        for field in schema {
            if let Some(value) = settings_field(settings, field).map_err(invalid_settings)? {
                copy.set(field.name, &value);
            }
        }
        let base_url = copy.get("baseUrl").unwrap_or_default();
        let own_origin = || V::default().parse_base_url()?.as_string();
        let no_address = || copy.get(in_place).is_some_and(|function| !function.is_absent()).then(String::new);
        let base_url = base_url.as_string().or_else(own_origin).or_else(no_address).ok_or_else(|| {
            let problem = concat(&[A_BASE_URL, BUT, IS_MISSING]);
            invalid_settings(Path::Property(&Path::Root("settings"), "baseUrl").error(&problem))
        })?;
        Ok(Settings { mediation: Mediation::Optional, base_url, copy })
    }

    /// A setting, if the page passed it.
    pub fn get(&self, name: &'static str) -> Option<V> {
        self.copy.get(name).filter(|value| !value.is_absent())
    }

    /// Whether the page has a relying party of its own.
    pub fn has_own_server(&self) -> bool {
        self.get(FINALIZE.name).is_some()
    }

    /// The timeout of the first attempt to finalize, in milliseconds.
    pub fn finalize_timeout(&self) -> f64 {
        self.get("finalizeTimeout").and_then(|timeout| timeout.as_number()).unwrap_or(FINALIZE_TIMEOUT)
    }

    /// How long `outcome` waits for a decision, in milliseconds.
    pub fn wait(&self) -> f64 {
        self.get("wait").and_then(|wait| wait.as_number()).unwrap_or_default()
    }
}

fn read_options<V: Value>(ceremony: Ceremony, argument: &V) -> Result<V, Failure> {
    let name = ceremony.options_name();
    let path = &Path::Root(name);
    let fields = match ceremony {
        Ceremony::Authentication => REQUEST_SCHEMA,
        Ceremony::Registration => CREATION_SCHEMA,
    };
    let copy = match argument.is_object().then(|| argument.get(name)) {
        Some(None) => Err(path.error(READABLE)),
        Some(Some(options)) if !options.is_absent() => {
            let copy = Validator::default().object(&options, fields, path).or_else(|message| {
                // As webauthn-rs wraps them.
                match options.get("publicKey").filter(V::is_object) {
                    Some(wrapped) => Validator::default().object(&wrapped, fields, &Path::Property(path, "publicKey")),
                    None => Err(message),
                }
            });
            copy.map_err(|message| {
                mistakes::of_any(&options).map_or(message, |found| path.error_but(AN_OBJECT, [found, ""]))
            })
        }
        _ => Err(mistakes::of_argument(argument).map_or_else(
            || path.error_but(AN_OBJECT, [IS_MISSING, ""]),
            |found| path.error_but(AN_OBJECT, [THE_ARGUMENT, &found]),
        )),
    };
    copy.map_err(|message| invalid_options(FailureKind::Options, message))
}

/// The settings' own properties: what the page, or an attacker, added to `Object.prototype` is no setting.
type OwnSettings<V> = Result<Option<V>, String>;

fn own_settings<V: Value>(settings: &V) -> OwnSettings<V> {
    if settings.is_absent() {
        return Ok(None);
    }
    let copy = if settings.is_object() { settings.copy_properties() } else { None };
    copy.map(Some).ok_or_else(|| Path::Root("settings").error(SETTINGS))
}

fn settings_field<V: Value>(settings: &OwnSettings<V>, field: &Field) -> Result<Option<V>, String> {
    match settings {
        Ok(Some(settings)) => Validator::default().field(settings, field, &Path::Root("settings")),
        Ok(None) => Ok(None),
        Err(message) => Err(concat(&[message])),
    }
}

fn as_setting<V>(read: &Result<Option<V>, String>) -> Option<&V> {
    read.as_ref().ok()?.as_ref()
}

fn invalid_options(kind: FailureKind, message: String) -> Failure {
    Failure { kind, cause: Cause::InvalidOptions, message }
}

fn invalid_settings(message: String) -> Failure {
    Failure { kind: FailureKind::Unknown, cause: Cause::InvalidSettings, message }
}

impl Ceremony {
    /// The property of the page's argument that holds the options.
    pub fn options_name(self) -> &'static str {
        match self {
            Ceremony::Authentication => "credentialRequestOptions",
            Ceremony::Registration => "credentialCreationOptions",
        }
    }
}
