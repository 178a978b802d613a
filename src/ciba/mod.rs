//! AuthSec's approval by push (OpenID CIBA) and by TOTP code: docs/contract.md, sections B1 to B5.
//!
//! A call flows like this:
//!
//! ```text
//! exports (the class) -> client (what is remembered) -> call (the methods: async functions)
//!   -> options | poll | patterns | totp (what to do) -> wire (what is sent) -> http
//!   -> response (what it means) -> code | failure | results (what the page gets)
//! ```
//!
//! Times are `f64`: seconds where the page or the server names them, fractions included, and milliseconds from where a poll
//! begins; `now` is the wall clock in milliseconds.

/// Whether this is the module for servers. Pages do without what it adds, which takes 1,014 bytes (brotli).
const SERVER: bool = cfg!(any(test, feature = "server"));

pub mod code;
pub mod end;
pub mod failure;
pub mod log;
#[cfg(all(not(target_arch = "wasm32"), feature = "native"))]
pub mod native;
pub mod options;
pub mod patterns;
pub mod placement;
pub mod poll;
pub mod requests;
pub mod response;
pub mod results;
pub mod totp;
pub mod wire;

#[cfg(all(target_arch = "wasm32", feature = "ciba"))]
mod call;
#[cfg(all(target_arch = "wasm32", feature = "ciba"))]
mod client;
#[cfg(all(target_arch = "wasm32", feature = "ciba"))]
mod exchange;
#[cfg(all(target_arch = "wasm32", feature = "ciba"))]
pub mod exports;
