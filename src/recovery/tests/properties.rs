//! Recovery always ends, invents no success and loses none.

use proptest::prelude::*;

use super::*;

/// Texts from a short list: recovery only passes them on, and generating 400 arbitrary ones a case took an hour for 100,000 cases.
fn texts() -> impl Strategy<Value = String> {
    proptest::sample::select(&["T", "token", "Übung", " ", "0"][..]).prop_map(str::to_owned)
}

fn verdicts() -> impl Strategy<Value = Verdict> {
    prop_oneof![
        1 => texts().prop_map(Verdict::Accepted),
        2 => texts().prop_map(Verdict::Refused),
        6 => texts().prop_map(Verdict::Failed),
        6 => texts().prop_map(Verdict::Unknown),
    ]
}

fn statuses() -> impl Strategy<Value = TransactionStatus> {
    let undecided = || {
        proptest::sample::select(&[0, 1, 2, 3][..]).prop_map(|index| match index {
            0 => TransactionStatus::Pending,
            1 => TransactionStatus::Unknown,
            2 => TransactionStatus::Unusable("odd".into()),
            _ => TransactionStatus::NoResponse("none".into()),
        })
    };
    prop_oneof![
        1 => texts().prop_map(TransactionStatus::Succeeded),
        1 => prop_oneof![Just(String::new()), texts()].prop_map(TransactionStatus::Failed),
        16 => undecided(),
    ]
}

proptest! {
    #[test]
    fn every_recovery_ends_with_the_token_that_the_cloud_gave_or_a_reason(
        keepalive: bool,
        timeout in prop_oneof![1 => 1.0..500.0_f64, 3 => 500.0..60_000.0],
        responses in proptest::collection::vec((verdicts(), statuses(), proptest::option::of(any::<f64>()), 0.0..3_000.0_f64), 200),
    ) {
        let mut now = 1_000.0;
        let mut recovery = Recovery::new(now, timeout, keepalive);
        let mut given = None;
        let mut is_refused = false;
        let mut event = Event::Tick;
        let mut ended = None;
        for (verdict, status, retry_after, latency) in responses {
            let next = recovery.step(now, event);
            event = match next {
                Next::Send { ms, .. } => {
                    prop_assert!(!is_refused, "sent again after a rejection");
                    prop_assert!(ms > 0.0 && ms <= timeout.max(1.0), "{ms}");
                    now += latency.min(ms);
                    match &verdict {
                        Verdict::Accepted(token) => given = Some(token.clone()),
                        Verdict::Refused(_) | Verdict::RefusedForGood(_) => is_refused = true,
                        Verdict::Failed(_) | Verdict::Unknown(_) => {}
                    }
                    Event::Verdict(verdict, retry_after)
                }
                Next::Query(ms) => {
                    prop_assert!(ms > 0.0 && ms <= timeout.max(1.0), "{ms}");
                    now += latency.min(ms);
                    if let TransactionStatus::Succeeded(token) = &status {
                        given = Some(token.clone());
                    }
                    Event::Status(status, retry_after)
                }
                Next::Wait(ms) => {
                    prop_assert!(ms >= 0.0 && ms <= 2.0 * timeout, "waits {ms}");
                    now += ms;
                    Event::Tick
                }
                Next::Done(result) => {
                    ended = Some(result);
                    break;
                }
            };
        }
        let Some(result) = ended else { prop_assert!(false, "it never ends"); unreachable!() };
        prop_assert!(now - 1_000.0 <= 2.0 * timeout + (timeout / 4.0).min(1_000.0) + 3.0, "ended after {}", now - 1_000.0);
        prop_assert_eq!(result.as_ref().ok(), given.as_ref());
        prop_assert!(result.err().is_none_or(|(_, reason)| !reason.is_empty()));
    }
}
