//! The settings, from environment variables.

use std::fmt::Display;
use std::str::FromStr;

use url::{Host, Url};

/// What the backend must know.
#[derive(Debug, PartialEq, Eq)]
pub struct Settings {
    /// The address of the cloud, without a slash at its end.
    pub cloud_url: String,
    pub access_key: String,
    /// The page's origin, as browsers write it.
    pub origin: String,
    pub port: u16,
    /// How long a session lasts.
    pub session_seconds: u32,
}

impl Settings {
    /// Reads all of them.
    ///
    /// # Errors
    ///
    /// A line for each variable that is missing or wrong.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let given = |name: &str| variable(name).filter(|value| !value.is_empty());
        let required =
            |name: &str, meaning: &str| given(name).ok_or_else(|| format!("{name} is not set. Set it to {meaning}."));
        let cloud_url = required(
            "CLOUD_URL",
            "the address of your Authentication Cloud, such as https://INSTANCE.mauth.nevis.cloud",
        )
        .and_then(|text| Ok(parse_address("CLOUD_URL", &text)?.trim_end_matches('/').to_owned()));
        let access_key = required("ACCESS_KEY", "the access key of your Authentication Cloud").and_then(parse_key);
        let origin =
            required("ORIGIN", "the origin of your page, such as http://localhost:5173").and_then(parse_origin);
        let port = parse_number("PORT", given("PORT"), 4000, 0, u16::MAX);
        let session_seconds = parse_number("SESSION_SECONDS", given("SESSION_SECONDS"), 28_800, 1, 31_536_000);
        match (cloud_url, access_key, origin, port, session_seconds) {
            (Ok(cloud_url), Ok(access_key), Ok(origin), Ok(port), Ok(session_seconds)) => {
                Ok(Settings { cloud_url, access_key, origin, port, session_seconds })
            }
            (cloud_url, access_key, origin, port, session_seconds) => {
                let problems = [cloud_url.err(), access_key.err(), origin.err(), port.err(), session_seconds.err()];
                Err(problems.into_iter().flatten().collect::<Vec<_>>().join("\n"))
            }
        }
    }
}

/// Checks an address, and normalizes it. It must be https, because it gets secrets. This machine can have http.
fn parse_address(name: &str, text: &str) -> Result<String, String> {
    let is_own = |url: &Url| match url.host() {
        Some(Host::Domain(domain)) => domain == "localhost" || domain.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let url = Url::parse(text)
        .ok()
        .filter(|url| url.scheme() == "https" || (url.scheme() == "http" && is_own(url)))
        .ok_or_else(|| format!("{name} must be an https address, or an http address of this machine."))?;
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err(format!("{name} must have no user, no query and no fragment."));
    }
    Ok(url.origin().ascii_serialization() + url.path())
}

/// It becomes part of a header.
fn parse_key(text: String) -> Result<String, String> {
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(text);
    }
    Err("ACCESS_KEY must have no white space and only ASCII characters.".into())
}

fn parse_origin(text: String) -> Result<String, String> {
    if parse_address("ORIGIN", &text)? == format!("{text}/") {
        return Ok(text);
    }
    Err("ORIGIN must be an origin as browsers write it, such as https://shop.example.".into())
}

fn parse_number<N: FromStr + PartialOrd + Display>(
    name: &str,
    text: Option<String>,
    default: N,
    least: N,
    most: N,
) -> Result<N, String> {
    let Some(text) = text else { return Ok(default) };
    text.parse()
        .ok()
        .filter(|number| *number >= least && *number <= most)
        .ok_or_else(|| format!("{name} must be a number from {least} to {most}."))
}
