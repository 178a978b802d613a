//! Requests for approval by push: each is started once, decided once by the person who is asked, and lives for its time.

use rusqlite::{Row, Transaction, params};

use super::{Terms, users};
use crate::base64url;
use crate::errors::ApiError;
use crate::store::{optional, stored_as_text};

/// The random bytes of an `auth_req_id`: who holds one can ask for the token, so it must not be guessed.
const ID_BYTES: usize = 32;
/// How long a request is remembered after its end, in milliseconds.
const KEPT: i64 = 24 * 60 * 60 * 1000;
/// What `slow_down` adds to the interval, in milliseconds (OpenID CIBA core 1.0, section 11).
const SLOW_DOWN: i64 = 5000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Pending,
    Approved,
    Denied,
}

stored_as_text!(Status { Pending = "pending", Approved = "approved", Denied = "denied" });

/// What is known of a request. Times in milliseconds since 1970-01-01 UTC.
#[derive(Debug)]
pub struct Request {
    pub auth_req_id: String,
    /// Names the request where it is no secret: in tokens.
    pub id: String,
    pub user_id: String,
    /// `None` where the admin flow started it.
    pub client_id: Option<String>,
    pub binding_message: Option<String>,
    pub status: Status,
    pub pace: Pace,
    pub created_at: i64,
    pub decided_at: Option<i64>,
    pub expires_at: i64,
}

/// How fast a request's client polls, and how fast it may. In milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    pub interval: i64,
    pub polled_at: Option<i64>,
}

impl Pace {
    /// Whether a poll comes too early. The network may bring one poll a little sooner than the one before, so a tenth of
    /// the interval is forgiven.
    fn is_too_fast(self, now: i64) -> bool {
        self.polled_at.is_some_and(|last| now - last < self.interval - self.interval / 10)
    }

    /// The pace after a poll at `now`.
    fn after(self, now: i64) -> Self {
        let slower = if self.is_too_fast(now) { SLOW_DOWN } else { 0 };
        Self { interval: self.interval.saturating_add(slower), polled_at: Some(now) }
    }
}

/// Starts a request, and says by which id its client asks what became of it.
pub fn start(
    database: &Transaction<'_>,
    user_id: &str,
    client_id: Option<&str>,
    binding_message: Option<&str>,
    terms: Terms,
    now: i64,
) -> Result<String, ApiError> {
    database.execute("DELETE FROM ciba_requests WHERE expires_at < ?1", [now - KEPT])?;
    let mut random = [0; ID_BYTES];
    getrandom::fill(&mut random).map_err(ApiError::internal)?;
    let auth_req_id = base64url::encode(&random);
    database.execute(
        "INSERT INTO ciba_requests (auth_req_id, id, user_id, client_id, binding_message, status, biometric_verified,
                                    interval, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8, ?9)",
        params![
            auth_req_id,
            uuid::Uuid::new_v4().to_string(),
            user_id,
            client_id,
            binding_message,
            Status::Pending,
            terms.interval,
            now,
            now.saturating_add(terms.lifetime)
        ],
    )?;
    Ok(auth_req_id)
}

const COLUMNS: &str = "auth_req_id, id, user_id, client_id, binding_message, status, interval, polled_at, created_at,
                       decided_at, expires_at";

pub fn find(database: &Transaction<'_>, auth_req_id: &str) -> Result<Option<Request>, ApiError> {
    let sql = format!("SELECT {COLUMNS} FROM ciba_requests WHERE auth_req_id = ?1");
    optional(database.query_row(&sql, [auth_req_id], request))
}

/// Whom a request asks.
pub fn email_of(database: &Transaction<'_>, auth_req_id: &str) -> Result<Option<String>, ApiError> {
    match find(database, auth_req_id)? {
        Some(request) => Ok(users::by_id(database, &request.user_id)?.map(|person| person.email)),
        None => Ok(None),
    }
}

/// What a person is asked at `now`, the oldest first.
pub fn pending(database: &Transaction<'_>, user_id: &str, now: i64) -> Result<Vec<Request>, ApiError> {
    let mut statement = database.prepare(&format!(
        "SELECT {COLUMNS} FROM ciba_requests WHERE user_id = ?1 AND status = ?2 AND expires_at > ?3
         ORDER BY created_at, rowid"
    ))?;
    let requests = statement.query_map(params![user_id, Status::Pending, now], request)?;
    Ok(requests.collect::<Result<_, _>>()?)
}

/// Counts a poll of a pending request, and says whether it came too early.
pub fn count_poll(database: &Transaction<'_>, request: &Request, now: i64) -> Result<bool, ApiError> {
    let pace = request.pace.after(now);
    database.execute(
        "UPDATE ciba_requests SET interval = ?2, polled_at = ?3 WHERE auth_req_id = ?1",
        params![request.auth_req_id, pace.interval, pace.polled_at],
    )?;
    Ok(request.pace.is_too_fast(now))
}

/// Decides a pending request for good; a decided one stays as it is.
pub fn decide(
    database: &Transaction<'_>,
    auth_req_id: &str,
    status: Status,
    biometric_verified: bool,
    now: i64,
) -> Result<(), ApiError> {
    database.execute(
        "UPDATE ciba_requests SET status = ?2, biometric_verified = ?3, decided_at = ?4
         WHERE auth_req_id = ?1 AND status = ?5 AND expires_at > ?4",
        params![auth_req_id, status, biometric_verified, now, Status::Pending],
    )?;
    Ok(())
}

/// Denies a pending request, without the person.
pub fn deny(database: &Transaction<'_>, auth_req_id: &str, now: i64) -> Result<(), ApiError> {
    decide(database, auth_req_id, Status::Denied, false, now)
}

fn request(row: &Row<'_>) -> rusqlite::Result<Request> {
    Ok(Request {
        auth_req_id: row.get(0)?,
        id: row.get(1)?,
        user_id: row.get(2)?,
        client_id: row.get(3)?,
        binding_message: row.get(4)?,
        status: row.get(5)?,
        pace: Pace { interval: row.get(6)?, polled_at: row.get(7)? },
        created_at: row.get(8)?,
        decided_at: row.get(9)?,
        expires_at: row.get(10)?,
    })
}

#[cfg(test)]
mod tests;
