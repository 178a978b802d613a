//! AuthSec's approval by push (OpenID CIBA) and by TOTP code: everything that can be decided without a browser.
//!
//! [`client::Client`] is what one `CIBAClient` remembers and decides; a thin driver beside it sends the requests, keeps
//! the time and builds the JavaScript objects. One call flows like this:
//!
//! ```text
//! driver -> client (checks the arguments; what to send) -> routes, json
//!        -> the network -> answer (what came back means)
//!        -> poll | totp | patterns (what to do next) -> status (the result, as JSON text)
//! ```
//!
//! Encodings and units, everywhere in here: text is UTF-8; what the page and the server give in seconds (fractions too)
//! is turned into milliseconds where it enters, and both are `f64`; `now` is the wall clock in milliseconds
//! (`Date.now()`), because a clock that stands still while a laptop sleeps would poll on past the poll's end.

pub mod answer;
pub mod client;
pub mod flights;
pub mod json;
pub mod log;
pub mod patterns;
pub mod poll;
pub mod routes;
pub mod run;
pub mod status;
pub mod totp;

#[cfg(all(target_arch = "wasm32", feature = "ciba"))]
pub mod exports;
