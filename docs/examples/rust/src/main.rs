//! What a shop's backend does once the page says that the person approved.
//!
//! `CLOUD_URL=… ACCESS_KEY=… verify-approval STATUS_TOKEN TOKEN` prints who approved the transaction.

use std::env;
use std::error::Error;
use std::time::Duration;

// #region verify
use serde::{Deserialize, Serialize};

/// The Authentication Cloud, as a backend talks to it.
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

    /// Who approved the transaction of this status token, which the backend kept; `None` where nobody has.
    ///
    /// `token` is what the page got. That it is active tells that it is genuine; of which transaction, and how that
    /// ended, is asked of the status.
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
