//! The database: one SQLite file, in which whatever was answered is on the disk first.

use std::fs::{self, File};
use std::io;
use std::path::Path;
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
";

/// The open database. One connection: finalizations must see each other's counters and decisions, so they are taken in turn.
#[derive(Clone)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
}

impl Store {
    /// Opens the database in `folder`, and makes both if they are not there.
    pub fn open(folder: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        make_private_folder(folder)
            .map_err(|error| format!("data folder {}: {error}", folder.display()))?;
        let connection = Connection::open(folder.join("local-cloud.sqlite"))?;
        connection.busy_timeout(Duration::from_secs(5))?;
        // FULL: a commit returns once the log is on the disk, so an answer that was sent survives a killed process and a lost machine.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self {
            connection: Arc::new(Mutex::new(connection)),
        })
    }

    /// The key that signs tokens, made at the first start and kept: tokens outlive a restart.
    pub fn signing_key(&self) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        let mut fresh = [0; SIGNING_KEY_BYTES];
        getrandom::fill(&mut fresh)?;
        let connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // Whoever comes first decides, should two processes start on one folder.
        connection.execute(
            "INSERT OR IGNORE INTO signing_keys (id, bytes) VALUES (1, ?1)",
            [&fresh[..]],
        )?;
        Ok(
            connection.query_row("SELECT bytes FROM signing_keys WHERE id = 1", [], |row| {
                row.get(0)
            })?,
        )
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
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let outcome = work(&transaction)?;
            transaction.commit()?;
            Ok(outcome)
        })
        .await
        .map_err(ApiError::internal)?
    }
}

/// The folder holds the signing key, so it is for this user alone.
fn make_private_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
    }
    #[cfg(not(unix))]
    fs::create_dir_all(folder)?;
    // The folder's own entry must survive too.
    if let Some(parent) = folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    {
        File::open(parent)?.sync_all()?;
    }
    Ok(())
}

/// A row that may not be there.
pub fn optional<T>(row: rusqlite::Result<T>) -> Result<Option<T>, ApiError> {
    Ok(row.optional()?)
}
