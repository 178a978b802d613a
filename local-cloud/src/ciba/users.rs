//! The people of AuthSec: an email, and a TOTP secret. `POST /_local/ciba/users`, for development only, makes and finds them.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use rusqlite::{Row, Transaction, params};
use serde::{Deserialize, Serialize};

use super::codes;
use crate::access::AccessKey;
use crate::body::JsonBody;
use crate::clock;
use crate::cloud::Cloud;
use crate::errors::ApiError;
use crate::store::optional;

/// The longest email, in bytes (RFC 5321).
const LONGEST_EMAIL: usize = 254;

#[derive(Debug)]
pub struct Person {
    /// A UUID.
    pub id: String,
    /// In lower case: AuthSec takes an email for the same however it is written.
    pub email: String,
    pub totp_secret: Vec<u8>,
    /// The TOTP step that was used last.
    pub totp_last_step: i64,
}

impl Person {
    pub fn otpauth_uri(&self) -> String {
        codes::otpauth_uri(&self.email, &self.totp_secret)
    }

    pub fn totp_secret_text(&self) -> String {
        codes::secret_text(&self.totp_secret)
    }

    /// The code that an authenticator app shows at `now`.
    pub fn code(&self, now: i64) -> Code {
        let step = codes::step(now);
        Code {
            text: codes::code(&self.totp_secret, step),
            is_used: step <= self.totp_last_step,
            seconds_left: codes::seconds_left(now),
        }
    }
}

/// A TOTP code as an authenticator app shows it.
pub struct Code {
    pub text: String,
    /// Whether it, or a later one, signed somebody in.
    pub is_used: bool,
    pub seconds_left: i64,
}

pub fn routes() -> Router<Arc<Cloud>> {
    Router::new().route("/_local/ciba/users", post(make))
}

#[derive(Deserialize)]
struct Named {
    email: String,
}

#[derive(Serialize)]
struct Made {
    email: String,
    user_id: String,
    /// The bearer token of this person's phone.
    token: String,
    /// base32.
    totp_secret: String,
    otpauth_uri: String,
}

async fn make(
    _: AccessKey,
    State(cloud): State<Arc<Cloud>>,
    JsonBody(body): JsonBody<Named>,
) -> Result<Json<Made>, ApiError> {
    let person = find_or_add(&cloud, body.email).await?;
    Ok(Json(Made {
        token: cloud.tokens.phone_token(&person.id, clock::now())?,
        totp_secret: person.totp_secret_text(),
        otpauth_uri: person.otpauth_uri(),
        email: person.email,
        user_id: person.id,
    }))
}

/// The person of this email, made if there is none. 422 for what cannot be one.
pub async fn find_or_add(cloud: &Cloud, email: String) -> Result<Person, ApiError> {
    let email = normal(&email);
    if email.is_empty() || email.len() > LONGEST_EMAIL || email.chars().any(char::is_control) {
        return Err(ApiError::breaks_a_rule(format!("email: 1 to {LONGEST_EMAIL} bytes, without control characters")));
    }
    cloud
        .store
        .transact(move |database| match by_email(database, &email)? {
            Some(person) => Ok(person),
            None => add(database, email, clock::now()),
        })
        .await
}

/// The one way in which an email is kept and compared.
pub fn normal(email: &str) -> String {
    email.trim().to_lowercase()
}

pub fn by_email(database: &Transaction<'_>, email: &str) -> Result<Option<Person>, ApiError> {
    optional(database.query_row(
        "SELECT id, email, totp_secret, totp_last_step FROM ciba_users WHERE email = ?1",
        [normal(email)],
        person,
    ))
}

pub fn by_id(database: &Transaction<'_>, id: &str) -> Result<Option<Person>, ApiError> {
    optional(database.query_row(
        "SELECT id, email, totp_secret, totp_last_step FROM ciba_users WHERE id = ?1",
        [id],
        person,
    ))
}

/// Everybody's email, in the order of the alphabet.
pub fn emails(database: &Transaction<'_>) -> Result<Vec<String>, ApiError> {
    let mut statement = database.prepare("SELECT email FROM ciba_users ORDER BY email")?;
    let emails = statement.query_map([], |row| row.get(0))?;
    Ok(emails.collect::<Result<_, _>>()?)
}

/// Uses up a TOTP step, and those before it.
pub fn use_step(database: &Transaction<'_>, id: &str, step: i64) -> Result<(), ApiError> {
    database.execute("UPDATE ciba_users SET totp_last_step = ?2 WHERE id = ?1", params![id, step])?;
    Ok(())
}

fn add(database: &Transaction<'_>, email: String, now: i64) -> Result<Person, ApiError> {
    let mut totp_secret = vec![0; codes::SECRET_BYTES];
    getrandom::fill(&mut totp_secret).map_err(ApiError::internal)?;
    let person = Person { id: uuid::Uuid::new_v4().to_string(), email, totp_secret, totp_last_step: 0 };
    database.execute(
        "INSERT INTO ciba_users (id, email, totp_secret, totp_last_step, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![person.id, person.email, person.totp_secret, person.totp_last_step, now],
    )?;
    Ok(person)
}

fn person(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person { id: row.get(0)?, email: row.get(1)?, totp_secret: row.get(2)?, totp_last_step: row.get(3)? })
}
