//! A map that forgets: entries expire, and there are never too many.
//!
//! In memory, so it is of one process and empty after a restart. A backend that runs in several processes needs a shared store.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

/// Beyond this many entries, the oldest is forgotten.
const MAX_SIZE: usize = 100_000;

pub struct ExpiringMap<V> {
    lifetime: Duration,
    entries: HashMap<String, (V, Instant)>,
    /// Keys in the order in which they expire, and when. Those that were set again since expire at another time.
    order: VecDeque<(String, Instant)>,
}

impl<V> ExpiringMap<V> {
    pub fn new(lifetime: Duration) -> Self {
        ExpiringMap { lifetime, entries: HashMap::new(), order: VecDeque::new() }
    }

    pub fn get(&mut self, key: &str, now: Instant) -> Option<&mut V> {
        self.entries.get_mut(key).filter(|(_, until)| now < *until).map(|(value, _)| value)
    }

    pub fn set(&mut self, key: &str, value: V, now: Instant) {
        let until = now + self.lifetime;
        self.entries.insert(key.into(), (value, until));
        self.order.push_back((key.into(), until));
        while let Some((key, until)) = self.order.front() {
            let is_current = self.entries.get(key).is_some_and(|(_, current)| current == until);
            if is_current && self.entries.len() <= MAX_SIZE && now < *until {
                return;
            }
            if is_current {
                self.entries.remove(key);
            }
            self.order.pop_front();
        }
    }

    pub fn remove(&mut self, key: &str) {
        self.entries.remove(key);
    }
}

// The backend with a WebAuthn server of its own includes this file by its path, which would look for the tests elsewhere.
#[cfg(test)]
#[path = "expiring_map/tests.rs"]
mod tests;
