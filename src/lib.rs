//! Runs the last mile of an approval in a web page and always answers with one documented result object.
//!
//! What JavaScript sees, and nothing else. The package wraps it with `js/index.js`, which loads it, replaces an
//! instance that crashed, and holds the page's defaults.

#![warn(missing_docs)]

pub mod answer;
pub mod arguments;
#[cfg(any(test, feature = "ciba"))]
pub mod ciba;
pub mod recovery;
pub mod result;
pub mod text;

#[cfg(target_arch = "wasm32")]
mod allocator;

#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod ceremony;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod cloud;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod exports;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod host;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod injection;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod prompt;

#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
pub use exports::{recover, run};
