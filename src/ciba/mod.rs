//! AuthSec's approval by push (OpenID CIBA) and by TOTP code: everything that can be decided without a browser.
//!
//! [`client::Client`] is what one `CIBAClient` remembers and decides; `js/ciba-call.js` carries it out. One call flows
//! like this:
//!
//! ```text
//! JavaScript -> client (is it usable? what comes next?) -> acts: a request, a wait, a prompt, the result
//!            -> the network -> answer (what came back means)
//!            -> poll | totp | patterns (what to do next) -> status (how it ended)
//! ```
//!
//! No text comes in here: an email, a request and a call each have a number, and so has each code. JavaScript writes and
//! reads texts and JSON in far fewer bytes, and a secret that never enters cannot leave either.
//!
//! Units, everywhere in here: what the page and the server give in seconds (fractions too) is turned into milliseconds
//! where a poll begins, and both are `f64`; `now` is the wall clock in milliseconds (`Date.now()`), because a clock that
//! stands still while a laptop sleeps would poll on past the poll's end.

pub mod answer;
pub mod client;
pub mod patterns;
pub mod poll;
pub mod requests;
pub mod run;
pub mod status;
pub mod totp;

#[cfg(all(target_arch = "wasm32", feature = "ciba"))]
pub mod exports;
