//! The database: one SQLite file, in which whatever was answered is on the disk first.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use crate::errors::ApiError;

/// The bytes of the key that signs tokens: as many as HS512 puts out.
const SIGNING_KEY_BYTES: usize = 64;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS signing_keys (
        id    INTEGER PRIMARY KEY CHECK (id = 1),
        bytes BLOB NOT NULL
    ) STRICT;

    CREATE TABLE IF NOT EXISTS users (
        id           TEXT PRIMARY KEY,
        username     TEXT NOT NULL UNIQUE,
        display_name TEXT NOT NULL,
        created_at   INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE IF NOT EXISTS credentials (
        id            BLOB PRIMARY KEY,
        user_id       TEXT NOT NULL REFERENCES users (id),
        static_state  BLOB NOT NULL,
        dynamic_state BLOB NOT NULL,
        name          TEXT NOT NULL,
        created_at    INTEGER NOT NULL,
        last_used_at  INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS credentials_by_user ON credentials (user_id);

    CREATE TABLE IF NOT EXISTS transactions (
        id         TEXT PRIMARY KEY,
        ceremony   TEXT NOT NULL,
        status     TEXT NOT NULL,
        user_id    TEXT REFERENCES users (id),
        challenge  BLOB,
        reason     TEXT,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS transactions_by_expiry ON transactions (expires_at);

    CREATE TABLE IF NOT EXISTS ciba_users (
        id             TEXT PRIMARY KEY,
        email          TEXT NOT NULL UNIQUE,
        totp_secret    BLOB NOT NULL,
        totp_last_step INTEGER NOT NULL,
        created_at     INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE IF NOT EXISTS ciba_requests (
        auth_req_id        TEXT PRIMARY KEY,
        id                 TEXT NOT NULL UNIQUE,
        user_id            TEXT NOT NULL REFERENCES ciba_users (id),
        client_id          TEXT,
        binding_message    TEXT,
        status             TEXT NOT NULL,
        biometric_verified INTEGER NOT NULL,
        interval           INTEGER NOT NULL,
        polled_at          INTEGER,
        created_at         INTEGER NOT NULL,
        decided_at         INTEGER,
        expires_at         INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS ciba_requests_by_user ON ciba_requests (user_id);
    CREATE INDEX IF NOT EXISTS ciba_requests_by_expiry ON ciba_requests (expires_at);
";

/// The open database. One connection: finalizations must see each other's counters and decisions, so they are taken in turn.
#[derive(Clone)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
}

impl Store {
    /// Opens the database in `folder`, and makes both if they are not there.
    pub fn open(folder: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let file = make_private_file(folder).map_err(|error| format!("data folder {}: {error}", folder.display()))?;
        let connection = Connection::open(file)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        // FULL: a commit returns once the log is on the disk, so an answer that was sent survives a killed process and a lost machine.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)) })
    }

    /// The key that signs tokens, made at the first start and kept: tokens outlive a restart.
    pub fn signing_key(&self) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        let mut fresh = [0; SIGNING_KEY_BYTES];
        getrandom::fill(&mut fresh)?;
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever comes first decides, should two processes start on one folder.
        connection.execute("INSERT OR IGNORE INTO signing_keys (id, bytes) VALUES (1, ?1)", [&fresh[..]])?;
        Ok(connection.query_row("SELECT bytes FROM signing_keys WHERE id = 1", [], |row| row.get(0))?)
    }

    /// Does `work` in one database transaction off the async threads. It is on the disk when this returns `Ok`, and undone on `Err`.
    /// It runs to its end even if the client that waits for it goes away.
    pub async fn transact<T, W>(&self, work: W) -> Result<T, ApiError>
    where
        T: Send + 'static,
        W: FnOnce(&Transaction<'_>) -> Result<T, ApiError> + Send + 'static,
    {
        let connection = self.connection.clone();
        tokio::task::spawn_blocking(move || {
            let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let outcome = work(&transaction)?;
            transaction.commit()?;
            Ok(outcome)
        })
        .await
        .map_err(ApiError::internal)?
    }
}

/// Makes the folder and the file if they are not there, readable by this user alone: the file holds the signing key.
/// SQLite gives the files beside it the same permissions.
fn make_private_file(folder: &Path) -> io::Result<PathBuf> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    let mut options = fs::File::options();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    builder.create(folder)?;
    let file = folder.join("local-cloud.sqlite");
    options.open(&file)?;
    Ok(file)
}

/// A row that may not be there.
pub fn optional<T>(row: rusqlite::Result<T>) -> Result<Option<T>, ApiError> {
    Ok(row.optional()?)
}

/// Gives an enumeration the text that stands for it in the database.
macro_rules! stored_as_text {
    ($type:ident { $($variant:ident = $text:literal),+ }) => {
        impl $type {
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
        impl rusqlite::ToSql for $type {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.as_str().into())
            }
        }
        impl rusqlite::types::FromSql for $type {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                match value.as_str()? {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(rusqlite::types::FromSqlError::InvalidType),
                }
            }
        }
    };
}
pub(crate) use stored_as_text;
