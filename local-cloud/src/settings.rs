//! Settings from the command line and the environment.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use url::Host;

use crate::ciba::client_keys::{ClientKeys, KEYS_VARIABLE};
use crate::ciba::clients::{CLIENTS_VARIABLE, Clients};
use crate::ciba::config::{CibaConfig, Kindness, milliseconds};
use crate::ciba::edition::Edition;
use crate::ciba::lockout::LockoutPolicy;
use crate::ciba::push_timing::PushTiming;
use crate::origins::{AllowedOrigin, not_an_origin, not_as_sent, parse_origin};

/// Not a command-line argument, because other users of the machine can read those.
pub const ACCESS_KEY_VARIABLE: &str = "LOCAL_CLOUD_ACCESS_KEY";

/// What `--help` prints.
pub const USAGE: &str = "\
usage: local-cloud [OPTION]...          (webauthn-result-cloud, if npm installed it)

  --port 5190                port; 0 picks a free one
  --phone-port 5195          port of the phone page; 0 picks a free one, as does a --port other than 5190
  --data .webauthn-result-cloud
                             folder of the database, for one local-cloud at a time; created if missing, ignored by git
  --origin ORIGIN            an origin that pages may have, for CORS and WebAuthn, as browsers send it; repeatable;
                             http://localhost:5180 if none is given; http://localhost:* is any port of it, for loopback hosts only
  --host-name NAME           a name of this server besides localhost, *.localhost, 127.0.0.0/8 and [::1], without a port;
                             requests with another Host are rejected; repeatable
  --listen 127.0.0.1         the address to listen on, which only a container changes, to 0.0.0.0; it then needs a --host-name
  --transaction-seconds 300  lifetime of a registration or approval
  --read-seconds 10          how long a client may take to send a request head or body, or to read a response

AuthSec's CIBA service, as autumn (October 2026) or spring (April 2026):
  --authsec autumn           the edition of the server
  --request-seconds 300      lifetime of a request for approval
  --poll-seconds 5           interval between two polls; may be a fraction
  --base-url ORIGIN          autumn: the address of /oauth/bc-authorize and /oauth/token, which are served under its host only;
                             http://localhost:PORT by default
  --rate-window-seconds 60   the window of the rate limits
  --lockout-window-seconds 900, --lockout-seconds 900
                             autumn: how long a wrong TOTP code counts, and how long an account is locked

Kinder than the server:
  --allow-unauthenticated-clients  autumn: a bare client_id is enough
  --xaa-ciba                       autumn: /oauth/bc-authorize and /oauth/token are enabled
  --send-retry-after               429 has Retry-After, which CORS exposes
  --slow-down                      early polls are slow_down
  --repeat-tokens                  an approved request returns its token to every poll
  --all-routes                     each endpoint has the paths of every generation
  --default-workspace              autumn: an admin initiation may name neither a workspace nor a client
  --workspace-totp                 autumn: TOTP works at the workspace route
  --no-rate-limits                 no 429, except for a locked account

