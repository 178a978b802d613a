//! The requests that this client started, remembered until they expire: a cancel between the initiation and the first poll
//! is not lost, and a poll keeps the server's interval.

use super::response::Initiated;

/// The requests.
#[derive(Default)]
pub struct Requests {
    all: Vec<Request>,
    last_key: u32,
}

struct Request {
    key: u32,
    email: String,
    /// What the server has accepted.
    initiated: Option<Initiated>,
    /// On the clock of `now`, in milliseconds; never until the server has responded.
    expires: f64,
    is_cancelled: bool,
}

impl Requests {
    /// Enters a request that is about to be sent, and returns its key.
    pub fn enter(&mut self, email: &str, now: f64) -> u32 {
        self.all.retain(|request| request.expires > now);
        self.last_key = self.last_key.wrapping_add(1);
        self.all.push(Request {
            key: self.last_key,
            email: email.into(),
            initiated: None,
            expires: f64::INFINITY,
            is_cancelled: false,
        });
        self.last_key
    }

    /// The server has accepted it.
    pub fn accept(&mut self, key: u32, initiated: &Initiated, now: f64) {
        if let Some(request) = self.all.iter_mut().find(|request| request.key == key) {
            request.expires = now + initiated.expires_in * 1000.0;
            request.initiated = Some(initiated.clone());
        }
    }

    /// Forgets a request that the server has not accepted.
    pub fn forget(&mut self, key: u32) {
        self.all.retain(|request| request.key != key);
    }

    /// Cancels every request of this email for good: also those that no poll has asked for, and those that the server has not
    /// responded to yet.
    pub fn cancel(&mut self, email: &str) {
        for request in self.all.iter_mut().filter(|request| request.email == email) {
            request.is_cancelled = true;
        }
    }

    /// The server's interval for a request that this client started, in seconds, and whether it was canceled.
    pub fn find(&self, auth_req_id: &str) -> Option<(f64, bool)> {
        self.all.iter().rev().find_map(|request| {
            let initiated = request.initiated.as_ref()?;
            (initiated.auth_req_id == auth_req_id).then_some((initiated.interval, request.is_cancelled))
        })
    }
}

#[cfg(test)]
mod tests;
