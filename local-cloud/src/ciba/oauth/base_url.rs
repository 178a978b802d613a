//! The server's own address, as its operator has set it: the standard's routes are served under this name only.

use axum::extract::Request;
use axum::http::header;

pub struct BaseUrl(String);

impl BaseUrl {
    /// `origin`: scheme, host and port, as browsers write them.
    pub fn new(origin: String) -> Self {
        Self(origin)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The audience of assertions, at both routes.
    pub fn token_endpoint(&self) -> String {
        format!("{}/oauth/token", self.0)
    }

    /// Where to redirect a request that was sent to another name of the server.
    pub fn redirect(&self, request: &Request) -> Option<String> {
        let headers = request.headers();
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let forwarded = text("x-forwarded-host").filter(|names| !names.is_empty());
        let host = forwarded.or_else(|| text(header::HOST.as_str())).unwrap_or_default();
        let host = host.split(',').next().unwrap_or_default().trim();
        let (_, own) = self.0.split_once("://").unwrap_or_default();
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        (!host.eq_ignore_ascii_case(own)).then(|| format!("{}{path}", self.0))
    }
}

#[cfg(test)]
mod tests;
