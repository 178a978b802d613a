//! Recovery (docs/contract.md, section A5.2): no approval is lost, none is invented, and it always ends.

use super::{Next, Recovery, retry_wait};
use crate::response::{TransactionStatus, Verdict};

#[cfg(not(target_arch = "wasm32"))]
mod properties;

fn after(verdict: Verdict) -> Recovery {
    let mut recovery = Recovery::new();
    assert_eq!(recovery.on_verdict(verdict), Next::Ask(0));
    recovery
}

fn unknown() -> Recovery {
    after(Verdict::Unknown("no response".into()))
}

fn refused() -> Recovery {
    after(Verdict::Refused("refused".into()))
}

fn failure(next: Next) -> String {
    match next {
        Next::Done(Err(reason)) => reason,
        other => panic!("{other:?} is no failure"),
    }
}

#[test]
fn an_accepted_assertion_needs_no_recovery() {
    assert_eq!(Recovery::new().on_verdict(Verdict::Accepted("T".into())), Next::Done(Ok("T".into())));
}

#[test]
fn a_lost_response_is_recovered_from_the_status() {
    let next = unknown().on_status(TransactionStatus::Succeeded("T".into()));
    assert_eq!(next, Next::Done(Ok("T".into())));
}

#[test]
fn succeeded_overrules_the_rejection_of_a_second_copy() {
    let next = refused().on_status(TransactionStatus::Succeeded("T".into()));
    assert_eq!(next, Next::Done(Ok("T".into())));
}

#[test]
fn after_a_rejection_the_status_is_queried_once() {
    for status in [TransactionStatus::Failed("".into()), TransactionStatus::Pending, TransactionStatus::Unknown] {
        assert_eq!(failure(refused().on_status(status)), "refused");
    }
}

#[test]
fn a_failed_transaction_is_reported_with_the_reason() {
    assert_eq!(
        failure(unknown().on_status(TransactionStatus::Failed(": expired".into()))),
        "no response (status endpoint: failed: expired)"
    );
}

#[test]
fn while_pending_the_same_assertion_is_sent_at_most_twice_more() {
    let mut recovery = unknown();
    let mut sends = 0;
    let mut asks = 0;
    let mut next = Next::Ask(0);
    let reason = loop {
        next = match next {
            Next::Ask(_) => {
                asks += 1;
                recovery.on_status(TransactionStatus::Pending)
            }
            Next::Send => {
                sends += 1;
                recovery.on_verdict(Verdict::Unknown("again".into()))
            }
            done => break failure(done),
        };
    };
    assert_eq!(sends, 2);
    assert!(asks < 10, "{asks}");
    assert!(reason.starts_with("no response") && reason.contains("outcome unknown"), "{reason}");
}

#[test]
fn a_resent_assertion_that_is_accepted_is_a_success() {
    let mut recovery = unknown();
    assert_eq!(recovery.on_status(TransactionStatus::Pending), Next::Send);
    let next = recovery.on_verdict(Verdict::Accepted("T".into()));
    assert_eq!(next, Next::Done(Ok("T".into())));
}

#[test]
fn the_rejection_of_a_resent_assertion_does_not_decide_the_copy_whose_response_was_lost() {
    let resent = || {
        let mut recovery = unknown();
        assert_eq!(recovery.on_status(TransactionStatus::Pending), Next::Send);
        assert_eq!(recovery.on_verdict(Verdict::Refused("used".into())), Next::Ask(0));
        recovery
    };
    for status in [TransactionStatus::Unknown, TransactionStatus::Pending] {
        let reason = failure(resent().on_status(status));
        assert!(reason.starts_with("used (outcome unknown"), "{reason}");
    }
    assert!(failure(resent().out_of_time()).contains("outcome unknown"));
    assert_eq!(failure(resent().on_status(TransactionStatus::Failed(": used".into()))), "used");
    assert_eq!(resent().on_status(TransactionStatus::Succeeded("T".into())), Next::Done(Ok("T".into())));
}

#[test]
fn an_unresponsive_status_endpoint_is_queried_with_growing_waits_a_limited_number_of_times() {
    let mut recovery = unknown();
    let mut waits = Vec::new();
    let reason = loop {
        match recovery.on_status(TransactionStatus::Unknown) {
            Next::Ask(wait) => waits.push(wait),
            done => break failure(done),
        }
    };
    assert_eq!(waits, [250, 500, 1000, 2000]);
    assert!(reason.contains("outcome unknown"), "{reason}");
}

#[test]
fn a_timeout_leaves_the_outcome_unknown_unless_it_was_rejected() {
    assert!(failure(unknown().out_of_time()).contains("outcome unknown"));
    assert_eq!(failure(refused().out_of_time()), "refused");
}

#[test]
fn after_a_crash_nothing_is_sent_again() {
    let mut recovery = Recovery::after_crash("crashed");
    for _ in 0..4 {
        assert!(matches!(recovery.on_status(TransactionStatus::Pending), Next::Ask(_)));
    }
    assert!(failure(recovery.on_status(TransactionStatus::Pending)).contains("outcome unknown"));
}

#[test]
fn the_retry_schedule_never_overflows() {
    assert_eq!(retry_wait(0), 125);
    assert_eq!(retry_wait(u8::MAX), retry_wait(8));
}
