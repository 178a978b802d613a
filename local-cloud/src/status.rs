//! `POST /api/v1/status`: a page or a shop's server queries the status of a transaction.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use crate::body::JsonBody;
use crate::errors::ApiError;
use crate::state::Cloud;
use crate::tokens::InvalidToken;
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

/// Properties that are not known are omitted.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_id: Option<String>,
    /// `pending`, `succeeded`, `failed` or `unknown`.
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    /// The transaction token; only if it succeeded.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    /// Only if it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_updated_at: Option<String>,
}

/// 422 for a token that this server did not sign. The status is `unknown` if the token expired or the transaction was deleted.
async fn status(
    State(cloud): State<Arc<Cloud>>,
    JsonBody(body): JsonBody<StatusRequest>,
) -> Result<Json<StatusResponse>, ApiError> {
    match cloud.tokens.transaction_id(&body.status_token) {
        Ok(id) => look_up(cloud, id).await.map(Json),
        Err(InvalidToken::Expired) => Ok(Json(unknown())),
        Err(InvalidToken::Forged) => Err(ApiError::unprocessable("statusToken: was not issued by this cloud")),
    }
}

/// Queries the status of one transaction.
pub async fn look_up(cloud: Arc<Cloud>, id: String) -> Result<StatusResponse, ApiError> {
    let shared = cloud.clone();
    let response = cloud.store.transact(move |database| {
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
        Ok(StatusResponse {
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
    response.await
}

fn unknown() -> StatusResponse {
    StatusResponse { status: "unknown", ..StatusResponse::default() }
}

impl StatusResponse {
    /// The response of a moment before the transaction was decided.
    pub fn into_pending(self) -> Self {
        Self {
            status: Status::Pending.as_str(),
            token: None,
            error_message: None,
            last_updated_at: self.created_at.clone(),
            ..self
        }
    }
}
