//! `POST /_local/faults`, for development only: what shall go wrong with a transaction, a person or a request for approval,
//! and when.
//!
//! Faults wait in one queue for each subject and endpoint. Each request takes the next one; when the queue is empty,
//! requests are served normally.

mod broken_body;
mod inject;
mod subject;

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode};
use axum::routing::post;
use serde::Deserialize;
use serde_json::Value;

use crate::access::AccessKey;
use crate::body::JsonBody;
use crate::cloud::Cloud;
use crate::errors::ApiError;

pub use inject::inject;
use subject::{Named, Subject};

/// How soon the very same request must come again to be a browser's own repetition.
const RESEND_LIMIT: Duration = Duration::from_secs(2);
/// How long faults that nobody takes are kept.
const KEPT: Duration = Duration::from_secs(3600);
/// The longest delay, in milliseconds.
const LONGEST_DELAY: u64 = 600_000;

pub fn routes() -> Router<Arc<Cloud>> {
    Router::new().route("/_local/faults", post(ask))
}

#[derive(Deserialize)]
struct Ask {
    #[serde(flatten)]
    subject: Named,
    faults: Vec<Fault>,
}

#[derive(Deserialize)]
struct Fault {
    at: At,
    #[serde(flatten)]
    kind: Kind,
}

/// Which requests of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
enum At {
    /// `/_app/assertion/result` and `/_app/attestation/result`.
    Result,
    /// `/api/v1/status`.
    Status,
    /// AuthSec's `ciba/initiate`, in every flow and at every path.
    Initiate,
    /// AuthSec's `ciba/token`.
    Token,
    /// AuthSec's `totp/login`.
    Totp,
}

impl At {
    /// Where a request goes by its path.
    fn of(path: &str) -> Option<Self> {
        match path {
            "/_app/assertion/result" | "/_app/attestation/result" => Some(Self::Result),
            "/api/v1/status" => Some(Self::Status),
            _ if path.ends_with("/ciba/initiate") => Some(Self::Initiate),
            _ if path.ends_with("/ciba/token") => Some(Self::Token),
            _ if path.ends_with("/totp/login") => Some(Self::Totp),
            _ => None,
        }
    }

    fn is_ciba(self) -> bool {
        matches!(self, Self::Initiate | Self::Token | Self::Totp)
    }
}

/// What happens to one request. `processed` says whether the request does its work before the answer is spoiled.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Kind {
    /// It is served normally.
    None,
    /// It waits, then is served normally.
    Delay { ms: u64 },
    /// The connection closes; nothing is processed or answered.
    CutBefore,
    /// It is processed; then the connection closes without an answer.
    CutAfter,
    /// It is processed; the connection closes after half of the body.
    CutBody,
    /// It is answered with this HTTP status, and the documented error body where none is given.
    Http {
        status: u16,
        #[serde(default)]
        processed: bool,
        body: Option<String>,
        #[serde(rename = "type")]
        media_type: Option<String>,
    },
    /// It is answered with a page.
    NotJson {
        #[serde(default)]
        processed: bool,
    },
    /// It is answered with the first half of JSON.
    Truncated {
        #[serde(default)]
        processed: bool,
    },
    /// It is answered with other JSON than the documented.
    WrongShape {
        #[serde(default)]
        processed: bool,
        #[serde(default = "empty_array")]
        body: Value,
    },
    /// It is sent elsewhere with 307.
    Redirect { location: String },
    /// It is refused, and a transaction that is pending has failed, a request for approval is denied.
    Refused { message: String },
    /// The transaction or the request for approval is told as pending, whatever it is.
    Pending,
}

fn empty_array() -> Value {
    Value::Array(Vec::new())
}

