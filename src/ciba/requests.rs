//! The requests that were started here, remembered for as long as the server lets them live: a cancel between the
//! initiation and the first poll is not lost, and a poll keeps the server's interval.

use super::answer::Initiated;

/// Requests by their numbers. The number of one that lives no more goes to the next one.
#[derive(Default)]
pub struct Requests {
    all: Vec<Request>,
}

#[derive(Clone, Copy)]
struct Request {
    email: usize,
    /// Until when it lives: for ever until the server has answered.
    dies: f64,
    /// In seconds; `None` until the server has answered.
    interval: Option<f64>,
    is_cancelled: bool,
}

impl Requests {
    /// None yet.
    pub const fn new() -> Self {
        Requests { all: Vec::new() }
    }

    /// Enters a request that is about to be sent; the number names it.
    pub fn enter(&mut self, email: usize, now: f64) -> usize {
        let request = Request { email, dies: f64::INFINITY, interval: None, is_cancelled: false };
        let number = self.all.iter().position(|other| other.dies <= now).unwrap_or(self.all.len());
        match self.all.get_mut(number) {
            Some(dead) => *dead = request,
            None => self.all.push(request),
        }
        number
    }

    /// Enters that the server has taken it up.
    pub fn taken_up(&mut self, number: usize, answer: Initiated, now: f64) {
        if let Some(request) = self.all.get_mut(number) {
            request.dies = now + answer.expires_in * 1000.0;
            request.interval = Some(answer.interval);
        }
    }

    /// Forgets one that the server has not taken up.
    pub fn forget(&mut self, number: usize) {
        if let Some(request) = self.all.get_mut(number) {
            request.dies = f64::NEG_INFINITY;
        }
    }

    /// Cancels every request of this email for good: those whose poll has not begun, and those that the server has not
    /// answered yet.
    pub fn cancel(&mut self, email: usize) {
        for request in self.all.iter_mut().filter(|request| request.email == email) {
            request.is_cancelled = true;
        }
    }

    /// The server's interval for this request, in seconds, and whether the request was cancelled. Nothing is known of one
    /// that was not started here.
    pub fn find(&self, number: usize) -> Option<(f64, bool)> {
        let request = self.all.get(number)?;
        Some((request.interval?, request.is_cancelled))
    }

    /// Whether this email has any.
    pub fn has(&self, email: usize) -> bool {
        self.all.iter().any(|request| request.email == email)
    }
}

#[cfg(test)]
mod tests;
