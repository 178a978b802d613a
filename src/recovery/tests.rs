//! Recovery (docs/contract.md, section A5.2): no approval is lost, none is invented, and it always ends.

use super::{Event, Next, Recovery, Refusal, retry_wait};
use crate::cause::Cause;
use crate::messages::OUTCOME_UNKNOWN;
use crate::response::{TransactionStatus, Verdict};

mod outages;
mod own_server;
mod properties;

/// A recovery on a clock that goes by as the steps ask for.
struct Clocked {
    recovery: Recovery,
    now: f64,
}

const TIMEOUT: f64 = 10_000.0;

impl Clocked {
    fn new() -> Self {
        let now = 5_000.0;
        let mut clocked = Clocked { recovery: Recovery::new(now, TIMEOUT, false), now };
        assert_eq!(clocked.tick(), Next::Send { ms: TIMEOUT, keepalive: false });
        clocked
    }

    fn tick(&mut self) -> Next {
        self.recovery.step(self.now, Event::Tick)
    }

    fn verdict(&mut self, verdict: Verdict) -> Next {
        self.recovery.step(self.now, Event::Verdict(verdict, None))
    }

    fn status(&mut self, status: TransactionStatus) -> Next {
        self.recovery.step(self.now, Event::Status(status, None))
    }

    /// Waits as the step asks for. What follows.
    fn pass(&mut self, next: Next) -> Next {
        let Next::Wait(ms) = next else { panic!("{next:?} is no wait") };
        self.now += ms;
        self.tick()
    }
}

fn lost() -> Verdict {
    Verdict::Unknown("no response".into())
}

fn refused() -> Verdict {
    Verdict::Refused("refused".into())
}

fn after(verdict: Verdict) -> Clocked {
    let mut clocked = Clocked::new();
    let next = clocked.verdict(verdict);
    assert!(matches!(next, Next::Query(_)), "{next:?}");
    clocked
}

fn failure(next: Next) -> String {
    match next {
        Next::Done(Err((cause, reason))) => {
            let is_unknown = reason.ends_with(OUTCOME_UNKNOWN);
            assert_eq!(cause, if is_unknown { Cause::OutcomeUnknown } else { Cause::Refused }, "{reason}");
            reason
        }
        other => panic!("{other:?} is no failure"),
    }
}

fn succeeded() -> TransactionStatus {
    TransactionStatus::Succeeded("T".into())
}

fn done() -> Next {
    Next::Done(Ok("T".into()))
}

#[test]
fn only_a_failed_transaction_makes_a_refusal_sure() {
    for (verdict, status, is_sure) in [
        (refused(), TransactionStatus::Failed(String::new()), true),
        (lost(), TransactionStatus::Failed(String::new()), true),
        (refused(), TransactionStatus::Pending, false),
        (refused(), TransactionStatus::Unknown, false),
        (refused(), TransactionStatus::Unusable("?".into()), false),
        (refused(), TransactionStatus::NoResponse("?".into()), false),
        (refused(), succeeded(), false),
        (Verdict::RefusedForGood("refused".into()), TransactionStatus::Pending, false),
    ] {
        let mut clocked = after(verdict);
        clocked.status(status);
        let expected = if is_sure { Refusal::ForGood } else { Refusal::Unsure };
        assert_eq!(clocked.recovery.refusal(), expected);
    }
}

#[test]
fn an_accepted_assertion_needs_no_recovery() {
    assert_eq!(Clocked::new().verdict(Verdict::Accepted("T".into())), done());
}

#[test]
fn a_lost_response_is_recovered_from_the_status() {
    assert_eq!(after(lost()).status(succeeded()), done());
}

#[test]
fn a_failed_transaction_is_reported_with_the_reason() {
    assert_eq!(
        failure(after(lost()).status(TransactionStatus::Failed(": expired".into()))),
        "no response (status endpoint: failed: expired)"
    );
}

