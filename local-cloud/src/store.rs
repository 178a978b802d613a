//! The database: one SQLite file. A change is on disk before its response is sent.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction, TransactionBehavior};

use crate::data_folder::DataFolder;
use crate::errors::ApiError;

/// The length of the key that signs tokens: the output length of HS512.
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
    CREATE INDEX IF NOT EXISTS users_by_username ON users (username COLLATE NOCASE);

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
        has_phone      INTEGER NOT NULL DEFAULT 1,
        has_totp       INTEGER NOT NULL DEFAULT 1,
        created_at     INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE IF NOT EXISTS ciba_totp_steps (
        user_id TEXT NOT NULL REFERENCES ciba_users (id),
        step    INTEGER NOT NULL,
        PRIMARY KEY (user_id, step)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS ciba_lockouts (
        user_id           TEXT PRIMARY KEY REFERENCES ciba_users (id),
        failures          INTEGER NOT NULL,
        window_started_at INTEGER NOT NULL,
        locked_until      INTEGER
    ) STRICT;

    CREATE TABLE IF NOT EXISTS ciba_assertions (
        client_id  TEXT NOT NULL,
        jti        TEXT NOT NULL,
        expires_at INTEGER NOT NULL,
        PRIMARY KEY (client_id, jti)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS ciba_assertions_by_expiry ON ciba_assertions (expires_at);

    CREATE TABLE IF NOT EXISTS ciba_requests (
        auth_req_id        TEXT PRIMARY KEY,
        id                 TEXT NOT NULL UNIQUE,
        user_id            TEXT NOT NULL REFERENCES ciba_users (id),
        flow               TEXT NOT NULL DEFAULT 'tenant',
        client_id          TEXT,
        binding_message    TEXT,
        scopes             TEXT NOT NULL DEFAULT '',
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

/// Brings a database from before the two editions of AuthSec to [`SCHEMA`].
const ADD_EDITIONS: &str = "
    BEGIN IMMEDIATE;
    ALTER TABLE ciba_users DROP COLUMN totp_last_step;
    ALTER TABLE ciba_users ADD COLUMN has_phone INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE ciba_users ADD COLUMN has_totp INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE ciba_requests ADD COLUMN flow TEXT NOT NULL DEFAULT 'tenant';
    ALTER TABLE ciba_requests ADD COLUMN scopes TEXT NOT NULL DEFAULT '';
    UPDATE ciba_requests SET flow = 'admin' WHERE client_id IS NULL;
    COMMIT;
";

/// The open database. There is one connection, because finalizations must run one after the other to see each other's
/// counters and decisions.
#[derive(Clone)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
    _folder: Arc<DataFolder>,
}

impl Store {
    /// Opens the database in `folder`, and creates both if they are missing.
    pub fn open(folder: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let folder = DataFolder::open(folder)?;
        let connection = open_database(&folder.database).map_err(|error| {
            let remedy = match error.sqlite_error_code() {
                Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                    "; move it away or delete it to start over, or choose another folder with --data"
                }
                _ => "",
            };
            format!("database {}: {error}{remedy}", folder.database.display())
        })?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)), _folder: Arc::new(folder) })
    }

    /// The key that signs tokens. It is created at the first start and stored, so that tokens survive a restart.
    pub fn signing_key(&self) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        let mut new_key = [0; SIGNING_KEY_BYTES];
        getrandom::fill(&mut new_key)?;
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        connection.execute("INSERT OR IGNORE INTO signing_keys (id, bytes) VALUES (1, ?1)", [&new_key[..]])?;
        Ok(connection.query_row("SELECT bytes FROM signing_keys WHERE id = 1", [], |row| row.get(0))?)
    }

    /// Runs `work` in one database transaction, on a blocking thread. `Ok`: it is on disk. `Err`: it is rolled back.
    /// It runs to completion even if the client disconnects.
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

fn open_database(file: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    // FULL: a commit returns when the log is on disk, so what a response said survives a killed process and a power failure.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let is_old = "SELECT count(*) FROM pragma_table_info('ciba_users') WHERE name = 'totp_last_step'";
    if connection.query_row(is_old, [], |row| row.get::<_, i64>(0))? > 0 {
        connection.execute_batch(ADD_EDITIONS)?;
    }
    connection.execute_batch(SCHEMA)?;
    Ok(connection)
}

/// `None` if the query returned no row.
pub fn optional<T>(row: rusqlite::Result<T>) -> Result<Option<T>, ApiError> {
    Ok(row.optional()?)
}

/// Implements storing an enum as a string.
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
