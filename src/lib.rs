//! Runs the last mile of an approval in a web page and always answers with one documented result object.
//!
//! What JavaScript sees, and nothing else. The published package wraps it with `js/index.js`, which loads it, replaces an
//! instance that crashed, and holds the page's defaults.

#![warn(missing_docs)]
// `push` of a `char` brings an encoder along, which is larger than all that is pushed here.
#![allow(clippy::single_char_add_str)]

pub mod base64url;
#[cfg(any(test, feature = "ciba"))]
pub mod ciba;
pub mod messages;
pub mod options;
pub mod recovery;
pub mod response;
pub mod result;
pub mod stage;
pub mod text;

#[cfg(target_arch = "wasm32")]
mod allocator;

#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod ceremony;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod cloud;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod credential;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod executor;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod exports;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod http;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod injection;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod page;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod prompt;

#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
pub use exports::{authenticate, outcome, register};
