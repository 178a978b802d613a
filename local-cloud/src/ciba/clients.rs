//! The clients that are registered, and the credentials that one sends (RFC 6749, section 2.3.1).

use std::collections::BTreeMap;

use axum::http::{HeaderMap, header};
use data_encoding::BASE64;
use percent_encoding::percent_decode_str;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::edition::Edition;
use crate::text;

/// Not a command-line argument, because other users of the machine can read those.
pub const CLIENTS_VARIABLE: &str = "LOCAL_CLOUD_CIBA_CLIENTS";
/// In characters: the phone shows a client's ID.
const MAX_CLIENT_ID: usize = 255;

/// The ID of each client, with its secret; a client without a secret cannot authenticate.
#[derive(Debug, Default)]
pub struct Clients(BTreeMap<String, Option<String>>);

impl Clients {
    /// Parses `id:secret,…`, each ID and secret percent-encoded. A client may have no secret.
    ///
    /// # Errors
    /// A message for the terminal. It names no secret.
    pub fn parse(list: &str, edition: Edition) -> Result<Self, String> {
        let mut clients = BTreeMap::new();
        for (index, entry) in list.split(',').filter(|entry| !entry.is_empty()).enumerate() {
            let place = format!("{CLIENTS_VARIABLE}: client {}", index + 1);
            let (id, secret) = match entry.split_once(':') {
                Some((id, secret)) => (id, Some(secret)),
                None => (entry, None),
            };
            let decode = |part: &str| form_decode(part).ok_or_else(|| format!("{place} is not UTF-8, percent-encoded"));
            let id = decode(id)?;
            if id.is_empty() || !text::is_displayable(&id, MAX_CLIENT_ID) {
                return Err(format!(
                    "{place} needs an ID of 1 to {MAX_CLIENT_ID} characters, without control and bidi characters"
                ));
            }
            if edition == Edition::Spring && Uuid::parse_str(&id).is_err() {
                return Err(format!("{place}: with --authsec spring, the ID of a client is a UUID, not {id}"));
            }
            let secret = secret.map(decode).transpose()?;
            if secret.as_deref() == Some("") {
                return Err(format!("{place} has an empty secret"));
            }
            if clients.insert(id, secret).is_some() {
                return Err(format!("{place} has the ID of another client"));
            }
        }
        Ok(Self(clients))
    }

    pub fn contains(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    pub fn accepts(&self, credentials: &Credentials) -> bool {
        let secret = self.0.get(&credentials.id).and_then(Option::as_deref);
        secret.is_some_and(|secret| secret.as_bytes().ct_eq(credentials.secret.as_bytes()).into())
    }
}

pub struct Credentials {
    pub id: String,
    secret: String,
}

impl Credentials {
    /// HTTP Basic; `None` if the request has no such header, or an invalid one.
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let header = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        let (scheme, encoded) = header.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("basic") {
            return None;
        }
        let decoded = String::from_utf8(BASE64.decode(encoded.as_bytes()).ok()?).ok()?;
        let (id, secret) = decoded.split_once(':')?;
        Some(Self { id: form_decode(id)?, secret: form_decode(secret)? })
    }
}

/// Decodes `application/x-www-form-urlencoded`.
fn form_decode(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests;
