//! `ciba/initiate`: a client asks that a person be asked on the phone.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::answers::{CibaBody, CibaError, required};
use super::{ADMIN, TENANT, requests, route, seconds, users};
use crate::clock;
use crate::cloud::Cloud;

/// The longest binding message, in characters: it must be readable on a phone.
const LONGEST_BINDING_MESSAGE: usize = 255;

pub fn routes() -> Router<Arc<Cloud>> {
    route(ADMIN, "/ciba/initiate", post(admin)).merge(route(TENANT, "/ciba/initiate", post(tenant)))
}

#[derive(Deserialize)]
struct Admin {
    login_hint: String,
    binding_message: Option<String>,
}

#[derive(Deserialize)]
struct Tenant {
    client_id: String,
    email: String,
    binding_message: Option<String>,
}

/// The request was taken up.
#[derive(Serialize)]
struct Initiated {
    auth_req_id: String,
    /// Seconds.
    expires_in: Number,
    /// Seconds.
    interval: Number,
    message: &'static str,
}

async fn admin(State(cloud): State<Arc<Cloud>>, CibaBody(body): CibaBody<Admin>) -> Result<Json<Initiated>, CibaError> {
    required("login_hint", &body.login_hint)?;
    initiate(cloud, None, body.login_hint, body.binding_message).await
}

async fn tenant(
    State(cloud): State<Arc<Cloud>>,
    CibaBody(body): CibaBody<Tenant>,
) -> Result<Json<Initiated>, CibaError> {
    required("client_id", &body.client_id)?;
    required("email", &body.email)?;
    initiate(cloud, Some(body.client_id), body.email, body.binding_message).await
}

async fn initiate(
    cloud: Arc<Cloud>,
    client_id: Option<String>,
    email: String,
    binding_message: Option<String>,
) -> Result<Json<Initiated>, CibaError> {
    let binding_message = binding_message.filter(|text| !text.trim().is_empty());
    if binding_message.as_deref().is_some_and(|text| !is_readable(text)) {
        return Err(CibaError::bad_request(
            "invalid_binding_message",
            format!("binding_message: at most {LONGEST_BINDING_MESSAGE} characters, none of them a control character"),
        ));
    }
    let terms = cloud.push;
    let auth_req_id = cloud
        .store
        .transact(move |database| {
            let Some(person) = users::by_email(database, &email)? else {
                return Ok(None);
            };
            let (client_id, message) = (client_id.as_deref(), binding_message.as_deref());
            requests::start(database, &person.id, client_id, message, terms, clock::now()).map(Some)
        })
        .await?
        .ok_or_else(|| CibaError::bad_request("user_not_found", "nobody has this email"))?;
    Ok(Json(Initiated {
        auth_req_id,
        expires_in: seconds(terms.lifetime),
        interval: seconds(terms.interval),
        message: "the phone was asked",
    }))
}

fn is_readable(text: &str) -> bool {
    text.chars().count() <= LONGEST_BINDING_MESSAGE && !text.chars().any(char::is_control)
}
