//! The two editions of AuthSec's server whose source is public, and the flows that both have.

use crate::store::stored_as_text;

/// How long autumn's tokens are valid once the operator set `XAA_CIBA`, in seconds.
pub const NATIVE_SECONDS: i64 = 60 * 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// authsec-ai/authsec-ai, April 2026.
    Spring,
    /// authsec-ai/authsec, October 2026.
    Autumn,
}

impl Edition {
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "spring" => Some(Self::Spring),
            "autumn" => Some(Self::Autumn),
            _ => None,
        }
    }

    /// How long the token of an approved request is valid, in seconds, unless the operator set `XAA_CIBA`.
    pub fn token_seconds(self, flow: Flow) -> i64 {
        const DAY: i64 = 24 * 60 * 60;
        match (self, flow) {
            (Self::Spring, Flow::Admin) => 365 * DAY,
            _ => DAY,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// By email alone, for AuthSec's own administrators.
    Admin,
    /// By email and client, for the users of a tenant, which autumn calls a workspace.
    Tenant,
}

stored_as_text!(Flow { Admin = "admin", Tenant = "tenant" });

/// Whose statuses and bodies a response has. The standard's routes lead to the requests of the tenant flow, but have statuses
/// of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Admin,
    Tenant,
    Standard,
}

impl Dialect {
    /// The dialect of a request's path.
    pub fn of_path(path: &str) -> Self {
        if path.starts_with("/oauth/") {
            Self::Standard
        } else if path.contains("/auth/tenant/") || path.contains("/auth/workspace/") {
            Self::Tenant
        } else {
            Self::Admin
        }
    }

    /// The flow whose requests it leads to.
    pub fn flow(self) -> Flow {
        if self == Self::Admin { Flow::Admin } else { Flow::Tenant }
    }
}

impl From<Flow> for Dialect {
    fn from(flow: Flow) -> Self {
        match flow {
            Flow::Admin => Self::Admin,
            Flow::Tenant => Self::Tenant,
        }
    }
}
