//! Transactions: each is started once and decided at most once.

use rusqlite::params;

use crate::errors::ApiError;
use crate::store::{optional, stored_as_text};

/// How long a transaction is kept after it expired, in milliseconds.
const RETENTION: i64 = 24 * 60 * 60 * 1000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceremony {
    /// A new passkey.
    Registration,
    /// An approval by a given user.
    Authentication,
    /// An approval by the owner of the passkey (autofill).
    Usernameless,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Pending,
    Succeeded,
    Failed,
}

stored_as_text!(Ceremony { Registration = "registration", Authentication = "authentication", Usernameless = "usernameless" });
stored_as_text!(Status { Pending = "pending", Succeeded = "succeeded", Failed = "failed" });

#[derive(Debug)]
pub struct Transaction {
    pub id: String,
    pub ceremony: Ceremony,
    pub status: Status,
    /// `None` for a usernameless approval that has not succeeded.
    pub user_id: Option<String>,
    /// The state that the relying party needs to verify the response. It is deleted with the decision, so that a challenge can
    /// be used only once.
    pub challenge: Option<Vec<u8>>,
    /// Only if it failed.
    pub reason: Option<String>,
    /// The time of the decision, or of the start if there is none. In milliseconds since 1970-01-01 UTC.
    pub updated_at: i64,
    /// RFC 3339, UTC.
    pub created_at_text: String,
    /// RFC 3339, UTC.
    pub updated_at_text: String,
}

/// Starts a transaction. Times in milliseconds since 1970-01-01 UTC.
pub fn start(
    database: &rusqlite::Transaction<'_>,
    id: &str,
    ceremony: Ceremony,
    user_id: Option<&str>,
    challenge: &[u8],
    now: i64,
    expires_at: i64,
) -> Result<(), ApiError> {
    database.execute("DELETE FROM transactions WHERE expires_at < ?1", [now - RETENTION])?;
    database.execute(
        "INSERT INTO transactions (id, ceremony, status, user_id, challenge, created_at, updated_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)",
        params![id, ceremony, Status::Pending, user_id, challenge, now, expires_at],
    )?;
    Ok(())
}

/// The transaction at the time `now`. If it has expired, it has failed.
pub fn find(database: &rusqlite::Transaction<'_>, id: &str, now: i64) -> Result<Option<Transaction>, ApiError> {
    database.execute(
        "UPDATE transactions SET status = ?3, reason = 'the transaction expired', challenge = NULL, updated_at = expires_at
         WHERE id = ?1 AND status = ?4 AND expires_at <= ?2",
        params![id, now, Status::Failed, Status::Pending],
    )?;
    optional(database.query_row(
        "SELECT id, ceremony, status, user_id, challenge, reason, updated_at,
                strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch'),
                strftime('%Y-%m-%dT%H:%M:%fZ', updated_at / 1000.0, 'unixepoch')
         FROM transactions WHERE id = ?1",
        [id],
        |row| {
            Ok(Transaction {
                id: row.get(0)?,
                ceremony: row.get(1)?,
                status: row.get(2)?,
                user_id: row.get(3)?,
                challenge: row.get(4)?,
                reason: row.get(5)?,
                updated_at: row.get(6)?,
                created_at_text: row.get(7)?,
                updated_at_text: row.get(8)?,
            })
        },
    ))
}

/// Records a success; does nothing if the transaction is already decided.
pub fn succeed(database: &rusqlite::Transaction<'_>, id: &str, user_id: &str, now: i64) -> Result<(), ApiError> {
    database.execute(
        "UPDATE transactions SET status = ?2, user_id = ?3, challenge = NULL, updated_at = ?4 WHERE id = ?1 AND status = ?5",
        params![id, Status::Succeeded, user_id, now, Status::Pending],
    )?;
    Ok(())
}

/// Records a failure; does nothing if the transaction is already decided.
pub fn fail(database: &rusqlite::Transaction<'_>, id: &str, reason: &str, now: i64) -> Result<(), ApiError> {
    database.execute(
        "UPDATE transactions SET status = ?2, reason = ?3, challenge = NULL, updated_at = ?4 WHERE id = ?1 AND status = ?5",
        params![id, Status::Failed, reason, now, Status::Pending],
    )?;
    Ok(())
}
