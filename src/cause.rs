//! Why a call ended as it did, and what a page does then: a closed set, of which `webauthn-result/cause` is made.
//!
//! The module says the cause of each result that it makes (docs/contract.md, section A2.4). Of a result that was copied, such as
//! one that came as JSON, `js/cause.js` reads the same cause from its code and message, by the tables of this file.

use crate::messages::{
    CALL_AGAIN, FORBIDDEN, INSECURE, NOT_CALLED, NOT_LOADED, NOTHING_AT_HAND, OUTCOME_UNKNOWN, PAGE_ABORTED, PENDING,
    REJECTED, STATUS_FAILED, TOOK_OVER, WITHOUT_USER_ID,
};

macro_rules! causes {
    ($($(#[$attribute:meta])* $cause:ident = $name:literal, $silent:literal, $next:ident;)*) => {
        /// Why a passkey call ended as it did.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Cause {
            $($(#[$attribute])* $cause,)*
        }

        impl Cause {
            /// As the page gets it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Cause::$cause => $name,)*
                }
            }
        }

        /// Of each cause, by its name: whether a page shows no error, and what it does next.
        pub const CAUSES: &[(&str, bool, Next)] = &[$(($name, $silent, Next::$next)),*];
    };
}

/// What a page does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing.
    None,
    /// Offers the same call again.
    Retry,
    /// Offers another way, such as a code or a password.
    OtherWay,
    /// Nothing that a user can do: the page, its backend or its policies are wrong.
    FixCode,
    /// Starts a new transaction.
    NewTransaction,
    /// Asks for the outcome before anything else.
    CheckOutcome,
}

causes! {
    /// Success of an authentication.
    Approved = "approved", false, None;
    /// Success of a registration.
    Registered = "registered", false, None;
    /// The user canceled, waited too long, or had no passkey: browsers do not say which.
    Dismissed = "dismissed", true, Retry;
    /// The authenticator gave no user handle where one is needed, or an immediate prompt had no passkey to offer.
    NoCredential = "noCredential", true, OtherWay;
    /// The page's signal, or `cancel()`.
    Aborted = "aborted", true, None;
    /// A newer call of the package.
    Superseded = "superseded", true, None;
    /// The time limit of the prompt.
    TookTooLong = "tookTooLong", false, Retry;
    /// The authenticator has a passkey of this user already.
    AlreadyRegistered = "alreadyRegistered", false, OtherWay;
    /// The RP ID is not one of this page's.
    WrongDomain = "wrongDomain", false, FixCode;
    /// The page is not a secure context.
    InsecureContext = "insecureContext", false, FixCode;
    /// A Permissions Policy forbids WebAuthn.
    PolicyForbids = "policyForbids", false, FixCode;
    /// What the backend returned is invalid, or the browser refused it.
    InvalidOptions = "invalidOptions", false, FixCode;
    /// A setting of the call is invalid.
    InvalidSettings = "invalidSettings", false, FixCode;
    /// No WebAuthn here, or not what the call needs of it.
    NoWebAuthn = "noWebAuthn", false, OtherWay;
    /// No authenticator can do what the options ask for.
    UnsuitableDevice = "unsuitableDevice", false, OtherWay;
    /// Another library's prompt is open.
    RequestPending = "requestPending", false, Retry;
    /// The cloud decided against it.
    Refused = "refused", false, NewTransaction;
    /// The cloud may have accepted it: nobody knows.
    OutcomeUnknown = "outcomeUnknown", false, CheckOutcome;
    /// The transaction is not decided yet.
    Pending = "pending", false, CheckOutcome;
    /// The module could not be loaded.
    NotLoaded = "notLoaded", false, Retry;
    /// The module crashed before the user consented.
    Crashed = "crashed", false, Retry;
    /// Anything else, such as an exception of the prompt that this list has no name for.
    Unknown = "unknown", false, Retry;
}

/// Where in a message a text says the cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At its start.
    Start,
    /// At its end.
    End,
    /// Anywhere.
    Anywhere,
}

