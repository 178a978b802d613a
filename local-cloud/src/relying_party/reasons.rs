//! Why an answer was refused, in words that a developer of the page can act on.

use webauthn_rp::response::auth::error::AuthCeremonyErr;
use webauthn_rp::response::register::error::RegCeremonyErr;

use super::RP_ID;

const WRONG_CHALLENGE: &str = "the challenge is not that of this transaction";
const NOT_VERIFIED: &str = "userVerification is required, and the authenticator did not verify the user (UV)";

/// `allowed`: the origins that pages may have.
pub fn of_registration(error: &RegCeremonyErr, allowed: &[String]) -> String {
    match error {
        RegCeremonyErr::OriginMismatch => wrong_origin(allowed),
        RegCeremonyErr::ChallengeMismatch => WRONG_CHALLENGE.to_owned(),
        RegCeremonyErr::RpIdHashMismatch => wrong_rp_id(),
        RegCeremonyErr::UserNotPresent => "the authenticator says that no user was present (UP)".to_owned(),
        RegCeremonyErr::UserNotVerified => NOT_VERIFIED.to_owned(),
        other => other.to_string(),
    }
}

/// `allowed`: the origins that pages may have.
pub fn of_assertion(error: &AuthCeremonyErr, allowed: &[String]) -> String {
    match error {
        AuthCeremonyErr::OriginMismatch => wrong_origin(allowed),
        AuthCeremonyErr::ChallengeMismatch => WRONG_CHALLENGE.to_owned(),
        AuthCeremonyErr::RpIdHashMismatch => wrong_rp_id(),
        AuthCeremonyErr::UserNotVerified => NOT_VERIFIED.to_owned(),
        AuthCeremonyErr::AssertionSignature => "the signature does not verify with the passkey's public key".to_owned(),
        AuthCeremonyErr::SignatureCounter => {
            "the signature counter went backwards: the passkey may have been cloned".to_owned()
        }
        AuthCeremonyErr::UserHandleMismatch => "userHandle is not that of the passkey's owner".to_owned(),
        AuthCeremonyErr::NoMatchingAllowedCredential => {
            "the passkey is not one of allowCredentials of this transaction".to_owned()
        }
        other => other.to_string(),
    }
}

fn wrong_origin(allowed: &[String]) -> String {
    format!("the origin of the page is not allowed; allowed: {}", allowed.join(", "))
}

fn wrong_rp_id() -> String {
    format!("the RP ID is not {RP_ID}")
}
