//! The data folder at the start: who may use it and read it, and what the message says if it cannot be used.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::json;

use crate::authenticator::{Algorithm, register};
use crate::ciba::{ADMIN, Person, TENANT};
use crate::server::{ACCESS_KEY, Data, Server};

/// Starts the binary on a data folder on which it cannot start; fails the test if it does.
fn refused(data: &Path) -> String {
    let mut process = Command::new("timeout");
    let Output { status, stdout, stderr } = process
        .arg("20")
        .arg(env!("CARGO_BIN_EXE_local-cloud"))
        .args(["--port", "0", "--data"])
        .arg(data)
        .env("LOCAL_CLOUD_ACCESS_KEY", ACCESS_KEY)
        .output()
        .expect("the binary starts");
    let message = String::from_utf8(stderr).expect("text");
    assert_eq!(status.code(), Some(1), "{message}");
    assert!(stdout.is_empty(), "it does not listen");
    let last = message.lines().last().expect("a message").to_owned();
    assert!(last.contains(&data.display().to_string()), "the message names it, in one line: {message}");
    last
}

fn folder(server: &Server) -> &Path {
    &server.data.as_ref().expect("a data folder").0
}

#[test]
fn a_second_instance_on_the_same_folder_is_refused() {
    let server = Server::start();
    let passkey = register(&server, "anna", Algorithm::Es256);
    for _ in 0..2 {
        let message = refused(folder(&server));
        assert!(message.contains("another local-cloud uses it") && message.contains("--data"), "{message}");
    }
    assert_eq!(server.enroll("anna", json!({}))["userId"], passkey.user_id.as_str(), "the first one is not disturbed");
}

#[test]
fn the_lock_of_a_killed_instance_dies_with_it() {
    let mut server = Server::start();
    for _ in 0..3 {
        server = server.kill_and_restart();
    }
    assert!(folder(&server).join("local-cloud.lock").exists());
}

#[test]
fn a_file_that_is_no_database_is_named_with_a_remedy_and_kept() {
    let data = Data::new();
    fs::create_dir(&data.0).expect("a folder");
    let file = data.0.join("local-cloud.sqlite");
    let text = "not a database\n".repeat(100);
    fs::write(&file, &text).expect("written");
    let message = refused(&data.0);
    assert!(message.contains(&file.display().to_string()), "{message}");
    assert!(
        message.contains("not a database") && message.contains("delete it") && message.contains("--data"),
        "{message}"
    );
    assert_eq!(fs::read_to_string(&file).expect("text"), text);
}

#[test]
fn a_folder_that_cannot_be_created_is_named() {
    let data = Data::new();
    fs::write(&data.0, "a file").expect("written");
    refused(&data.0);
    fs::remove_file(&data.0).expect("removed");
}

#[test]
fn a_file_of_keys_that_cannot_be_used_is_named() {
    let data = Data::new();
    fs::create_dir(&data.0).expect("a folder");
    let (missing, broken) = (data.0.join("missing.json"), data.0.join("broken.json"));
    fs::write(&broken, "{").expect("written");
    for (file, problem) in [(&missing, missing.display().to_string()), (&broken, "the file is not JSON".to_owned())] {
        let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_local-cloud"))
            .env("LOCAL_CLOUD_ACCESS_KEY", ACCESS_KEY)
            .env("LOCAL_CLOUD_CIBA_KEYS", file)
            .output()
            .expect("the binary starts");
        let message = String::from_utf8(stderr).expect("text");
        assert_eq!((status.code(), stdout.is_empty()), (Some(2), true), "{message}");
        let start = "local-cloud: LOCAL_CLOUD_CIBA_KEYS: ";
        assert!(message.starts_with(start) && message.contains(&problem), "{message}");
    }
}

#[test]
fn git_ignores_a_new_folder_and_an_existing_one_is_left_alone() {
    let server = Server::start();
    assert_eq!(fs::read_to_string(folder(&server).join(".gitignore")).expect("a file"), "*\n");
    let data = Data::new();
    fs::create_dir(&data.0).expect("a folder");
    let server = Server::start_with(data, &[]);
    assert!(!folder(&server).join(".gitignore").exists());
}

#[cfg(unix)]
mod modes {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn mode(path: &Path) -> u32 {
        path.metadata().expect("metadata").permissions().mode() & 0o777
    }

    #[test]
    fn its_data_is_readable_only_by_its_user() {
        let server = Server::start();
        register(&server, "anna", Algorithm::Es256);
        let files = fs::read_dir(folder(&server)).expect("a folder").map(|entry| entry.expect("an entry").path());
        for path in files.chain([folder(&server).to_owned()]) {
            assert_eq!(mode(&path) & 0o077, 0, "{}", path.display());
        }
    }

    #[test]
    fn a_database_that_others_could_read_is_made_private() {
        let mut server = Server::start();
        register(&server, "anna", Algorithm::Es256);
        // Killed, so that SQLite's log stays beside the database.
        server.process.kill().expect("killed");
        server.process.wait().expect("gone");
        let files = ["local-cloud.sqlite", "local-cloud.sqlite-wal"].map(|name| folder(&server).join(name));
        for file in &files {
            fs::set_permissions(file, fs::Permissions::from_mode(0o644)).expect("changed");
        }
        let server = Server::start_with(server.data.take().expect("a data folder"), &[]);
        for file in &files {
            assert_eq!(mode(file), 0o600, "{}", file.display());
            assert!(server.log().contains(&file.display().to_string()), "it says so");
        }
        assert_eq!(server.enroll("anna", json!({}))["authenticators"].as_array().map(Vec::len), Some(1));
    }
}

/// The tables of AuthSec's service before it had editions.
const OLD_TABLES: &str = "
    CREATE TABLE ciba_users (
        id             TEXT PRIMARY KEY,
        email          TEXT NOT NULL UNIQUE,
        totp_secret    BLOB NOT NULL,
        totp_last_step INTEGER NOT NULL,
        created_at     INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE ciba_requests (
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
    INSERT INTO ciba_users VALUES ('u', 'anna@example.com', x'3132333435363738393031323334353637383930', 5, 0);
    INSERT INTO ciba_requests VALUES ('admins', 'a', 'u', NULL, NULL, 'approved', 0, 5000, NULL, 0, 1, 9000000000000);
";

#[test]
fn a_database_from_before_the_editions_keeps_its_users_and_requests() {
    let data = Data::new();
    fs::create_dir_all(&data.0).expect("a folder");
    let database = rusqlite::Connection::open(data.0.join("local-cloud.sqlite")).expect("a database");
    database.execute_batch(OLD_TABLES).expect("old tables");
    drop(database);
    let mut server = Server::start_with(data, &[]);
    for _ in 0..2 {
        let anna = Person::new(&server, "anna@example.com");
        assert_eq!((anna.id.as_str(), anna.totp_secret.as_slice()), ("u", &b"12345678901234567890"[..]));
        server = server.kill_and_restart();
    }
    assert!(ADMIN.poll(&server, "admins").json()["access_token"].is_string());
    assert_eq!(TENANT.initiate(&server, "anna@example.com", "x").status, 200);
    assert_eq!(ADMIN.totp(&server, "anna@example.com", &Person::new(&server, "anna@example.com").code(0)).status, 200);
}
