//! The pushes that wait for an answer: who may poll each of them, and how often.
//!
//! In memory, so a backend that runs in several processes needs a shared store, or sends each session to the same process.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::limits::{Exceeded, RateLimit};

/// Beyond this many, the one that was started longest ago is forgotten.
const MAX_REQUESTS: usize = 100_000;
const DEFAULT_LIFETIME: f64 = 300.0;
const LONGEST_LIFETIME: f64 = 3600.0;
/// A page polls until the provider itself says that the request has expired.
const GRACE: f64 = 30.0;
const DEFAULT_INTERVAL: f64 = 5.0;
/// The provider names no longer interval that makes sense.
const LONGEST_INTERVAL: f64 = 600.0;
/// Ten polls in five intervals: twice as often as the page, which polls once in each.
const POLLS: usize = 10;
const INTERVALS: f64 = 5.0;

/// The pushes, by their `auth_req_id`.
#[derive(Default)]
pub struct Pending {
    requests: HashMap<String, Request>,
    /// In the order in which they were started.
    order: VecDeque<String>,
}

/// A push.
pub struct Request {
    session: String,
    /// Whose phone is asked.
    pub email: String,
    expires: Instant,
    polls: RateLimit,
}

impl Pending {
    /// Remembers a push, for as long as it lives, if the response to its initiation has an `auth_req_id`.
    pub fn add(&mut self, response: &Value, session: &str, email: &str, now: Instant) {
        let Some(id) = text(&response["auth_req_id"]) else { return };
        let lifetime = positive(&response["expires_in"]).unwrap_or(DEFAULT_LIFETIME).min(LONGEST_LIFETIME) + GRACE;
        let interval = positive(&response["interval"]).unwrap_or(DEFAULT_INTERVAL).min(LONGEST_INTERVAL);
        let request = Request {
            session: session.into(),
            email: email.into(),
            expires: now + Duration::from_secs_f64(lifetime),
            polls: RateLimit::new(POLLS, Duration::from_secs_f64(INTERVALS * interval)),
        };
        if self.requests.insert(id.clone(), request).is_none() {
            self.order.push_back(id);
        }
        while let Some(oldest) = self.order.front() {
            let is_alive = self.requests.get(oldest).is_some_and(|request| now < request.expires);
            if is_alive && self.requests.len() <= MAX_REQUESTS {
                break;
            }
            self.requests.remove(oldest);
            self.order.pop_front();
        }
    }

    /// The push with this ID, if this session started it and it still lives.
    pub fn find(&mut self, id: &str, session: &str, now: Instant) -> Option<&mut Request> {
        self.requests.get_mut(id).filter(|request| request.session == session && now < request.expires)
    }

    /// Forgets a push that has been decided.
    pub fn remove(&mut self, id: &str) {
        self.requests.remove(id);
    }
}

impl Request {
    /// Counts a poll.
    ///
    /// # Errors
    ///
    /// It is polled too often.
    pub fn poll(&mut self, now: Instant) -> Result<(), Exceeded> {
        self.polls.use_key("", now)
    }
}

/// The string, or that of a number.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A number, or a string of one, that is above 0.
fn positive(value: &Value) -> Option<f64> {
    let number = value.as_f64().or_else(|| value.as_str()?.parse().ok())?;
    (number > 0.0 && number.is_finite()).then_some(number)
}

#[cfg(test)]
mod tests;
