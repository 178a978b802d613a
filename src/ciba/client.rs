//! One `CIBAClient`: what it checks, what it sends, and what it remembers of each email.
//!
//! The driver holds one for each JavaScript client. `E` is what ends a flight at once, see [`Flights`].

use super::answer::{Answer, Initiated};
use super::flights::Flights;
use super::json::{Member, object};
use super::poll::{Poll, Terms};
use super::routes::{Generation, Post, Routes};
use super::status::{BINDING_MESSAGE, INVALID_REQUEST, Outcome};
use super::totp::{Misses, Verdict};

/// How long one request may take unless the page says otherwise, in milliseconds.
pub const REQUEST_TIMEOUT: f64 = 10_000.0;

/// A client.
pub struct Client<E> {
    routes: Routes,
    request_timeout: f64,
    misses: Misses,
    /// What is under way: each poll and each pattern departs before it begins and arrives when it is over.
    pub flights: Flights<E>,
}

/// A request for approval that is about to be sent.
pub struct Initiation<E> {
    /// To send.
    pub post: Post,
    /// For [`Client::initiated`].
    pub ticket: u32,
    /// To end first.
    pub ended: Vec<E>,
}

impl<E> Client<E> {
    /// `request_timeout` in milliseconds, more than 0. With a client id it is the tenant flow.
    pub fn new(client_id: Option<String>, generation: Generation, request_timeout: f64) -> Self {
        Client {
            routes: Routes::new(client_id, generation),
            request_timeout,
            misses: Misses::default(),
            flights: Flights::default(),
        }
    }

    /// How long one request may take, in milliseconds.
    pub fn request_timeout(&self) -> f64 {
        self.request_timeout
    }

    /// Begins `initiateAppApproval`: ends the flights of this email but for `own`, the pattern that calls, and forgets
    /// its wrong codes.
    ///
    /// # Errors
    ///
    /// `invalid_request` for an empty email: nothing is sent or ended.
    pub fn initiate(
        &mut self,
        email: &str,
        binding_message: Option<&str>,
        own: Option<u32>,
        now: f64,
    ) -> Result<Initiation<E>, &'static str> {
        if email.is_empty() {
            return Err(INVALID_REQUEST);
        }
        self.misses.reset(email);
        Ok(Initiation {
            post: self.routes.initiate(email, binding_message.unwrap_or(BINDING_MESSAGE)),
            ended: self.flights.end(email, own),
            ticket: self.flights.request(email, now),
        })
    }

    /// Ends `initiateAppApproval`. An error has its code, see [`failed_json`].
    pub fn initiated(&mut self, ticket: u32, answer: Answer, now: f64) -> Result<Initiated, String> {
        let initiated = answer.initiated();
        self.flights.requested(ticket, initiated.as_ref().ok(), now);
        initiated
    }

    /// Begins `pollForApproval`, with `interval` and `timeout` in seconds: what to send at each request, and the poll.
    ///
    /// # Errors
    ///
    /// The outcome of a poll that never asks: `cancelled` for a request that was cancelled before, or the error
    /// `invalid_request` for an empty email, an empty `auth_req_id`, or times that are none ([`Terms::new`]).
    pub fn poll(
        &self,
        email: &str,
        auth_req_id: &str,
        interval: Option<f64>,
        timeout: Option<f64>,
        now: f64,
    ) -> Result<(Post, Poll), Outcome> {
        let server_interval = self.flights.interval(auth_req_id);
        let terms = Terms::new(interval, timeout, server_interval, self.request_timeout).map_err(Outcome::error)?;
        if email.is_empty() || auth_req_id.is_empty() {
            return Err(Outcome::error(INVALID_REQUEST));
        }
        if self.flights.is_cancelled(auth_req_id) {
            return Err(Outcome::Cancelled);
        }
        Ok((self.routes.token(auth_req_id), Poll::new(now, terms)))
    }

    /// Begins `verifyTotp`.
    ///
    /// # Errors
    ///
    /// What it resolves to with nothing sent: `too_many_retries`, `invalid_code` for what is not six digits, or
    /// `invalid_request` for an empty email. None of them costs an attempt.
    pub fn verify(&self, email: &str, code: &str) -> Result<Post, Verdict> {
        if email.is_empty() {
            return Err(self.misses.failed(email, INVALID_REQUEST.into()));
        }
        self.misses.check(email, code)?;
        Ok(self.routes.totp(email, code))
    }

    /// Ends `verifyTotp`.
    pub fn verified(&mut self, email: &str, answer: Answer) -> Verdict {
        self.misses.judge(email, answer.judgement())
    }

    /// `cancelApproval`, which resolves to [`Outcome::Cancelled`]: forgets the wrong codes of this email, cancels its
    /// requests and hands back what ends its flights.
    pub fn cancel(&mut self, email: &str) -> Vec<E> {
        self.misses.reset(email);
        self.flights.cancel(email)
    }
}

/// What `initiateAppApproval` resolves to where it failed, as JSON text: `{ success: false, error }`.
pub fn failed_json(code: &str) -> String {
    object(&[("success", Member::Boolean(false)), ("error", Member::Text(code))])
}

#[cfg(test)]
mod tests;
