//! A relying party of the page's own decides an assertion once, so it is sent again only if a status says that it is undecided.

use super::{
    Clocked, Event, Next, Recovery, Refusal, TIMEOUT, TransactionStatus, done, failure, lost, refused, succeeded,
};
use crate::response::Verdict;

fn own(has_status: bool) -> Clocked {
    let now = 5_000.0;
    let mut clocked = Clocked { recovery: Recovery::of_own_server(now, TIMEOUT, has_status), now };
    assert_eq!(clocked.tick(), Next::Send { ms: TIMEOUT, keepalive: false });
    clocked
}

#[test]
fn without_a_status_a_verdict_is_final() {
    assert_eq!(own(false).verdict(Verdict::Accepted("T".into())), done());
    assert_eq!(failure(own(false).verdict(refused())), "refused");
    assert!(
        failure(own(false).verdict(lost()))
            .ends_with("(outcome unknown: check the status from your backend before retrying)")
    );
}

#[test]
fn a_lost_verdict_is_recovered_from_the_status() {
    let mut clocked = own(true);
    assert!(matches!(clocked.verdict(lost()), Next::Query(_)));
    assert_eq!(clocked.status(succeeded()), done());
}

#[test]
fn only_a_pending_transaction_is_sent_again() {
    for (status, is_sent) in [
        (TransactionStatus::Pending, true),
        (TransactionStatus::Unknown, false),
        (TransactionStatus::Unusable("?".into()), false),
        (TransactionStatus::NoResponse("?".into()), false),
    ] {
        let mut clocked = own(true);
        clocked.verdict(lost());
        let next = clocked.status(status);
        let next = clocked.pass(next);
        assert_eq!(matches!(next, Next::Send { .. }), is_sent, "{next:?}");
    }
}

#[test]
fn each_copy_needs_a_pending_status_of_its_own() {
    let mut clocked = own(true);
    clocked.verdict(lost());
    let next = clocked.status(TransactionStatus::Pending);
    assert!(matches!(clocked.pass(next), Next::Send { .. }));
    clocked.verdict(lost());
    let next = clocked.status(TransactionStatus::NoResponse("?".into()));
    assert!(matches!(clocked.pass(next), Next::Query(_)));
}

#[test]
fn a_refusal_is_not_sent_again_although_the_status_is_pending() {
    let mut clocked = own(true);
    assert!(matches!(clocked.verdict(refused()), Next::Query(_)));
    let mut next = clocked.status(TransactionStatus::Pending);
    while let Next::Wait(_) = next {
        next = clocked.pass(next);
        assert!(matches!(next, Next::Query(_)), "{next:?}");
        next = clocked.recovery.step(clocked.now, Event::Status(TransactionStatus::Pending, None));
    }
    assert_eq!(failure(next), "refused");
}

#[test]
fn a_refusal_is_for_good_only_by_the_word_of_a_server_without_a_status() {
    for (has_status, verdict, expected) in [
        (false, Verdict::RefusedForGood("refused".into()), Refusal::ForGood),
        (false, refused(), Refusal::Sure),
        (false, lost(), Refusal::Unsure),
        (true, Verdict::RefusedForGood("refused".into()), Refusal::Unsure),
        (true, refused(), Refusal::Unsure),
    ] {
        let mut clocked = own(has_status);
        clocked.verdict(verdict);
        assert_eq!(clocked.recovery.refusal(), expected, "{has_status}");
    }
}