#[test]
fn undecided_the_same_assertion_is_sent_again_with_growing_waits_until_the_budget_is_used() {
    for status in [
        || TransactionStatus::Pending,
        || TransactionStatus::NoResponse("none".into()),
        || TransactionStatus::Unusable("odd".into()),
    ] {
        let mut clocked = Clocked::new();
        let start = clocked.now;
        let mut sent = vec![0.0];
        let mut next = clocked.verdict(lost());
        let reason = loop {
            next = match next {
                Next::Send { ms, .. } => {
                    assert!(ms > 0.0);
                    sent.push(clocked.now - start);
                    clocked.verdict(Verdict::Unknown("again".into()))
                }
                Next::Query(ms) => {
                    assert!(ms > 0.0);
                    clocked.status(status())
                }
                Next::Wait(ms) => clocked.pass(Next::Wait(ms)),
                next => break failure(next),
            };
        };
        assert_eq!(sent[..6], [0.0, 250.0, 750.0, 1_750.0, 3_750.0, 5_750.0]);
        assert!(sent.last().is_some_and(|last| *last > 18_000.0), "{sent:?}");
        assert_eq!(clocked.now - start, 19_000.0, "the last query has a second for its response");
        assert!(reason.starts_with("no response") && reason.contains("outcome unknown"), "{reason}");
    }
}

#[test]
fn a_transaction_that_the_cloud_does_not_know_is_queried_and_not_sent_again() {
    let mut clocked = after(lost());
    let next = clocked.status(TransactionStatus::Unknown);
    assert!(matches!(clocked.pass(next), Next::Query(_)));
    let next = clocked.status(TransactionStatus::Pending);
    assert!(matches!(clocked.pass(next), Next::Query(_)), "for good");
    assert_eq!(clocked.status(succeeded()), done());
}

#[test]
fn a_resent_assertion_that_is_accepted_is_a_success() {
    let mut clocked = after(lost());
    let next = clocked.status(TransactionStatus::Pending);
    assert!(matches!(clocked.pass(next), Next::Send { .. }));
    assert_eq!(clocked.verdict(Verdict::Accepted("T".into())), done());
}

#[test]
fn after_a_rejection_the_status_is_queried_at_once_and_twice_more_while_it_decides_nothing() {
    for status in
        [|| TransactionStatus::Pending, || TransactionStatus::Unknown, || TransactionStatus::Unusable("odd".into())]
    {
        let mut clocked = after(refused());
        for wait in [500.0, 1_500.0] {
            assert_eq!(clocked.status(status()), Next::Wait(wait));
            assert!(matches!(clocked.pass(Next::Wait(wait)), Next::Query(_)));
        }
        assert_eq!(failure(clocked.status(status())), "refused");
    }
}

#[test]
fn after_a_rejection_the_status_decides_and_no_response_ends_the_queries() {
    assert_eq!(after(refused()).status(succeeded()), done());
    assert_eq!(failure(after(refused()).status(TransactionStatus::Failed(": used".into()))), "refused");
    assert_eq!(failure(after(refused()).status(TransactionStatus::NoResponse("none".into()))), "refused");
}

#[test]
fn the_rejection_of_a_resent_assertion_does_not_decide_the_copy_whose_response_was_lost() {
    let resent = || {
        let mut clocked = after(lost());
        let next = clocked.status(TransactionStatus::Pending);
        assert!(matches!(clocked.pass(next), Next::Send { .. }));
        assert!(matches!(clocked.verdict(Verdict::Refused("used".into())), Next::Query(_)));
        clocked
    };
    assert_eq!(failure(resent().status(TransactionStatus::Failed(": used".into()))), "used");
    assert_eq!(resent().status(succeeded()), done());
    let mut clocked = resent();
    let start = clocked.now;
    let mut next = clocked.status(TransactionStatus::NoResponse("none".into()));
    let reason = loop {
        next = match next {
            Next::Query(_) => clocked.status(TransactionStatus::NoResponse("none".into())),
            Next::Wait(ms) => clocked.pass(Next::Wait(ms)),
            next => break failure(next),
        };
    };
    assert!(clocked.now - start > 18_000.0, "the status is queried until the budget is used");
    assert!(reason.starts_with("no response (outcome unknown"), "the first failure: {reason}");
}

