//! The RP ID.

/// The domain that passkeys belong to.
pub const RP_ID: &str = "localhost";
