//! One `CIBAClient`: the calls that are under way, and what it remembers of each email.

use super::requests::Requests;
use super::run::{Act, Event, Run};
use super::totp::Misses;

/// A client. It knows emails by their numbers, which JavaScript gives them.
#[derive(Default)]
pub struct Client {
    /// The wrong codes.
    pub misses: Misses,
    /// What `initiateAppApproval` and the patterns started.
    pub requests: Requests,
    /// Those under way, but for the one that takes a step, each with its number.
    calls: Vec<(usize, Run)>,
    last: usize,
    /// What the step that is being taken has to be done.
    pub acts: Vec<Act>,
}

impl Client {
    /// That remembers nothing yet.
    pub const fn new() -> Self {
        Client { misses: Misses::new(), requests: Requests::new(), calls: Vec::new(), last: 0, acts: Vec::new() }
    }

    /// A number for one more email: the first of `used` numbers that nothing is remembered of any more, or the next.
    pub fn spare(&self, used: usize) -> usize {
        let is_spare = |email: &usize| {
            self.misses.remaining(*email) == Misses::ATTEMPTS
                && !self.requests.has(*email)
                && !self.calls.iter().any(|(_, run)| run.email == Some(*email))
        };
        (0..used).find(is_spare).unwrap_or(used)
    }

    /// Enters a call, which begins by [`Event::Tick`]; the number names it.
    pub fn enter(&mut self, run: Run) -> usize {
        self.last = self.last.wrapping_add(1);
        self.calls.push((self.last, run));
        self.last
    }

    /// Goes on with a call after `event` at the wall clock's `now`: what is to be done.
    pub fn step(&mut self, number: usize, now: f64, event: Event) -> Vec<Act> {
        if let Some(at) = self.calls.iter().position(|(of, _)| *of == number) {
            let (_, mut run) = self.calls.swap_remove(at);
            run.step(self, now, event);
            if !matches!(self.acts.last(), Some(Act::Done { .. })) {
                self.calls.push((number, run));
            }
        }
        core::mem::take(&mut self.acts)
    }

    /// `cancelApproval`: what is to be done. It resolves to `cancelled`.
    pub fn cancel(&mut self, email: usize) -> Vec<Act> {
        self.misses.reset(email);
        self.requests.cancel(email);
        self.end(email);
        core::mem::take(&mut self.acts)
    }

    /// Ends what is under way for this email, but for the call that takes a step, and but for initiations and codes, which
    /// have no need of it.
    pub fn end(&mut self, email: usize) {
        for (number, run) in &self.calls {
            if run.email == Some(email) && run.is_flight() {
                self.acts.push(Act::End(*number));
            }
        }
    }
}

#[cfg(test)]
mod tests;
