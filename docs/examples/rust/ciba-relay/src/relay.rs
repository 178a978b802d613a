//! The relay: three routes that pass the requests of a page on to a provider.
//!
//! Providers want their clients to authenticate, and no page may hold a secret. So the page calls its own server, with
//! `new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" })`, and this adds the authentication. Requests, responses and secrets
//! are never logged.

use std::net::IpAddr;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::Response;
use regex::Regex;
use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization;
use webauthn_result::ciba::native::{Client, Code, HttpResponse, Platform, Request};

use crate::limits::{RateLimit, network_of};
use crate::pending::Pending;
use crate::refusal::{Refusal, send_json};
use crate::sessions::Session;
use crate::settings::Clients;
use crate::tokens::Tokens;

/// The messages that are passed on, because phones show them as this site's.
const MESSAGES: &str = r"\ASign in, code [2-9A-HJ-NP-Z]{4}\z";

const FIVE_MINUTES: Duration = Duration::from_secs(5 * 60);
const FIFTEEN_MINUTES: Duration = Duration::from_secs(15 * 60);

/// A request of the page's, with what the server knows about it.
pub struct Asked<'a> {
    /// `initiate`, `token` or `totp`.
    pub route: &'a str,
    /// The session of the page's cookie.
    pub session: &'a Session,
    /// The visitor's address. Behind a proxy, take it from the header that your proxy sets.
    pub address: IpAddr,
    /// The body, parsed.
    pub body: &'a Value,
}

/// The relay.
pub struct Relay<P> {
    clients: Clients<P>,
    state: Mutex<State>,
}

struct State {
    /// Users who are asked again and again approve at last, just to end it.
    initiations: Limits,
    /// For an email, more than the 5 wrong codes after which AuthSec locks the account, so that users get its response.
    codes: Limits,
    pending: Pending,
    /// If tokens are kept.
    tokens: Option<Tokens>,
}

/// How often an address, a session and an email may ask: AuthSec only limits addresses, and the relay has one. Anybody can enter
/// anybody's email, and start new sessions.
struct Limits {
    address: RateLimit,
    session: RateLimit,
    email: RateLimit,
}

impl<P: Platform> Relay<P> {
    /// A relay for these clients, which hands out handles in place of tokens if it keeps those.
    pub fn new(clients: Clients<P>, keeps_tokens: bool) -> Self {
        let state = State {
            initiations: Limits::new(FIVE_MINUTES, [60, 10, 5]),
            codes: Limits::new(FIFTEEN_MINUTES, [120, 20, 10]),
            pending: Pending::default(),
            tokens: keeps_tokens.then(Tokens::default),
        };
        Relay { clients, state: Mutex::new(state) }
    }

    /// Whether there is such a route.
    pub fn has_route(route: &str) -> bool {
        matches!(route, "initiate" | "token" | "totp")
    }

    /// Whether the provider takes codes.
    pub fn takes_codes(&self) -> bool {
        self.clients.codes.is_some()
    }

    /// Passes a request on. A response has the provider's own status, body and `Retry-After`.
    pub async fn pass_on(&self, asked: Asked<'_>) -> Result<Response, Refusal> {
        match asked.route {
            "initiate" => self.initiate(asked).await,
            "token" => self.poll(asked).await,
            "totp" => self.verify_code(asked).await,
            _ => Err(Refusal::new(StatusCode::NOT_FOUND, "No such endpoint.")),
        }
    }

    async fn initiate(&self, asked: Asked<'_>) -> Result<Response, Refusal> {
        let Asked { session, body, .. } = asked;
        let email = &email_of(body, session)?;
        let binding_message = match body.get("binding_message") {
            Some(_) => property(body, "binding_message", 255)?,
            None => "",
        };
        if !binding_message.is_empty() && !OWN_MESSAGE.is_match(binding_message) {
            return Err(Refusal::invalid("binding_message must be one of this site's messages"));
        }
        self.state().initiations.count(&asked, email)?;
        let request = Request::Initiation { email, binding_message, requested_expiry: 0.0 };
        let (response, json) = ask("initiate", &self.clients.push, request).await?;
        if is_success(&response) {
            self.state().pending.add(&json, &session.id, email, Instant::now());
        }
        Ok(respond(response))
    }

