//! The endpoints that faults can be injected into.

use serde::Deserialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Endpoint {
    /// `/_app/assertion/result` and `/_app/attestation/result`.
    Result,
    /// `/api/v1/status`.
    Status,
    /// AuthSec's `ciba/initiate`, in every flow and at every path, and `/oauth/bc-authorize`.
    Initiate,
    /// AuthSec's `ciba/token` and `/oauth/token`.
    Token,
    /// AuthSec's `totp/login`.
    Totp,
}

impl Endpoint {
    pub fn from_path(path: &str) -> Option<Self> {
        match path {
            "/_app/assertion/result" | "/_app/attestation/result" => Some(Self::Result),
            "/api/v1/status" => Some(Self::Status),
            "/oauth/bc-authorize" => Some(Self::Initiate),
            "/oauth/token" => Some(Self::Token),
            _ if path.ends_with("/ciba/initiate") => Some(Self::Initiate),
            _ if path.ends_with("/ciba/token") => Some(Self::Token),
            _ if path.ends_with("/totp/login") => Some(Self::Totp),
            _ => None,
        }
    }

    pub fn is_ciba(self) -> bool {
        matches!(self, Self::Initiate | Self::Token | Self::Totp)
    }
}
