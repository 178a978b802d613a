//! Tokens that stay on the server: the page gets a handle in the place of each.
//!
//! A real backend verifies the token, and stores it with the session.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use uuid::Uuid;

/// How long a token is kept.
const LIFETIME: Duration = Duration::from_secs(300);

/// The tokens, the oldest first.
#[derive(Default)]
pub struct Tokens {
    kept: VecDeque<Kept>,
}

struct Kept {
    handle: String,
    token: String,
    since: Instant,
}

impl Tokens {
    /// Keeps a token, and returns its handle.
    pub fn keep(&mut self, token: &str, now: Instant) -> String {
        while self.kept.front().is_some_and(|oldest| now.duration_since(oldest.since) >= LIFETIME) {
            self.kept.pop_front();
        }
        let handle = Uuid::new_v4().to_string();
        self.kept.push_back(Kept { handle: handle.clone(), token: token.into(), since: now });
        handle
    }

    /// Takes the token of a handle, once: for the backend's own route that finishes a sign-in.
    #[allow(dead_code, reason = "this example has no such route")]
    pub fn take(&mut self, handle: &str, now: Instant) -> Option<String> {
        let index = self.kept.iter().position(|kept| kept.handle == handle)?;
        let kept = self.kept.remove(index)?;
        (now.duration_since(kept.since) < LIFETIME).then_some(kept.token)
    }
}

#[cfg(test)]
mod tests;
