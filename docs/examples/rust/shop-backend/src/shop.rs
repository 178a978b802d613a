//! What the backend does for its page: registers a passkey, starts an approval, verifies how it ended, and passes on its status.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::cloud::{Cloud, CloudResponse, Verified};
use crate::expiring_map::ExpiringMap;
use crate::refusal::{Refusal, send_json};
use crate::requests::{Reply, SessionChange, Visitor, text_of, username_of};

/// Longer than the cloud's own transactions and transaction tokens live.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// The routes, and how many requests an address and a visitor may send in five minutes.
pub const ROUTES: [(&str, usize, usize); 4] =
    [("/api/enroll", 60, 20), ("/api/approve", 240, 60), ("/api/introspect", 480, 120), ("/api/status", 1200, 300)];

pub struct Shop {
    cloud: Cloud,
    state: Mutex<State>,
}

struct State {
    /// By their status tokens. A visitor can have several at once: in two tabs, or autofill beside a button. Each stays until it
    /// expires, so that a page can ask again after a failure.
    transactions: ExpiringMap<Transaction>,
    /// Names that are being registered, and by which visits.
    reservations: ExpiringMap<String>,
}

/// A real shop also stores the amount and the recipient of a payment here.
struct Transaction {
    visit: String,
    verified: Option<Verification>,
}

/// The token that a transaction was verified with, and the session that this has started.
struct Verification {
    token: String,
    session: String,
}

// #region routes
impl Shop {
    /// Creates a user, or a further passkey of the user who is signed in. Responds as the cloud does.
    async fn enroll(&self, body: &Value, visitor: &Visitor) -> Result<Reply, Refusal> {
        let own = visitor.user.as_ref().map(|user| &user.username);
        let username = &match own {
            Some(own) if body.get("username").is_none() => own.clone(),
            _ => username_of(body)?,
        };
        let is_own = own == Some(username);
        if !is_own {
            self.reserve(username, &visitor.visit)?;
        }
        let response = self.cloud.start_registration(username).await?;
        // The user exists. Whoever adds a passkey can sign in with it, so nobody else may.
        if !is_own && response["authenticators"] != json!([]) {
            return Err(Refusal::name_taken());
        }
        self.keep(&response["enrollment"], visitor);
        Ok(Reply::json(&response))
    }

    /// Starts an approval: to sign in, or of a payment. Responds as the cloud does.
    async fn approve(&self, body: &Value, visitor: &Visitor) -> Result<Reply, Refusal> {
        let username = body.get("username").map(|_| username_of(body)).transpose()?;
        let approval = self.cloud.start_approval(username.as_deref()).await?;
        self.keep(&approval, visitor);
        Ok(Reply::json(&approval))
    }

    /// Verifies a transaction, and does what it is for, once. Responds with `{ active, status, username? }`, again if the page asks
    /// again: it may have lost the response.
    async fn introspect(&self, body: &Value, visitor: &Visitor) -> Result<Reply, Refusal> {
        let (status_token, token) = (text_of(body, "statusToken")?, text_of(body, "token")?);
        self.with_transaction(status_token, visitor, |_| ())?;
        // If this fails, the transaction stays, and the page can ask again.
        let Verified { status, user } = self.cloud.verify(status_token, token).await?;
        let Some(user) = user else {
            return Ok(Reply::json(&json!({ "active": false, "status": status })));
        };
        let reply = Reply::json(&json!({ "active": true, "status": status, "username": user.username }));
        self.with_transaction(status_token, visitor, |transaction| match &transaction.verified {
            None => {
                let session = Uuid::new_v4().to_string();
                transaction.verified = Some(Verification { token: token.into(), session: session.clone() });
                Ok(reply.with_session(SessionChange::SignedIn(user, session))) // or queue the payment now
            }
            Some(verified) if verified.token == token => {
                Ok(reply.with_session(SessionChange::Resumed(verified.session.clone())))
            }
            Some(_) => {
                let message = "This transaction was verified with another token.";
                Err(Refusal::new(StatusCode::CONFLICT, "already_verified", message))
            }
        })?
    }

    /// For the package's setting `statusUrl`: the status of one of this visitor's own transactions, as the cloud says it.
    async fn status(&self, body: &Value, visitor: &Visitor) -> Result<Reply, Refusal> {
        let status_token = text_of(body, "statusToken")?;
        self.with_transaction(status_token, visitor, |_| ())?;
        let CloudResponse { status, retry_after, text } = self.cloud.status(status_token).await?;
        let header = retry_after.map(|value| (RETRY_AFTER, value));
        Ok(Reply { response: send_json(status, text, header), session: None })
    }
}
// #endregion routes

impl Shop {
    /// Serves a request to one of the routes.
    pub async fn serve(&self, route: &str, body: &Value, visitor: &Visitor) -> Result<Reply, Refusal> {
        match route {
            "/api/enroll" => self.enroll(body, visitor).await,
            "/api/approve" => self.approve(body, visitor).await,
            "/api/introspect" => self.introspect(body, visitor).await,
            _ => self.status(body, visitor).await,
        }
    }

    pub fn new(cloud: Cloud) -> Self {
        let state = State { transactions: ExpiringMap::new(LIFETIME), reservations: ExpiringMap::new(LIFETIME) };
        Shop { cloud, state: Mutex::new(state) }
    }

    /// Reserves a name for a visit: whoever finishes first would have the account, and the other one a passkey for it.
    fn reserve(&self, username: &str, visit: &str) -> Result<(), Refusal> {
        let (now, mut state) = (Instant::now(), self.state());
        if state.reservations.get(username, now).is_some_and(|holder| holder != visit) {
            return Err(Refusal::name_taken());
        }
        state.reservations.set(username, visit.to_owned(), now);
        Ok(())
    }

    fn keep(&self, started: &Value, visitor: &Visitor) {
        let status_token = started["statusToken"].as_str().unwrap_or_default();
        let transaction = Transaction { visit: visitor.visit.clone(), verified: None };
        self.state().transactions.set(status_token, transaction, Instant::now());
    }

    /// Calls `action` with a transaction of this visitor.
    fn with_transaction<R>(
        &self,
        status_token: &str,
        visitor: &Visitor,
        action: impl FnOnce(&mut Transaction) -> R,
    ) -> Result<R, Refusal> {
        let mut state = self.state();
        let own = state.transactions.get(status_token, Instant::now()).filter(|own| own.visit == visitor.visit);
        own.map(action).ok_or_else(|| {
            let message = "This visitor has no such transaction, or it has expired.";
            Refusal::new(StatusCode::NOT_FOUND, "unknown_transaction", message)
        })
    }

    /// No panic happens while it is locked.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
