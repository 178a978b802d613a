//! Transactions: each is started once, decided once, and never decided again.

use rusqlite::params;

use crate::errors::ApiError;
use crate::store::{optional, stored_as_text};

/// How long a decided or expired transaction can still be asked about, in milliseconds.
const KEPT: i64 = 24 * 60 * 60 * 1000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceremony {
    /// A new passkey.
    Registration,
    /// An approval by a user who is named.
    Authentication,
    /// An approval by whoever the passkey belongs to (autofill).
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

/// What is known of a transaction.
#[derive(Debug)]
pub struct Transaction {
    pub id: String,
    pub ceremony: Ceremony,
    pub status: Status,
    /// Unknown for an autofill that has not succeeded.
    pub user_id: Option<String>,
    /// What the relying party needs to verify the answer; gone once the transaction is decided, so a challenge serves once.
    pub challenge: Option<Vec<u8>>,
    /// Why it failed.
    pub reason: Option<String>,
    /// Milliseconds since 1970-01-01 UTC; of the decision, once there is one.
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
    database.execute("DELETE FROM transactions WHERE expires_at < ?1", [now - KEPT])?;
    database.execute(
        "INSERT INTO transactions (id, ceremony, status, user_id, challenge, created_at, updated_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)",
        params![id, ceremony, Status::Pending, user_id, challenge, now, expires_at],
    )?;
    Ok(())
}

/// The transaction as it stands at `now`: one whose time is up has failed.
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

/// Decides a pending transaction for good; a decided one stays as it is.
pub fn succeed(database: &rusqlite::Transaction<'_>, id: &str, user_id: &str, now: i64) -> Result<(), ApiError> {
    database.execute(
        "UPDATE transactions SET status = ?2, user_id = ?3, challenge = NULL, updated_at = ?4 WHERE id = ?1 AND status = ?5",
        params![id, Status::Succeeded, user_id, now, Status::Pending],
    )?;
    Ok(())
}

/// Decides a pending transaction for good; a decided one stays as it is.
pub fn fail(database: &rusqlite::Transaction<'_>, id: &str, reason: &str, now: i64) -> Result<(), ApiError> {
    database.execute(
        "UPDATE transactions SET status = ?2, reason = ?3, challenge = NULL, updated_at = ?4 WHERE id = ?1 AND status = ?5",
        params![id, Status::Failed, reason, now, Status::Pending],
    )?;
    Ok(())
}
