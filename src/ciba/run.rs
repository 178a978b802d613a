//! One call of a method, from its arguments to its result: what is to be done, each time something came back.
//!
//! It puts the decisions of [`super::client`], [`super::poll`] and [`super::patterns`] in a row, and JavaScript acts. A
//! call is steps of one kind, not futures within futures, since those cost many bytes.

use super::answer::Answer;
use super::client::Client;
use super::patterns::{Attempts, FALLBACK_TIMEOUT, SAFE_TIMEOUT, wants_code};
use super::poll::{self, Poll, Progress, Step, Terms};
use super::status::Code;

/// A method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `initiateAppApproval`.
    Initiate,
    /// `verifyTotp`.
    Verify,
    /// `pollForApproval`.
    Poll,
    /// `safeAuthenticate`.
    Safe,
    /// `authenticateWithRetry`.
    Retry,
    /// `authenticateWithFallback`.
    Fallback,
}

/// What JavaScript is asked for, in the order in which it is to be done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    /// End the call of this number, by [`Event::Cancel`].
    End(usize),
    /// Remember the answer's `auth_req_id` by this number.
    Initiated {
        /// The number.
        request: usize,
        /// As in [`super::answer::Initiated`].
        expires_in: f64,
        /// Likewise.
        interval: f64,
    },
    /// Tell the page's `logger` that a poll ended so, or an attempt, or a code.
    Ended(Code),
    /// Tell the page's `onProgress`.
    Report(Progress),
    /// Send this, for so many milliseconds at most, then [`Event::Answer`].
    Send {
        /// What it asks for.
        request: Request,
        /// How long.
        ms: f64,
    },
    /// Wait, then [`Event::Tick`].
    Rest {
        /// So many milliseconds.
        ms: f64,
        /// Or less, if it is time to look at the clock again.
        is_nap: bool,
    },
    /// Have the page ask the person for a TOTP code, because the push ended so, then [`Event::Code`].
    Prompt(Code),
    /// Resolve the method's promise. The call is over.
    Done {
        /// To success if it is [`Code::Approved`].
        code: Code,
        /// How many wrong TOTP codes the email has left.
        remaining: u8,
    },
}

/// What a request asks for, by its number in `js/ciba-wire.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Request {
    /// An approval by push.
    Initiation,
    /// What became of it.
    Token,
    /// Whether a TOTP code is right.
    Totp,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// Time went by, nothing happened yet, or the person gave no code.
    Tick,
    /// To what was sent.
    Answer(Answer),
    /// The person gave a code; whether it is six ASCII digits.
    Code(bool),
    /// A cancel, whatever was under way.
    Cancel,
    /// An option is unusable.
    Refuse,
}

/// The options of all methods; each has those that it reads.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Options {
    /// Between two polls, in seconds.
    pub interval: Option<f64>,
    /// Of each poll, in seconds. It goes before the pattern's own.
    pub timeout: Option<f64>,
    /// How many attempts there are.
    pub max_retries: Option<f64>,
    /// How long one request may take, in milliseconds.
    pub request_timeout: f64,
}

/// What a call waits for.
#[derive(Clone, Copy)]
enum Stage {
    Start,
    Rest,
    Initiation,
    Poll(Poll),
    Prompt,
    Verdict,
}

/// A call.
#[derive(Clone, Copy)]
pub struct Run {
    /// Whose approval it is about; `None` for what is no email.
    pub email: Option<usize>,
    method: Method,
    /// Whether the method's argument beside the email is one: an `auth_req_id`, or a code of six digits.
    has_argument: bool,
    /// The request that it polls for, if that was started here.
    request: Option<usize>,
    options: Options,
    attempts: Attempts,
    stage: Stage,
}

impl Run {
    /// A call that is about to begin.
    pub fn new(
        email: Option<usize>,
        method: Method,
        has_argument: bool,
        request: Option<usize>,
        options: Options,
    ) -> Self {
        let attempts = Attempts::new(options.max_retries);
        Run { email, method, has_argument, request, options, attempts, stage: Stage::Start }
    }

    /// Whether a cancel ends it at once. It leaves an initiation and a code alone.
    pub fn is_flight(&self) -> bool {
        !matches!(self.method, Method::Initiate | Method::Verify)
    }

