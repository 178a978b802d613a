//! What environment variables have to be.

use std::fmt::Display;
use std::str::FromStr;

use url::{Host, Url};

/// Checks an address, and normalizes it. It must be https, because it gets secrets. This machine can have http.
pub fn parse_address(name: &str, text: &str) -> Result<String, String> {
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

/// An origin as browsers write it.
pub fn parse_origin(text: String) -> Result<String, String> {
    if parse_address("ORIGIN", &text)? == format!("{text}/") {
        return Ok(text);
    }
    Err("ORIGIN must be an origin as browsers write it, such as https://shop.example.".into())
}

/// A number, or the default if it is not set.
pub fn parse_number<N: FromStr + PartialOrd + Display>(
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