#[test]
fn a_request_that_fails_with_keepalive_is_sent_again_without_at_once() {
    let mut recovery = Recovery::new(0.0, TIMEOUT, true);
    assert_eq!(recovery.step(0.0, Event::Tick), Next::Send { ms: TIMEOUT, keepalive: true });
    let failed = || Event::Verdict(Verdict::Failed("no response".into()), None);
    let next = recovery.step(3.0, failed());
    assert!(matches!(next, Next::Send { keepalive: false, .. }), "{next:?}");
    assert!(matches!(recovery.step(5.0, failed()), Next::Query(_)), "once");
    let rejected = Event::Verdict(Verdict::Refused("used".into()), None);
    let mut recovery = Recovery::new(0.0, TIMEOUT, true);
    recovery.step(0.0, Event::Tick);
    recovery.step(3.0, failed());
    recovery.step(5.0, rejected);
    let next = recovery.step(6.0, Event::Status(TransactionStatus::NoResponse("none".into()), None));
    assert!(matches!(next, Next::Wait(_)), "the first copy may be accepted: {next:?}");
}

#[test]
fn retry_after_replaces_a_wait_if_it_fits() {
    let mut clocked = Clocked::new();
    clocked.recovery.step(clocked.now, Event::Verdict(lost(), Some(1_000.0)));
    let next = clocked.status(TransactionStatus::Pending);
    assert_eq!(next, Next::Wait(1_000.0));
    clocked.pass(next);
    clocked.verdict(Verdict::Refused("used".into()));
    assert_eq!(clocked.status(TransactionStatus::Pending), Next::Wait(250.0), "for one wait");
    let wait = |retry_after| {
        let mut clocked = after(lost());
        clocked.recovery.step(clocked.now, Event::Status(TransactionStatus::Unusable("odd".into()), Some(retry_after)))
    };
    assert_eq!(wait(7_000.0), Next::Wait(7_000.0));
    assert_eq!(wait(0.0), Next::Wait(200.0), "not at once, again and again");
    for too_long in [19_000.0, f64::INFINITY, f64::NAN] {
        assert!(matches!(wait(too_long), Next::Wait(200.0 | 250.0)), "{too_long}");
    }
}

#[test]
fn a_request_that_hangs_leaves_time_for_another() {
    let mut clocked = Clocked::new();
    clocked.now += TIMEOUT;
    assert_eq!(clocked.verdict(lost()), Next::Query(5_000.0));
    clocked.now += 5_000.0;
    let next = clocked.status(TransactionStatus::NoResponse("none".into()));
    assert_eq!(clocked.pass(next), Next::Send { ms: 2_375.0, keepalive: false });
}

#[test]
fn a_page_that_was_frozen_beyond_the_budget_queries_the_status_once_more() {
    let mut clocked = Clocked::new();
    clocked.now += 3_600_000.0;
    assert_eq!(clocked.verdict(lost()), Next::Query(1_000.0));
    assert_eq!(clocked.status(succeeded()), done());
    let mut clocked = after(lost());
    let next = clocked.status(TransactionStatus::Pending);
    clocked.now += 3_600_000.0;
    assert_eq!(clocked.pass(next), Next::Query(1_000.0));
    assert!(failure(clocked.status(TransactionStatus::Pending)).contains("outcome unknown"));
}

#[test]
fn of_a_short_budget_the_last_query_has_a_quarter_of_the_timeout() {
    let mut recovery = Recovery::new(0.0, 400.0, false);
    recovery.step(0.0, Event::Tick);
    assert_eq!(recovery.step(5_000.0, Event::Verdict(lost(), None)), Next::Query(100.0));
}

#[test]
fn the_retry_schedule_never_overflows() {
    assert_eq!(retry_wait(0), 125);
    assert_eq!(retry_wait(u8::MAX), retry_wait(8));
}
