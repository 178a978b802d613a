//! What the page asked for, checked in the order of the contract.

use wasm_bindgen::JsValue;

use crate::options::Value;
use crate::result::{Ceremony, Failure, Fault};
use crate::settings::Settings;
use crate::text::concat;

/// The arguments of a call, but for the options.
pub struct Request {
    /// Which ceremony it is.
    pub ceremony: Ceremony,
    /// Stands in for the user handle of a credential that has none.
    pub user_id: Option<String>,
    /// Names the transaction.
    pub status_token: String,
    /// The name of a new credential.
    pub authenticator_name: Option<String>,
    /// The settings of the call.
    pub settings: Settings,
}

impl Request {
    /// Reads the page's argument and settings.
    ///
    /// # Errors
    ///
    /// [`Fault::UserId`], [`Fault::StatusToken`], or what [`Settings::read`] found.
    pub fn read(ceremony: Ceremony, argument: &JsValue, settings: &JsValue) -> Result<Self, Failure> {
        let missing = |fault, name: &str| Failure {
            fault,
            message: concat(&[name, " is missing: pass it on from the response that started the transaction"]),
        };
        let user_id = argument.text_member("userId");
        if ceremony == Ceremony::Authentication && user_id.is_none() && !Settings::allow_no_user(settings) {
            return Err(missing(Fault::UserId, "userId"));
        }
        Ok(Request {
            ceremony,
            user_id,
            status_token: argument
                .text_member("statusToken")
                .ok_or_else(|| missing(Fault::StatusToken, "statusToken"))?,
            authenticator_name: argument.text_member("authenticatorName"),
            settings: Settings::read(settings)?,
        })
    }
}
