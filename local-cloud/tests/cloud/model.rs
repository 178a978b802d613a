//! Compares any sequence of operations by shops, pages, phones and attackers with a model.
//!
//! Every operation goes over a socket to the binary. Each sequence has its own users, but all share one server.

use std::cell::Cell;
use std::collections::HashSet;
use std::time::{SystemTime, UNIX_EPOCH};

use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::authenticator::{Algorithm, Passkey, Ways};
use crate::ciba::{self, ADMIN, Family, Flow, Person, TENANT};
use crate::operations::{How, Operation, PEOPLE, USERS, operations};
use crate::scale::count;
use crate::server::{Data, Server};

#[derive(Clone, Debug, PartialEq)]
enum Decided {
    Pending,
    Succeeded(Value),
    Failed,
}

struct Transaction {
    /// The response that the shop got: an approval, or an enrollment.
    started: Value,
    is_enrollment: bool,
    /// `None` for autofill.
    user: Option<usize>,
    /// The passkeys that are allowed: those that the user had when it started.
    allowed: Vec<Vec<u8>>,
    /// The last body that was sent for it.
    body: Option<Value>,
    decided: Decided,
}

impl Transaction {
    fn status_token(&self) -> &Value {
        if self.is_enrollment { &self.started["enrollment"]["statusToken"] } else { &self.started["statusToken"] }
    }

    fn path(&self) -> &'static str {
        if self.is_enrollment { "/_app/attestation/result" } else { "/_app/assertion/result" }
    }
}

/// Each flow at two of its paths.
const FAMILIES: [Family; 4] =
    [ADMIN, TENANT, Family { start: "/uflow/auth", ..ADMIN }, Family { start: "/uflow/auth/tenant", ..TENANT }];

/// The wrong code that locks an account.
const MAX_FAILURES: u32 = 5;

struct Request {
    id: String,
    person: usize,
    family: usize,
    /// `None` until it is decided.
    approved: Option<bool>,
    is_used: bool,
}

/// What the server knows of a person's codes.
#[derive(Default)]
struct Codes {
    used_steps: HashSet<i64>,
    failures: u32,
    /// Whether it became unclear what the server knows.
    is_unclear: bool,
}

/// The documented state.
struct Model<'a> {
    server: &'a Server,
    names: Vec<String>,
    people: Vec<(Person, Codes)>,
    passkeys: Vec<(usize, Passkey)>,
    transactions: Vec<Transaction>,
    requests: Vec<Request>,
}

impl<'a> Model<'a> {
    fn new(server: &'a Server, case: u32) -> Self {
        let person = |number| Person::new(server, &format!("case{case}-{number}@example.com"));
        let people = (0..PEOPLE).map(|number| (person(number), Codes::default()));
        Self {
            server,
            names: (0..USERS).map(|number| format!("case{case}-{number}")).collect(),
            people: people.collect(),
            passkeys: Vec::new(),
            transactions: Vec::new(),
            requests: Vec::new(),
        }
    }

    fn does(&mut self, operation: Operation) {
        match operation {
            Operation::Enroll { user } => self.enroll(user),
            Operation::Approve { user } => self.approve(user),
            Operation::Initiate { person, family } => self.initiate(person, family),
            Operation::Totp { person, family, steps } => self.totp(person, FAMILIES[family], steps),
            Operation::Respond { request, person, approved } => {
                if let Some(index) = chosen(&self.requests, request) {
                    self.respond(index, person, approved);
                }
            }
            Operation::Poll { request, family } => {
                if let Some(index) = chosen(&self.requests, request) {
                    self.poll(index, family);
                }
            }
            Operation::Finalize { transaction, passkey, how } => {
                if let Some(index) = chosen(&self.transactions, transaction) {
                    self.finalize(index, passkey, how);
                }
            }
            Operation::Replay { transaction } => {
                if let Some(index) = chosen(&self.transactions, transaction) {
                    self.replay(index);
                }
            }
            Operation::Status { transaction } => {
                if let Some(index) = chosen(&self.transactions, transaction) {
                    self.status(index);
                }
            }
            Operation::IntrospectStatusToken { transaction } => {
                if let Some(index) = chosen(&self.transactions, transaction) {
                    let token = self.transactions[index].status_token().as_str().expect("a token");
                    assert_eq!(self.server.introspect(token), json!({ "active": false }));
                }
            }
        }
    }

