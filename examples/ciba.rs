//! Approval by push, or else by a code: `cargo run --example ciba --features native -- user@example.com`
//!
//! The environment names the provider and the client: docs/native-rust.md. The exit code is 0 if the user approved.

// The relay has the same settings and the same HTTP client.
#[path = "../docs/examples/rust/ciba-relay/src/settings.rs"]
mod settings;
#[path = "../docs/examples/rust/ciba-relay/src/web.rs"]
mod web;

use std::env;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use webauthn_result::ciba::native::{Client, Code, Failure, Platform, PollOptions, Progress, Push, Token};
use webauthn_result::ciba::patterns::wants_code;

use self::settings::Clients;
use self::web::Web;

const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the user may look for the phone.
const POLL_TIMEOUT: Duration = Duration::from_secs(60);

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(token) => {
            println!("Approved. The token begins with {}", beginning(&token));
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<Option<Token>, String> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [email] = arguments.as_slice() else {
        return Err("usage: ciba EMAIL".into());
    };
    let web = Web::new().map_err(|error| format!("The HTTP client cannot start: {error}"))?;
    let clients = Clients::from_environment(Arc::new(web), REQUEST_TIMEOUT, |name| env::var(name).ok())?;
    match push(&clients.push, email).await {
        Ok(token) => Ok(Some(token)),
        Err(failure) => {
            let Some(codes) = clients.codes.filter(|_| wants_code(&failure.code)) else {
                return Err(explain(&failure));
            };
            eprintln!("{}", explain(&failure));
            enter_code(&codes, email).await
        }
    }
}

// #region push
/// A push, and its poll with a countdown.
async fn push(client: &Client<impl Platform>, email: &str) -> Result<Token, Failure> {
    // The phone shows it, too, so nobody approves somebody else's request.
    let binding_message = &format!("Sign in, code {}", comparison_code());
    let request = client.request_approval(email, Push { binding_message, ..Push::default() }).await?;
    eprintln!("Approve on your phone, if it shows: {binding_message}");
    let options = PollOptions { timeout: POLL_TIMEOUT, ..PollOptions::default() };
    let result = client.poll(&request, options, show_countdown).await;
    eprintln!();
    result
}

/// Writes over the line before.
fn show_countdown(Progress { time_left, .. }: Progress) {
    eprint!("\rWaiting for your phone: {:3} s ", time_left.as_millis().div_ceil(1000));
    let _ = io::stderr().flush();
}

// #endregion push

/// A code of the authenticator app, with three attempts.
async fn enter_code(client: &Client<impl Platform>, email: &str) -> Result<Option<Token>, String> {
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while client.remaining_codes(email) > 0 {
        eprint!("Code of your authenticator app ({} left): ", client.remaining_codes(email));
        let _ = io::stderr().flush();
        let Ok(Some(code)) = lines.next_line().await else {
            return Err("No code was entered.".into());
        };
        match client.verify_code(email, &code).await {
            Ok(token) => return Ok(token),
            // Wrong, or not six digits.
            Err(failure) if failure.code == Code::InvalidCode => eprintln!("{}", explain(&failure)),
            Err(failure) => return Err(explain(&failure)),
        }
    }
    Err(explain(&Code::TooManyRetries.into()))
}

/// What the user can do.
fn explain(failure: &Failure) -> String {
    let text = match &failure.code {
        Code::AccessDenied => "The request was rejected on the phone.",
        Code::Timeout => "The phone did not answer in time. Is it nearby, and online?",
        Code::ExpiredToken => "The request has expired. Please start again.",
        Code::Cancelled => "The request was canceled.",
        Code::InvalidCode => "The code is wrong. Please look at your authenticator app again.",
        Code::TooManyRetries => "Too many wrong codes. Please wait a moment, and start again.",
        Code::NetworkTimeout => "The server did not respond in time. Please check your connection.",
        Code::ConnectionFailed => "The server cannot be reached. Please check your connection and AUTHSEC_URL.",
        Code::InvalidArgument | Code::UnexpectedResponse | Code::Http(_) => {
            return format!("The server and these settings do not fit together: {failure}");
        }
        Code::Server(code) => match code.as_str() {
            "user_not_found" | "unknown_user_id" => "No user has this email.",
            "no_device_registered" => "The user has no phone or no authenticator app.",
            "temporarily_locked" => {
                "The account is locked, because of too many wrong codes. Please try again in 15 minutes."
            }
            "invalid_client" => "The server does not accept CIBA_CLIENT_ID or its secret or key.",
            "unsupported_grant_type" => "The server has not enabled the standard's routes. Try CIBA_ROUTES=workspace.",
            _ => return format!("The server reports an error: {failure}"),
        },
    };
    format!("{text} ({failure})")
}

/// Enough to recognize a token, and too little to use it.
fn beginning(token: &Option<Token>) -> String {
    let text = token.as_ref().map_or("", Token::as_str);
    text.chars().take((text.len() / 4).min(8)).chain(['…']).collect()
}

/// Four characters that are hard to confuse. Not a secret, so any randomness will do.
fn comparison_code() -> String {
    const CHARACTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let random = RandomState::new().build_hasher().finish();
    (0..4).map(|place| CHARACTERS[(random >> (5 * place)) as usize % CHARACTERS.len()] as char).collect()
}
