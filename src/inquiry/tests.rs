//! The waits of `outcome` (docs/contract.md, section A5.3), and that it always ends.

use proptest::prelude::*;

use super::Inquiry;
use crate::cause::Cause;
use crate::recovery::{Event, Next};
use crate::response::TransactionStatus;

const TIMEOUT: f64 = 9_000.0;

/// The times of the queries and of the end, if each query has this response at once.
fn run(patience: f64, retry_after: Option<f64>, response: impl Fn(usize) -> TransactionStatus) -> (Vec<f64>, f64) {
    let start = 7.0;
    let mut now = start;
    let mut queries = Vec::new();
    let mut inquiry = Inquiry::new(now, patience, TIMEOUT, false);
    let mut event = Event::Tick;
    loop {
        event = match inquiry.step(now, event) {
            Next::Done(_) => return (queries, now - start),
            Next::Wait(ms) => {
                now += ms;
                Event::Tick
            }
            Next::Query(_) => {
                queries.push(now - start);
                Event::Status(response(queries.len()), retry_after)
            }
            Next::Send { .. } => unreachable!("it has nothing to send"),
        };
    }
}

fn pending(_: usize) -> TransactionStatus {
    TransactionStatus::Pending
}

#[test]
fn without_patience_it_asks_once() {
    assert_eq!(run(0.0, None, pending), (vec![0.0], 0.0));
    assert_eq!(run(0.0, Some(9_000.0), pending), (vec![0.0], 0.0));
}

#[test]
fn it_asks_at_once_then_after_1_2_3_5_5_seconds_and_at_the_end() {
    let (queries, end) = run(20_000.0, None, pending);
    assert_eq!(queries, [0.0, 1_000.0, 3_000.0, 6_000.0, 11_000.0, 16_000.0, 20_000.0]);
    assert_eq!(end, 20_000.0);
}

#[test]
fn a_longer_retry_after_is_heeded_as_far_as_the_patience_lasts() {
    assert_eq!(run(10_000.0, Some(4_000.0), pending).0, [0.0, 4_000.0, 8_000.0, 10_000.0]);
    assert_eq!(run(2_500.0, Some(60_000.0), pending).0, [0.0, 2_500.0]);
    assert_eq!(run(2_500.0, Some(0.0), pending).0, [0.0, 1_000.0, 2_500.0]);
    // Beyond what a timer can do.
    assert_eq!(run(4e9, Some(1e12), pending).0, [0.0, 2_147_483_647.0, 4e9]);
}

#[test]
fn a_decision_ends_it_at_once_and_nothing_else_does() {
    for status in [|| TransactionStatus::Succeeded("T".into()), || TransactionStatus::Failed(String::new())] {
        for before in [
            || TransactionStatus::Pending,
            || TransactionStatus::Unknown,
            || TransactionStatus::Unusable("odd".into()),
            || TransactionStatus::NoResponse("none".into()),
        ] {
            let (queries, end) = run(60_000.0, None, |count| if count < 4 { before() } else { status() });
            assert_eq!((queries.len(), end), (4, 6_000.0));
        }
    }
}

#[test]
fn each_status_has_its_cause_and_its_message() {
    let unknown = " (outcome unknown: check the status from your backend before retrying)";
    let cases = [
        (
            TransactionStatus::Failed(": expired".into()),
            Cause::Refused,
            "Rejected by the server (status endpoint: failed: expired)".to_owned(),
            "The module crashed (status endpoint: failed: expired)".to_owned(),
        ),
        (
            TransactionStatus::Pending,
            Cause::Pending,
            "The transaction is still pending: ask again later, or with a longer wait".to_owned(),
            format!("The module crashed{unknown}"),
        ),
        (
            TransactionStatus::Unknown,
            Cause::OutcomeUnknown,
            format!("The server does not know the transaction{unknown}"),
            format!("The module crashed{unknown}"),
        ),
        (
            TransactionStatus::Unusable("HTTP 404".into()),
            Cause::OutcomeUnknown,
            format!("HTTP 404{unknown}"),
            format!("The module crashed{unknown}"),
        ),
        (
            TransactionStatus::NoResponse("offline".into()),
            Cause::OutcomeUnknown,
            format!("offline{unknown}"),
            format!("The module crashed{unknown}"),
        ),
    ];
    for (status, cause, message, after_crash) in cases {
        let copy = || match &status {
            TransactionStatus::Failed(reason) => TransactionStatus::Failed(reason.clone()),
            TransactionStatus::Pending => TransactionStatus::Pending,
            TransactionStatus::Unknown => TransactionStatus::Unknown,
            TransactionStatus::Unusable(reason) => TransactionStatus::Unusable(reason.clone()),
            TransactionStatus::NoResponse(reason) => TransactionStatus::NoResponse(reason.clone()),
            TransactionStatus::Succeeded(_) => unreachable!(),
        };
        let end = |has_crashed| Inquiry::new(0.0, 0.0, TIMEOUT, has_crashed).step(0.0, Event::Status(copy(), None));
        assert_eq!(end(false), Next::Done(Err((cause, message))));
        let cause = if cause == Cause::Refused { cause } else { Cause::OutcomeUnknown };
        assert_eq!(end(true), Next::Done(Err((cause, after_crash))));
    }
    let succeeded = Event::Status(TransactionStatus::Succeeded("T".into()), None);
    assert_eq!(Inquiry::new(0.0, 0.0, TIMEOUT, true).step(0.0, succeeded), Next::Done(Ok("T".into())));
}

#[test]
fn the_last_status_is_the_result_and_each_query_has_its_timeout() {
    let mut inquiry = Inquiry::new(0.0, 1_000.0, TIMEOUT, false);
    assert_eq!(inquiry.step(0.0, Event::Tick), Next::Query(TIMEOUT));
    let lost = Event::Status(TransactionStatus::NoResponse("none".into()), None);
    assert_eq!(inquiry.step(0.0, lost), Next::Wait(1_000.0));
    assert_eq!(inquiry.step(1_000.0, Event::Tick), Next::Query(TIMEOUT));
    let last = inquiry.step(1_000.0, Event::Status(TransactionStatus::Pending, None));
    assert!(matches!(last, Next::Done(Err((Cause::Pending, _)))), "{last:?}");
}

proptest! {
    #[test]
    fn it_ends_when_the_patience_does(
        patience in 0.0..100_000.0_f64,
        retry_after in proptest::option::of(0.0..100_000.0_f64),
    ) {
        let mut now = 0.0;
        let mut waited = 0.0;
        let mut inquiry = Inquiry::new(now, patience, TIMEOUT, false);
        let mut event = Event::Tick;
        loop {
            event = match inquiry.step(now, event) {
                Next::Done(_) => break,
                Next::Wait(ms) => {
                    prop_assert!(ms > 0.0);
                    now += ms;
                    waited += ms;
                    Event::Tick
                }
                Next::Query(_) => Event::Status(TransactionStatus::Pending, retry_after),
                Next::Send { .. } => unreachable!("it has nothing to send"),
            };
        }
        prop_assert!(waited <= patience + 1.0, "{waited}");
        prop_assert!(waited >= patience - 1.0, "{waited}");
    }
}
