//! A server that is killed repeatedly at random moments under load loses nothing that it has confirmed.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use rsa::rand_core::{OsRng, RngCore};
use serde_json::{Value, json};

use crate::authenticator::{Algorithm, Passkey, Ways};
use crate::ciba::{ADMIN, CLIENT, TENANT};
use crate::http::{Request, Response};
use crate::scale::count;
use crate::server::{ACCESS_KEY, Data, ORIGIN, Server};

const CLIENTS: usize = 12;

/// A client of a server that may be killed at any moment.
#[derive(Clone, Copy)]
struct Client(u16);

/// There was no complete response.
struct Gone;

impl Client {
    fn send(self, authorization: Option<&str>, path: &str, body: &Value) -> Result<Value, Gone> {
        let mut headers = vec![("Origin", ORIGIN), ("Content-Type", "application/json")];
        headers.extend(authorization.map(|value| ("Authorization", value)));
        let text = body.to_string();
        let request = Request { method: "POST", path, headers: &headers, body: text.as_bytes() };
        let response = request.raw(self.0).ok().and_then(|bytes| Response::parse(&bytes)).ok_or(Gone)?;
        serde_json::from_slice(&response.body).map_err(|_| Gone)
    }

    fn shop(self, path: &str, body: &Value) -> Result<Value, Gone> {
        self.send(Some(&format!("Bearer {ACCESS_KEY}")), path, body)
    }

    fn phone(self, token: &str, path: &str, body: &Value) -> Result<Value, Gone> {
        self.send(Some(&format!("Bearer {token}")), path, body)
    }

    /// A client of AuthSec's workspace routes.
    fn client(self, path: &str, body: &Value) -> Result<Value, Gone> {
        self.send(Some(&CLIENT.authorization()), path, body)
    }

    fn page(self, path: &str, body: &Value) -> Result<Value, Gone> {
        self.send(None, path, body)
    }
}

/// What must still hold after the kill. Without a response the operation may have happened or not, but not in part.
#[derive(Debug)]
enum Known {
    Finalization {
        path: &'static str,
        status_token: Value,
        body: Value,
        token: Option<Value>,
    },
    Decision {
        email: String,
        phone: String,
        auth_req_id: String,
        approved: bool,
        is_answered: bool,
        token: Option<Value>,
    },
    Code {
        email: String,
        code: String,
        is_answered: bool,
    },
}

/// The operations of one client until the server is killed. Each is recorded before it is sent.
fn work(client: Client, name: &str, known: &Mutex<Vec<Known>>) -> Result<(), Gone> {
    let note = |entry| known.lock().expect("not poisoned").push(entry);
    let username = format!("user-{name}");
    let enroll = json!({ "username": username, "displayName": "A. Person", "channel": "fido2" });
    let enrolled = client.shop("/api/v1/users/enroll", &enroll)?;
    let mut passkey = Passkey::new(Algorithm::EdDsa, &enrolled["userId"]);
    passkey.counter = 0;
    let finalize = |path: &'static str, status_token: &Value, body: Value| {
        let response = client.page(path, &body);
        let token = response.as_ref().ok().map(|response| response["token"].clone());
        note(Known::Finalization { path, status_token: status_token.clone(), body, token });
        response
    };
    let body = passkey.attest(&enrolled, &Ways::default());
    finalize("/_app/attestation/result", &enrolled["enrollment"]["statusToken"], body)?;
    let email = format!("{name}@example.com");
    let person = client.shop("/_local/ciba/users", &json!({ "email": email }))?;
    let text = |member: &str| person[member].as_str().expect(member).to_owned();
    let secret = data_encoding::BASE32_NOPAD.decode(text("totp_secret").as_bytes()).expect("base32");
    let app = totp_rs::TOTP::new_unchecked(totp_rs::Algorithm::SHA1, 6, 0, 30, secret);
    let code = app.generate_current().expect("after 1970");
    let is_answered = client.page(&ADMIN.path("/totp/login"), &json!({ "email": email, "totp_code": code })).is_ok();
    note(Known::Code { email: email.clone(), code, is_answered });
    for round in 0.. {
        let approval = client.shop("/api/v1/approval", &json!({ "username": username, "channel": "fido2" }))?;
        let body = passkey.assert(&approval, &Ways::default());
        finalize("/_app/assertion/result", &approval["statusToken"], body)?;

        let initiate = TENANT.initiation(&email, "Pay CHF 72.50");
        let initiated = client.client(&TENANT.path("/ciba/initiate"), &initiate)?;
        let auth_req_id = initiated["auth_req_id"].as_str().expect("an auth_req_id").to_owned();
        let approved = round % 3 > 0;
        let (phone, decision) = (text("token"), json!({ "auth_req_id": auth_req_id, "approved": approved }));
        let is_answered = client.phone(&phone, &TENANT.path("/ciba/respond"), &decision).is_ok();
        let poll = TENANT.with_client(json!({ "auth_req_id": auth_req_id }));
        let token =
            client.client(&TENANT.path("/ciba/token"), &poll).ok().map(|response| response["access_token"].clone());
        note(Known::Decision { email: email.clone(), phone, auth_req_id, approved, is_answered, token });
    }
    Ok(())
}

