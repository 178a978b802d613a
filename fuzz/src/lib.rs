//! What the fuzz targets share: JSON in the places where a page has JavaScript values, and the local cloud's own parsers,
//! which a binary crate exports to nobody.

// By the names that they have in the module's own crate, for the file below.
use webauthn_result::arguments::{facts, rules};

#[path = "../../local-cloud/src/attestation.rs"]
pub mod attestation;
#[path = "../../local-cloud/src/base64url.rs"]
pub mod local_cloud_base64url;
#[path = "../../src/arguments/read.rs"]
pub mod read;
#[allow(dead_code)]
#[path = "../../local-cloud/src/settings.rs"]
pub mod settings;
