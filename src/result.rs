//! The result object that the page gets: the status codes and their texts, which are binding (docs/contract.md, section A2).

use serde::ser::{Serialize, Serializer};

use crate::cause::Cause;
use crate::messages::{AUTHENTICATION_PROMPT, REGISTRATION_PROMPT};

/// Which of the two WebAuthn ceremonies runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceremony {
    /// Approve with a passkey: `navigator.credentials.get`.
    Authentication,
    /// Create a passkey: `navigator.credentials.create`.
    Registration,
}

/// Why a ceremony failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// The options are missing or invalid: `error-0000`, `error-1000`.
    Options,
    /// The browser or the authenticator refused: `error-0001`, `error-1001`.
    Prompt,
    /// The cloud rejected the request, or did not respond: `error-0002`, `error-1002`.
    Finalization,
    /// No `userId`: `error-0003`. Registration takes none, so it has no such code.
    UserId,
    /// No `statusToken`: `error-0004`, `error-1004`.
    StatusToken,
    /// No WebAuthn here: `error-0005`, `error-1005`.
    Support,
    /// Anything else: `error-0099`, `error-1099`.
    Unknown,
}

/// A failed ceremony: the code and what went wrong.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    /// Chooses `code.statusCode` and `code.message`.
    pub kind: FailureKind,
    /// Why, for pages.
    pub cause: Cause,
    /// The property `message`, for developers: [`crate::messages`].
    pub message: String,
}

impl Failure {
    /// A failure with its explanation.
    pub fn new(kind: FailureKind, cause: Cause, message: impl Into<String>) -> Self {
        Failure { kind, cause, message: message.into() }
    }
}

/// The transaction token, or why there is none. A success without a token cannot be built.
pub type Outcome = Result<String, Failure>;

/// What the result object is made of, in `js/call.js`.
pub struct ResultParts {
    /// Whose codes it has.
    pub ceremony: Ceremony,
    /// The token or the failure.
    pub outcome: Outcome,
}

impl ResultParts {
    fn cause(&self) -> Cause {
        match (&self.outcome, self.ceremony) {
            (Err(failure), _) => failure.cause,
            (Ok(_), Ceremony::Authentication) => Cause::Approved,
            (Ok(_), Ceremony::Registration) => Cause::Registered,
        }
    }
}

impl Ceremony {
    /// What `message` starts with when the browser or the authenticator refused.
    pub fn refusal_prefix(self) -> &'static str {
        match self {
            Ceremony::Authentication => AUTHENTICATION_PROMPT,
            Ceremony::Registration => REGISTRATION_PROMPT,
        }
    }

    /// `code.statusCode` and `code.message`: docs/contract.md, sections A2.1 and A2.2, which says what is our assumption.
    fn code(self, outcome: &Outcome) -> (&'static str, &'static str) {
        use Ceremony::{Authentication, Registration};
        let kind = match outcome {
            Ok(_) => None,
            Err(failure) => Some(failure.kind),
        };
        match (self, kind) {
            (Authentication, None) => {
                ("success-authentication", "Successfully authenticated with WebAuthn credential.")
            }
            (Registration, None) => ("success-registration", "Successfully registered WebAuthn credential."),
            (Authentication, Some(FailureKind::Options)) => (
                "error-0000",
                "Invalid credentialRequestOptions. ServerPublicKeyCredentialGetOptionsResponse has to be valid.",
            ),
            (Registration, Some(FailureKind::Options)) => (
                "error-1000",
                "Invalid credentialCreationOptions. ServerPublicKeyCredentialCreationOptionsResponse has to be valid.",
            ),
            (Authentication, Some(FailureKind::Prompt)) => {
                ("error-0001", "Failed to authenticate with WebAuthn credential.")
            }
            (Registration, Some(FailureKind::Prompt)) => ("error-1001", "Failed to create WebAuthn credential."),
            (Authentication, Some(FailureKind::Finalization)) => {
                ("error-0002", "Error while finalizing the authentication on the server.")
            }
            (Registration, Some(FailureKind::Finalization)) => {
                ("error-1002", "Error while finalizing the registration on the server.")
            }
            (Authentication, Some(FailureKind::UserId)) => {
                ("error-0003", "Invalid userId. Cannot be null or undefined.")
            }
            (Authentication, Some(FailureKind::StatusToken)) => {
                ("error-0004", "Missing statusToken. Cannot be null or undefined.")
            }
            (Registration, Some(FailureKind::StatusToken)) => {
                ("error-1004", "Missing statusToken. Cannot be null or undefined.")
            }
            (Authentication, Some(FailureKind::Support)) => {
                ("error-0005", "WebAuthn is not supported by this browser.")
            }
            (Registration, Some(FailureKind::Support)) => ("error-1005", "WebAuthn is not supported by this browser."),
            (Authentication, Some(FailureKind::Unknown)) => ("error-0099", "Unknown error while authentication."),
            // Registration takes no `userId`, so that it has no code for a missing one.
            (Registration, Some(FailureKind::UserId | FailureKind::Unknown)) => {
                ("error-1099", "Unknown error while registration.")
            }
        }
    }
}

impl Serialize for ResultParts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (status_code, message) = self.ceremony.code(&self.outcome);
        let text = match &self.outcome {
            Ok(token) => token,
            Err(failure) => &failure.message,
        };
        (self.outcome.is_ok(), status_code, message, text, self.cause().name()).serialize(serializer)
    }
}

#[cfg(test)]
mod tests;
