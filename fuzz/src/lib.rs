//! What the fuzz targets share: the local cloud's own parsers, which a binary crate exports to nobody.

#[path = "../../local-cloud/src"]
pub mod local_cloud {
    pub mod attestation;
    pub mod base64url;
    pub mod json;
}
