//! What the fuzz targets share: JSON in the places where a page has JavaScript values, and the local cloud's own parsers,
//! which a binary crate exports to nobody.

// By the name that it has in the module's own crate, for the file below.
use webauthn_result::options;

#[path = "../../local-cloud/src/attestation.rs"]
pub mod attestation;
#[path = "../../local-cloud/src/base64url.rs"]
pub mod local_cloud_base64url;
#[path = "../../src/options/parsed.rs"]
pub mod parsed;
#[allow(dead_code)]
#[path = "../../local-cloud/src/settings.rs"]
pub mod settings;
