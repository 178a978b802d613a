//! One client, and a call of a method from its arguments to its result.
//!
//! [`super::super::poll`], [`super::super::totp`] and [`super::super::response`] decide, this acts, as `src/ciba/call.rs` does in
//! a page.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use serde_json::Value as Json;
use url::form_urlencoded::Serializer;

use super::super::code::Code;
use super::super::failure::Failure;
use super::super::poll::{self, Event, Poll, Step, Terms};
use super::super::response::{INTERVAL, Initiated, Response, Verdict};
use super::super::totp::CodeAttempts;
use super::super::wire::{Encoding, Request, Wire};
use super::authentication::{ASSERTION_TYPE, Credential};
use super::http::{self, HttpRequest, HttpResponse, NoResponse, Platform};
use super::options::Options;
use crate::messages::{A_TEXT, NO_TOTP};

/// The longest wait before a poll looks at the clock again: for the countdown of [`Progress`], and because timers stand still
/// while a computer sleeps.
const NAP: f64 = 1_000.0;

/// A client of an AuthSec server, of a relay, or of any provider of OpenID CIBA.
pub struct Client<P> {
    platform: P,
    options: Options,
    wire: Wire<Json>,
    /// The TOTP codes of each email.
    code_attempts: Mutex<CodeAttempts>,
}

/// What a request for approval says beside the email.
#[derive(Clone, Copy, Debug, Default)]
pub struct Push<'a> {
    /// What the phone shows; empty for a neutral sentence. Say what is approved, and include something that the user also sees
    /// here, so that nobody approves somebody else's request.
    pub binding_message: &'a str,
    /// After how many seconds the request may expire, for [`Routes::Oidc`](super::Routes::Oidc).
    pub requested_expiry: Option<u32>,
}

/// A request for approval that the server has accepted.
#[derive(Clone, PartialEq)]
pub struct ApprovalRequest {
    auth_req_id: String,
    /// After which time it expires.
    pub expires_in: Duration,
    /// How long the server wants to be left alone between two polls.
    pub interval: Duration,
}

/// The times of a poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PollOptions {
    /// Between a response and the next request; by default the server's interval.
    pub interval: Option<Duration>,
    /// From the start to the end of the poll, 300 seconds by default. Zero polls exactly once.
    pub timeout: Duration,
}

/// How far a poll is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many requests were sent, the current one included.
    pub attempt: u32,
    /// Until the poll times out.
    pub time_left: Duration,
    /// Until the next request; zero during one, `None` if the poll times out before another one.
    pub time_to_next_poll: Option<Duration>,
}

/// A token. `Debug` does not show it.
#[derive(Clone)]
pub struct Token(String);

impl<P: Platform> Client<P> {
    /// A client with these options.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for an option that is invalid.
    pub fn new(platform: P, options: Options) -> Result<Self, Failure> {
        let wire = Wire::new(&options.validated()?);
        Ok(Client { platform, options, wire, code_attempts: Mutex::default() })
    }

    /// Requests an approval by push, and gives this email all its codes back.
    ///
    /// # Errors
    ///
    /// Why there is no request.
    pub async fn request_approval(&self, email: &str, push: Push<'_>) -> Result<ApprovalRequest, Failure> {
        let Email { text: email, key } = Email::read(email)?;
        self.code_attempts().reset(&key);
        let Push { binding_message, requested_expiry } = push;
        let requested_expiry = requested_expiry.unwrap_or_default().into();
        let request = Request::Initiation { email, binding_message, requested_expiry };
        let (response, _) = self.exchange(request, self.options.request_timeout).await?;
        response.initiated().map(ApprovalRequest::from)
    }