    async fn poll(&self, Asked { session, body, .. }: Asked<'_>) -> Result<Response, Refusal> {
        let auth_req_id = property(body, "auth_req_id", 255)?;
        let now = Instant::now();
        // The user of the session may have changed.
        let of_session = session.email.as_deref().map(normalize_email).transpose()?;
        self.state()
            .pending
            .find(auth_req_id, &session.id, now)
            .filter(|request| of_session.as_ref().is_none_or(|email| *email == request.email))
            .ok_or_else(Refusal::expired)?
            .poll(now)
            .map_err(|exceeded| Refusal::exceeded("Too many polls of this request", exceeded))?;
        let (response, json) = ask("token", &self.clients.push, Request::Token { auth_req_id }).await?;
        if token_of(&response, &json).is_some() {
            self.state().pending.remove(auth_req_id);
        }
        Ok(self.respond_without_token(response, &json, false))
    }

    async fn verify_code(&self, asked: Asked<'_>) -> Result<Response, Refusal> {
        let Some(client) = &self.clients.codes else {
            return Err(Refusal::new(StatusCode::NOT_FOUND, "The provider has no TOTP. Offer another way."));
        };
        let email = &email_of(asked.body, asked.session)?;
        let code = property(asked.body, "totp_code", 6)?;
        self.state().codes.count(&asked, email)?;
        let (response, json) = ask("totp", client, Request::Totp { email, code }).await?;
        Ok(self.respond_without_token(response, &json, true))
    }

    /// A response as the page gets it: with a handle in place of the token, if tokens are kept.
    fn respond_without_token(&self, response: HttpResponse, json: &Value, is_of_code: bool) -> Response {
        let mut state = self.state();
        let Some(tokens) = &mut state.tokens else { return respond(response) };
        let body = match token_of(&response, json) {
            Some(token) => {
                let mut body = pick_safe(json, &["expires_in", "scope"]);
                body.insert("access_token".into(), json!(tokens.keep(token, Instant::now())));
                if is_of_code {
                    body.insert("success".into(), json!(true));
                }
                body
            }
            None => pick_safe(json, &SAFE),
        };
        respond(HttpResponse { body: Value::Object(body).to_string(), ..response })
    }

    /// No panic happens while it is locked.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Limits {
    fn new(window: Duration, [address, session, email]: [usize; 3]) -> Self {
        let limit = |limit| RateLimit::new(limit, window);
        Limits { address: limit(address), session: limit(session), email: limit(email) }
    }

    /// Counts a request. The email comes last, so that whoever exceeds another limit does not use up that of a victim.
    fn count(&mut self, Asked { address, session, .. }: &Asked<'_>, email: &str) -> Result<(), Refusal> {
        let now = Instant::now();
        for (limit, key, complaint) in [
            (&mut self.address, network_of(*address).as_str(), "Too many requests from this address"),
            (&mut self.session, &session.id, "Too many requests of this session"),
            (&mut self.email, email, "Too many requests for this email"),
        ] {
            limit.use_key(key, now).map_err(|exceeded| Refusal::exceeded(complaint, exceeded))?;
        }
        Ok(())
    }
}

