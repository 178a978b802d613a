//! Starts a request for approval, for whichever route the client called.

use super::edition::Flow;
use super::requests::NewRequest;
use super::{requests, users};
use crate::errors::ApiError;
use crate::state::Cloud;
use crate::{clock, text};

/// In characters: the phone shows the message, and the server's column has no room for more.
const MAX_BINDING_MESSAGE: usize = 255;

pub struct Initiation {
    pub flow: Flow,
    pub client_id: Option<String>,
    pub email: String,
    pub binding_message: String,
    /// `None` if the user holds none of those that were requested.
    pub scopes: Option<Vec<String>>,
}

/// Why no request was started.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    UnreadableMessage,
    UserNotFound,
    NoDevice,
    InvalidScope,
}

impl Refusal {
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnreadableMessage => "invalid_binding_message",
            Self::UserNotFound => "user_not_found",
            Self::NoDevice => "no_device_registered",
            Self::InvalidScope => "invalid_scope",
        }
    }

    /// `email` is the one that the request named.
    pub fn description(&self, email: &str) -> String {
        match self {
            Self::UnreadableMessage => format!(
                "binding_message: must have at most {MAX_BINDING_MESSAGE} characters and no control or bidi characters"
            ),
            Self::UserNotFound => format!("User not found: {email}"),
            Self::NoDevice => "User has no registered push notification devices".to_owned(),
            Self::InvalidScope => "none of the requested scopes is granted to this user for the resource".to_owned(),
        }
    }
}

/// Starts a request, and returns its `auth_req_id`.
pub async fn start(cloud: &Cloud, initiation: Initiation) -> Result<Result<String, Refusal>, ApiError> {
    let Initiation { flow, client_id, email, binding_message, scopes } = initiation;
    if !text::is_displayable(&binding_message, MAX_BINDING_MESSAGE) {
        return Ok(Err(Refusal::UnreadableMessage));
    }
    let timing = cloud.ciba.timing;
    let start = move |database: &rusqlite::Transaction<'_>| {
        let Some(user) = users::by_email(database, &email)? else {
            return Ok(Err(Refusal::UserNotFound));
        };
        if !user.has_phone {
            return Ok(Err(Refusal::NoDevice));
        }
        let Some(scopes) = scopes else {
            return Ok(Err(Refusal::InvalidScope));
        };
        let request = NewRequest {
            flow,
            user_id: &user.id,
            client_id: client_id.as_deref(),
            binding_message: Some(binding_message.as_str()).filter(|text| !text.is_empty()),
            scopes: &scopes.join(" "),
        };
        requests::start(database, request, timing, clock::now()).map(Ok)
    };
    cloud.store.transact(start).await
}
