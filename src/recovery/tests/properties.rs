//! However answers get lost and found: it ends, and no success is invented or thrown away.

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

fn standings() -> impl Strategy<Value = TransactionStatus> {
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
        interrupted: bool,
        verdicts in proptest::collection::vec(verdicts(), 3),
        standings in proptest::collection::vec(standings(), 12),
    ) {
        let (mut verdicts, mut standings) = (verdicts.into_iter(), standings.into_iter());
        let mut recovery = if interrupted { Recovery::after_crash("crashed") } else { Recovery::new() };
        let mut next = if interrupted { Next::Ask(0) } else { Next::Send };
        let mut given = None;
        let result = loop {
            next = match next {
                Next::Send => {
                    prop_assert!(!interrupted, "what is gone cannot be sent again");
                    let Some(verdict) = verdicts.next() else { prop_assert!(false, "sent a fourth time"); unreachable!() };
                    if let Verdict::Accepted(token) = &verdict {
                        given = Some(token.clone());
                    }
                    recovery.on_verdict(verdict)
                }
                Next::Ask(wait) => {
                    prop_assert!(wait <= 32_000, "waits {wait}");
                    let Some(standing) = standings.next() else { prop_assert!(false, "asks for ever"); unreachable!() };
                    if let TransactionStatus::Succeeded(token) = &standing {
                        given = Some(token.clone());
                    }
                    recovery.on_status(standing)
                }
                Next::Done(result) => break result,
            };
        };
        prop_assert_eq!(result.as_ref().ok(), given.as_ref());
        prop_assert!(result.err().is_none_or(|reason| !reason.is_empty()));
    }
}
