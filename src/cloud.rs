//! The Authentication Cloud: sends the answer of the authenticator, and finds out what became of it.

use crate::answer::{Standing, Verdict};
use crate::host::now;
use crate::http::{post, sleep};
use crate::recovery::{Next, Recovery};
use crate::result::Ceremony;
use crate::text::{concat, quote};

impl Ceremony {
    fn path(self) -> &'static str {
        match self {
            Ceremony::Authentication => "/_app/assertion/result",
            Ceremony::Registration => "/_app/attestation/result",
        }
    }
}

/// Where a transaction is decided.
pub struct Transaction<'a> {
    /// Chooses the endpoint.
    pub ceremony: Ceremony,
    /// The cloud's address, without a slash at its end.
    pub base: &'a str,
    /// Names the transaction.
    pub status_token: &'a str,
    /// For the first attempt, and again for all of the recovery, in milliseconds.
    pub timeout: f64,
}

impl Transaction<'_> {
    /// Sends `body`, and recovers its result where the answer is lost: the transaction token, or why there is none.
    pub async fn finalize(&self, body: &str, on_recovering: impl FnOnce()) -> Result<String, String> {
        match Recovery::of(self.send(body, self.timeout).await) {
            Err(token) => Ok(token),
            Ok(recovery) => {
                on_recovering();
                self.recover(recovery, body).await
            }
        }
    }

    /// Runs a recovery. `body` is sent again only if the recovery says so.
    pub async fn recover(&self, mut recovery: Recovery, body: &str) -> Result<String, String> {
        let end = now() + self.timeout;
        let mut next = Next::Ask(0);
        loop {
            if let Next::Ask(wait @ 1..) = next {
                sleep(f64::from(wait).min(end - now())).await;
            }
            // A request that hangs leaves time for another one.
            let limit = ((end - now()) / 2.0).ceil();
            next = match next {
                Next::Done(result) => return result,
                _ if limit < 1.0 => recovery.out_of_time(),
                Next::Send => recovery.on_verdict(self.send(body, limit).await),
                Next::Ask(_) => recovery.on_standing(self.ask(limit).await),
            };
        }
    }

    async fn send(&self, body: &str, limit: f64) -> Verdict {
        post(&concat(&[self.base, self.ceremony.path()]), body, limit).await.verdict()
    }

    async fn ask(&self, limit: f64) -> Standing {
        let mut body = String::from("{\"statusToken\":");
        quote(&mut body, self.status_token);
        body.push('}');
        post(&concat(&[self.base, "/api/v1/status"]), &body, limit).await.standing()
    }
}
