//! What the fuzz targets share: JSON in the places where a page has JavaScript values, and the local cloud's own parsers,
//! which a binary crate exports to nobody.

// By the names that they have in the module's own crate, for the file below.
use webauthn_result::arguments::{facts, rules};

#[path = "../../src/arguments/read.rs"]
pub mod read;

#[path = "../../local-cloud/src"]
pub mod local_cloud {
    pub mod attestation;
    pub mod base64url;
    #[allow(dead_code)]
    pub mod settings;
}