    /// Polls for the user's decision: immediately, then at every interval, 5 seconds slower after each `slow_down`. Network
    /// errors, HTTP 408, 429 and 5xx only delay it.
    ///
    /// `on_progress` is called at each request, and every second in between.
    ///
    /// # Errors
    ///
    /// Why there is no approval: `access_denied`, `expired_token`, `timeout` (the same request can be polled again), an error of
    /// the server, or `network_timeout` or `connection_failed` if the server never responded.
    pub async fn poll(
        &self,
        request: &ApprovalRequest,
        options: PollOptions,
        mut on_progress: impl FnMut(Progress) + Send,
    ) -> Result<Token, Failure> {
        let ApprovalRequest { auth_req_id, interval, .. } = request;
        if auth_req_id.is_empty() {
            return Err(Failure::argument(&["auth_req_id", A_TEXT]));
        }
        let terms = Terms::new(
            options.interval.map(|interval| interval.as_secs_f64()),
            Some(options.timeout.as_secs_f64()),
            Some(interval.as_secs_f64()),
            self.options.request_timeout.as_secs_f64() * 1000.0,
        )?;
        let mut poll = Poll::new(self.clock(), terms);
        let mut event = Event::Tick;
        loop {
            event = match poll.step(self.clock(), event) {
                Step::Done(result) => return result.map(Token),
                Step::Wait { ms } => {
                    on_progress(poll.progress().into());
                    self.platform.sleep(duration(ms.min(NAP))).await;
                    Event::Tick
                }
                Step::Ask { ms } => {
                    on_progress(poll.progress().into());
                    let (response, retry_after) = self.exchange(Request::Token { auth_req_id }, duration(ms)).await?;
                    Event::Response(response.reply(), retry_after)
                }
            };
        }
    }

    /// Verifies a TOTP code, as people type it: with blanks or hyphens. Returns the token, if the server gives one.
    ///
    /// # Errors
    ///
    /// `invalid_code` if the code is wrong, or is not six digits (then it is not sent); `too_many_retries` after three wrong
    /// codes, or if as many are being verified as are left; otherwise why the server did not judge it.
    pub async fn verify_code(&self, email: &str, code: &str) -> Result<Option<Token>, Failure> {
        if !self.wire.takes_codes() {
            return Err(Failure::argument(&[NO_TOTP]));
        }
        let Email { text: email, key } = Email::read(email)?;
        let code = &self.code_attempts().begin(&key, code)?;
        let mut attempt = Attempt { counts: &self.code_attempts, email: &key, is_over: false };
        let (response, _) = self.exchange(Request::Totp { email, code }, self.options.request_timeout).await?;
        attempt.end(response.verdict()).map(|token| token.map(Token))
    }

    /// How many codes this email has left. A request for approval, a correct code and [`Client::reset_codes`] give it all three
    /// back. The count is kept in this client; it keeps a user from locking the account, but does not protect the server.
    pub fn remaining_codes(&self, email: &str) -> u8 {
        self.code_attempts().remaining(&Email::read(email).unwrap_or_default().key)
    }

    /// Gives this email all its codes back.
    pub fn reset_codes(&self, email: &str) {
        self.code_attempts().reset(&Email::read(email).unwrap_or_default().key);
    }

    /// Sends one request with the client's authentication, and returns the response as it is: for relays. It counts no codes.
    ///
    /// # Errors
    ///
    /// `network_timeout` or `connection_failed` if there is no response, `invalid_argument` if the signer failed.
    pub async fn send(&self, request: Request<'_>) -> Result<HttpResponse, Failure> {
        let response = http::post(&self.platform, self.build(request, self.options.request_timeout)?).await;
        response.map_err(|reason| match reason {
            NoResponse::Late => Code::NetworkTimeout.into(),
            NoResponse::Unreachable => Code::ConnectionFailed.into(),
        })
    }

    async fn exchange(&self, request: Request<'_>, timeout: Duration) -> Result<(Response, Option<f64>), Failure> {
        let response = http::post(&self.platform, self.build(request, timeout)?).await;
        Ok(http::read(response, self.platform.now()))
    }

