//! Where requests may go: the rule of js/base-url.js, without the paths of a page's own origin.

use url::{Host, Url};

/// The URL to append paths to: https, or http on a loopback host, without slashes at its end.
pub(super) fn parse(base: &str) -> Option<String> {
    let url = Url::parse(base).ok()?;
    let is_loopback = match url.host()? {
        Host::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    let is_bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none_or(str::is_empty)
        && url.fragment().is_none_or(str::is_empty);
    let is_allowed = url.scheme() == "https" || (url.scheme() == "http" && is_loopback);
    (is_bare && is_allowed)
        .then(|| format!("{}{}", url.origin().ascii_serialization(), url.path().trim_end_matches('/')))
}

#[cfg(test)]
mod tests;
