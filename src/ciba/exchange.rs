//! One request of a call, authenticated where the client is a server, and its response.

use wasm_bindgen::prelude::*;

use super::SERVER;
use super::call::Call;
use super::client::Client;
use super::failure::Failure;
use super::options::invalid;
use super::response::{Json, Response};
use super::wire::{Encoding, Request};
use crate::http::{self, Delivery, FORM, JSON};
use crate::injection::crash_if;
use crate::messages::A_PRIVATE_KEY;
use crate::options::js::stringify;
use crate::options::value::{Value, non_empty_string};
use crate::page::{Deadline, call_function, create_wall_clock_deadline};

/// RFC 7523, section 2.2.
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

impl Call<'_> {
    /// Sends a request, which may take `ms` milliseconds. The response, and the wait that its `Retry-After` asks for.
    pub(super) async fn send(&self, request: Request<'_>, ms: f64) -> Result<(Response, Option<f64>), Failure> {
        let response = match create_wall_clock_deadline(ms, &self.deadline.signal()) {
            Ok(deadline) => {
                self.requests.set(self.requests.get().saturating_add(1));
                let credentials = self.credentials(&deadline).await;
                let is_key_unusable = credentials.is_err() && !deadline.is_aborted();
                let response = match credentials {
                    Ok(credentials) => self.exchange(request, &credentials, &deadline).await,
                    Err(exception) => Err(exception),
                };
                let is_late = deadline.is_aborted();
                let _ = deadline.close();
                if SERVER && is_key_unusable {
                    self.check()?;
                    return Err(invalid("privateKey", A_PRIVATE_KEY));
                }
                response.unwrap_or((if is_late { Response::Late } else { Response::Unreachable }, None))
            }
            Err(_) => (Response::Unreachable, None),
        };
        self.check()?;
        Ok(response)
    }

    /// What proves who the client is, new for each request; undefined in a page.
    async fn credentials(&self, deadline: &Deadline) -> Result<JsValue, JsValue> {
        let authenticate = match &self.client.authenticate {
            Some(authenticate) if SERVER => authenticate,
            _ => return Ok(JsValue::UNDEFINED),
        };
        // The audience is that of the token endpoint for both: RFC 7523, section 3.
        let url = self.client.wire.url(Request::Token { auth_req_id: "" });
        let promise = call_function(authenticate, &JsValue::from_str(&url))?;
        deadline.until(promise.unchecked_ref()).await
    }

    async fn exchange(
        &self,
        request: Request<'_>,
        credentials: &JsValue,
        deadline: &Deadline,
    ) -> Result<(Response, Option<f64>), JsValue> {
        let Client { wire, headers, place, .. } = &*self.client;
        let mut headers = headers.clone();
        let mut body = wire.body(request);
        if SERVER && let Some(authorization) = non_empty_string(credentials, "authorization") {
            // A copy: the client's own is for every request.
            headers = headers.copy_properties().unwrap_or_else(JsValue::new_record);
            headers.set("Authorization", &authorization);
        }
        if SERVER && let Some(assertion) = non_empty_string(credentials, "assertion") {
            body.set("client_assertion_type", &JsValue::from_str(ASSERTION_TYPE));
            body.set("client_assertion", &assertion);
        }
        let (content_type, body) = match wire.encoding() {
            Encoding::Json => (JSON, stringify(&body)?),
            Encoding::Form => (FORM, http::encode_form(&body)?),
        };
        let delivery = Delivery {
            content_type,
            keepalive: false,
            place: *place,
            // To the page's own origin, such as a relay's, with its session; no other origin gets cookies.
            cookies: true,
            headers: Some(&headers),
        };
        let http::Response { status, json, retry_after } =
            http::post(&wire.url(request), &body, delivery, deadline).await?;
        crash_if(status == 599);
        let response = match json {
            Some(json) => Response::Json(Json::read(status, &json)),
            None => Response::NotJson(status),
        };
        Ok((response, retry_after))
    }
}
