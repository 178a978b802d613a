//! `GET /ready`, which scripts wait for, and what a server says that listens for a container.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::json;

use crate::http::{Request, Response};
use crate::server::{Data, Server};

fn ask(port: u16, method: &str, host: &str) -> Response {
    Request { method, path: "/ready", headers: &[("Host", host)], body: b"" }.send(port)
}

#[test]
fn both_ports_are_ready_as_soon_as_they_are_printed() {
    let server = Server::start();
    for port in [server.port, server.phone_port] {
        let response = ask(port, "GET", "localhost");
        assert_eq!((response.status, response.json()), (200, json!({ "status": "ready" })));
        assert_eq!(response.header("access-control-allow-origin"), None, "pages need not know");
        // What wait-on sends.
        assert_eq!(ask(port, "HEAD", "localhost").status, 200);
        assert_eq!(ask(port, "POST", "localhost").status, 405);
        assert_eq!(ask(port, "GET", "evil.example").status, 421);
    }
}

#[test]
fn a_database_that_cannot_be_written_is_not_ready() {
    let server = Server::start();
    let database = server.data.as_ref().expect("a data folder").0.join("local-cloud.sqlite");
    let connection = rusqlite::Connection::open(database).expect("a database");
    connection.execute_batch("BEGIN IMMEDIATE").expect("locked");
    // After SQLite has waited for the other writer.
    assert_eq!(ask(server.port, "GET", "localhost").status, 500);
    connection.execute_batch("ROLLBACK").expect("released");
    assert_eq!(ask(server.port, "GET", "localhost").status, 200);
}

#[test]
fn a_server_for_a_container_warns_and_has_its_name() {
    let data = Data::new();
    let mut process = Command::new(env!("CARGO_BIN_EXE_local-cloud"))
        .args(["--listen", "0.0.0.0", "--host-name", "cloud", "--port", "0", "--data"])
        .arg(&data.0)
        .env("LOCAL_CLOUD_ACCESS_KEY", "key")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let line = BufReader::new(process.stdout.take().expect("stdout")).lines().next().expect("a line").expect("text");
    let port = line.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let statuses = ["cloud:5190", "localhost", "evil.example"].map(|host| ask(port, "GET", host).status);
    process.kill().expect("killed");
    process.wait().expect("gone");
    let first = BufReader::new(process.stderr.take().expect("stderr")).lines().next().expect("a line").expect("text");
    assert!(
        first.starts_with("local-cloud: warning: it listens on 0.0.0.0, so other machines may reach it"),
        "{first}"
    );
    assert_eq!(statuses, [200, 200, 421]);
}
