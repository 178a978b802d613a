//! What a shop's backend does when the page sends a token.
//!
//! `CLOUD_URL=… ACCESS_KEY=… verify-approval STATUS_TOKEN TOKEN` prints who approved the transaction.

use std::env;
use std::error::Error;
use std::time::Duration;

// #region verify
use serde::{Deserialize, Serialize};

/// A client of the Authentication Cloud for backends.
pub struct Cloud {
    agent: ureq::Agent,
    url: String,
    access_key: String,
}

#[derive(Deserialize)]
struct Introspection {
    active: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StatusRequest<'a> {
    status_token: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    status: String,
    user_id: Option<String>,
}

impl Cloud {
    pub fn new(url: String, access_key: String) -> Self {
        let timeout = Some(Duration::from_secs(10));
        Cloud { agent: ureq::Agent::config_builder().timeout_global(timeout).build().into(), url, access_key }
    }

    /// The ID of the user who approved the transaction; `None` if nobody has. The backend has stored the status token.
    ///
    /// `token` comes from the page. Active means that it is genuine. The status says how this transaction ended, and
    /// whose it is.
    pub fn approved_by(&self, status_token: &str, token: &str) -> Result<Option<String>, ureq::Error> {
        let introspection: Introspection =
            self.post("/api/v1/introspect").send_form([("token", token)])?.body_mut().read_json()?;
        let status: Status =
            self.post("/api/v1/status").send_json(StatusRequest { status_token })?.body_mut().read_json()?;
        let approved = introspection.active && status.status == "succeeded";
        Ok(status.user_id.filter(|_| approved))
    }

    fn post(&self, path: &str) -> ureq::RequestBuilder<ureq::typestate::WithBody> {
        self.agent.post(format!("{}{path}", self.url)).header("Authorization", format!("Bearer {}", self.access_key))
    }
}
// #endregion verify

fn main() -> Result<(), Box<dyn Error>> {
    let cloud = Cloud::new(env::var("CLOUD_URL")?, env::var("ACCESS_KEY")?);
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [status_token, token] = arguments.as_slice() else {
        return Err("usage: verify-approval STATUS_TOKEN TOKEN".into());
    };
    match cloud.approved_by(status_token, token)? {
        Some(user_id) => println!("approved by {user_id}"),
        None => println!("not approved"),
    }
    Ok(())
}
