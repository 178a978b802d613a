//! Autumn locks an account for TOTP after too many wrong codes. Spring does not.

use rusqlite::{Transaction, params};

use crate::errors::ApiError;
use crate::store::optional;

/// The server's own text.
pub const MESSAGE: &str = "too many failed attempts; this account is temporarily locked, try again later";
/// The wrong code that locks the account.
const MAX_FAILURES: i64 = 5;

/// In milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct LockoutPolicy {
    /// How long a wrong code counts.
    pub window: i64,
    pub duration: i64,
}

/// Until when the account is locked, in milliseconds since 1970-01-01 UTC.
pub fn locked_until(database: &Transaction<'_>, user_id: &str, now: i64) -> Result<Option<i64>, ApiError> {
    optional(database.query_row(
        "SELECT locked_until FROM ciba_lockouts WHERE user_id = ?1 AND locked_until > ?2",
        params![user_id, now],
        |row| row.get(0),
    ))
}

/// Counts a wrong code, and returns until when the account is locked now. The count starts anew after the window, and after a
/// lock.
pub fn record_failure(
    database: &Transaction<'_>,
    user_id: &str,
    policy: LockoutPolicy,
    now: i64,
) -> Result<Option<i64>, ApiError> {
    let counted = optional(database.query_row(
        "SELECT failures, window_started_at FROM ciba_lockouts
         WHERE user_id = ?1 AND window_started_at >= ?2 AND locked_until IS NULL",
        params![user_id, now.saturating_sub(policy.window)],
        |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
    ))?;
    let (failures, window_started_at) = counted.map_or((1, now), |(failures, started)| (failures + 1, started));
    let locked_until = (failures >= MAX_FAILURES).then(|| now.saturating_add(policy.duration));
    database.execute(
        "INSERT OR REPLACE INTO ciba_lockouts (user_id, failures, window_started_at, locked_until)
         VALUES (?1, ?2, ?3, ?4)",
        params![user_id, failures, window_started_at, locked_until],
    )?;
    Ok(locked_until)
}

/// Forgets the wrong codes of a user.
pub fn reset(database: &Transaction<'_>, user_id: &str) -> Result<(), ApiError> {
    database.execute("DELETE FROM ciba_lockouts WHERE user_id = ?1", [user_id])?;
    Ok(())
}