    fn ids_of(&self, user: usize) -> Vec<Vec<u8>> {
        self.passkeys.iter().filter(|(owner, _)| *owner == user).map(|(_, passkey)| passkey.id.clone()).collect()
    }

    fn enroll(&mut self, user: usize) {
        let started = self.server.enroll(&self.names[user], json!({}));
        let registered = started["authenticators"].as_array().map_or(0, Vec::len);
        assert_eq!(registered, self.ids_of(user).len(), "the passkeys that were registered, and no others");
        let transaction = Transaction {
            started,
            is_enrollment: true,
            user: Some(user),
            allowed: Vec::new(),
            body: None,
            decided: Decided::Pending,
        };
        self.transactions.push(transaction);
    }

    fn approve(&mut self, user: Option<usize>) {
        let allowed = user.map(|user| self.ids_of(user)).unwrap_or_default();
        if user.is_some() && allowed.is_empty() {
            let body = json!({ "username": self.names[user.unwrap_or_default()], "channel": "fido2" });
            assert_eq!(self.server.shop_sends("/api/v1/approval", &body).status, 404, "no passkey, no approval");
            return;
        }
        let started = self.server.approve(user.map(|user| self.names[user].as_str()), json!({}));
        let transaction =
            Transaction { started, is_enrollment: false, user, allowed, body: None, decided: Decided::Pending };
        self.transactions.push(transaction);
    }

    fn finalize(&mut self, index: usize, passkey: Index, how: How) {
        let transaction = &mut self.transactions[index];
        let ways = Ways {
            spoil_signature: how == How::WrongSignature,
            challenge: (how == How::WrongChallenge).then(|| crate::authenticator::encode(&[7; 16])),
            origin: if how == How::WrongOrigin { "http://localhost:1" } else { crate::server::ORIGIN },
            ..Ways::default()
        };
        let mut made = None;
        let (mut body, is_allowed) = if transaction.is_enrollment {
            let new = Passkey::new(Algorithm::Es256, &transaction.started["userId"]);
            let body = new.attest_by_itself(&transaction.started, &ways);
            made = Some(new);
            (body, true)
        } else if self.passkeys.is_empty() {
            return;
        } else {
            let index = passkey.index(self.passkeys.len());
            let (_, passkey) = &mut self.passkeys[index];
            let is_allowed = transaction.user.is_none() || transaction.allowed.contains(&passkey.id);
            (passkey.assert(&transaction.started, &ways), is_allowed)
        };
        match how {
            How::Unreadable => body["response"]["clientDataJSON"] = json!("?"),
            How::ForgedToken => body["statusToken"] = json!("a.b.c"),
            _ => transaction.body = Some(body.clone()),
        }
        let response = self.server.page_sends(transaction.path(), &body);
        let was_pending = transaction.decided == Decided::Pending;
        if how == How::Unreadable {
            assert_eq!(response.status, 422, "{}", response.text());
        } else {
            let response = response.json();
            if was_pending && is_allowed && how == How::Right {
                assert_eq!((&response["status"], &response["errorMessage"]), (&json!("ok"), &json!("")), "{response}");
                transaction.decided = Decided::Succeeded(response["token"].clone());
                if let Some(made) = made {
                    self.passkeys.push((transaction.user.expect("enrollments have a user"), made));
                }
            } else {
                is_refusal(&response);
                if was_pending && how != How::ForgedToken {
                    transaction.decided = Decided::Failed;
                }
            }
        }
        self.status(index);
    }

    fn replay(&self, index: usize) {
        let transaction = &self.transactions[index];
        if let (Some(body), false) = (&transaction.body, transaction.decided == Decided::Pending) {
            is_refusal(&self.server.page_sends(transaction.path(), body).json());
        }
        self.status(index);
    }

    fn status(&self, index: usize) {
        let transaction = &self.transactions[index];
        let status = self.server.status(transaction.status_token());
        let (word, token) = match &transaction.decided {
            Decided::Pending => ("pending", None),
            Decided::Failed => ("failed", None),
            Decided::Succeeded(token) => ("succeeded", Some(token)),
        };
        assert_eq!((&status["status"], status.get("token")), (&json!(word), token), "{status}");
        if let Some(token) = token {
            let claims = self.server.introspect(token.as_str().expect("a token"));
            assert_eq!(claims["active"], true);
            assert_eq!((&claims["jti"], &claims["sub"]), (&status["transactionId"], &status["userId"]));
        }
    }

