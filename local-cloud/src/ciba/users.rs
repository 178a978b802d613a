//! The users of AuthSec, with an email and a TOTP secret. `POST /_local/ciba/users`, for development only, creates and finds
//! them.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use rusqlite::{Row, Transaction, params};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_security::GeneralSecurityProfile;

use super::{codes, workspace};
use crate::access::AccessKey;
use crate::body::JsonBody;
use crate::clock;
use crate::errors::ApiError;
use crate::state::Cloud;
use crate::store::optional;

/// In bytes (RFC 5321).
const MAX_EMAIL: usize = 254;

#[derive(Debug)]
pub struct CibaUser {
    /// A UUID.
    pub id: String,
    /// As [`normalize_email`] returns it.
    pub email: String,
    pub totp_secret: Vec<u8>,
    /// Whether a phone is registered for push.
    pub has_phone: bool,
    /// Whether an authenticator app is registered for TOTP.
    pub has_totp: bool,
    /// The recent TOTP time steps that were used.
    pub used_steps: Vec<i64>,
}

impl CibaUser {
    pub fn otpauth_uri(&self) -> String {
        codes::otpauth_uri(&self.email, &self.totp_secret)
    }

    pub fn totp_secret_base32(&self) -> String {
        codes::secret_base32(&self.totp_secret)
    }

    /// The code that an authenticator app shows at `now`.
    pub fn code(&self, now: i64) -> Code {
        let step = codes::step_at(now);
        Code {
            text: codes::code(&self.totp_secret, step),
            is_used: self.used_steps.contains(&step),
            seconds_left: codes::seconds_left(now),
        }
    }
}

/// A TOTP code as an authenticator app shows it.
pub struct Code {
    pub text: String,
    /// Autumn accepts a code once, and spring any number of times, so there it is never used.
    pub is_used: bool,
    pub seconds_left: i64,
}

pub fn routes() -> Router<Arc<Cloud>> {
    Router::new().route("/_local/ciba/users", post(create_user))
}

#[derive(Deserialize)]
struct CreateUserRequest {
    email: String,
    /// Whether a phone is registered: true for a new user, and by default unchanged.
    phone: Option<bool>,
    /// The same for an authenticator app.
    totp: Option<bool>,
}

#[derive(Serialize)]
struct CreatedUser {
    email: String,
    user_id: String,
    /// The bearer token of the user's phone.
    token: String,
    /// base32.
    totp_secret: String,
    otpauth_uri: String,
    phone: bool,
    totp: bool,
    /// The one workspace of this server.
    workspace_id: String,
}

async fn create_user(
    _: AccessKey,
    State(cloud): State<Arc<Cloud>>,
    JsonBody(body): JsonBody<CreateUserRequest>,
) -> Result<Json<CreatedUser>, ApiError> {
    let user = find_or_add(&cloud, body.email).await?;
    let (id, has_phone, has_totp) =
        (user.id.clone(), body.phone.unwrap_or(user.has_phone), body.totp.unwrap_or(user.has_totp));
    cloud.store.transact(move |database| register_devices(database, &id, has_phone, has_totp)).await?;
    Ok(Json(CreatedUser {
        token: cloud.tokens.phone_token(&user.id, clock::now())?,
        totp_secret: user.totp_secret_base32(),
        otpauth_uri: user.otpauth_uri(),
        email: user.email,
        user_id: user.id,
        phone: has_phone,
        totp: has_totp,
        workspace_id: workspace::ID.to_string(),
    }))
}

/// The user with this email, created if missing. 422 for an invalid email.
pub async fn find_or_add(cloud: &Cloud, email: String) -> Result<CibaUser, ApiError> {
    let email = normalize_email(&email).ok_or_else(|| {
        ApiError::unprocessable(format!(
            "email: must have 1 to {MAX_EMAIL} bytes, of printable ASCII and of characters that UTS 39 allows in identifiers"
        ))
    })?;
    cloud
        .store
        .transact(move |database| match by_email(database, &email)? {
            Some(user) => Ok(user),
            None => add(database, email, clock::now()),
        })
        .await
}

