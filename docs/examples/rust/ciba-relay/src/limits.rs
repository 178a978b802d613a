//! How often something may happen for each key, such as an email.
//!
//! In memory, so it counts for one process and forgets on a restart. A backend that runs in several processes needs a shared
//! store.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// Beyond this many keys, the one that was used longest ago is forgotten.
const MAX_KEYS: usize = 100_000;

/// So many uses of a key in any such window.
pub struct RateLimit {
    limit: usize,
    window: Duration,
    keys: HashMap<String, Uses>,
    /// Keys and the numbers of their uses, in the order of the uses. Those that were used again since have another number.
    order: VecDeque<(u64, String)>,
    last_use: u64,
}

struct Uses {
    times: VecDeque<Instant>,
    last: u64,
}

/// A key was used too often.
#[derive(Debug, PartialEq, Eq)]
pub struct Exceeded {
    /// Until it can be used again, from 1.
    pub seconds_left: u64,
    /// Such as `10 in 5 minutes`.
    pub rule: String,
}

impl RateLimit {
    /// Allows `limit` uses of a key in any window.
    pub fn new(limit: usize, window: Duration) -> Self {
        RateLimit { limit, window, keys: HashMap::new(), order: VecDeque::new(), last_use: 0 }
    }

    /// Counts a use.
    ///
    /// # Errors
    ///
    /// The key was used too often; this use does not count.
    pub fn use_key(&mut self, key: &str, now: Instant) -> Result<(), Exceeded> {
        let window = self.window;
        let is_recent = |used: &Instant| now.duration_since(*used) < window;
        self.last_use += 1;
        let uses = self.keys.entry(key.into()).or_insert_with(|| Uses { times: VecDeque::new(), last: 0 });
        uses.times.retain(is_recent);
        if uses.times.len() >= self.limit {
            let left = uses.times.front().map_or(window, |first| window - now.duration_since(*first));
            return Err(Exceeded { seconds_left: left.as_millis().div_ceil(1000).max(1) as u64, rule: self.rule() });
        }
        uses.times.push_back(now);
        uses.last = self.last_use;
        self.order.push_back((self.last_use, key.into()));
        self.forget(is_recent);
        Ok(())
    }

    /// Forgets keys that were not used in the window, and those that are too many.
    fn forget(&mut self, is_recent: impl Fn(&Instant) -> bool) {
        while let Some((number, key)) = self.order.front() {
            let last = self.keys.get(key).filter(|uses| uses.last == *number);
            if self.keys.len() <= MAX_KEYS && last.is_some_and(|uses| uses.times.back().is_some_and(&is_recent)) {
                return;
            }
            if last.is_some() {
                self.keys.remove(key);
            }
            self.order.pop_front();
        }
    }

    fn rule(&self) -> String {
        match self.window.as_secs() {
            seconds @ 0..60 => format!("{} in {seconds} seconds", self.limit),
            seconds => format!("{} in {} minutes", self.limit, seconds / 60),
        }
    }
}

/// The key for an IP address. Of IPv6, it is the first 64 bits: whoever has one of these addresses has all of them.
pub fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [first, second, third, fourth, ..] = address.segments();
            format!("{first:x}:{second:x}:{third:x}:{fourth:x}")
        }
    }
}

// The shop's backend includes this file by its path, which would look for the tests elsewhere.
#[cfg(test)]
#[path = "limits/tests.rs"]
mod tests;