    /// Goes on after `event` at the wall clock's `now`.
    pub fn step(&mut self, client: &mut Client, now: f64, event: Event) {
        let stage = core::mem::replace(&mut self.stage, Stage::Rest);
        match (stage, event) {
            (_, Event::Cancel) => {
                if let (Stage::Initiation, Some(request)) = (stage, self.request) {
                    client.requests.forget(request);
                }
                self.end(client, now, Code::Cancelled);
            }
            (_, Event::Refuse) => self.end(client, now, Code::InvalidRequest),
            (Stage::Start, _) => match self.method {
                Method::Verify => self.verify(client, self.has_argument),
                Method::Poll => self.poll(client, now, self.has_argument),
                Method::Retry => self.retry(client, now, Code::Timeout),
                _ => self.initiate(client, now),
            },
            (Stage::Initiation, Event::Answer(answer)) => self.initiated(client, now, answer),
            (Stage::Poll(poll), Event::Answer(answer)) => {
                self.turn(client, now, poll, poll::Event::Answer(answer.reply()));
            }
            (Stage::Poll(poll), _) => self.turn(client, now, poll, poll::Event::Tick),
            (Stage::Verdict, Event::Answer(answer)) => {
                if let Some(email) = self.email {
                    let code = client.misses.judge(email, answer.judgement());
                    self.judge(client, code);
                }
            }
            (Stage::Prompt, Event::Code(is_code)) => self.verify(client, is_code),
            (Stage::Prompt, _) => self.done(client, Code::Cancelled),
            _ => self.initiate(client, now),
        }
    }

    fn initiate(&mut self, client: &mut Client, now: f64) {
        let Some(email) = self.email else {
            return self.end(client, now, Code::InvalidRequest);
        };
        client.misses.reset(email);
        client.end(email);
        self.request = Some(client.requests.enter(email, now));
        self.stage = Stage::Initiation;
        self.send(client, Request::Initiation);
    }

    fn initiated(&mut self, client: &mut Client, now: f64, answer: Answer) {
        let request = self.request.unwrap_or_default();
        match answer.initiated() {
            Err(code) => {
                client.requests.forget(request);
                self.end(client, now, code);
            }
            Ok(answer) => {
                client.requests.taken_up(request, answer, now);
                client.acts.push(Act::Initiated { request, expires_in: answer.expires_in, interval: answer.interval });
                match self.method {
                    Method::Initiate => self.done(client, Code::Approved),
                    _ => self.poll(client, now, true),
                }
            }
        }
    }

    fn poll(&mut self, client: &mut Client, now: f64, has_request: bool) {
        let Options { interval, timeout, request_timeout, .. } = self.options;
        let timeout = timeout.or(match self.method {
            Method::Safe => Some(SAFE_TIMEOUT),
            Method::Fallback => Some(FALLBACK_TIMEOUT),
            _ => None,
        });
        let known = self.request.and_then(|request| client.requests.find(request));
        match Terms::new(interval, timeout, known.map(|(interval, _)| interval), request_timeout) {
            Ok(terms) if has_request && self.email.is_some() => match known {
                Some((_, true)) => self.end(client, now, Code::Cancelled),
                _ => self.turn(client, now, Poll::new(now, terms), poll::Event::Tick),
            },
            _ => self.end(client, now, Code::InvalidRequest),
        }
    }

    fn turn(&mut self, client: &mut Client, now: f64, mut poll: Poll, event: poll::Event) {
        let act = match poll.step(now, event) {
            Step::Done(code) => return self.end(client, now, code),
            Step::Wait { ms } => Act::Rest { ms, is_nap: true },
            Step::Ask { ms } => Act::Send { request: Request::Token, ms },
        };
        self.stage = Stage::Poll(poll);
        client.acts.push(Act::Report(poll.progress()));
        client.acts.push(act);
    }

    fn verify(&mut self, client: &mut Client, is_code: bool) {
        let checked = match self.email {
            Some(email) => client.misses.check(email, is_code),
            None => Err(Code::InvalidRequest),
        };
        match checked {
            Err(code) => self.judge(client, code),
            Ok(()) => {
                self.stage = Stage::Verdict;
                self.send(client, Request::Totp);
            }
        }
    }

    fn send(&self, client: &mut Client, request: Request) {
        client.acts.push(Act::Send { request, ms: self.options.request_timeout });
    }

    fn judge(&self, client: &mut Client, code: Code) {
        client.acts.push(Act::Ended(code));
        self.done(client, code);
    }

    /// After the push, or where there was none.
    fn end(&mut self, client: &mut Client, now: f64, code: Code) {
        client.acts.push(Act::Ended(code));
        match self.method {
            Method::Retry => self.retry(client, now, code),
            Method::Fallback if wants_code(code) => {
                self.stage = Stage::Prompt;
                client.acts.push(Act::Prompt(code));
            }
            _ => self.done(client, code),
        }
    }

    fn retry(&mut self, client: &mut Client, now: f64, ended: Code) {
        match self.attempts.next(ended) {
            None => self.done(client, ended),
            Some(0.0) => self.initiate(client, now),
            Some(ms) => client.acts.push(Act::Rest { ms, is_nap: false }),
        }
    }

    fn done(&self, client: &mut Client, code: Code) {
        let remaining = client.misses.remaining(self.email.unwrap_or(usize::MAX));
        client.acts.push(Act::Done { code, remaining });
    }
}

#[cfg(test)]
mod tests;
