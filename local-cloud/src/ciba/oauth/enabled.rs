//! Whether the operator has enabled the routes.

use crate::ciba::config::{CibaConfig, Kindness};
use crate::ciba::errors::CibaError;

/// 400 `unsupported_grant_type` unless `XAA_CIBA` is set.
pub fn require(config: &CibaConfig) -> Result<(), CibaError> {
    if config.is(Kindness::XaaCiba) {
        return Ok(());
    }
    Err(CibaError::bad_request("unsupported_grant_type", "CIBA is not enabled on this authorization server"))
}
