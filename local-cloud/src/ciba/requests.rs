//! Requests for approval by push: the user decides each at most once, before it expires.

use data_encoding::BASE64URL;
use rusqlite::{Row, Transaction, params};

use super::edition::Flow;
use super::push_timing::PushTiming;
use super::users;
use crate::errors::ApiError;
use crate::store::{optional, stored_as_text};

/// The random bytes of an `auth_req_id`. It must not be guessable, because it is all that a client needs to get the token.
const AUTH_REQ_ID_BYTES: usize = 32;
/// How long a request is kept after it expired, in milliseconds.
const RETENTION: i64 = 24 * 60 * 60 * 1000;
/// Added to the interval by each `slow_down`, in milliseconds (OpenID CIBA core 1.0, section 11).
const SLOW_DOWN: i64 = 5000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Pending,
    Approved,
    Denied,
    /// Approved, and its token was returned.
    Consumed,
}

stored_as_text!(Status { Pending = "pending", Approved = "approved", Denied = "denied", Consumed = "consumed" });

/// Times in milliseconds since 1970-01-01 UTC.
#[derive(Debug)]
pub struct Request {
    pub auth_req_id: String,
    /// Identifies the request in tokens; not a secret, unlike `auth_req_id`.
    pub id: String,
    pub user_id: String,
    pub flow: Flow,
    /// `None` if an admin request names none.
    pub client_id: Option<String>,
    pub binding_message: Option<String>,
    /// Separated by blanks.
    pub scopes: String,
    pub status: Status,
    pub pace: PollPace,
    pub created_at: i64,
    pub decided_at: Option<i64>,
    pub expires_at: i64,
}

/// When the client polled, and how often it may. In milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PollPace {
    pub interval: i64,
    pub polled_at: Option<i64>,
}

impl PollPace {
    /// Whether a poll at `now` is too early. A tenth of the interval is tolerated, because network latency varies.
    fn is_too_fast(self, now: i64) -> bool {
        self.polled_at.is_some_and(|last| now - last < self.interval - self.interval / 10)
    }

    /// The pace after a poll at `now`.
    fn after(self, now: i64) -> Self {
        let slower = if self.is_too_fast(now) { SLOW_DOWN } else { 0 };
        Self { interval: self.interval.saturating_add(slower), polled_at: Some(now) }
    }
}

/// What a client asks for.
pub struct NewRequest<'a> {
    pub flow: Flow,
    pub user_id: &'a str,
    pub client_id: Option<&'a str>,
    pub binding_message: Option<&'a str>,
    /// Separated by blanks.
    pub scopes: &'a str,
}

/// Starts a request, and returns its `auth_req_id`.
pub fn start(
    database: &Transaction<'_>,
    new: NewRequest<'_>,
    timing: PushTiming,
    now: i64,
) -> Result<String, ApiError> {
    database.execute("DELETE FROM ciba_requests WHERE expires_at < ?1", [now - RETENTION])?;
    let mut random = [0; AUTH_REQ_ID_BYTES];
    getrandom::fill(&mut random).map_err(ApiError::internal)?;
    let auth_req_id = BASE64URL.encode(&random);
    database.execute(
        "INSERT INTO ciba_requests (auth_req_id, id, user_id, flow, client_id, binding_message, scopes, status,
                                    biometric_verified, interval, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?10, ?11)",
        params![
            auth_req_id,
            uuid::Uuid::new_v4().to_string(),
            new.user_id,
            new.flow,
            new.client_id,
            new.binding_message,
            new.scopes,
            Status::Pending,
            timing.interval,
            now,
            now.saturating_add(timing.lifetime)
        ],
    )?;
    Ok(auth_req_id)
}

const COLUMNS: &str = "auth_req_id, id, user_id, flow, client_id, binding_message, scopes, status, interval, polled_at,
                       created_at, decided_at, expires_at";

pub fn find(database: &Transaction<'_>, auth_req_id: &str) -> Result<Option<Request>, ApiError> {
    let sql = format!("SELECT {COLUMNS} FROM ciba_requests WHERE auth_req_id = ?1");
    optional(database.query_row(&sql, [auth_req_id], request))
}

/// The email of the request's user.
pub fn email_of(database: &Transaction<'_>, auth_req_id: &str) -> Result<Option<String>, ApiError> {
    match find(database, auth_req_id)? {
        Some(request) => Ok(users::by_id(database, &request.user_id)?.map(|user| user.email)),
        None => Ok(None),
    }
}

/// The user's pending requests, the newest first.
pub fn pending(database: &Transaction<'_>, user_id: &str, now: i64) -> Result<Vec<Request>, ApiError> {
    let mut statement = database.prepare(&format!(
        "SELECT {COLUMNS} FROM ciba_requests WHERE user_id = ?1 AND status = ?2 AND expires_at > ?3
         ORDER BY created_at DESC, rowid DESC"
    ))?;
    let requests = statement.query_map(params![user_id, Status::Pending, now], request)?;
    Ok(requests.collect::<Result<_, _>>()?)
}

/// Records a poll of a pending request, and returns whether it was too early.
pub fn record_poll(database: &Transaction<'_>, request: &Request, now: i64) -> Result<bool, ApiError> {
    let pace = request.pace.after(now);
    database.execute(
        "UPDATE ciba_requests SET interval = ?2, polled_at = ?3 WHERE auth_req_id = ?1",
        params![request.auth_req_id, pace.interval, pace.polled_at],
    )?;
    Ok(request.pace.is_too_fast(now))
}

/// Decides a pending request; does nothing if it is already decided or expired.
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

/// Marks an approved request as one whose token was returned.
pub fn consume(database: &Transaction<'_>, auth_req_id: &str) -> Result<(), ApiError> {
    database.execute(
        "UPDATE ciba_requests SET status = ?2 WHERE auth_req_id = ?1 AND status = ?3",
        params![auth_req_id, Status::Consumed, Status::Approved],
    )?;
    Ok(())
}

/// Denies a pending request without the user, as a fault.
pub fn deny(database: &Transaction<'_>, auth_req_id: &str, now: i64) -> Result<(), ApiError> {
    decide(database, auth_req_id, Status::Denied, false, now)
}

fn request(row: &Row<'_>) -> rusqlite::Result<Request> {
    Ok(Request {
        auth_req_id: row.get(0)?,
        id: row.get(1)?,
        user_id: row.get(2)?,
        flow: row.get(3)?,
        client_id: row.get(4)?,
        binding_message: row.get(5)?,
        scopes: row.get(6)?,
        status: row.get(7)?,
        pace: PollPace { interval: row.get(8)?, polled_at: row.get(9)? },
        created_at: row.get(10)?,
        decided_at: row.get(11)?,
        expires_at: row.get(12)?,
    })
}

#[cfg(test)]
mod tests;
