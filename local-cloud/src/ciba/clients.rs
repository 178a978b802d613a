//! The clients that are registered, and the credentials that one sends (RFC 6749, section 2.3.1).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use axum::http::{HeaderMap, header};
use data_encoding::BASE64;
use percent_encoding::percent_decode_str;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::client_keys::{ClientKeys, KEYS_VARIABLE};
use super::edition::Edition;
use crate::text;

/// Not a command-line argument, because other users of the machine can read those.
pub const CLIENTS_VARIABLE: &str = "LOCAL_CLOUD_CIBA_CLIENTS";
/// In characters: the phone shows a client's ID.
const MAX_CLIENT_ID: usize = 255;

/// The clients by their IDs.
#[derive(Debug, Default)]
pub struct Clients(BTreeMap<String, Client>);

/// How a client can authenticate; one with neither a secret nor keys cannot.
#[derive(Debug, Default)]
pub struct Client {
    pub secret: Option<String>,
    pub keys: Option<ClientKeys>,
}

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
            check_id(&place, &id, edition)?;
            let secret = secret.map(decode).transpose()?;
            if secret.as_deref() == Some("") {
                return Err(format!("{place} has an empty secret"));
            }
            match clients.entry(id) {
                Entry::Vacant(entry) => entry.insert(Client { secret, keys: None }),
                Entry::Occupied(_) => return Err(format!("{place} has the ID of another client")),
            };
        }
        Ok(Self(clients))
    }

    /// Adds the keys of clients, and the clients that have no secret.
    ///
    /// # Errors
    /// A message for the terminal.
    pub fn add_keys(&mut self, keys: BTreeMap<String, ClientKeys>, edition: Edition) -> Result<(), String> {
        for (id, keys) in keys {
            check_id(&format!("{KEYS_VARIABLE}: client {id:?}"), &id, edition)?;
            self.0.entry(id).or_default().keys = Some(keys);
        }
        Ok(())
    }

    pub fn get(&self, id: &str) -> Option<&Client> {
        self.0.get(id)
    }

    pub fn contains(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    pub fn accepts(&self, credentials: &Credentials) -> bool {
        let secret = self.get(&credentials.id).and_then(|client| client.secret.as_deref());
        secret.is_some_and(|secret| secret.as_bytes().ct_eq(credentials.secret.as_bytes()).into())
    }
}

/// `place` is where the ID was read.
fn check_id(place: &str, id: &str, edition: Edition) -> Result<(), String> {
    if id.is_empty() || !text::is_displayable(id, MAX_CLIENT_ID) {
        return Err(format!(
            "{place} needs an ID of 1 to {MAX_CLIENT_ID} characters, without control and bidi characters"
        ));
    }
    if edition == Edition::Spring && Uuid::parse_str(id).is_err() {
        return Err(format!("{place}: with --authsec spring, the ID of a client is a UUID, not {id}"));
    }
    Ok(())
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
