use super::*;

fn approved() -> Outcome {
    Outcome::Approved("tok".into())
}

/// What each attempt ends with, and what is done before the next one.
fn waits(max_retries: Option<f64>, outcomes: &[Outcome]) -> (Vec<f64>, Option<Option<String>>) {
    let mut attempts = Attempts::new(max_retries);
    let mut waits = Vec::new();
    let mut next = attempts.first();
    for outcome in outcomes {
        match next {
            Retry::Initiate(wait) => waits.push(wait),
            Retry::Done(token) => return (waits, Some(token)),
        }
        next = attempts.after(outcome.clone());
    }
    match next {
        Retry::Initiate(_) => (waits, None),
        Retry::Done(token) => (waits, Some(token)),
    }
}

#[test]
fn the_safe_result_has_a_token_or_one_code() {
    let table = [
        (approved(), r#"{"success":true,"token":"tok"}"#),
        (Outcome::Denied, r#"{"success":false,"error":"access_denied"}"#),
        (Outcome::TimedOut, r#"{"success":false,"error":"timeout"}"#),
        (Outcome::Expired, r#"{"success":false,"error":"expired_token"}"#),
        (Outcome::Cancelled, r#"{"success":false,"error":"cancelled"}"#),
        (Outcome::error("network_timeout"), r#"{"success":false,"error":"network_timeout"}"#),
        (Outcome::error("no_device_registered"), r#"{"success":false,"error":"no_device_registered"}"#),
    ];
    for (outcome, json) in table {
        assert_eq!(safe_json(&outcome), json);
    }
}

#[test]
fn after_faults_an_attempt_waits_2_4_8_seconds() {
    let faults = vec![Outcome::error("connection_failed"); 5];
    assert_eq!(waits(None, &faults), (vec![0.0, 2_000.0, 4_000.0], Some(None)));
    assert_eq!(waits(Some(5.0), &faults), (vec![0.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0], Some(None)));
    assert_eq!(waits(Some(1.0), &faults), (vec![0.0], Some(None)));
}

#[test]
fn waits_grow_to_32_seconds_and_no_further() {
    let faults = vec![Outcome::error("network_timeout"); 400];
    let (waits, _) = waits(Some(f64::INFINITY), &faults);
    assert_eq!(waits[..7], [0.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0, 32_000.0, 32_000.0]);
    assert!(waits.len() == 400 && waits[5..].iter().all(|wait| *wait == 32_000.0));
}

#[test]
fn a_timeout_or_an_expired_request_gets_a_new_one_at_once() {
    for outcome in [Outcome::TimedOut, Outcome::Expired] {
        let outcomes = [outcome.clone(), outcome, approved()];
        assert_eq!(waits(None, &outcomes), (vec![0.0, 0.0, 0.0], Some(Some("tok".into()))));
    }
}

#[test]
fn nobody_is_asked_again_after_a_rejection_or_a_cancel_or_for_nothing() {
    for outcome in [Outcome::Denied, Outcome::Cancelled, Outcome::error("invalid_request")] {
        assert_eq!(waits(None, &[outcome.clone(), approved()]), (vec![0.0], Some(None)));
        assert_eq!(waits(Some(9.0), &[Outcome::TimedOut, outcome]), (vec![0.0, 0.0], Some(None)));
    }
}

#[test]
fn an_approval_ends_the_attempts_with_its_token() {
    let outcomes = [Outcome::error("server_error"), approved(), approved()];
    assert_eq!(waits(None, &outcomes), (vec![0.0, 2_000.0], Some(Some("tok".into()))));
}

#[test]
fn max_retries_counts_attempts_and_what_is_no_count_allows_none() {
    for (max_retries, made) in [(1.0, 1), (2.9, 2), (3.0, 3), (0.0, 0), (0.9, 0), (-1.0, 0), (f64::NAN, 0)] {
        let (waits, end) = waits(Some(max_retries), &vec![Outcome::TimedOut; 9]);
        assert_eq!((waits.len(), end), (made, Some(None)), "{max_retries}");
    }
}

#[test]
fn the_fallback_asks_for_a_code_unless_there_is_a_token_or_a_cancel() {
    assert_eq!(after_push(approved()), Fallback::Done(Some("tok".into())));
    assert_eq!(after_push(Outcome::Cancelled), Fallback::Done(None));
    assert_eq!(after_push(Outcome::error("invalid_request")), Fallback::Done(None));
    let others = ["connection_failed", "network_timeout", "no_device_registered"].map(Outcome::error);
    for outcome in others.into_iter().chain([Outcome::Denied, Outcome::TimedOut, Outcome::Expired]) {
        assert_eq!(after_push(outcome), Fallback::Prompt);
    }
}

#[test]
fn the_code_gives_the_token_or_nothing() {
    assert_eq!(after_code(Verdict::Right(Some("tok".into()))), Some("tok".into()));
    assert_eq!(after_code(Verdict::Right(None)), None);
    assert_eq!(after_code(Verdict::Failed { error: "invalid_code".into(), remaining: 2 }), None);
}
