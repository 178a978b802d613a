//! The reasons for refusals, in words that a developer of the page can act on.

use webauthn_rp::response::auth::error::AuthCeremonyErr;
use webauthn_rp::response::register::error::RegCeremonyErr;

use crate::origins::AllowedOrigin;
use crate::rp_id::RP_ID;

const WRONG_CHALLENGE: &str = "the challenge does not belong to this transaction";
const USER_NOT_VERIFIED: &str = "userVerification is required, and the authenticator did not verify the user (UV)";

pub fn registration_reason(error: &RegCeremonyErr, allowed_origins: &[AllowedOrigin]) -> String {
    match error {
        RegCeremonyErr::OriginMismatch => wrong_origin(allowed_origins),
        RegCeremonyErr::ChallengeMismatch => WRONG_CHALLENGE.to_owned(),
        RegCeremonyErr::RpIdHashMismatch => wrong_rp_id(),
        RegCeremonyErr::UserNotPresent => "the authenticator reported that no user was present (UP)".to_owned(),
        RegCeremonyErr::UserNotVerified => USER_NOT_VERIFIED.to_owned(),
        other => other.to_string(),
    }
}

pub fn assertion_reason(error: &AuthCeremonyErr, allowed_origins: &[AllowedOrigin]) -> String {
    match error {
        AuthCeremonyErr::OriginMismatch => wrong_origin(allowed_origins),
        AuthCeremonyErr::ChallengeMismatch => WRONG_CHALLENGE.to_owned(),
        AuthCeremonyErr::RpIdHashMismatch => wrong_rp_id(),
        AuthCeremonyErr::UserNotVerified => USER_NOT_VERIFIED.to_owned(),
        AuthCeremonyErr::AssertionSignature => "the signature does not verify with the passkey's public key".to_owned(),
        AuthCeremonyErr::SignatureCounter => {
            "the signature counter went backwards: the passkey may have been cloned".to_owned()
        }
        AuthCeremonyErr::UserHandleMismatch => "userHandle does not belong to the owner of the passkey".to_owned(),
        AuthCeremonyErr::NoMatchingAllowedCredential => {
            "the passkey is not in allowCredentials of this transaction".to_owned()
        }
        other => other.to_string(),
    }
}

fn wrong_origin(allowed_origins: &[AllowedOrigin]) -> String {
    let allowed: Vec<_> = allowed_origins.iter().map(ToString::to_string).collect();
    format!("the origin of the page is not allowed; allowed origins: {}", allowed.join(", "))
}

fn wrong_rp_id() -> String {
    format!("the RP ID is not {RP_ID}")
}
