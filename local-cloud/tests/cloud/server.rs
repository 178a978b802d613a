//! Runs the binary on its own port with its own data folder.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use crate::ciba::{CLIENT, OTHER_CLIENT, PUBLIC_CLIENT};
use crate::http::{Request, Response};

pub const ACCESS_KEY: &str = "test-access-key";
pub const ORIGIN: &str = "http://localhost:5180";

/// A data folder that is removed after the test.
pub struct Data(pub PathBuf);

impl Data {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("local-cloud-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        Self(std::env::temp_dir().join(name))
    }

    fn log(&self) -> PathBuf {
        self.0.with_extension("log")
    }

    fn keys(&self) -> PathBuf {
        self.0.with_extension("keys.json")
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
        let _ = fs::remove_file(self.log());
        let _ = fs::remove_file(self.keys());
    }
}

pub struct Server {
    pub process: Child,
    pub port: u16,
    pub phone_port: u16,
    pub data: Option<Data>,
}

impl Server {
    pub fn start() -> Self {
        Self::start_with(Data::new(), &[])
    }

    /// Without AuthSec's rate limits, which most tests would exceed.
    pub fn start_with(data: Data, arguments: &[&str]) -> Self {
        Self::start_limited(data, &[arguments, &["--no-rate-limits"]].concat())
    }

    /// With the public keys of clients, which are kept for a restart.
    pub fn start_with_keys(data: Data, arguments: &[&str], keys: &Value) -> Self {
        fs::write(data.keys(), keys.to_string()).expect("a file");
        Self::start_with(data, arguments)
    }

    pub fn start_limited(data: Data, arguments: &[&str]) -> Self {
        let log = File::options().create(true).append(true).open(data.log()).expect("a log file");
        let mut process = Command::new(env!("CARGO_BIN_EXE_local-cloud"))
            .args(["--port", "0", "--origin", ORIGIN, "--data"])
            .arg(&data.0)
            .args(arguments)
            .env("LOCAL_CLOUD_ACCESS_KEY", ACCESS_KEY)
            .env("LOCAL_CLOUD_CIBA_CLIENTS", format!("{},{},{PUBLIC_CLIENT}", CLIENT.encoded(), OTHER_CLIENT.encoded()))
            .env("LOCAL_CLOUD_CIBA_KEYS", Some(data.keys()).filter(|keys| keys.exists()).unwrap_or_default())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the binary starts");
        let mut lines = BufReader::new(process.stdout.take().expect("stdout")).lines();
        let mut port_after = |start: &str| {
            let line = lines.next().expect("a line").expect("text");
            let port = line.strip_prefix(start).and_then(|port| port.parse().ok());
            port.unwrap_or_else(|| panic!("said {line:?}"))
        };
        let port = port_after("local-cloud listening on http://localhost:");
        let phone_port = port_after("phone listening on http://localhost:");
        Self { process, port, phone_port, data: Some(data) }
    }

    /// SIGKILL, then a new process on the same data folder.
    pub fn kill_and_restart(self) -> Self {
        self.kill_and_restart_with(&[])
    }

    pub fn kill_and_restart_with(mut self, arguments: &[&str]) -> Self {
        self.process.kill().expect("killed");
        self.process.wait().expect("gone");
        let data = self.data.take().expect("a data folder");
        Self::start_with(data, arguments)
    }

    /// SIGTERM.
    #[cfg(unix)]
    pub fn terminate(&self) {
        let status = Command::new("kill").arg(self.process.id().to_string()).status().expect("kill runs");
        assert!(status.success());
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.data.as_ref().expect("a data folder").log()).expect("a log")
    }

    /// Sends a request as a page does.
    pub fn page_sends(&self, path: &str, body: &Value) -> Response {
        let headers = [("Origin", ORIGIN), ("Content-Type", "application/json;charset=utf-8")];
        Request { method: "POST", path, headers: &headers, body: body.to_string().as_bytes() }.send(self.port)
    }

    /// Sends a request as a shop's backend does.
    pub fn shop_sends(&self, path: &str, body: &Value) -> Response {
        let bearer = format!("Bearer {ACCESS_KEY}");
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        Request { method: "POST", path, headers: &headers, body: body.to_string().as_bytes() }.send(self.port)
    }

    pub fn enroll(&self, username: &str, fido2_options: Value) -> Value {
        let body = json!({ "username": username, "displayName": "A. Person", "channel": "fido2", "fido2Options": fido2_options });
        let response = self.shop_sends("/api/v1/users/enroll", &body);
        assert_eq!(response.status, 201, "{}", response.text());
        response.json()
    }

    /// Starts an approval for `username`, or for autofill.
    pub fn approve(&self, username: Option<&str>, fido2_options: Value) -> Value {
        let mut body = json!({ "channel": "fido2", "fido2Options": fido2_options });
        if let Some(username) = username {
            body["username"] = username.into();
        }
        let response = self.shop_sends("/api/v1/approval", &body);
        assert_eq!(response.status, 201, "{}", response.text());
        response.json()
    }

    pub fn status(&self, status_token: &Value) -> Value {
        let response = self.page_sends("/api/v1/status", &json!({ "statusToken": status_token }));
        assert_eq!(response.status, 200, "{}", response.text());
        response.json()
    }

    pub fn introspect(&self, token: &str) -> Value {
        let bearer = format!("Bearer {ACCESS_KEY}");
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/x-www-form-urlencoded")];
        let body = format!("token={token}");
        let response = Request { method: "POST", path: "/api/v1/introspect", headers: &headers, body: body.as_bytes() };
        let response = response.send(self.port);
        assert_eq!(response.status, 200, "{}", response.text());
        response.json()
    }

    pub fn ask_faults(&self, transaction_id: &Value, faults: Value) {
        let body = json!({ "transactionId": transaction_id, "faults": faults });
        let response = self.shop_sends("/_local/faults", &body);
        assert_eq!(response.status, 204, "{}", response.text());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