environment: LOCAL_CLOUD_ACCESS_KEY, the access key of the endpoints for servers: \"secret\" if it is not set, except with --listen
             LOCAL_CLOUD_CIBA_CLIENTS, AuthSec's clients: id:secret[,id:secret...], each part percent-encoded
             LOCAL_CLOUD_CIBA_KEYS, a JSON file with the public keys of clients: { ID: { \"keys\": [JWK, ...] }, ... }";

/// The access key of a server that only this machine reaches. Pages cannot use it: the endpoints have no CORS.
const DEFAULT_ACCESS_KEY: &str = "secret";
const DEFAULT_DATA: &str = ".webauthn-result-cloud";
const PORT: u16 = 5190;
const PHONE_PORT: u16 = 5195;
/// The maximum of `--poll-seconds`.
const MAX_POLL_SECONDS: f64 = 3600.0;
/// The maximum of `--transaction-seconds`: in milliseconds, it must fit WebAuthn's `timeout`, an unsigned 32-bit number.
const MAX_TRANSACTION_SECONDS: u32 = 24 * 60 * 60;

#[derive(Debug)]
pub enum Command {
    Serve(Box<Settings>),
    Help,
}

#[derive(Debug)]
pub struct Settings {
    pub address: IpAddr,
    pub port: u16,
    pub phone_port: u16,
    pub data: PathBuf,
    pub origins: Vec<AllowedOrigin>,
    /// In lower case.
    pub host_names: Vec<String>,
    pub transaction_seconds: NonZeroU32,
    /// `None`: by the port.
    pub base_url: Option<String>,
    pub ciba: CibaConfig,
    pub read_limit: Duration,
    pub access_key: String,
    /// Whether nobody has chosen it.
    pub access_key_is_default: bool,
}

impl Settings {
    /// What the user should know before the server starts, a line each.
    pub fn notices(&self) -> Vec<String> {
        let mut notices = Vec::new();
        if self.access_key_is_default {
            notices.push(format!("{ACCESS_KEY_VARIABLE} is not set: the access key is \"{DEFAULT_ACCESS_KEY}\""));
        }
        if !self.address.is_loopback() {
            notices.push(format!(
                "warning: it listens on {}, so other machines may reach it, and on its phone page anybody can approve for \
                 everybody; publish the ports of its container on 127.0.0.1 only",
                self.address
            ));
        }
        notices
    }
}

/// What the environment variables say that the server reads.
#[derive(Debug, Default)]
pub struct Environment {
    pub access_key: Option<String>,
    pub clients: Option<String>,
    /// The content of the file.
    pub keys: Option<String>,
}

impl Environment {
    /// # Errors
    /// A message for the terminal: a variable that is not UTF-8, or a file that cannot be read.
    pub fn of_process() -> Result<Self, String> {
        let read = |name: &str| match std::env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(std::env::VarError::NotPresent) => Ok(None),
            Err(std::env::VarError::NotUnicode(_)) => Err(format!("the environment variable {name} is not UTF-8")),
        };
        let keys = match read(KEYS_VARIABLE)?.filter(|path| !path.is_empty()) {
            Some(path) => {
                Some(std::fs::read_to_string(&path).map_err(|error| format!("{KEYS_VARIABLE}: {path}: {error}"))?)
            }
            None => None,
        };
        Ok(Self { access_key: read(ACCESS_KEY_VARIABLE)?, clients: read(CLIENTS_VARIABLE)?, keys })
    }
}

/// Parses the arguments after the program's name.
///
/// # Errors
/// A message for the terminal.
pub fn read(arguments: impl Iterator<Item = String>, environment: Environment) -> Result<Command, String> {
    let mut address = IpAddr::from(Ipv4Addr::LOCALHOST);
    let mut port = PORT;
    let mut phone_port = None;
    let mut data = PathBuf::from(DEFAULT_DATA);
    let mut origins = Vec::new();
    let mut host_names = Vec::new();
    let mut base_url = None;
    let mut transaction_seconds = parse_whole_seconds("--transaction-seconds", "300")?;
    let mut request_seconds = parse_whole_seconds("--request-seconds", "300")?;
    let mut poll_interval = parse_seconds("--poll-seconds", "5")?;
    let mut read_seconds = parse_whole_seconds("--read-seconds", "10")?;
    let mut edition = Edition::Autumn;
    let mut kindnesses = HashSet::new();
    let mut rate_window = parse_whole_seconds("--rate-window-seconds", "60")?;
    let mut lockout_window = parse_whole_seconds("--lockout-window-seconds", "900")?;
    let mut lockout_seconds = parse_whole_seconds("--lockout-seconds", "900")?;

    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let (name, mut inline_value) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        if let Some(kindness) = Kindness::from_flag(&name) {
            if inline_value.is_some() {
                return Err(format!("{name} takes no value"));
            }
            kindnesses.insert(kindness);
            continue;
        }
        let mut value =
            || inline_value.take().or_else(|| arguments.next()).ok_or_else(|| format!("{name} needs a value"));
        match name.as_str() {
            "--help" | "-h" => return Ok(Command::Help),
            "--listen" => address = parse_address(&name, &value()?)?,
            "--port" => port = parse_port(&name, &value()?)?,
            "--phone-port" => phone_port = Some(parse_port(&name, &value()?)?),
            "--data" => data = PathBuf::from(value()?),
            "--origin" => origins.push(parse_allowed_origin(&name, &value()?)?),
            "--base-url" => base_url = Some(parse_base_url(&name, &value()?)?),
            "--host-name" => host_names.push(parse_host_name(value()?)?),
            "--transaction-seconds" => transaction_seconds = parse_whole_seconds(&name, &value()?)?,
            "--request-seconds" => request_seconds = parse_whole_seconds(&name, &value()?)?,
            "--poll-seconds" => poll_interval = parse_seconds(&name, &value()?)?,
            "--read-seconds" => read_seconds = parse_whole_seconds(&name, &value()?)?,
            "--authsec" => {
                let text = value()?;
                edition = Edition::from_name(&text)
                    .ok_or_else(|| format!("{name} {text} is not an edition: autumn or spring"))?;
            }
            "--rate-window-seconds" => rate_window = parse_whole_seconds(&name, &value()?)?,
            "--lockout-window-seconds" => lockout_window = parse_whole_seconds(&name, &value()?)?,
            "--lockout-seconds" => lockout_seconds = parse_whole_seconds(&name, &value()?)?,
            _ => return Err(format!("unknown argument {name}")),
        }
    }
    if origins.is_empty() {
        origins.push(AllowedOrigin::Exact("http://localhost:5180".to_owned()));
    }
    let mut clients = Clients::parse(&environment.clients.unwrap_or_default(), edition)?;
    if let Some(keys) = environment.keys {
        clients.add_keys(ClientKeys::parse_all(&keys)?, edition)?;
    }
    if !address.is_loopback() && host_names.is_empty() {
        return Err(format!(
            "--listen {address} needs --host-name: the name by which others reach this server, e.g. --host-name cloud"
        ));
    }
    let access_key_is_default = environment.access_key.is_none() && address.is_loopback();
    let access_key = environment
        .access_key
        .or_else(|| access_key_is_default.then(|| DEFAULT_ACCESS_KEY.to_owned()))
        .filter(|key| !key.is_empty())
        .ok_or_else(|| format!("the environment variable {ACCESS_KEY_VARIABLE} is missing or empty"))?;
    Ok(Command::Serve(Box::new(Settings {
        address,
        port,
        // Only the server on the default port uses the default phone port, so that several servers can run side by side.
        phone_port: phone_port.unwrap_or(if port == PORT { PHONE_PORT } else { 0 }),
        data,
        origins,
        host_names,
        transaction_seconds,
        base_url,
        ciba: CibaConfig {
            edition,
            clients,
            kindnesses,
            timing: PushTiming::new(request_seconds, poll_interval),
            lockout: LockoutPolicy { window: milliseconds(lockout_window), duration: milliseconds(lockout_seconds) },
            rate_window: Duration::from_secs(rate_window.get().into()),
        },
        read_limit: Duration::from_secs(read_seconds.get().into()),
        access_key,
        access_key_is_default,
    })))
}

