//! What the backend does for its page. A transaction is decided once, however often the page sends it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;
use webauthn_rp::request::register::UserHandle16;

use crate::expiring_map::ExpiringMap;
use crate::passkeys::{Account, Passkeys};
use crate::refusal::Refusal;
use crate::relying_party::{Ceremony, RelyingParty};
use crate::requests::{Reply, SessionChange, Visitor, text_of, username_of};
use crate::users::User;

/// The routes, and how many requests an address and a visitor may send in five minutes.
pub const ROUTES: [(&str, usize, usize); 4] =
    [("/api/enroll", 60, 20), ("/api/approve", 240, 60), ("/api/finalize", 480, 120), ("/api/status", 1200, 300)];

/// Longer than a prompt and its recovery take.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

pub struct Shop {
    relying_party: RelyingParty,
    state: Mutex<State>,
}

struct State {
    /// By their status tokens. Each stays until it expires, so that a page can ask again.
    transactions: ExpiringMap<Transaction>,
    passkeys: Passkeys,
}

/// A real shop also stores the amount and the recipient of a payment here.
struct Transaction {
    visit: String,
    /// Until it is decided.
    ceremony: Option<Ceremony>,
    /// Whose passkey it was, or why it was refused.
    decision: Option<Result<Account, &'static str>>,
    /// What the page gets if it is accepted, and the session that this starts.
    token: String,
    session: String,
}

// #region routes
impl Shop {
    /// Serves a request to one of the routes.
    pub async fn serve(&self, route: &str, body: &Value, visitor: &Visitor) -> Result<Reply, Refusal> {
        match route {
            "/api/enroll" => self.enroll(body, visitor),
            "/api/approve" => self.approve(body, visitor),
            "/api/finalize" => self.finalize(body, visitor),
            _ => self.status(body, visitor),
        }
    }

    /// Creates a user, or a further passkey of the user who is signed in.
    fn enroll(&self, body: &Value, visitor: &Visitor) -> Result<Reply, Refusal> {
        let mut state = self.state();
        let username = match &visitor.user {
            Some(user) if body.get("username").is_none() => user.username.clone(),
            _ => username_of(body)?,
        };
        let account = match state.passkeys.account(&username) {
            // Whoever adds a passkey can sign in with it, so nobody else may.
            Some(known) if visitor.user.as_ref().is_none_or(|user| user.id != id_of(known)) => {
                return Err(Refusal::name_taken());
            }
            Some(known) => known.clone(),
            None => Account { handle: UserHandle16::new(), username },
        };
        let started = self.relying_party.start_registration(account, &state.passkeys);
        state.keep(visitor, "credentialCreationOptions", started)
    }

    /// Starts an approval: to sign in, or of a payment. Without a username, by any passkey.
    fn approve(&self, body: &Value, visitor: &Visitor) -> Result<Reply, Refusal> {
        let mut state = self.state();
        let username = body.get("username").map(|_| username_of(body)).transpose()?;
        let account =
            username.as_deref().map(|name| state.passkeys.account(name).ok_or_else(unknown_user)).transpose()?;
        let started = self.relying_party.start_authentication(account, &state.passkeys);
        state.keep(visitor, "credentialRequestOptions", started)
    }

    /// For the setting `finalize`. Two copies get the same decision.
    fn finalize(&self, body: &Value, visitor: &Visitor) -> Result<Reply, Refusal> {
        let State { transactions, passkeys } = &mut *self.state();
        let transaction = find(transactions, body, visitor)?;
        if let Some(ceremony) = transaction.ceremony.take() {
            let verified = self.relying_party.verify(ceremony, &body["credential"], passkeys);
            transaction.decision = Some(verified.map_err(|failure| failure.reason()));
            if let Some(Ok(account)) = &transaction.decision {
                // Or make the payment now.
                let user = User { id: id_of(account), username: account.username.clone() };
                let change = SessionChange::SignedIn(user, transaction.session.clone());
                return Ok(Reply::json(&json!({ "token": transaction.token })).with_session(change));
            }
        }
        Ok(match transaction.decision {
            Some(Ok(_)) => transaction.resume(&json!({ "token": transaction.token })),
            Some(Err(reason)) => Reply::json(&json!({ "errorMessage": reason })),
            None => return Err(unknown_transaction()),
        })
    }

    /// For the setting `status`.
    fn status(&self, body: &Value, visitor: &Visitor) -> Result<Reply, Refusal> {
        let state = &mut *self.state();
        let transaction = find(&mut state.transactions, body, visitor)?;
        Ok(match transaction.decision {
            None => Reply::json(&json!({ "status": "pending" })),
            Some(Ok(_)) => transaction.resume(&json!({ "status": "succeeded", "token": transaction.token })),
            Some(Err(reason)) => Reply::json(&json!({ "status": "failed", "errorMessage": reason })),
        })
    }
}
// #endregion routes

impl Shop {
    pub fn new(relying_party: RelyingParty) -> Self {
        let state = State { transactions: ExpiringMap::new(LIFETIME), passkeys: Passkeys::default() };
        Shop { relying_party, state: Mutex::new(state) }
    }

    /// No panic happens while it is locked.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Keeps a ceremony that was started. Returns what goes to the page: its options, under this name, and the status token.
    fn keep(&mut self, visitor: &Visitor, name: &str, started: Option<(Ceremony, Value)>) -> Result<Reply, Refusal> {
        let (ceremony, options) = started.ok_or_else(|| {
            Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "not_started", "The ceremony could not be started.")
        })?;
        let [status_token, token, session] = [(); 3].map(|()| Uuid::new_v4().to_string());
        let ceremony = Some(ceremony);
        let transaction = Transaction { visit: visitor.visit.clone(), ceremony, decision: None, token, session };
        self.transactions.set(&status_token, transaction, Instant::now());
        Ok(Reply::json(&json!({ name: options, "statusToken": status_token })))
    }
}

impl Transaction {
    /// A response to a page that may have lost the one before.
    fn resume(&self, body: &Value) -> Reply {
        Reply::json(body).with_session(SessionChange::Resumed(self.session.clone()))
    }
}

/// A transaction of this visitor, which the body names.
fn find<'a>(
    transactions: &'a mut ExpiringMap<Transaction>,
    body: &Value,
    visitor: &Visitor,
) -> Result<&'a mut Transaction, Refusal> {
    let own = transactions.get(text_of(body, "statusToken")?, Instant::now());
    own.filter(|own| own.visit == visitor.visit).ok_or_else(unknown_transaction)
}

fn unknown_transaction() -> Refusal {
    let message = "This visitor has no such transaction, or it has expired.";
    Refusal::new(StatusCode::NOT_FOUND, "unknown_transaction", message)
}

fn unknown_user() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "unknown_user", "Nobody has a passkey under this name.")
}

fn id_of(account: &Account) -> String {
    account.handle.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