/// Sends a request. The response, and its body, which is a JSON object.
async fn ask(
    route: &str,
    client: &Client<impl Platform>,
    request: Request<'_>,
) -> Result<(HttpResponse, Value), Refusal> {
    let response = client.send(request).await.map_err(|failure| {
        eprintln!("relay: {route}: no response from the provider ({failure})");
        match failure.code {
            Code::NetworkTimeout => Refusal::new(StatusCode::GATEWAY_TIMEOUT, "The provider did not respond in time."),
            Code::ConnectionFailed => Refusal::new(StatusCode::BAD_GATEWAY, "The provider cannot be reached."),
            _ => Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "The request could not be made."),
        }
    })?;
    let status = response.status;
    let json = serde_json::from_str(&response.body).ok().filter(Value::is_object);
    let Some(json) = json.filter(|_| is_success(&response) || status >= 400) else {
        eprintln!("relay: {route}: not a response of the provider (HTTP {status})");
        let status = StatusCode::from_u16(status).ok().filter(|_| status >= 400).unwrap_or(StatusCode::BAD_GATEWAY);
        let refusal = Refusal::new(status, "The response is not the provider's.");
        return Err(refusal.with_retry_after(response.retry_after));
    };
    if json["error"] == "invalid_client" {
        eprintln!("relay: {route}: the provider does not accept the client or its authentication");
    }
    Ok((response, json))
}

fn respond(HttpResponse { status, body, retry_after }: HttpResponse) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    send_json(status, body, retry_after.map(|value| (RETRY_AFTER, value)))
}

/// A property that is passed on: a string of at most so many UTF-16 units, as JavaScript counts.
fn property<'a>(body: &'a Value, name: &str, longest: usize) -> Result<&'a str, Refusal> {
    body.get(name)
        .and_then(Value::as_str)
        .filter(|text| !trim(text).is_empty() && text.encode_utf16().count() <= longest)
        .ok_or_else(|| Refusal::invalid(format!("{name} must be a string of 1 to {longest} characters")))
}

/// The email that a request is about.
///
/// # Errors
///
/// The session has another. It is not replaced, or the page would name another person than the phone.
fn email_of(body: &Value, session: &Session) -> Result<String, Refusal> {
    let email = normalize_email(property(body, "email", 254)?)?;
    match session.email.as_deref().map(normalize_email).transpose()? {
        Some(own) if own != email => Err(Refusal::new(StatusCode::FORBIDDEN, "email is not that of the session.")),
        _ => Ok(email),
    }
}

/// One spelling for all that AuthSec may take for the same email, so that they share a limit.
///
/// # Errors
///
/// White space or an invisible character is left, because servers differ in which of them they trim.
fn normalize_email(email: &str) -> Result<String, Refusal> {
    let normalized: String = trim(email).to_lowercase().nfc().collect();
    if INVISIBLE.is_match(&normalized) {
        return Err(Refusal::invalid("email must have no white space and no invisible characters"));
    }
    Ok(normalized)
}

/// As JavaScript trims.
fn trim(text: &str) -> &str {
    text.trim_matches(|character: char| (character.is_whitespace() && character != '\u{85}') || character == '\u{feff}')
}

static OWN_MESSAGE: LazyLock<Regex> = LazyLock::new(|| Regex::new(MESSAGES).expect("a constant that tests compile"));
static INVISIBLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\p{C}\p{Z}]").expect("a constant that tests compile"));

fn is_success(response: &HttpResponse) -> bool {
    (200..300).contains(&response.status)
}

/// The token of an approval: 2xx with a token, and no error.
fn token_of<'a>(response: &HttpResponse, json: &'a Value) -> Option<&'a str> {
    if !is_success(response) || !json["error"].is_null() {
        return None;
    }
    ["access_token", "token"].into_iter().find_map(|name| json[name].as_str().filter(|token| !token.is_empty()))
}

/// What is left of a response, besides its token, where the page must not get tokens.
const SAFE: [&str; 8] =
    ["success", "error", "error_description", "message", "interval", "expires_in", "limit", "window"];

/// Without what is not a string, a number or a boolean. Of an error that is an object, its code is left.
fn pick_safe(json: &Value, names: &[&str]) -> Map<String, Value> {
    let safe = |value: &Value| value.is_string() || value.is_number() || value.is_boolean();
    names
        .iter()
        .filter_map(|name| {
            let value = &json[*name];
            let code = ["code", "error"].into_iter().map(|name| &value[name]).find(|code| !code.is_null());
            let value = code.filter(|_| *name == "error").unwrap_or(value);
            safe(value).then(|| ((*name).to_owned(), value.clone()))
        })
        .collect()
}

#[cfg(test)]
mod tests;