/// Asserts that what is known still holds, and that what was used up stays used up.
fn find_again(server: &Server, known: &Known) {
    match known {
        Known::Finalization { path, status_token, body, token } => {
            let status = server.status(status_token);
            let token = match token {
                Some(token) => {
                    assert_eq!((&status["status"], &status["token"]), (&json!("succeeded"), token), "{status}");
                    token.clone()
                }
                None if status["status"] == "pending" => {
                    let response = server.page_sends(path, body).json();
                    assert_eq!(response["status"], "ok", "what was not decided can be sent again: {response}");
                    response["token"].clone()
                }
                None => {
                    assert_eq!(status["status"], "succeeded", "{status}");
                    status["token"].clone()
                }
            };
            assert_eq!(server.introspect(token.as_str().expect("a token"))["active"], true);
            let replay = server.page_sends(path, body).json();
            assert_eq!((&replay["status"], &replay["token"]), (&json!("failed"), &Value::Null), "a replay: {replay}");
        }
        Known::Decision { email, phone, auth_req_id, approved, is_answered, token } => {
            if !is_answered {
                let decision = json!({ "auth_req_id": auth_req_id, "approved": approved });
                let response = Client(server.port).phone(phone, &TENANT.path("/ciba/respond"), &decision);
                let is_known = |response: Value| {
                    response["success"] == true || response["message"] == "Request is no longer pending"
                };
                assert!(response.is_ok_and(is_known), "{email}: decided now, or so before");
            }
            let polled = TENANT.poll(server, auth_req_id).json();
            if *approved {
                // A token is returned once. Without a response, that may have been then.
                let found = polled["access_token"].as_str();
                assert!(found.is_none() || token.is_none(), "{email}: a second token");
                assert!(found.is_some() || polled["error_description"] == "Invalid request state", "{email}: {polled}");
                for token in found.into_iter().chain(token.as_ref().and_then(Value::as_str)) {
                    assert!(crate::ciba::introspect(server, token).is_some(), "{email}");
                }
            } else {
                assert_eq!(polled["error"], "access_denied", "{email}: {polled}");
            }
        }
        Known::Code { email, code, is_answered } => {
            let again = ADMIN.totp(server, email, code);
            // Without a response the code may be unused; then it is used now.
            let again = if *is_answered { again } else { ADMIN.totp(server, email, code) };
            ADMIN.is_wrong_code(email, &again);
        }
    }
}

/// Asserts that SQLite finds no error in the database, and that no row refers to a missing one.
fn is_intact(server: &Server) {
    let file = server.data.as_ref().expect("a data folder").0.join("local-cloud.sqlite");
    let database = rusqlite::Connection::open(file).expect("opens");
    let found: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a verdict");
    assert_eq!(found, "ok");
    let mut dangling = database.prepare("PRAGMA foreign_key_check").expect("prepared");
    assert!(!dangling.exists([]).expect("a verdict"), "rows that lead nowhere");
}

#[test]
fn none_of_50_kills_under_load_loses_a_confirmed_result() {
    let mut server = Server::start_with(Data::new(), &[]);
    let (mut answered, mut cut_off) = (0, 0);
    for kill in 0..count(2, 50) {
        let known = Mutex::new(Vec::new());
        let is_over = AtomicBool::new(false);
        let finished = AtomicUsize::new(0);
        let client = Client(server.port);
        thread::scope(|scope| {
            for number in 0..CLIENTS {
                let (known, is_over, finished) = (&known, &is_over, &finished);
                scope.spawn(move || {
                    for attempt in 0.. {
                        let _ = work(client, &format!("{kill}-{number}-{attempt}"), known);
                        if is_over.load(Ordering::Relaxed) {
                            break;
                        }
                    }
                    finished.fetch_add(1, Ordering::Relaxed);
                });
            }
            // Not before there is anything to lose.
            while known.lock().expect("not poisoned").len() < CLIENTS {
                thread::sleep(Duration::from_millis(5));
                assert_eq!(finished.load(Ordering::Relaxed), 0, "clients end with the server only");
            }
            thread::sleep(Duration::from_micros(u64::from(OsRng.next_u32() % 300_000)));
            is_over.store(true, Ordering::Relaxed);
            server.process.kill().expect("killed");
        });
        server = server.kill_and_restart();
        is_intact(&server);
        let known = known.into_inner().expect("not poisoned");
        for entry in &known {
            find_again(&server, entry);
        }
        let is_cut_off = |entry: &&Known| match entry {
            Known::Finalization { token, .. } | Known::Decision { token, .. } => token.is_none(),
            Known::Code { is_answered, .. } => !is_answered,
        };
        let lost = known.iter().filter(is_cut_off).count();
        answered += known.len() - lost;
        cut_off += lost;
    }
    println!("{answered} responses found again, {cut_off} were cut off by a kill");
    assert!(answered > 0 && cut_off > 0, "{answered} answered, {cut_off} cut off: the kills hit nothing");
}
