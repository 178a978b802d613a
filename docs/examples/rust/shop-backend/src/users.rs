//! The cookies of visitors, and of users who are signed in.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, Key, SameSite, SignedCookieJar};
use uuid::Uuid;

use crate::expiring_map::ExpiringMap;

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub id: String,
    pub username: String,
}

/// Visits: a random ID that the server has signed, so that nobody can make up one, and nothing needs to be stored. A visitor's own
/// transactions belong to it. Never replaced, so that no tab loses one.
pub struct Visits {
    name: &'static str,
    secure: bool,
    key: Key,
}

impl Visits {
    /// With a new key, which ends all visits of other processes.
    pub fn new(secure: bool) -> Self {
        // No other host can set a cookie with this prefix.
        Visits { name: if secure { "__Host-visit" } else { "visit" }, secure, key: Key::generate() }
    }

    /// The visit of a request, and the cookies to set. Unless it has a visit, this starts one.
    pub fn start(&self, headers: &HeaderMap) -> (String, SignedCookieJar) {
        let jar = SignedCookieJar::from_headers(headers, self.key.clone());
        if let Some(cookie) = jar.get(self.name) {
            return (cookie.value().to_owned(), jar);
        }
        let id = Uuid::new_v4().to_string();
        let jar = jar.add(build(self.name, id.clone(), self.secure));
        (id, jar)
    }
}

/// Sessions of signed-in users: a random ID in a cookie, and who it is on the server.
pub struct Sessions {
    name: &'static str,
    secure: bool,
    lifetime: Duration,
    users: Mutex<ExpiringMap<User>>,
}

impl Sessions {
    pub fn new(secure: bool, lifetime: Duration) -> Self {
        let name = if secure { "__Host-session" } else { "session" };
        Sessions { name, secure, lifetime, users: Mutex::new(ExpiringMap::new(lifetime)) }
    }

    /// Who is signed in.
    pub fn user(&self, headers: &HeaderMap) -> Option<User> {
        let jar = CookieJar::from_headers(headers);
        let id = jar.get(self.name)?.value();
        self.users.lock().unwrap_or_else(PoisonError::into_inner).get(id, Instant::now()).cloned()
    }

    /// Ends the session of the request, and starts one under a new ID: nobody can have planted it. Returns the cookies to set.
    pub fn sign_in(&self, headers: &HeaderMap, user: User, id: String) -> CookieJar {
        let jar = CookieJar::from_headers(headers);
        let mut users = self.users.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cookie) = jar.get(self.name) {
            users.remove(cookie.value());
        }
        users.set(&id, user, Instant::now());
        jar.add(self.cookie(id))
    }

    /// The cookie of a session again: the response with it may have been lost. A session that has ended stays ended.
    pub fn resume(&self, id: String) -> Option<CookieJar> {
        let mut users = self.users.lock().unwrap_or_else(PoisonError::into_inner);
        users.get(&id, Instant::now())?;
        Some(CookieJar::new().add(self.cookie(id)))
    }

    fn cookie(&self, id: String) -> Cookie<'static> {
        let mut cookie = build(self.name, id, self.secure);
        cookie.set_max_age(self.lifetime.try_into().ok());
        cookie
    }
}

/// A cookie that no script can read, and that is sent with requests of this site only.
fn build(name: &'static str, value: String, secure: bool) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Strict).secure(secure).build()
}