/// The form in which emails are stored and compared: trimmed, in lower case, NFC. `None` if it can be no user's.
///
/// Only characters that Unicode allows in identifiers are accepted besides ASCII (UTS 39). It excludes those that look like others
/// or cannot be seen, such as the Kelvin sign, whose lower case is `k`, and bidi controls.
pub fn normalize_email(email: &str) -> Option<String> {
    let allowed =
        |character: char| character.is_ascii_graphic() || !character.is_ascii() && character.identifier_allowed();
    let trimmed = email.trim();
    let normalized: String = trimmed.to_lowercase().nfc().collect();
    ((1..=MAX_EMAIL).contains(&normalized.len()) && trimmed.chars().all(allowed)).then_some(normalized)
}

pub fn by_email(database: &Transaction<'_>, email: &str) -> Result<Option<CibaUser>, ApiError> {
    let Some(email) = normalize_email(email) else {
        return Ok(None);
    };
    find(database, "email", &email)
}

pub fn by_id(database: &Transaction<'_>, id: &str) -> Result<Option<CibaUser>, ApiError> {
    find(database, "id", id)
}

fn find(database: &Transaction<'_>, column: &str, value: &str) -> Result<Option<CibaUser>, ApiError> {
    let sql = format!("SELECT id, email, totp_secret, has_phone, has_totp FROM ciba_users WHERE {column} = ?1");
    let Some(mut user) = optional(database.query_row(&sql, [value], user))? else {
        return Ok(None);
    };
    let mut statement = database.prepare("SELECT step FROM ciba_totp_steps WHERE user_id = ?1")?;
    let steps = statement.query_map([&user.id], |row| row.get(0))?;
    user.used_steps = steps.collect::<Result<_, _>>()?;
    Ok(Some(user))
}

/// The emails of all users, in alphabetical order.
pub fn emails(database: &Transaction<'_>) -> Result<Vec<String>, ApiError> {
    let mut statement = database.prepare("SELECT email FROM ciba_users ORDER BY email")?;
    let emails = statement.query_map([], |row| row.get(0))?;
    Ok(emails.collect::<Result<_, _>>()?)
}

/// Marks a TOTP time step as used, and forgets those whose codes are no longer accepted anyway.
pub fn mark_step_used(database: &Transaction<'_>, id: &str, step: i64) -> Result<(), ApiError> {
    database.execute(
        "DELETE FROM ciba_totp_steps WHERE user_id = ?1 AND step < ?2",
        params![id, step - codes::REMEMBERED_STEPS],
    )?;
    database.execute("INSERT OR IGNORE INTO ciba_totp_steps (user_id, step) VALUES (?1, ?2)", params![id, step])?;
    Ok(())
}

fn register_devices(database: &Transaction<'_>, id: &str, phone: bool, totp: bool) -> Result<(), ApiError> {
    database.execute("UPDATE ciba_users SET has_phone = ?2, has_totp = ?3 WHERE id = ?1", params![id, phone, totp])?;
    Ok(())
}

fn add(database: &Transaction<'_>, email: String, now: i64) -> Result<CibaUser, ApiError> {
    let mut totp_secret = vec![0; codes::SECRET_BYTES];
    getrandom::fill(&mut totp_secret).map_err(ApiError::internal)?;
    let user = CibaUser {
        id: uuid::Uuid::new_v4().to_string(),
        email,
        totp_secret,
        has_phone: true,
        has_totp: true,
        used_steps: Vec::new(),
    };
    database.execute(
        "INSERT INTO ciba_users (id, email, totp_secret, created_at) VALUES (?1, ?2, ?3, ?4)",
        params![user.id, user.email, user.totp_secret, now],
    )?;
    Ok(user)
}

fn user(row: &Row<'_>) -> rusqlite::Result<CibaUser> {
    Ok(CibaUser {
        id: row.get(0)?,
        email: row.get(1)?,
        totp_secret: row.get(2)?,
        has_phone: row.get(3)?,
        has_totp: row.get(4)?,
        used_steps: Vec::new(),
    })
}
