//! One call of a method, from its arguments to its result: what to do next, each time something came back.
//!
//! It puts the decisions of [`super::client`], [`super::poll`] and [`super::patterns`] in a row, and the driver acts. A
//! call is steps of one kind, not futures within futures, since those cost many bytes.

use core::mem;

use super::answer::Answer;
use super::client::{Client, failed_json};
use super::json::token_json;
use super::log::{self, Line};
use super::patterns::{Attempts, FALLBACK_TIMEOUT, Fallback, Retry, SAFE_TIMEOUT, after_code, after_push, safe_json};
use super::poll::{self, Poll, Progress, Step};
use super::routes::Post;
use super::status::{INVALID_REQUEST, Outcome};
use super::totp::Verdict;

/// A method, with its arguments beside the email and the options.
pub enum Method {
    /// `initiateAppApproval`.
    Initiate,
    /// `verifyTotp`, with the code.
    Verify(String),
    /// `pollForApproval`, with the `auth_req_id`.
    Poll(String),
    /// `safeAuthenticate`.
    Safe,
    /// `authenticateWithRetry`.
    Retry,
    /// `authenticateWithFallback`.
    Fallback,
}

/// What to do next, until it is done.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// Send [`Run::post`], for so many milliseconds at most, then [`Event::Answer`].
    Send(f64),
    /// Wait so many milliseconds, then [`Event::Tick`].
    Rest(f64),
    /// Wait likewise, or less if it is time to look at the clock again.
    Nap(f64),
    /// Have the page ask the person for a TOTP code, because of this code, then [`Event::Code`].
    Prompt(String),
    /// Resolve the method's promise to this JSON.
    Done(String),
}

/// What came of it.
pub enum Event {
    /// Time went by, or nothing happened yet.
    Tick,
    /// To what was sent.
    Answer(Answer),
    /// From the page.
    Code(Option<String>),
    /// A cancel, whatever was under way.
    Cancel,
    /// An argument is unusable.
    Refuse,
}

/// The options of all methods; each has those that it reads.
#[derive(Default)]
pub struct Options {
    /// What the phone shows; empty for the default.
    pub binding_message: String,
    /// Between two polls, in seconds.
    pub interval: Option<f64>,
    /// Of each poll, in seconds. It goes before the pattern's own.
    pub timeout: Option<f64>,
    /// How many attempts there are.
    pub max_retries: Option<f64>,
}

/// What a call waits for.
enum Stage {
    Start,
    Rest,
    Initiation(u32),
    Poll(Poll),
    Prompt,
    Verdict,
}

/// A call; `E` as in [`Client`].
pub struct Run<E> {
    email: String,
    method: Method,
    options: Options,
    attempts: Attempts,
    stage: Stage,
    /// Its flight; an initiation and a code have none.
    flight: Option<u32>,
    /// What to send.
    pub post: Post,
    /// What the last step wants ended.
    pub ended: Vec<E>,
    /// What the last step has for the page's logger.
    pub lines: Vec<Line>,
}