    fn build(&self, request: Request<'_>, timeout: Duration) -> Result<HttpRequest, Failure> {
        let Options { client_id, headers, authentication, .. } = &self.options;
        let token_endpoint = self.wire.url(Request::Token { auth_req_id: "" });
        let client_id = client_id.as_deref().unwrap_or_default();
        let credential = authentication.credential(client_id, &token_endpoint, self.platform.now())?;
        let (content_type, body) = match self.wire.encoding() {
            Encoding::Json => ("application/json", self.wire.body(request).to_string()),
            Encoding::Form => ("application/x-www-form-urlencoded", form(&self.wire.body(request), &credential)),
        };
        let mut own = vec![("Content-Type", content_type.to_owned()), ("Accept", "application/json".to_owned())];
        if let Credential::Header(value) = credential {
            own.push(("Authorization", value));
        }
        let is_own = |name: &str| own.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
        let mut headers: Vec<_> = headers.iter().filter(|(name, _)| !is_own(name)).cloned().collect();
        headers.extend(own.into_iter().map(|(name, value)| (name.to_owned(), value)));
        Ok(HttpRequest { url: self.wire.url(request), headers, body, timeout })
    }

    fn clock(&self) -> f64 {
        self.platform.now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64() * 1000.0
    }

    fn code_attempts(&self) -> MutexGuard<'_, CodeAttempts> {
        lock(&self.code_attempts)
    }
}

impl<P> fmt::Debug for Client<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("options", &self.options).finish_non_exhaustive()
    }
}

/// An email as it is sent, and as a client remembers it: AuthSec compares emails in lower case.
#[derive(Default)]
struct Email<'a> {
    text: &'a str,
    key: String,
}

impl<'a> Email<'a> {
    fn read(email: &'a str) -> Result<Self, Failure> {
        // JavaScript's `trim` removes the byte order mark, too.
        let text = email.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
        if text.is_empty() {
            return Err(Failure::argument(&["email", A_TEXT]));
        }
        Ok(Email { text, key: text.to_lowercase() })
    }
}

/// A code that is being verified. If the call is dropped, the code was not judged.
struct Attempt<'a> {
    counts: &'a Mutex<CodeAttempts>,
    email: &'a str,
    is_over: bool,
}

impl Attempt<'_> {
    fn end(&mut self, verdict: Verdict) -> Result<Option<String>, Failure> {
        self.is_over = true;
        lock(self.counts).end(self.email, verdict)
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            let _ = self.end(Verdict::NotJudged(Code::Cancelled.into()));
        }
    }
}

/// No panic happens while it is locked.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn form(body: &Json, credential: &Credential) -> String {
    let mut form = Serializer::new(String::new());
    for (name, value) in body.as_object().into_iter().flatten() {
        form.append_pair(name, value.as_str().unwrap_or_default());
    }
    if let Credential::Assertion(assertion) = credential {
        form.append_pair("client_assertion_type", ASSERTION_TYPE).append_pair("client_assertion", assertion);
    }
    form.finish()
}

impl ApprovalRequest {
    /// A request that another client or process has started, with the default interval and lifetime.
    pub fn from_id(auth_req_id: impl Into<String>) -> Self {
        ApprovalRequest {
            auth_req_id: auth_req_id.into(),
            expires_in: Duration::from_secs(300),
            interval: duration(INTERVAL * 1000.0),
        }
    }

    /// The request's identifier. Who holds it can ask for the token.
    pub fn auth_req_id(&self) -> &str {
        &self.auth_req_id
    }
}

impl From<Initiated> for ApprovalRequest {
    fn from(Initiated { auth_req_id, expires_in, interval }: Initiated) -> Self {
        ApprovalRequest {
            auth_req_id,
            expires_in: duration(expires_in * 1000.0),
            interval: duration(interval * 1000.0),
        }
    }
}

/// Without the identifier.
impl fmt::Debug for ApprovalRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApprovalRequest")
            .field("expires_in", &self.expires_in)
            .field("interval", &self.interval)
            .finish_non_exhaustive()
    }
}

impl Default for PollOptions {
    fn default() -> Self {
        PollOptions { interval: None, timeout: Duration::from_secs(300) }
    }
}

impl From<poll::Progress> for Progress {
    fn from(poll::Progress { attempt, left, next }: poll::Progress) -> Self {
        Progress { attempt, time_left: duration(left), time_to_next_poll: next.map(duration) }
    }
}

impl Token {
    /// The token.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The token.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// The longest duration for what does not fit.
fn duration(ms: f64) -> Duration {
    Duration::try_from_secs_f64(ms / 1000.0).unwrap_or(Duration::MAX)
}
