//! Passkey approvals in a web page: prompts the user, finalizes with the cloud, and always resolves to one documented result
//! object.
//!
//! This file lists what JavaScript sees. In the published package, `js/index.js` loads the module, replaces an instance that
//! crashed, and holds the page's defaults.
//!
//! With the feature `native`, Rust programs use push and TOTP without a browser: `ciba::native`.

#![warn(missing_docs)]
// `String::push` links the UTF-8 encoder; `push_str` does not.
#![allow(clippy::single_char_add_str)]
// Each entry uses its part of what both share.
#![cfg_attr(not(all(feature = "passkey", feature = "ciba")), allow(dead_code))]

pub mod authenticator_data;
pub mod base64url;
pub mod cause;
#[cfg(any(test, feature = "ciba"))]
pub mod ciba;
pub mod inquiry;
pub mod messages;
pub mod options;
pub mod place;
pub mod recovery;
pub mod response;
pub mod result;
pub mod step;
pub mod stopwatch;
pub mod text;

#[cfg(target_arch = "wasm32")]
mod allocator;
#[cfg(target_arch = "wasm32")]
mod executor;
#[cfg(target_arch = "wasm32")]
mod http;
#[cfg(target_arch = "wasm32")]
mod injection;
#[cfg(target_arch = "wasm32")]
mod page;

#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod ceremony;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod cloud;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod credential;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod details;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod exports;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod prompt;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod response_json;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod signals;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
mod signed;

#[cfg(all(target_arch = "wasm32", feature = "ciba"))]
pub use ciba::exports::CIBAClient;
#[cfg(all(target_arch = "wasm32", feature = "passkey"))]
pub use exports::{authenticate, outcome, register};