impl<E> Run<E> {
    /// A call that is about to begin, by [`Event::Tick`].
    pub fn new(email: String, method: Method, options: Options) -> Self {
        Run {
            email,
            method,
            attempts: Attempts::new(options.max_retries),
            options,
            stage: Stage::Start,
            flight: None,
            post: Post::default(),
            ended: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Whose approval it is about.
    pub fn email(&self) -> &str {
        &self.email
    }

    /// Enters what ends it at once, unless it is an initiation or a code, which a cancel leaves alone.
    pub fn depart(&mut self, client: &mut Client<E>, end: E) {
        if !matches!(self.method, Method::Initiate | Method::Verify(_)) {
            self.flight = Some(client.flights.depart(&self.email, end));
        }
    }

    /// Where its poll stands, if it polls.
    pub fn progress(&self) -> Option<Progress> {
        match &self.stage {
            Stage::Poll(poll) => Some(poll.progress()),
            _ => None,
        }
    }

    /// Goes on after `event` at the wall clock's `now`.
    pub fn step(&mut self, client: &mut Client<E>, now: f64, event: Event) -> Next {
        let next = self.next(client, now, event);
        if let (Next::Done(_), Some(flight)) = (&next, self.flight) {
            client.flights.arrive(flight);
        }
        next
    }

    fn next(&mut self, client: &mut Client<E>, now: f64, event: Event) -> Next {
        match (mem::replace(&mut self.stage, Stage::Rest), event) {
            (stage, Event::Cancel) => {
                if let Stage::Initiation(ticket) = stage {
                    client.flights.requested(ticket, None, now);
                }
                self.end(client, now, Outcome::Cancelled)
            }
            (_, Event::Refuse) => self.end(client, now, Outcome::error(INVALID_REQUEST)),
            (Stage::Start, _) => match &mut self.method {
                Method::Verify(code) => {
                    let code = mem::take(code);
                    self.verify(client, &code)
                }
                Method::Poll(auth_req_id) => {
                    let auth_req_id = mem::take(auth_req_id);
                    self.poll(client, now, &auth_req_id)
                }
                Method::Retry => {
                    let retry = self.attempts.first();
                    self.retry(client, now, retry)
                }
                _ => self.initiate(client, now),
            },
            (Stage::Initiation(ticket), Event::Answer(answer)) => match client.initiated(ticket, answer, now) {
                Err(code) => self.end(client, now, Outcome::Error(code)),
                Ok(initiated) => {
                    self.lines.push(log::initiated(&self.email));
                    match self.method {
                        Method::Initiate => Next::Done(initiated.json()),
                        _ => self.poll(client, now, &initiated.auth_req_id),
                    }
                }
            },
            (Stage::Poll(poll), Event::Answer(answer)) => {
                self.turn(client, now, poll, poll::Event::Answer(answer.reply()))
            }
            (Stage::Poll(poll), _) => self.turn(client, now, poll, poll::Event::Tick),
            (Stage::Verdict, Event::Answer(answer)) => {
                let verdict = client.verified(&self.email, answer);
                self.judge(verdict)
            }
            (Stage::Prompt, Event::Code(Some(code))) => self.verify(client, &code),
            (Stage::Prompt, _) => Next::Done(token_json(None)),
            _ => self.initiate(client, now),
        }
    }

    fn initiate(&mut self, client: &mut Client<E>, now: f64) -> Next {
        let message = Some(self.options.binding_message.as_str()).filter(|message| !message.is_empty());
        match client.initiate(&self.email, message, self.flight, now) {
            Err(code) => self.end(client, now, Outcome::error(code)),
            Ok(initiation) => {
                self.lines.push(log::started(&self.email));
                self.ended = initiation.ended;
                self.post = initiation.post;
                self.stage = Stage::Initiation(initiation.ticket);
                Next::Send(client.request_timeout())
            }
        }
    }

    fn poll(&mut self, client: &mut Client<E>, now: f64, auth_req_id: &str) -> Next {
        let timeout = self.options.timeout.or(match self.method {
            Method::Safe => Some(SAFE_TIMEOUT),
            Method::Fallback => Some(FALLBACK_TIMEOUT),
            _ => None,
        });
        match client.poll(&self.email, auth_req_id, self.options.interval, timeout, now) {
            Err(outcome) => self.end(client, now, outcome),
            Ok((post, poll)) => {
                self.post = post;
                self.turn(client, now, poll, poll::Event::Tick)
            }
        }
    }

    fn turn(&mut self, client: &mut Client<E>, now: f64, mut poll: Poll, event: poll::Event) -> Next {
        let next = match poll.step(now, event) {
            Step::Done(outcome) => return self.end(client, now, outcome),
            Step::Wait { ms } => Next::Nap(ms),
            Step::Ask { ms } => {
                self.lines.push(log::asked(&self.email, poll.progress().attempt));
                Next::Send(ms)
            }
        };
        self.stage = Stage::Poll(poll);
        next
    }

    fn verify(&mut self, client: &mut Client<E>, code: &str) -> Next {
        match client.verify(&self.email, code) {
            Err(verdict) => self.judge(verdict),
            Ok(post) => {
                self.lines.push(log::verifying(&self.email));
                self.post = post;
                self.stage = Stage::Verdict;
                Next::Send(client.request_timeout())
            }
        }
    }

    fn judge(&mut self, verdict: Verdict) -> Next {
        self.lines.push(match &verdict {
            Verdict::Right(_) => log::approved(&self.email),
            Verdict::Failed { error, .. } => log::failed(&self.email, error),
        });
        Next::Done(match self.method {
            Method::Verify(_) => verdict.json(),
            _ => token_json(after_code(verdict)),
        })
    }

    /// After the push, or where there was none.
    fn end(&mut self, client: &mut Client<E>, now: f64, outcome: Outcome) -> Next {
        self.lines.push(log::ended(&self.email, &outcome));
        Next::Done(match self.method {
            Method::Initiate | Method::Verify(_) => failed_json(outcome.code()),
            Method::Poll(_) => outcome.json(),
            Method::Safe => safe_json(&outcome),
            Method::Retry => {
                let retry = self.attempts.after(outcome);
                return self.retry(client, now, retry);
            }
            Method::Fallback => {
                let why = outcome.code().into();
                match after_push(outcome) {
                    Fallback::Done(token) => token_json(token),
                    Fallback::Prompt => {
                        self.stage = Stage::Prompt;
                        return Next::Prompt(why);
                    }
                }
            }
        })
    }

    fn retry(&mut self, client: &mut Client<E>, now: f64, retry: Retry) -> Next {
        match retry {
            Retry::Done(token) => Next::Done(token_json(token)),
            Retry::Initiate(0.0) => self.initiate(client, now),
            Retry::Initiate(ms) => Next::Rest(ms),
        }
    }
}

#[cfg(test)]
mod tests;
