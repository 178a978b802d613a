//! Sessions of visitors who have not signed in yet: a cookie with a random ID that the server has signed, so that nobody can make
//! up one, and nothing needs to be stored.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, Key, SameSite, SignedCookieJar};
use uuid::Uuid;

/// The cookie's name. On https, call it `__Host-visit` and make it secure: no other host can set such a cookie.
const NAME: &str = "visit";

/// A session. Where the user is signed in already, such as to confirm a payment, a real backend's has an email.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: String,
    /// The only email that the page can use.
    pub email: Option<String>,
}

/// Signs the IDs.
#[derive(Clone)]
pub struct Sessions {
    key: Key,
}

impl Sessions {
    /// With a new key, which ends all sessions of other processes.
    pub fn new() -> Self {
        Sessions { key: Key::generate() }
    }

    /// The session of a request, if it has one.
    pub fn find(&self, headers: &HeaderMap) -> Option<Session> {
        let cookie = self.jar(headers).get(NAME)?;
        Some(Session { id: cookie.value().to_owned(), email: None })
    }

    /// The cookies to set with the response to a page, unless it was requested with a session.
    pub fn start(&self, headers: &HeaderMap) -> Option<SignedCookieJar> {
        let jar = self.jar(headers);
        if jar.get(NAME).is_some() {
            return None;
        }
        let cookie = Cookie::build((NAME, Uuid::new_v4().to_string()));
        Some(jar.add(cookie.path("/").http_only(true).same_site(SameSite::Strict)))
    }

    fn jar(&self, headers: &HeaderMap) -> SignedCookieJar {
        SignedCookieJar::from_headers(headers, self.key.clone())
    }
}

#[cfg(test)]
mod tests;
