//! `POST /api/v1/status`: a page or a shop's server asks what became of a transaction.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use crate::body::JsonBody;
use crate::cloud::Cloud;
use crate::errors::ApiError;
use crate::tokens::Invalid;
use crate::transactions::Status;
use crate::{clock, transactions, users};

pub fn routes() -> Router<Arc<Cloud>> {
    Router::new().route("/api/v1/status", post(status))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StatusRequest {
    status_token: String,
}

/// What is known of a transaction. Members that are not known are absent.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusAnswer {
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_id: Option<String>,
    /// `pending`, `succeeded`, `failed` or `unknown`.
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    /// The transaction token, once it succeeded.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_updated_at: Option<String>,
}

/// 422 for a token that this server did not sign. `unknown` for one whose time is up, and for a transaction that is gone.
async fn status(
    State(cloud): State<Arc<Cloud>>,
    JsonBody(body): JsonBody<StatusRequest>,
) -> Result<Json<StatusAnswer>, ApiError> {
    match cloud.tokens.transaction_id(&body.status_token) {
        Ok(id) => look_up(cloud, id).await.map(Json),
        Err(Invalid::Expired) => Ok(Json(unknown())),
        Err(Invalid::Forged) => Err(ApiError::breaks_a_rule("statusToken: not one of this cloud")),
    }
}

/// The status of one transaction.
pub async fn look_up(cloud: Arc<Cloud>, id: String) -> Result<StatusAnswer, ApiError> {
    let shared = cloud.clone();
    let answer = cloud.store.transact(move |database| {
        let cloud = shared;
        let Some(transaction) = transactions::find(database, &id, clock::now())? else {
            return Ok(unknown());
        };
        let user = match &transaction.user_id {
            Some(id) => users::by_id(database, id)?,
            None => None,
        };
        let token = match (transaction.status, &user) {
            (Status::Succeeded, Some(user)) => Some(cloud.tokens.transaction_token(&transaction, &user.id)?),
            _ => None,
        };
        let (user_id, username) = user.map(|user| (user.id, user.username)).unzip();
        Ok(StatusAnswer {
            transaction_id: Some(transaction.id),
            status: transaction.status.as_str(),
            user_id,
            username,
            token,
            error_message: transaction.reason,
            created_at: Some(transaction.created_at_text),
            last_updated_at: Some(transaction.updated_at_text),
        })
    });
    answer.await
}

fn unknown() -> StatusAnswer {
    StatusAnswer { status: "unknown", ..StatusAnswer::default() }
}

impl StatusAnswer {
    /// The same transaction as it looked before it was decided.
    pub fn seen_as_pending(self) -> Self {
        Self {
            status: Status::Pending.as_str(),
            token: None,
            error_message: None,
            last_updated_at: self.created_at.clone(),
            ..self
        }
    }
}
