//! Polls for the outcome of a request, for whichever route the client called. A token is returned once: another poll says that
//! the request was used, even if the response was lost.

use std::sync::Arc;

use rusqlite::Transaction;
use serde::Serialize;

use super::config::{CibaConfig, Kindness};
use super::edition::{Edition, Flow};
use super::requests::{Request, Status};
use super::users::CibaUser;
use super::{requests, users};
use crate::errors::ApiError;
use crate::state::Cloud;
use crate::{clock, tokens};

/// A request extension, as a fault: the token of an approved request cannot be made.
#[derive(Clone, Copy)]
pub struct MintingFails;

pub struct Poll {
    pub flow: Flow,
    /// Empty if the request names none.
    pub client_id: String,
    pub auth_req_id: String,
    pub minting_fails: bool,
}

/// Why a poll returns no token.
pub enum Refusal {
    Unknown,
    AnotherClients,
    Expired,
    TooFast,
    Pending,
    Denied,
    Used,
    MintingFailed,
}

#[derive(Serialize)]
pub struct TokenResponse {
    access_token: String,
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
    #[serde(skip_serializing_if = "String::is_empty")]
    scope: String,
}

/// The token of an approved request.
pub async fn poll(cloud: &Arc<Cloud>, poll: Poll) -> Result<Result<TokenResponse, Refusal>, ApiError> {
    let (flow, state) = (poll.flow, cloud.clone());
    let found = cloud.store.transact(move |database| look_up(database, &state.ciba, &poll, clock::now())).await?;
    let (request, user) = match found {
        Ok(approved) => approved,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let expires_in = cloud.ciba.token_seconds(flow);
    let access_token = if cloud.ciba.has_native_tokens(flow) {
        cloud.tokens.native_token(&request, cloud.base_url.as_str())?
    } else {
        cloud.tokens.push_token(&request, &user, expires_in)?
    };
    Ok(Ok(TokenResponse { access_token, token_type: tokens::BEARER, expires_in, scope: request.scopes }))
}

fn look_up(
    database: &Transaction<'_>,
    config: &CibaConfig,
    poll: &Poll,
    now: i64,
) -> Result<Result<(Request, CibaUser), Refusal>, ApiError> {
    let found = requests::find(database, &poll.auth_req_id)?.filter(|found| found.flow == poll.flow);
    let Some(request) = found else {
        return Ok(Err(Refusal::Unknown));
    };
    // Spring does not compare clients. An admin request without a client is anybody's.
    let is_anothers = match (config.edition, request.client_id.as_deref()) {
        (Edition::Autumn, Some(id)) => id != poll.client_id,
        _ => false,
    };
    if is_anothers {
        return Ok(Err(Refusal::AnotherClients));
    }
    if request.expires_at <= now {
        return Ok(Err(Refusal::Expired));
    }
    let approved = match request.status {
        Status::Pending => {
            let is_too_fast = requests::record_poll(database, &request, now)?;
            let is_slowed_down = is_too_fast && config.is(Kindness::SlowDown);
            return Ok(Err(if is_slowed_down { Refusal::TooFast } else { Refusal::Pending }));
        }
        Status::Denied => return Ok(Err(Refusal::Denied)),
        Status::Consumed => return Ok(Err(Refusal::Used)),
        Status::Approved if poll.minting_fails => return Ok(Err(Refusal::MintingFailed)),
        Status::Approved => request,
    };
    let Some(user) = users::by_id(database, &approved.user_id)? else {
        return Ok(Err(Refusal::MintingFailed));
    };
    if !config.is(Kindness::RepeatTokens) {
        requests::consume(database, &approved.auth_req_id)?;
    }
    Ok(Ok((approved, user)))
}
