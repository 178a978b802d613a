//! What a fault is attached to.

use super::endpoint::Endpoint;

/// A fault is injected into requests about its subject.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A transaction of the Authentication Cloud.
    Transaction(String),
    /// A user of AuthSec's, with all requests for approval.
    Email(String),
    /// One request for approval by push.
    AuthReqId(String),
}

impl Subject {
    /// Whether a request to `endpoint` can be about this subject.
    pub fn accepts(&self, endpoint: Endpoint) -> bool {
        match self {
            Self::Transaction(_) => !endpoint.is_ciba(),
            Self::Email(_) => endpoint.is_ciba(),
            Self::AuthReqId(_) => endpoint == Endpoint::Token,
        }
    }
}
