//! Which subjects exist, and which of them a request is about.

use axum::body::Bytes;
use serde::Deserialize;
use url::form_urlencoded;

use super::endpoint::Endpoint;
use super::subject::Subject;
use crate::ciba::edition::Dialect;
use crate::ciba::users;
use crate::errors::ApiError;
use crate::state::Cloud;
use crate::{ciba, clock, transactions};

/// The subject named by a request for faults: exactly one of the properties.
#[derive(Deserialize)]
pub struct FaultSubject {
    #[serde(rename = "transactionId")]
    transaction_id: Option<String>,
    auth_req_id: Option<String>,
    email: Option<String>,
}

impl TryFrom<FaultSubject> for Subject {
    type Error = ApiError;

    /// 422 unless exactly one property is set.
    fn try_from(subject: FaultSubject) -> Result<Self, ApiError> {
        match (subject.transaction_id, subject.auth_req_id, subject.email) {
            (Some(id), None, None) => Ok(Self::Transaction(id)),
            (None, Some(id), None) => Ok(Self::AuthReqId(id)),
            (None, None, Some(email)) => users::normalize_email(&email)
                .map(Self::Email)
                .ok_or_else(|| ApiError::unprocessable("email: is not a valid email")),
            _ => Err(ApiError::unprocessable("exactly one of transactionId, auth_req_id and email is required")),
        }
    }
}

/// 404 if the subject does not exist.
pub async fn require_existing(cloud: &Cloud, subject: &Subject) -> Result<(), ApiError> {
    let subject = subject.clone();
    let missing = cloud.store.transact(move |database| {
        Ok(match &subject {
            Subject::Transaction(id) if transactions::find(database, id, clock::now())?.is_none() => {
                Some("no such transaction")
            }
            Subject::AuthReqId(id) if ciba::email_of(database, id)?.is_none() => Some("no such request"),
            Subject::Email(email) if users::by_email(database, email)?.is_none() => Some("no such user"),
            _ => None,
        })
    });
    match missing.await? {
        Some(message) => Err(ApiError::not_found(message)),
        None => Ok(()),
    }
}

/// The subjects of a request to `endpoint`, the most specific first; none if its body names none. The standard's routes take
/// a form.
pub async fn subjects_of(
    cloud: &Cloud,
    endpoint: Endpoint,
    dialect: Dialect,
    body: &Bytes,
) -> Result<Vec<Subject>, ApiError> {
    let body = match dialect {
        Dialect::Standard => Body::from_form(body),
        Dialect::Admin | Dialect::Tenant => match serde_json::from_slice(body) {
            Ok(body) => body,
            Err(_) => return Ok(Vec::new()),
        },
    };
    if !endpoint.is_ciba() {
        let id = body.status_token.and_then(|token| cloud.tokens.transaction_id_even_if_expired(&token));
        return Ok(id.map(Subject::Transaction).into_iter().collect());
    }
    let mut subjects = Vec::new();
    let mut email = body.email.or(body.login_hint).and_then(|email| users::normalize_email(&email));
    if let (Endpoint::Token, Some(id)) = (endpoint, body.auth_req_id) {
        subjects.push(Subject::AuthReqId(id.clone()));
        email = cloud.store.transact(move |database| ciba::email_of(database, &id)).await?;
    }
    subjects.extend(email.map(Subject::Email));
    Ok(subjects)
}

/// The properties by which the request bodies of all endpoints name a subject.
#[derive(Default, Deserialize)]
struct Body {
    #[serde(rename = "statusToken")]
    status_token: Option<String>,
    auth_req_id: Option<String>,
    email: Option<String>,
    login_hint: Option<String>,
}

impl Body {
    fn from_form(bytes: &[u8]) -> Self {
        let text = |name: &str| {
            let mut pairs = form_urlencoded::parse(bytes);
            pairs.find(|(known, _)| known == name).map(|(_, value)| value.trim().to_owned())
        };
        Self { auth_req_id: text("auth_req_id"), login_hint: text("login_hint"), ..Self::default() }
    }
}
