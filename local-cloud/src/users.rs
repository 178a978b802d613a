//! Users and their passkeys.

use rusqlite::{Row, Transaction, params};
use serde::Serialize;

use crate::errors::ApiError;
use crate::store::optional;

/// In characters.
const MAX_USERNAME: usize = 300;

#[derive(Debug)]
pub struct User {
    /// A UUID.
    pub id: String,
    pub username: String,
}

/// A registered passkey, with the state that the relying party needs to verify an assertion.
#[derive(Debug)]
pub struct Credential {
    pub id: Vec<u8>,
    pub user_id: String,
    /// The public key and other constant data, encoded by the relying party.
    pub static_state: Vec<u8>,
    /// The signature counter and other changing data, encoded by the relying party.
    pub dynamic_state: Vec<u8>,
}

/// A registered passkey, in responses to a shop's server.
#[derive(Debug, Serialize)]
pub struct Authenticator {
    /// The credential ID, base64url.
    pub id: String,
    pub name: String,
    /// RFC 3339, UTC.
    #[serde(rename = "createdAt")]
    pub created_at: String,
}

fn user(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User { id: row.get(0)?, username: row.get(1)? })
}

pub fn by_id(database: &Transaction<'_>, id: &str) -> Result<Option<User>, ApiError> {
    optional(database.query_row("SELECT id, username FROM users WHERE id = ?1", [id], user))
}

/// 422 for a username that breaks a rule, 409 if only its case differs from the username of a user: for one shop these are two
/// accounts, for another one.
pub fn by_username(database: &Transaction<'_>, username: &str) -> Result<Option<User>, ApiError> {
    let allowed = |character: char| character.is_ascii_alphanumeric() || "_-.@".contains(character);
    if username.is_empty() || username.len() > MAX_USERNAME || !username.chars().all(allowed) {
        return Err(ApiError::unprocessable(format!(
            "username: must have 1 to {MAX_USERNAME} characters of a-z, A-Z, 0-9, _ - . @"
        )));
    }
    let found = optional(database.query_row(
        "SELECT id, username FROM users WHERE username = ?1 COLLATE NOCASE ORDER BY username = ?1 DESC",
        [username],
        user,
    ))?;
    match found {
        Some(user) if user.username != username => {
            Err(ApiError::conflict(format!("username: differs only in case from {}", user.username)))
        }
        found => Ok(found),
    }
}

/// Creates a user; `now` in milliseconds since 1970-01-01 UTC.
pub fn add(database: &Transaction<'_>, username: &str, display_name: &str, now: i64) -> Result<User, ApiError> {
    let user = User { id: uuid::Uuid::new_v4().to_string(), username: username.to_owned() };
    database.execute(
        "INSERT INTO users (id, username, display_name, created_at) VALUES (?1, ?2, ?3, ?4)",
        params![user.id, user.username, display_name, now],
    )?;
    Ok(user)
}

/// The IDs of a user's passkeys, the most recently used first.
pub fn credential_ids(database: &Transaction<'_>, user_id: &str) -> Result<Vec<Vec<u8>>, ApiError> {
    let mut statement =
        database.prepare("SELECT id FROM credentials WHERE user_id = ?1 ORDER BY last_used_at DESC, rowid")?;
    let ids = statement.query_map([user_id], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

pub fn authenticators(database: &Transaction<'_>, user_id: &str) -> Result<Vec<Authenticator>, ApiError> {
    let mut statement = database.prepare(
        "SELECT id, name, strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch')
         FROM credentials WHERE user_id = ?1 ORDER BY created_at, rowid",
    )?;
    let authenticators = statement.query_map([user_id], |row| {
        Ok(Authenticator {
            id: crate::base64url::encode(row.get_ref(0)?.as_blob()?),
            name: row.get(1)?,
            created_at: row.get(2)?,
        })
    })?;
    Ok(authenticators.collect::<Result<_, _>>()?)
}

pub fn credential(database: &Transaction<'_>, id: &[u8]) -> Result<Option<Credential>, ApiError> {
    optional(database.query_row(
        "SELECT id, user_id, static_state, dynamic_state FROM credentials WHERE id = ?1",
        [id],
        |row| {
            Ok(Credential {
                id: row.get(0)?,
                user_id: row.get(1)?,
                static_state: row.get(2)?,
                dynamic_state: row.get(3)?,
            })
        },
    ))
}

/// Stores a new passkey. Returns false if its ID is already registered, to any user.
pub fn add_credential(
    database: &Transaction<'_>,
    credential: &Credential,
    name: &str,
    now: i64,
) -> Result<bool, ApiError> {
    let added = database.execute(
        "INSERT OR IGNORE INTO credentials (id, user_id, static_state, dynamic_state, name, created_at, last_used_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
        params![credential.id, credential.user_id, credential.static_state, credential.dynamic_state, name, now],
    )?;
    Ok(added == 1)
}

/// Stores the data that an accepted assertion changed, such as the signature counter.
pub fn update_credential(
    database: &Transaction<'_>,
    id: &[u8],
    dynamic_state: &[u8],
    now: i64,
) -> Result<(), ApiError> {
    database.execute(
        "UPDATE credentials SET dynamic_state = ?2, last_used_at = ?3 WHERE id = ?1",
        params![id, dynamic_state, now],
    )?;
    Ok(())
}
