//! The server's rate limits: so many requests of one address in a sliding window. Requests over the limit do not count.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::edition::Edition;
use super::errors::CibaError;

/// How many addresses are remembered before those without recent requests are forgotten.
const MAX_ADDRESSES: usize = 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Class {
    /// The old admin routes.
    Auth,
    General,
    /// Each of the standard's routes.
    BcAuthorize,
    Token,
}

impl Class {
    /// By the start of the path, so that none of the routes under `/authsec` is in the stricter class.
    fn of_path(path: &str) -> Self {
        let is_auth = ["/uflow/auth/totp/", "/uflow/auth/ciba/"].iter().any(|start| path.starts_with(start));
        if is_auth { Self::Auth } else { Self::General }
    }

    fn limit(self) -> usize {
        match self {
            Self::Auth => 10,
            Self::General => 100,
            Self::BcAuthorize | Self::Token => 30,
        }
    }

    fn body(self, window: Duration) -> Value {
        let (limit, window) = (self.limit(), go_duration(window));
        let message =
            |what| format!("Too many {what}. Maximum {limit} requests per {window} allowed. Please try again later.");
        match self {
            Self::Auth | Self::General => json!({
                "error": "Rate limit exceeded", "message": message("requests"), "limit": limit, "window": window
            }),
            Self::BcAuthorize | Self::Token => {
                json!({ "error": "Rate limit exceeded", "message": message("attempts") })
            }
        }
    }
}

#[derive(Default)]
pub struct RateLimits(Mutex<HashMap<(IpAddr, Class), VecDeque<Instant>>>);

impl RateLimits {
    /// Counts a request, or rejects it with 429.
    pub fn count(&self, address: IpAddr, path: &str, window: Duration, now: Instant) -> Result<(), CibaError> {
        self.count_in(Class::of_path(path), address, window, now)
    }

    /// Counts a request to one of the standard's routes, which have limits of their own besides.
    pub fn count_strictly(&self, address: IpAddr, path: &str, window: Duration, now: Instant) -> Result<(), CibaError> {
        let class = if path == "/oauth/bc-authorize" { Class::BcAuthorize } else { Class::Token };
        self.count_in(class, address, window, now)
    }

    fn count_in(&self, class: Class, address: IpAddr, window: Duration, now: Instant) -> Result<(), CibaError> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() > MAX_ADDRESSES {
            counted.retain(|_, times| times.back().is_some_and(|last| now.duration_since(*last) < window));
        }
        let times = counted.entry((address, class)).or_default();
        while times.front().is_some_and(|first| now.duration_since(*first) >= window) {
            times.pop_front();
        }
        if times.len() < class.limit() {
            times.push_back(now);
            return Ok(());
        }
        let wait = times.front().map_or(window, |first| window.saturating_sub(now.duration_since(*first)));
        let seconds = i64::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(i64::MAX);
        Err(CibaError::with_body(StatusCode::TOO_MANY_REQUESTS, class.body(window)).retry_after(seconds))
    }
}

/// The address that a request counts for. Spring believes what a client says of it.
pub fn address(edition: Edition, headers: &HeaderMap, peer: IpAddr) -> IpAddr {
    let named = |header: &str| headers.get(header)?.to_str().ok()?.split(',').next()?.trim().parse().ok();
    match edition {
        Edition::Spring => named("x-forwarded-for").or_else(|| named("x-real-ip")).unwrap_or(peer),
        Edition::Autumn => peer,
    }
}

/// Whole seconds as Go writes a duration.
fn go_duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => format!("{rest}s"),
        (0, _) => format!("{minutes}m{rest}s"),
        _ => format!("{hours}h{minutes}m{rest}s"),
    }
}

#[cfg(test)]
mod tests;
