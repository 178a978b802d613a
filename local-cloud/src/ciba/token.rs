//! `ciba/token`: a client asks what became of its request (the poll of OpenID CIBA core 1.0, sections 10 and 11).
//!
//! An approved request answers with its token whenever it is asked until it expires, and always with the same one: an
//! answer that is lost on the way can be asked for again, and a second one gives nobody more than the first.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::answers::{CibaBody, CibaError, required};
use super::requests::{Request, Status};
use super::users::Person;
use super::{ADMIN, TENANT, requests, route, users};
use crate::cloud::Cloud;
use crate::errors::ApiError;
use crate::{clock, tokens};

pub fn routes() -> Router<Arc<Cloud>> {
    route(ADMIN, "/ciba/token", post(admin)).merge(route(TENANT, "/ciba/token", post(tenant)))
}

#[derive(Deserialize)]
struct Admin {
    auth_req_id: String,
}

#[derive(Deserialize)]
struct Tenant {
    client_id: String,
    auth_req_id: String,
}

#[derive(Serialize)]
struct Approved {
    access_token: String,
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
}

async fn admin(State(cloud): State<Arc<Cloud>>, CibaBody(body): CibaBody<Admin>) -> Result<Json<Approved>, CibaError> {
    required("auth_req_id", &body.auth_req_id)?;
    // AuthSec's admin flow says by these statuses what its tenant flow says by others.
    poll(cloud, None, body.auth_req_id, StatusCode::OK, StatusCode::FORBIDDEN).await
}

async fn tenant(
    State(cloud): State<Arc<Cloud>>,
    CibaBody(body): CibaBody<Tenant>,
) -> Result<Json<Approved>, CibaError> {
    required("client_id", &body.client_id)?;
    required("auth_req_id", &body.auth_req_id)?;
    poll(cloud, Some(body.client_id), body.auth_req_id, StatusCode::ACCEPTED, StatusCode::BAD_REQUEST).await
}

/// What is known of a request by who may know it.
enum Standing {
    /// Nobody's, or another client's.
    Foreign,
    Pending,
    TooFast,
    Denied,
    Expired,
    Approved(Box<(Request, Person)>),
}

async fn poll(
    cloud: Arc<Cloud>,
    client_id: Option<String>,
    auth_req_id: String,
    pending: StatusCode,
    denied: StatusCode,
) -> Result<Json<Approved>, CibaError> {
    let now = clock::now();
    let standing = cloud.store.transact(move |database| look_up(database, client_id.as_deref(), &auth_req_id, now));
    match standing.await? {
        Standing::Foreign => Err(CibaError::invalid_grant()),
        Standing::Pending => Err(CibaError::new(pending, "authorization_pending", "the person has not decided yet")),
        Standing::TooFast => {
            Err(CibaError::bad_request("slow_down", "asked too soon: wait 5 seconds longer each time"))
        }
        Standing::Denied => Err(CibaError::new(denied, "access_denied", "the person denied the request")),
        Standing::Expired => Err(CibaError::expired_token()),
        Standing::Approved(approved) => {
            let (request, person) = *approved;
            let (access_token, until) = cloud.tokens.push_token(&request, &person)?;
            Ok(Json(Approved { access_token, token_type: tokens::BEARER, expires_in: until - now / 1000 }))
        }
    }
}

fn look_up(
    database: &rusqlite::Transaction<'_>,
    client_id: Option<&str>,
    auth_req_id: &str,
    now: i64,
) -> Result<Standing, ApiError> {
    // Another client's poll must not count: it would slow the right one down.
    let Some(request) = requests::find(database, auth_req_id)?.filter(|found| found.client_id.as_deref() == client_id)
    else {
        return Ok(Standing::Foreign);
    };
    Ok(match request.status {
        Status::Denied => Standing::Denied,
        _ if request.expires_at <= now => Standing::Expired,
        Status::Pending if requests::count_poll(database, &request, now)? => Standing::TooFast,
        Status::Pending => Standing::Pending,
        Status::Approved => match users::by_id(database, &request.user_id)? {
            Some(person) => Standing::Approved(Box::new((request, person))),
            None => Standing::Foreign,
        },
    })
}