/// What the last digit of a code, one of these, and a text in the message mean, in this order. The empty text is in every message.
///
/// What a server says is between texts of ours, and must not count as one of them.
pub const MESSAGES: &[(&str, Place, &str, Cause)] = &[
    ("1", Place::End, PAGE_ABORTED, Cause::Aborted),
    ("1", Place::End, TOOK_OVER, Cause::Superseded),
    ("1", Place::End, WITHOUT_USER_ID, Cause::NoCredential),
    ("1", Place::End, NOTHING_AT_HAND, Cause::NoCredential),
    ("2", Place::Start, REJECTED, Cause::Refused),
    // What precedes this is the server's, or of an exception: then to check is never wrong.
    ("29", Place::End, OUTCOME_UNKNOWN, Cause::OutcomeUnknown),
    ("9", Place::Start, NOT_LOADED, Cause::NotLoaded),
    ("9", Place::End, CALL_AGAIN, Cause::Crashed),
    ("9", Place::Start, NOT_CALLED, Cause::Crashed),
    ("29", Place::Anywhere, STATUS_FAILED, Cause::Refused),
    ("2", Place::Start, PENDING, Cause::Pending),
    ("2", Place::Start, "", Cause::OutcomeUnknown),
    ("034", Place::Start, "", Cause::InvalidOptions),
    ("5", Place::Start, INSECURE, Cause::InsecureContext),
    ("5", Place::Start, FORBIDDEN, Cause::PolicyForbids),
    ("5", Place::Start, "", Cause::NoWebAuthn),
    ("9", Place::Start, "", Cause::InvalidSettings),
];

/// What the exception of a prompt means, by its name, where no such text says it.
pub const EXCEPTIONS: &[(&str, Cause)] = &[
    ("NotAllowedError", Cause::Dismissed),
    ("AbortError", Cause::Dismissed),
    ("TimeoutError", Cause::TookTooLong),
    ("SecurityError", Cause::WrongDomain),
    ("NotSupportedError", Cause::UnsuitableDevice),
    ("ConstraintError", Cause::UnsuitableDevice),
    ("OperationError", Cause::RequestPending),
    ("TypeError", Cause::InvalidOptions),
    ("RangeError", Cause::InvalidOptions),
    ("SyntaxError", Cause::InvalidOptions),
    ("EncodingError", Cause::InvalidOptions),
    ("DataError", Cause::InvalidOptions),
];

/// Push and TOTP: the codes that are causes of their own, and what a page does next: docs/contract.md, section B4.
pub const CIBA_CODES: &[(&str, bool, Next)] = &[
    ("access_denied", false, Next::OtherWay),
    ("timeout", false, Next::Retry),
    ("expired_token", false, Next::NewTransaction),
    ("cancelled", true, Next::NewTransaction),
    ("invalid_code", false, Next::Retry),
    ("too_many_retries", false, Next::OtherWay),
    ("invalid_argument", false, Next::FixCode),
    ("unexpected_response", false, Next::FixCode),
    ("user_not_found", false, Next::OtherWay),
    ("unknown_user_id", false, Next::OtherWay),
    ("no_device_registered", false, Next::OtherWay),
    ("temporarily_locked", false, Next::OtherWay),
    ("invalid_client", false, Next::FixCode),
    ("invalid_scope", false, Next::FixCode),
    ("tenant_not_found", false, Next::FixCode),
    ("unreachable", false, Next::Retry),
    ("serverError", false, Next::FixCode),
];

/// The other codes that have one cause, and that cause. Any other is a `serverError`, but an HTTP status of 408, 429 or 5xx is
/// `unreachable`.
pub const ALIASES: &[(&str, &str)] = &[
    ("success-authentication", "approved"),
    ("approved", "approved"),
    ("success-registration", "registered"),
    ("connection_failed", "unreachable"),
    ("network_timeout", "unreachable"),
    ("slow_down", "unreachable"),
    ("temporarily_unavailable", "unreachable"),
    ("server_error", "unreachable"),
    ("module_not_loaded", "notLoaded"),
    ("module_crashed", "crashed"),
];

/// Of `create` alone.
pub const ALREADY_REGISTERED: &str = "InvalidStateError";

impl Cause {
    /// What an exception of a prompt means, by its `name: message`.
    pub fn of_exception(is_registration: bool, text: &str) -> Self {
        let length = text.bytes().position(|byte| byte == b':').unwrap_or_default();
        let name = text.get(..length).unwrap_or_default();
        if is_registration && name == ALREADY_REGISTERED {
            return Cause::AlreadyRegistered;
        }
        EXCEPTIONS.iter().find(|(known, _)| *known == name).map_or(Cause::Unknown, |(_, cause)| *cause)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
