//! What faults wait for, and which requests are about it.

use axum::body::Bytes;
use serde::Deserialize;

use super::At;
use crate::ciba::users;
use crate::cloud::Cloud;
use crate::errors::ApiError;
use crate::{ciba, clock, transactions};

/// Whose requests meet a fault.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A transaction of the Authentication Cloud.
    Transaction(String),
    /// A person of AuthSec's, and whatever concerns this person.
    Email(String),
    /// One request for approval by push.
    AuthReqId(String),
}

impl Subject {
    /// Whether requests to `at` can be about it.
    pub fn is_asked_about(&self, at: At) -> bool {
        match self {
            Self::Transaction(_) => !at.is_ciba(),
            Self::Email(_) => at.is_ciba(),
            Self::AuthReqId(_) => at == At::Token,
        }
    }

    /// 404 for one that is not there.
    pub async fn require(&self, cloud: &Cloud) -> Result<(), ApiError> {
        let wanted = self.clone();
        let missing = cloud.store.transact(move |database| {
            Ok(match &wanted {
                Self::Transaction(id) if transactions::find(database, id, clock::now())?.is_none() => {
                    Some("no such transaction")
                }
                Self::AuthReqId(id) if ciba::email_of(database, id)?.is_none() => Some("no such request"),
                Self::Email(email) if users::by_email(database, email)?.is_none() => Some("no such user"),
                _ => None,
            })
        });
        match missing.await? {
            Some(complaint) => Err(ApiError::not_found(complaint)),
            None => Ok(()),
        }
    }

    /// What a request to `at` is about, the narrowest first; nothing where its body does not say.
    pub async fn all_of(cloud: &Cloud, at: At, body: &Bytes) -> Result<Vec<Self>, ApiError> {
        let Ok(body) = serde_json::from_slice::<Body>(body) else {
            return Ok(Vec::new());
        };
        if !at.is_ciba() {
            let id = body.status_token.and_then(|token| cloud.tokens.transaction_id_at_any_time(&token));
            return Ok(id.map(Self::Transaction).into_iter().collect());
        }
        let mut subjects = Vec::new();
        let mut email = body.email.or(body.login_hint).map(|email| users::normal(&email));
        if let (At::Token, Some(id)) = (at, body.auth_req_id) {
            subjects.push(Self::AuthReqId(id.clone()));
            email = cloud.store.transact(move |database| ciba::email_of(database, &id)).await?;
        }
        subjects.extend(email.map(Self::Email));
        Ok(subjects)
    }
}

/// The members by which the bodies of all endpoints say what they are about.
#[derive(Deserialize)]
struct Body {
    #[serde(rename = "statusToken")]
    status_token: Option<String>,
    auth_req_id: Option<String>,
    email: Option<String>,
    login_hint: Option<String>,
}

/// The subject that faults are asked for: one of the three.
#[derive(Deserialize)]
pub struct Named {
    #[serde(rename = "transactionId")]
    transaction_id: Option<String>,
    auth_req_id: Option<String>,
    email: Option<String>,
}

impl Named {
    /// 422 for none or several.
    pub fn subject(self) -> Result<Subject, ApiError> {
        match (self.transaction_id, self.auth_req_id, self.email) {
            (Some(id), None, None) => Ok(Subject::Transaction(id)),
            (None, Some(id), None) => Ok(Subject::AuthReqId(id)),
            (None, None, Some(email)) => Ok(Subject::Email(users::normal(&email))),
            _ => Err(ApiError::breaks_a_rule("exactly one of transactionId, auth_req_id and email")),
        }
    }
}
