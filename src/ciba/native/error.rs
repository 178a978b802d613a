//! Codes and failures as Rust's errors. Neither shows the server's words, which may quote a secret.

use std::error::Error;
use std::fmt;

use super::super::code::Code;
use super::super::failure::Failure;

/// The code, unless it is a text of the server's own that does not look like one.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.loggable_text())
    }
}

/// The code, and which argument is invalid. The server's words are in [`Reason::words`](super::super::failure::Reason::words).
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.loggable_text())
    }
}

impl Error for Code {}
impl Error for Failure {}