fn parse_address(name: &str, text: &str) -> Result<IpAddr, String> {
    text.parse().map_err(|_| format!("{name} {text} is not an IP address, e.g. 0.0.0.0"))
}

fn parse_port(name: &str, text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| format!("{name} {text} is not a port number"))
}

fn parse_seconds(name: &str, text: &str) -> Result<Duration, String> {
    text.parse::<f64>()
        .ok()
        .filter(|seconds| (0.001..=MAX_POLL_SECONDS).contains(seconds))
        .map(Duration::from_secs_f64)
        .ok_or_else(|| format!("{name} {text} is not a number from 0.001 to {MAX_POLL_SECONDS}"))
}

fn parse_whole_seconds(name: &str, text: &str) -> Result<NonZeroU32, String> {
    text.parse::<NonZeroU32>()
        .ok()
        .filter(|seconds| seconds.get() <= MAX_TRANSACTION_SECONDS)
        .ok_or_else(|| format!("{name} {text} is not a whole number from 1 to {MAX_TRANSACTION_SECONDS}"))
}

fn parse_allowed_origin(name: &str, text: &str) -> Result<AllowedOrigin, String> {
    AllowedOrigin::parse(text).map_err(|problem| format!("{name} {text} {problem}"))
}

fn parse_base_url(name: &str, text: &str) -> Result<String, String> {
    parse_origin(text).map_err(|right| {
        let problem = right.map_or_else(not_an_origin, |right| not_as_sent(&right));
        format!("{name} {text} {problem}")
    })
}

/// Checks that a name is written as a browser sends it in `Host`, but without a port.
fn parse_host_name(text: String) -> Result<String, String> {
    match Host::parse(&text).ok().filter(|_| !text.contains('*')).map(|host| host.to_string()) {
        Some(name) if name == text => Ok(text),
        Some(name) => Err(format!("--host-name {text} is not as browsers send it: write {name}")),
        None => Err(format!("--host-name {text} is not a host name without a port, e.g. cloud.test")),
    }
}

#[cfg(test)]
mod tests;
