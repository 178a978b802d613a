//! Runs the last mile of an approval in a web page and always answers with one documented result object.
//!
//! What JavaScript sees, and nothing else. The package wraps it with `js/index.js`, which loads it, replaces an
//! instance that crashed, and holds the page's defaults.

#![warn(missing_docs)]

pub mod answer;
pub mod base64url;
#[cfg(any(test, feature = "ciba"))]
pub mod ciba;
pub mod options;
pub mod recovery;
pub mod result;
pub mod text;

#[cfg(target_arch = "wasm32")]
mod ceremony;
#[cfg(target_arch = "wasm32")]
mod cloud;
#[cfg(target_arch = "wasm32")]
mod credential;
#[cfg(target_arch = "wasm32")]
mod exception;
#[cfg(target_arch = "wasm32")]
mod exports;
#[cfg(target_arch = "wasm32")]
mod host;
#[cfg(target_arch = "wasm32")]
mod http;
#[cfg(target_arch = "wasm32")]
mod injection;
#[cfg(target_arch = "wasm32")]
mod settings;

#[cfg(target_arch = "wasm32")]
pub use exports::{authenticate, register};

#[cfg(test)]
mod answer_tests;
#[cfg(test)]
mod base64url_tests;
#[cfg(test)]
mod recovery_tests;
#[cfg(test)]
mod result_tests;
#[cfg(test)]
mod text_tests;
