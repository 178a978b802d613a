//! Whatever the cloud answers is accepted, refused or unknown, as the documentation of its answers says.

use proptest::prelude::*;

use crate::response::{Body, Response, TransactionStatus, Verdict};

/// The words that decide, and any other.
fn words() -> impl Strategy<Value = Option<String>> {
    let word = prop_oneof![Just("ok"), Just("failed"), Just("succeeded"), Just("pending"), Just("unknown")];
    proptest::option::of(prop_oneof![word.prop_map(String::from), ".+"])
}

fn bodies() -> impl Strategy<Value = Body> {
    let text = || proptest::option::of(".+");
    (words(), text(), text(), text()).prop_map(|(status, error_message, message, token)| Body {
        status,
        error_message,
        message,
        token,
    })
}

/// Any HTTP status, the first and the last of each kind more often.
fn statuses() -> impl Strategy<Value = u16> {
    let edges = proptest::sample::select(&[199, 200, 299, 300, 399, 400, 499, 500, 599][..]);
    prop_oneof![Just(200), edges, 200..600_u16, any::<u16>()]
}

fn answers() -> impl Strategy<Value = Response> {
    prop_oneof![
        1 => any::<String>().prop_map(Response::None),
        9 => (statuses(), proptest::option::of(bodies())).prop_map(|(status, body)| Response::Http { status, body }),
    ]
}

/// The three outcomes in the order in which they are told apart; `None` is unknown.
fn documented(answer: &Response) -> Option<Result<String, ()>> {
    let Response::Http { status, body } = answer else { return None };
    if (400..500).contains(status) {
        return Some(Err(()));
    }
    let body = body.as_ref()?;
    match (body.status.as_deref(), &body.error_message, &body.token) {
        (_, Some(_), _) => Some(Err(())),
        (Some("ok"), None, Some(token)) if status / 100 == 2 => Some(Ok(token.clone())),
        (Some("ok") | None, None, _) => None,
        (Some(_), None, _) => Some(Err(())),
    }
}

proptest! {
    #[test]
    fn a_finalization_is_accepted_refused_or_unknown_as_documented(answer in answers()) {
        let expected = documented(&answer);
        let (got, reason) = match answer.verdict() {
            Verdict::Accepted(token) => (Some(Ok(token)), None),
            Verdict::Refused(reason) => (Some(Err(())), Some(reason)),
            Verdict::Unknown(reason) => (None, Some(reason)),
        };
        prop_assert_eq!(got, expected);
        prop_assert!(reason.is_none_or(|reason| !reason.is_empty()), "a failure that says nothing");
    }

    #[test]
    fn a_transaction_stands_as_a_2xx_says_and_nothing_else_does(answer in answers()) {
        let said = match &answer {
            Response::Http { status, body: Some(body) } if status / 100 == 2 => Some((body.status.clone(), body.token.clone())),
            _ => None,
        };
        let standing = answer.transaction_status();
        match said {
            Some((Some(word), Some(token))) if word == "succeeded" => prop_assert_eq!(standing, TransactionStatus::Succeeded(token)),
            Some((Some(word), _)) if word == "failed" => prop_assert!(matches!(standing, TransactionStatus::Failed(_))),
            Some((Some(word), _)) if word == "pending" => prop_assert_eq!(standing, TransactionStatus::Pending),
            _ => prop_assert_eq!(standing, TransactionStatus::Unknown),
        }
    }
}
