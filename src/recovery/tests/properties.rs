//! Recovery always ends, invents no success and loses none.

use proptest::prelude::*;

use crate::recovery::{Next, Recovery};
use crate::response::{TransactionStatus, Verdict};

fn verdicts() -> impl Strategy<Value = Verdict> {
    prop_oneof![
        1 => ".+".prop_map(Verdict::Accepted),
        2 => ".+".prop_map(Verdict::Refused),
        4 => ".+".prop_map(Verdict::Unknown),
    ]
}

fn statuses() -> impl Strategy<Value = TransactionStatus> {
    prop_oneof![
        1 => ".+".prop_map(TransactionStatus::Succeeded),
        1 => any::<String>().prop_map(TransactionStatus::Failed),
        4 => Just(()).prop_map(|()| TransactionStatus::Pending),
        4 => Just(()).prop_map(|()| TransactionStatus::Unknown),
    ]
}

proptest! {
    #[test]
    fn every_recovery_ends_with_the_token_that_the_cloud_gave_or_a_reason(
        has_crashed: bool,
        verdicts in proptest::collection::vec(verdicts(), 3),
        statuses in proptest::collection::vec(statuses(), 12),
    ) {
        let (mut verdicts, mut statuses) = (verdicts.into_iter(), statuses.into_iter());
        let mut recovery = if has_crashed { Recovery::after_crash("crashed") } else { Recovery::new() };
        let mut next = if has_crashed { Next::Ask(0) } else { Next::Send };
        let mut given = None;
        let result = loop {
            next = match next {
                Next::Send => {
                    prop_assert!(!has_crashed, "sent again after a crash");
                    let Some(verdict) = verdicts.next() else { prop_assert!(false, "sent a fourth time"); unreachable!() };
                    if let Verdict::Accepted(token) = &verdict {
                        given = Some(token.clone());
                    }
                    recovery.on_verdict(verdict)
                }
                Next::Ask(wait) => {
                    prop_assert!(wait <= 32_000, "waits {wait}");
                    let Some(status) = statuses.next() else { prop_assert!(false, "queries without end"); unreachable!() };
                    if let TransactionStatus::Succeeded(token) = &status {
                        given = Some(token.clone());
                    }
                    recovery.on_status(status)
                }
                Next::Done(result) => break result,
            };
        };
        prop_assert_eq!(result.as_ref().ok(), given.as_ref());
        prop_assert!(result.err().is_none_or(|reason| !reason.is_empty()));
    }
}