impl Fault {
    fn check(&self, subject: &Subject) -> Result<(), ApiError> {
        let complaint = match &self.kind {
            _ if !subject.is_asked_about(self.at) => "at: is for another subject".to_owned(),
            Kind::Delay { ms } if *ms > LONGEST_DELAY => format!("ms: at most {LONGEST_DELAY}"),
            Kind::Http { status, .. } if !(200..=599).contains(status) => "status: 200 to 599".to_owned(),
            Kind::Http { media_type: Some(text), .. } if HeaderValue::from_str(text).is_err() => {
                "type: cannot stand in a header".to_owned()
            }
            Kind::Redirect { location } if HeaderValue::from_str(location).is_err() => {
                "location: cannot stand in a header".to_owned()
            }
            Kind::Pending if !matches!(self.at, At::Status | At::Token) => {
                "pending: only at status and token".to_owned()
            }
            _ => return Ok(()),
        };
        Err(ApiError::breaks_a_rule(format!("faults: {complaint}")))
    }
}

async fn ask(
    _: AccessKey,
    State(cloud): State<Arc<Cloud>>,
    JsonBody(body): JsonBody<Ask>,
) -> Result<StatusCode, ApiError> {
    let subject = body.subject.subject()?;
    for fault in &body.faults {
        fault.check(&subject)?;
    }
    subject.require(&cloud).await?;
    cloud.faults.add(&subject, body.faults, Instant::now());
    Ok(StatusCode::NO_CONTENT)
}

/// The faults that wait.
#[derive(Default)]
pub struct Faults {
    queues: Mutex<HashMap<(Subject, At), Queue>>,
}

struct Queue {
    waiting: VecDeque<Kind>,
    last_cut: Option<LastCut>,
    touched: Instant,
}

/// A request that was cut. Browsers send a POST again by themselves when a connection that they reused closes unanswered: the
/// cut must hold for that copy too, or nobody would notice it.
struct LastCut {
    body: Bytes,
    when: Instant,
    on_reused_connection: bool,
}

/// What the next request meets.
#[derive(Debug, PartialEq)]
enum Turn {
    Normal,
    Fault(Kind),
    /// It is the browser's own copy of a request that was cut.
    CutAgain,
}

impl Faults {
    fn add(&self, subject: &Subject, faults: Vec<Fault>, now: Instant) {
        let mut queues = self.lock();
        queues.retain(|_, queue| now.duration_since(queue.touched) < KEPT);
        for Fault { at, kind } in faults {
            let queue = queues.entry((subject.clone(), at)).or_insert_with(|| Queue {
                waiting: VecDeque::new(),
                last_cut: None,
                touched: now,
            });
            queue.waiting.push_back(kind);
            queue.touched = now;
        }
    }

    fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    /// Takes the next fault of the first of `subjects` that has one. `reused`: whether the request came over a connection
    /// that its client may have used before.
    fn turn(&self, subjects: &[Subject], at: At, body: &Bytes, reused: bool, now: Instant) -> Turn {
        let mut queues = self.lock();
        // Whoever asks elsewhere in between knows that the request was lost, and means it when sending it again.
        for ((subject, place), queue) in queues.iter_mut() {
            if *place != at && subjects.contains(subject) {
                queue.last_cut = None;
            }
        }
        for subject in subjects {
            let Some(queue) = queues.get_mut(&(subject.clone(), at)) else {
                continue;
            };
            match queue.turn(body, reused, now) {
                Turn::Normal => {}
                turn => return turn,
            }
        }
        Turn::Normal
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(Subject, At), Queue>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn turn(&mut self, body: &Bytes, reused: bool, now: Instant) -> Turn {
        self.touched = now;
        let cut = || Some(LastCut { body: body.clone(), when: now, on_reused_connection: reused });
        let is_copy = self.last_cut.take().is_some_and(|last| {
            last.on_reused_connection && now.duration_since(last.when) <= RESEND_LIMIT && last.body == body
        });
        if is_copy {
            self.last_cut = cut();
            return Turn::CutAgain;
        }
        match self.waiting.pop_front() {
            Some(kind) => {
                if matches!(kind, Kind::CutBefore | Kind::CutAfter) {
                    self.last_cut = cut();
                }
                Turn::Fault(kind)
            }
            None => Turn::Normal,
        }
    }
}

#[cfg(test)]
mod tests;
