//! The backend's calls to the Authentication Cloud, with the access key, which must not reach a page.

use std::time::Duration;

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use reqwest::redirect::Policy;
use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use crate::refusal::Refusal;
use crate::users::User;

/// Less than a page waits for the status: `finalizeTimeout`, 10 seconds by default.
const TIMEOUT: Duration = Duration::from_secs(8);

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// A client of the Authentication Cloud for backends.
pub struct Cloud {
    client: reqwest::Client,
    url: String,
    authorization: HeaderValue,
}

/// A response, to be passed on as it is.
pub struct CloudResponse {
    pub status: StatusCode,
    pub retry_after: Option<HeaderValue>,
    pub text: String,
}

/// How a transaction ended.
pub struct Verified {
    pub status: String,
    /// Whose it is, if it was approved and the token that the page sent is genuine.
    pub user: Option<User>,
}

// #region cloud
impl Cloud {
    /// An HTTP client that knows the system's certificates and follows no redirect, because requests contain secrets.
    pub fn new(url: String, access_key: &str) -> Result<Self, Box<dyn std::error::Error>> {
        // Fails if the program has chosen one before, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().redirect(Policy::none()).timeout(TIMEOUT).build()?;
        Ok(Cloud { client, url, authorization: format!("Bearer {access_key}").try_into()? })
    }

    pub async fn start_registration(&self, username: &str) -> Result<Value, Refusal> {
        let body = json!({ "username": username, "displayName": username, "channel": "fido2" });
        self.ask("/api/v1/users/enroll", JSON, body.to_string(), |status| {
            (status == StatusCode::CONFLICT).then(Refusal::name_taken)
        })
        .await
    }

    /// Without a username, by any passkey: autofill, or sign-in without a name.
    pub async fn start_approval(&self, username: Option<&str>) -> Result<Value, Refusal> {
        let body = match username {
            Some(username) => json!({ "username": username, "channel": "fido2" }),
            None => json!({ "channel": "fido2" }),
        };
        self.ask("/api/v1/approval", JSON, body.to_string(), |status| match status {
            StatusCode::NOT_FOUND => {
                Some(Refusal::new(status, "unknown_user", "Nobody has a passkey under this name."))
            }
            StatusCode::CONFLICT => Some(Refusal::name_taken()),
            _ => None,
        })
        .await
    }

    /// The response of the status endpoint, as it is.
    pub async fn status(&self, status_token: &str) -> Result<CloudResponse, Refusal> {
        self.send("/api/v1/status", JSON, json!({ "statusToken": status_token }).to_string()).await
    }

    /// How a transaction ended, and whose it is.
    pub async fn verify(&self, status_token: &str, token: &str) -> Result<Verified, Refusal> {
        let form = Serializer::new(String::new()).append_pair("token", token).finish();
        let introspection = self.ask("/api/v1/introspect", FORM, form, |_| None).await?;
        // Active means that the token is genuine. The status says how this transaction ended, and whose it is.
        let body = json!({ "statusToken": status_token }).to_string();
        let ended = self.ask("/api/v1/status", JSON, body, |_| None).await?;
        let approved = introspection["active"] == true && ended["status"] == "succeeded";
        let text = |name: &str| ended[name].as_str().unwrap_or_default().to_owned();
        let user = User { id: text("userId"), username: text("username") };
        Ok(Verified { status: text("status"), user: Some(user).filter(|user| approved && !user.id.is_empty()) })
    }

    /// The body of a success. `refusal` maps other statuses to the errors that the page gets.
    async fn ask(
        &self,
        path: &str,
        content_type: &'static str,
        body: String,
        refusal: impl Fn(StatusCode) -> Option<Refusal>,
    ) -> Result<Value, Refusal> {
        let CloudResponse { status, retry_after, text } = self.send(path, content_type, body).await?;
        if status.is_success() {
            if let Some(value) = serde_json::from_str(&text).ok().filter(Value::is_object) {
                return Ok(value);
            }
        } else if let Some(refusal) = refusal(status) {
            return Err(refusal);
        }
        eprintln!("backend: {path}: the cloud responded with HTTP {}", status.as_u16());
        // These pass: nothing is decided, so the page can ask again.
        Err(if status.is_server_error() || matches!(status.as_u16(), 408 | 425 | 429) {
            unavailable("The cloud did not do that. Ask again.", retry_after)
        } else {
            let message = "The cloud refused the request. The backend's log has the HTTP status.";
            Refusal::new(StatusCode::BAD_GATEWAY, "cloud_refused", message)
        })
    }

    async fn send(&self, path: &str, content_type: &'static str, body: String) -> Result<CloudResponse, Refusal> {
        let request = self
            .client
            .post(format!("{}{path}", self.url))
            .header(AUTHORIZATION, &self.authorization)
            .header(CONTENT_TYPE, content_type)
            .body(body);
        let exchange = async {
            let response = request.send().await?;
            let (status, retry_after) = (response.status(), response.headers().get(RETRY_AFTER).cloned());
            Ok(CloudResponse { status, retry_after, text: response.text().await? })
        };
        exchange.await.map_err(|error: reqwest::Error| {
            let reason = if error.is_timeout() { "too late" } else { "unreachable" };
            eprintln!("backend: {path}: no response from the cloud ({reason})");
            unavailable("The cloud cannot be reached. Ask again.", None)
        })
    }
}
// #endregion cloud

/// Nothing is decided, so the page can ask again.
fn unavailable(message: &str, retry_after: Option<HeaderValue>) -> Refusal {
    Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "cloud_unavailable", message)
        .retry_after(retry_after.or(Some(HeaderValue::from_static("1"))))
}
