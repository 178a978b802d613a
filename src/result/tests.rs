//! The result tables (docs/contract.md, section A2), row by row.

use serde_json::{Value, json};

use super::{Cause, Ceremony, Failure, FailureKind, Outcome, ResultParts};

#[cfg(not(target_arch = "wasm32"))]
mod properties;
#[cfg(not(target_arch = "wasm32"))]
mod testing_tables;

fn parts(ceremony: Ceremony, outcome: Outcome) -> Value {
    json!(ResultParts { ceremony, outcome })
}

#[test]
fn every_row_of_both_tables_is_as_documented() {
    let authentication = [
        (
            FailureKind::Options,
            "error-0000",
            "Invalid credentialRequestOptions. ServerPublicKeyCredentialGetOptionsResponse has to be valid.",
        ),
        (FailureKind::Prompt, "error-0001", "Failed to authenticate with WebAuthn credential."),
        (FailureKind::Finalization, "error-0002", "Error while finalizing the authentication on the server."),
        (FailureKind::UserId, "error-0003", "Invalid userId. Cannot be null or undefined."),
        (FailureKind::StatusToken, "error-0004", "Missing statusToken. Cannot be null or undefined."),
        (FailureKind::Support, "error-0005", "WebAuthn is not supported by this browser."),
        (FailureKind::Unknown, "error-0099", "Unknown error while authentication."),
    ];
    let registration = [
        (
            FailureKind::Options,
            "error-1000",
            "Invalid credentialCreationOptions. ServerPublicKeyCredentialCreationOptionsResponse has to be valid.",
        ),
        (FailureKind::Prompt, "error-1001", "Failed to create WebAuthn credential."),
        (FailureKind::Finalization, "error-1002", "Error while finalizing the registration on the server."),
        (FailureKind::StatusToken, "error-1004", "Missing statusToken. Cannot be null or undefined."),
        (FailureKind::Support, "error-1005", "WebAuthn is not supported by this browser."),
        (FailureKind::Unknown, "error-1099", "Unknown error while registration."),
    ];
    let rows = (authentication.iter().map(|row| (Ceremony::Authentication, row)))
        .chain(registration.iter().map(|row| (Ceremony::Registration, row)));
    for (ceremony, (kind, code, message)) in rows {
        assert_eq!(
            parts(ceremony, Err(Failure::new(*kind, Cause::Crashed, "why"))),
            json!([false, code, message, "why", "crashed"])
        );
    }
}

#[test]
fn a_success_has_its_row_and_the_token() {
    assert_eq!(
        parts(Ceremony::Authentication, Ok("a.b.c".into())),
        json!([
            true,
            "success-authentication",
            "Successfully authenticated with WebAuthn credential.",
            "a.b.c",
            "approved"
        ])
    );
    assert_eq!(
        parts(Ceremony::Registration, Ok("a.b.c".into())),
        json!([true, "success-registration", "Successfully registered WebAuthn credential.", "a.b.c", "registered"])
    );
}

#[test]
fn the_exception_of_a_prompt_follows_the_documented_words() {
    assert_eq!(Ceremony::Authentication.refusal_prefix(), "Error while trying to authenticate. ");
    assert_eq!(Ceremony::Registration.refusal_prefix(), "Error while trying to create new credential. ");
}
