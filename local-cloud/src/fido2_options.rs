//! What registrations and approvals have in common: the channel, user verification, and credential descriptors.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::base64url;
use crate::errors::ApiError;
use crate::relying_party::UserVerificationRequirement;

/// WebAuthn's `UserVerificationRequirement`.
#[derive(Clone, Copy, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum UserVerification {
    Required,
    #[default]
    Preferred,
    Discouraged,
}

impl From<UserVerification> for UserVerificationRequirement {
    fn from(requirement: UserVerification) -> Self {
        match requirement {
            UserVerification::Required => Self::Required,
            UserVerification::Preferred => Self::Preferred,
            UserVerification::Discouraged => Self::Discouraged,
        }
    }
}

/// Rejects every channel but passkeys, the only one of this cloud.
pub fn require_fido2(channel: Option<&str>) -> Result<(), ApiError> {
    match channel {
        Some("fido2") => Ok(()),
        _ => Err(ApiError::unprocessable("channel: must be fido2")),
    }
}

/// A `PublicKeyCredentialDescriptor` as JSON.
pub fn descriptor(id: &[u8]) -> Value {
    json!({ "type": "public-key", "id": base64url::encode(id) })
}
