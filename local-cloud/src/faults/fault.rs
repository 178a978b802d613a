//! What can go wrong with a request.

use axum::http::HeaderValue;
use serde::Deserialize;
use serde_json::Value;

use super::endpoint::Endpoint;
use super::subject::Subject;
use crate::errors::ApiError;

/// The longest delay, in milliseconds.
const MAX_DELAY: u64 = 600_000;

#[derive(Deserialize)]
pub struct Fault {
    #[serde(rename = "at")]
    pub endpoint: Endpoint,
    #[serde(flatten)]
    pub kind: Kind,
}

/// What happens to one request. `processed`: whether the endpoint processes the request before its response is replaced.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Kind {
    /// It is served normally.
    None,
    /// It waits, then is served normally.
    Delay { ms: u64 },
    /// The connection closes before the request is processed.
    CutBefore,
    /// The request is processed; then the connection closes without a response.
    CutAfter,
    /// The request is processed; the connection closes after half of the response body.
    CutBody,
    /// The response has this HTTP status, and the documented error body unless `body` is set.
    Http {
        status: u16,
        #[serde(default)]
        processed: bool,
        body: Option<String>,
        #[serde(rename = "type")]
        media_type: Option<String>,
    },
    /// The response is an HTML page.
    NotJson {
        #[serde(default)]
        processed: bool,
    },
    /// The response is the first half of a JSON text.
    Truncated {
        #[serde(default)]
        processed: bool,
    },
    /// The response is JSON, but not the documented object.
    WrongShape {
        #[serde(default)]
        processed: bool,
        #[serde(default = "empty_array")]
        body: Value,
    },
    /// The response redirects with 307.
    Redirect { location: String },
    /// The request is refused. A pending transaction fails; a pending request for approval is denied.
    Refused { message: String },
    /// The response says pending, whatever the real status is.
    Pending,
    /// The token of an approved request cannot be made; the next poll can get it.
    MintingFails,
}

fn empty_array() -> Value {
    Value::Array(Vec::new())
}

impl Fault {
    /// 422 for a fault that cannot be injected.
    pub fn check(&self, subject: &Subject) -> Result<(), ApiError> {
        let problem = match &self.kind {
            _ if !subject.accepts(self.endpoint) => "at: no request to this endpoint is about this subject".to_owned(),
            Kind::Delay { ms } if *ms > MAX_DELAY => format!("ms: must be at most {MAX_DELAY}"),
            Kind::Http { status, .. } if !(200..=599).contains(status) => "status: must be 200 to 599".to_owned(),
            Kind::Http { media_type: Some(text), .. } if HeaderValue::from_str(text).is_err() => {
                "type: must be a valid header value".to_owned()
            }
            Kind::Redirect { location } if HeaderValue::from_str(location).is_err() => {
                "location: must be a valid header value".to_owned()
            }
            Kind::Pending if !matches!(self.endpoint, Endpoint::Status | Endpoint::Token) => {
                "kind: pending is possible only at status and token".to_owned()
            }
            Kind::MintingFails if self.endpoint != Endpoint::Token => {
                "kind: minting-fails is possible only at token".to_owned()
            }
            _ => return Ok(()),
        };
        Err(ApiError::unprocessable(format!("faults: {problem}")))
    }
}

#[cfg(test)]
mod tests;
