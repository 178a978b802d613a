//! The queues of faults, one for each subject and endpoint.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;

use super::endpoint::Endpoint;
use super::fault::{Fault, Kind};
use super::subject::Subject;

/// How soon the same request must arrive again to count as resent by the browser itself.
const RESEND_LIMIT: Duration = Duration::from_secs(2);
/// How long unused faults are kept.
const RETENTION: Duration = Duration::from_secs(3600);

#[derive(Default)]
pub struct FaultQueues {
    queues: Mutex<HashMap<(Subject, Endpoint), Queue>>,
}

struct Queue {
    waiting: VecDeque<Kind>,
    last_cut: Option<LastCut>,
    touched: Instant,
}

/// A request whose connection was cut. A browser resends a POST by itself if the connection was a reused one and closes
/// without a response. The cut must apply to that copy too, or the page would not notice it.
struct LastCut {
    body: Bytes,
    when: Instant,
    on_reused_connection: bool,
}

/// What happens to the next request.
#[derive(Debug, PartialEq)]
pub enum NextFault {
    /// It is served normally.
    None,
    Fault(Kind),
    /// It is the browser's own copy of a request that was cut, and is cut as well.
    CutAgain,
}

impl FaultQueues {
    pub fn add(&self, subject: &Subject, faults: Vec<Fault>, now: Instant) {
        let mut queues = self.lock();
        queues.retain(|_, queue| now.duration_since(queue.touched) < RETENTION);
        for Fault { endpoint, kind } in faults {
            let queue = queues.entry((subject.clone(), endpoint)).or_insert_with(|| Queue {
                waiting: VecDeque::new(),
                last_cut: None,
                touched: now,
            });
            queue.waiting.push_back(kind);
            queue.touched = now;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    /// Takes the next fault of the first of `subjects` that has one. `reused`: whether the request came over a connection
    /// that its client may have used before.
    pub fn take_next(
        &self,
        subjects: &[Subject],
        endpoint: Endpoint,
        body: &Bytes,
        reused: bool,
        now: Instant,
    ) -> NextFault {
        let mut queues = self.lock();
        // A client that called another endpoint in between knows that the request was lost, and resends it on purpose.
        for ((subject, other), queue) in queues.iter_mut() {
            if *other != endpoint && subjects.contains(subject) {
                queue.last_cut = None;
            }
        }
        for subject in subjects {
            let Some(queue) = queues.get_mut(&(subject.clone(), endpoint)) else {
                continue;
            };
            match queue.take_next(body, reused, now) {
                NextFault::None => {}
                next => return next,
            }
        }
        NextFault::None
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(Subject, Endpoint), Queue>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn take_next(&mut self, body: &Bytes, reused: bool, now: Instant) -> NextFault {
        self.touched = now;
        let cut = || Some(LastCut { body: body.clone(), when: now, on_reused_connection: reused });
        let is_resent = self.last_cut.take().is_some_and(|last| {
            last.on_reused_connection && now.duration_since(last.when) <= RESEND_LIMIT && last.body == body
        });
        if is_resent {
            self.last_cut = cut();
            return NextFault::CutAgain;
        }
        match self.waiting.pop_front() {
            Some(kind) => {
                if matches!(kind, Kind::CutBefore | Kind::CutAfter) {
                    self.last_cut = cut();
                }
                NextFault::Fault(kind)
            }
            None => NextFault::None,
        }
    }
}

#[cfg(test)]
mod tests;