    fn initiate(&mut self, person: usize, family: usize) {
        let id = FAMILIES[family].initiated(self.server, &self.people[person].0.email);
        self.requests.push(Request { id, person, family, approved: None, is_used: false });
    }

    fn respond(&mut self, index: usize, person: usize, approved: bool) {
        let request = &mut self.requests[index];
        let response = FAMILIES[request.family].respond(self.server, &self.people[person].0, &request.id, approved);
        let is_accepted = person == request.person && request.approved.is_none();
        let refused = if FAMILIES[request.family].flow == Flow::Admin { 400 } else { 200 };
        assert_eq!(response.status, if is_accepted { 200 } else { refused }, "{}", response.text());
        assert_eq!(response.json()["success"] == true, is_accepted, "{}", response.text());
        if is_accepted {
            request.approved = Some(approved);
        }
    }

    fn poll(&mut self, index: usize, family: usize) {
        let request = &mut self.requests[index];
        let response = FAMILIES[family].poll(self.server, &request.id).json();
        // All paths of a flow share their requests.
        let is_own = FAMILIES[family].flow == FAMILIES[request.family].flow;
        match request.approved {
            _ if !is_own => assert_eq!(response["error"], "expired_token", "{response}"),
            None => assert_eq!(response["error"], "authorization_pending", "{response}"),
            Some(false) => assert_eq!(response["error"], "access_denied", "{response}"),
            Some(true) if request.is_used => assert_eq!(response["error"], "expired_token", "{response}"),
            Some(true) => {
                request.is_used = true;
                let token = &response["access_token"];
                let claims = ciba::introspect(self.server, token.as_str().expect("a token")).expect("genuine");
                assert_eq!(claims["sub"], self.people[request.person].0.id.as_str());
            }
        }
    }

    fn totp(&mut self, person: usize, family: Family, steps: Option<i64>) {
        let (person, codes) = &mut self.people[person];
        let step_now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64 / 30);
        let step = step_now();
        if codes.is_unclear {
            return;
        }
        let code = steps.map_or_else(|| person.wrong_code(), |steps| person.code(steps));
        let response = family.totp(self.server, &person.email, &code);
        if step != step_now() {
            // The step ended meanwhile, so it is unclear whose code this was: no more codes for this user.
            codes.is_unclear = true;
            return;
        }
        let was_locked = codes.failures >= MAX_FAILURES;
        let right = steps.filter(|steps| steps.abs() <= 1 && !codes.used_steps.contains(&(step + steps)));
        if let (Some(steps), false) = (right, was_locked) {
            codes.used_steps.insert(step + steps);
            codes.failures = 0;
            let token = response.json()["token"].as_str().unwrap_or_else(|| panic!("{}", response.text())).to_owned();
            assert_eq!(ciba::introspect(self.server, &token).expect("genuine")["sub"], person.id.as_str());
            return;
        }
        codes.failures += 1;
        let is_locked = codes.failures >= MAX_FAILURES;
        let expected = family.either(if is_locked { 429 } else { 400 }, 401);
        assert_eq!(response.status, expected, "{steps:?}: {}", response.text());
        assert_eq!(response.text().contains("temporarily locked"), is_locked, "{steps:?}: {}", response.text());
    }
}

fn chosen<T>(among: &[T], index: Index) -> Option<usize> {
    (!among.is_empty()).then(|| index.index(among.len()))
}

fn is_refusal(response: &Value) {
    assert_eq!((&response["status"], &response["token"]), (&json!("failed"), &Value::Null), "{response}");
    assert!(response["errorMessage"].as_str().is_some_and(|reason| !reason.is_empty()), "{response}");
}

#[test]
fn any_sequence_of_operations_gets_the_documented_responses() {
    let server = Server::start_with(Data::new(), &["--all-routes", "--workspace-totp"]);
    let config = Config { cases: count(12, 1000) as u32, failure_persistence: None, ..Config::default() };
    let case = Cell::new(0);
    let sequences = proptest::collection::vec(operations(), 1..60);
    let held = TestRunner::new(config).run(&sequences, |operations| {
        case.set(case.get() + 1);
        let mut model = Model::new(&server, case.get());
        for operation in operations {
            model.does(operation);
        }
        for index in 0..model.transactions.len() {
            model.status(index);
        }
        Ok(())
    });
    held.unwrap_or_else(|failure| panic!("{failure}"));
}
