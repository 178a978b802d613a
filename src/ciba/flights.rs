//! What is under way for which email, and how a cancel ends it: also the poll that has not begun yet.

use core::mem;

use super::answer::Initiated;

/// Flights are polls and patterns that run; `E` is what ends one at once (in a page an `AbortController`). Requests are
/// what `initiateAppApproval` started, remembered for as long as the server lets them live.
pub struct Flights<E> {
    running: Vec<Flight<E>>,
    requests: Vec<Request>,
    last: u32,
}

struct Flight<E> {
    id: u32,
    email: String,
    end: E,
}

struct Request {
    ticket: u32,
    email: String,
    is_cancelled: bool,
    /// `None` until the server has answered.
    known: Option<Known>,
}

struct Known {
    auth_req_id: String,
    interval: f64,
    dies: f64,
}

impl<E> Default for Flights<E> {
    fn default() -> Self {
        Flights { running: Vec::new(), requests: Vec::new(), last: 0 }
    }
}

impl<E> Flights<E> {
    /// Enters a flight, each with an end of its own; the number names it.
    pub fn depart(&mut self, email: &str, end: E) -> u32 {
        let id = self.number();
        self.running.push(Flight { id, email: email.into(), end });
        id
    }

    /// Strikes out a flight that is over.
    pub fn arrive(&mut self, id: u32) {
        self.running.retain(|flight| flight.id != id);
    }

    /// Strikes out the flights of this email but for `own`, and hands back what ends them.
    pub fn end(&mut self, email: &str, own: Option<u32>) -> Vec<E> {
        let mut ended = Vec::new();
        for flight in mem::take(&mut self.running) {
            if flight.email == email && Some(flight.id) != own {
                ended.push(flight.end);
            } else {
                self.running.push(flight);
            }
        }
        ended
    }

    /// [`Flights::end`], and every request of this email is cancelled for good: those whose poll has not begun, and
    /// those that the server has not answered yet.
    pub fn cancel(&mut self, email: &str) -> Vec<E> {
        for request in self.requests.iter_mut().filter(|request| request.email == email) {
            request.is_cancelled = true;
        }
        self.end(email, None)
    }

    /// Enters a request that is about to be sent; the number names it. Requests that live no more are forgotten.
    pub fn request(&mut self, email: &str, now: f64) -> u32 {
        self.requests.retain(|request| request.known.as_ref().is_none_or(|known| now < known.dies));
        let ticket = self.number();
        self.requests.push(Request { ticket, email: email.into(), is_cancelled: false, known: None });
        ticket
    }

    /// Enters what the server answered to a request; one that it refused is forgotten.
    pub fn requested(&mut self, ticket: u32, answer: Option<&Initiated>, now: f64) {
        let Some(answer) = answer else {
            self.requests.retain(|request| request.ticket != ticket);
            return;
        };
        if let Some(request) = self.requests.iter_mut().find(|request| request.ticket == ticket) {
            request.known = Some(Known {
                auth_req_id: answer.auth_req_id.clone(),
                interval: answer.interval,
                dies: now + answer.expires_in,
            });
        }
    }

    /// Whether this request was cancelled. One that was not started here never is.
    pub fn is_cancelled(&self, auth_req_id: &str) -> bool {
        self.find(auth_req_id).is_some_and(|(request, _)| request.is_cancelled)
    }

    /// The server's interval for this request, in milliseconds.
    pub fn interval(&self, auth_req_id: &str) -> Option<f64> {
        self.find(auth_req_id).map(|(_, known)| known.interval)
    }

    fn find(&self, auth_req_id: &str) -> Option<(&Request, &Known)> {
        self.requests
            .iter()
            .filter_map(|request| request.known.as_ref().map(|known| (request, known)))
            .find(|(_, known)| known.auth_req_id == auth_req_id)
    }

    fn number(&mut self) -> u32 {
        self.last = self.last.wrapping_add(1);
        self.last
    }
}

#[cfg(test)]
mod tests;
