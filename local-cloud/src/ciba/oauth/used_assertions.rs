//! The assertions that clients have used. Each is accepted once, at whichever route.

use rusqlite::{Transaction, params};

use super::assertion::{Assertion, LEEWAY};
use crate::errors::ApiError;

/// How long an assertion is remembered after it is refused as expired, in seconds, in case the clock goes back.
const CLOCK_SECONDS: i64 = 60;

/// Records the use of an assertion. False if it was used before. `now` in milliseconds since 1970-01-01 UTC.
pub fn record(database: &Transaction<'_>, assertion: &Assertion, now: i64) -> Result<bool, ApiError> {
    let forgotten = now / 1000 - i64::try_from(LEEWAY).unwrap_or_default() - CLOCK_SECONDS;
    database.execute("DELETE FROM ciba_assertions WHERE expires_at < ?1", [forgotten])?;
    let recorded = database.execute(
        "INSERT OR IGNORE INTO ciba_assertions (client_id, jti, expires_at) VALUES (?1, ?2, ?3)",
        params![assertion.client_id, assertion.id, assertion.expires_at],
    )?;
    Ok(recorded == 1)
}
