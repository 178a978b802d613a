//! The one vocabulary: the status codes, their texts, and the result object that the page gets.
//!
//! Every text here is binding; a correction is one line of a table.

use serde::ser::{Serialize, Serializer};

/// Which of the two WebAuthn ceremonies runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceremony {
    /// Approve with a passkey: `navigator.credentials.get`.
    Authentication,
    /// Create a passkey: `navigator.credentials.create`.
    Registration,
}

/// Why a ceremony failed. The number is the row of its ceremony's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The options are missing or invalid: `error-0000`, `error-1000`.
    Options = 0,
    /// The browser or the authenticator refused: `error-0001`, `error-1001`.
    Prompt = 1,
    /// The answer did not reach the cloud, or the cloud refused it: `error-0002`, `error-1002`.
    Finalization = 2,
    /// No `userId`: `error-0003`. Registration takes none, so it has no such code.
    UserId = 3,
    /// No `statusToken`: `error-0004`, `error-1004`.
    StatusToken = 4,
    /// No WebAuthn here: `error-0005`, `error-1005`.
    Support = 5,
    /// Anything else: `error-0099`, `error-1099`.
    Unknown = 6,
}

/// A failed ceremony: the code and what exactly went wrong.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    /// Chooses `code.statusCode` and `code.message`.
    pub fault: Fault,
    /// The member `message`, in words that a developer can act on.
    pub message: String,
}

impl Failure {
    /// A failure with its explanation.
    pub fn new(fault: Fault, message: impl Into<String>) -> Self {
        Failure { fault, message: message.into() }
    }
}

/// The transaction token, or why there is none. A success without a token cannot be built.
pub type Outcome = Result<String, Failure>;

type Row = (&'static str, &'static str);

const SUCCESS: [Row; 2] = [
    ("success-authentication", "Successfully authenticated with WebAuthn credential."),
    ("success-registration", "Successfully registered WebAuthn credential."),
];

/// docs/contract.md, section A2.1: rows in the order of [`Fault`].
const AUTHENTICATION: [Row; 7] = [
    ("error-0000", "Invalid credentialRequestOptions. ServerPublicKeyCredentialGetOptionsResponse has to be valid."),
    ("error-0001", "Failed to authenticate with WebAuthn credential."),
    ("error-0002", "Error while finalizing the authentication on the server."),
    ("error-0003", "Invalid userId. Cannot be null or undefined."),
    ("error-0004", "Missing statusToken. Cannot be null or undefined."),
    ("error-0005", "WebAuthn is not supported by this browser."),
    ("error-0099", "Unknown error while authentication."),
];

/// docs/contract.md, section A2.2, which says which rows are our assumption. The fourth row is never used, because
/// `register` takes no `userId`.
const REGISTRATION: [Row; 7] = [
    (
        "error-1000",
        "Invalid credentialCreationOptions. ServerPublicKeyCredentialCreationOptionsResponse has to be valid.",
    ),
    ("error-1001", "Failed to create WebAuthn credential."),
    ("error-1002", "Error while finalizing the registration on the server."),
    ("error-1099", "Unknown error while registration."),
    ("error-1004", "Missing statusToken. Cannot be null or undefined."),
    ("error-1005", "WebAuthn is not supported by this browser."),
    ("error-1099", "Unknown error while registration."),
];

impl Ceremony {
    /// What `message` starts with when the browser or the authenticator refused.
    pub fn refusal_prefix(self) -> &'static str {
        match self {
            Ceremony::Authentication => "Error while trying to authenticate. ",
            Ceremony::Registration => "Error while trying to create new credential. ",
        }
    }

    fn row(self, outcome: &Outcome) -> &'static Row {
        match (self, outcome) {
            (_, Ok(_)) => &SUCCESS[self as usize],
            (Ceremony::Authentication, Err(failure)) => &AUTHENTICATION[failure.fault as usize],
            (Ceremony::Registration, Err(failure)) => &REGISTRATION[failure.fault as usize],
        }
    }
}

/// What the result object is made of, in `js/call.js`, whose literal no setter on `Object.prototype` can spoil: the two
/// texts of the code, and the token or the message.
pub struct Report {
    /// Whose table it is.
    pub ceremony: Ceremony,
    /// The token or the failure.
    pub outcome: Outcome,
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (status_code, message) = *self.ceremony.row(&self.outcome);
        let text = match &self.outcome {
            Ok(token) => token,
            Err(failure) => &failure.message,
        };
        [status_code, message, text].serialize(serializer)
    }
}

#[cfg(test)]
mod tests;
