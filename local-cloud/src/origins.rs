//! The origins that pages may have, for CORS and for WebAuthn alike.

use std::fmt;

use url::Url;
use webauthn_rp::response::Origin;

use crate::loopback::is_loopback;

/// What follows the host of an origin that may have any port.
const ANY_PORT: &str = ":*";

/// One `--origin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AllowedOrigin {
    /// This origin, as browsers write it.
    Exact(String),
    /// Scheme and host, without a port: any port of it. The host is a loopback one, because a development server on this machine
    /// may take any free port; elsewhere, another port can be somebody else's.
    AnyPort(String),
}

impl AllowedOrigin {
    /// # Errors
    /// What is wrong with the text, to follow the argument: `is not an origin, …`.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text.strip_suffix(ANY_PORT) {
            Some(base) => {
                let base = parse_origin(base)
                    .map_err(|problem| problem.map_or_else(not_an_origin, |right| not_as_sent(&(right + ANY_PORT))))?;
                let url = Url::parse(&base).map_err(|_| not_an_origin())?;
                if url.port().is_some() {
                    return Err(not_an_origin());
                }
                if !url.host_str().is_some_and(is_loopback) {
                    return Err(
                        "has a host that is not this machine: only localhost, *.localhost, 127.0.0.0/8 and [::1] \
                                may have any port; write the port, e.g. https://shop.example:8443"
                            .to_owned(),
                    );
                }
                Ok(Self::AnyPort(base))
            }
            None => parse_origin(text)
                .map(Self::Exact)
                .map_err(|problem| problem.map_or_else(not_an_origin, |right| not_as_sent(&right))),
        }
    }

    /// Whether a browser's origin is allowed.
    pub fn allows(&self, origin: &str) -> bool {
        match self {
            Self::Exact(known) => known == origin,
            Self::AnyPort(base) => origin.strip_prefix(base.as_str()).is_some_and(|port| is_port(port, base)),
        }
    }
}

impl fmt::Display for AllowedOrigin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(origin) => formatter.write_str(origin),
            Self::AnyPort(base) => write!(formatter, "{base}{ANY_PORT}"),
        }
    }
}

/// How `webauthn_rp` compares the origin of a response.
impl PartialEq<Origin<'_>> for AllowedOrigin {
    fn eq(&self, other: &Origin<'_>) -> bool {
        self.allows(&other.0)
    }
}

/// Whether an `Origin` header is allowed. One that is not text never is.
pub fn allow_header(origins: &[AllowedOrigin], header: &axum::http::HeaderValue) -> bool {
    header.to_str().is_ok_and(|origin| origins.iter().any(|allowed| allowed.allows(origin)))
}

/// Whether this is how a browser writes a port behind `base`: not at all for the scheme's own, else without leading zeros.
fn is_port(text: &str, base: &str) -> bool {
    let default = if base.starts_with("https:") { 443 } else { 80 };
    let Some(digits) = text.strip_prefix(':') else { return text.is_empty() };
    digits.parse::<u16>().is_ok_and(|port| port != 0 && port != default && port.to_string() == digits)
}

/// Checks that an origin is written as a browser sends it, because it is compared as a string: scheme, host and port, without
/// the scheme's default port and without a trailing slash. The error is the one to write, if there is one.
pub fn parse_origin(text: &str) -> Result<String, Option<String>> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && !text.contains('*'));
    match url.map(|url| url.origin().ascii_serialization()) {
        Some(origin) if origin == text => Ok(origin),
        right => Err(right),
    }
}

/// What is wrong with a text that is no origin.
pub fn not_an_origin() -> String {
    "is not an origin, e.g. http://localhost:5180".to_owned()
}

/// What is wrong with an origin that browsers write as `right`.
pub fn not_as_sent(right: &str) -> String {
    format!("is not as browsers send it: write {right}")
}

#[cfg(test)]
mod tests;
