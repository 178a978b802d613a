//! Every response is accepted, rejected or unknown, as documented.

use proptest::prelude::*;

use crate::response::{Body, Response, TransactionStatus, Verdict};

/// The statuses that decide, and any other string.
fn body_statuses() -> impl Strategy<Value = Option<String>> {
    let known = prop_oneof![Just("ok"), Just("failed"), Just("succeeded"), Just("pending"), Just("unknown")];
    proptest::option::of(prop_oneof![known.prop_map(String::from), ".+"])
}

fn bodies() -> impl Strategy<Value = Body> {
    let text = || proptest::option::of(".+");
    let has_other_types = proptest::bool::weighted(0.1);
    (body_statuses(), text(), text(), text(), any::<bool>(), has_other_types).prop_map(
        |(status, error_message, message, token, discard_passkey, has_other_types)| Body {
            status,
            error_message,
            message,
            token,
            discard_passkey,
            has_other_types,
        },
    )
}

/// Any HTTP status; the first and the last of each class more often.
fn statuses() -> impl Strategy<Value = u16> {
    let edges = proptest::sample::select(&[199, 200, 299, 300, 399, 400, 408, 425, 429, 499, 500, 599][..]);
    prop_oneof![Just(200), edges, 200..600_u16, any::<u16>()]
}

fn responses() -> impl Strategy<Value = Response> {
    prop_oneof![
        1 => any::<String>().prop_map(Response::Failed),
        1 => any::<String>().prop_map(Response::Late),
        9 => (statuses(), proptest::option::of(bodies())).prop_map(|(status, body)| Response::Http { status, body }),
    ]
}

/// The outcome, in the documented order of the rules; `None` is unknown.
fn documented(response: &Response) -> Option<Result<String, ()>> {
    let Response::Http { status, body } = response else { return None };
    if (400..500).contains(status) && ![408, 425, 429].contains(status) {
        return Some(Err(()));
    }
    let body = body.as_ref()?;
    if body.error_message.is_some() || body.status.as_deref() == Some("failed") {
        return Some(Err(()));
    }
    let is_accepted = status / 100 == 2 && !body.has_other_types;
    body.token.clone().filter(|_| is_accepted).map(Ok)
}

proptest! {
    #[test]
    fn a_finalization_is_accepted_rejected_or_unknown_as_documented(response in responses()) {
        let expected = documented(&response);
        let (got, reason) = match response.verdict() {
            Verdict::Accepted(token) => (Some(Ok(token)), None),
            Verdict::Refused(reason) | Verdict::RefusedForGood(reason) => (Some(Err(())), Some(reason)),
            Verdict::Failed(reason) | Verdict::Unknown(reason) => (None, Some(reason)),
        };
        prop_assert_eq!(got, expected);
        prop_assert!(reason.is_none_or(|reason| !reason.is_empty()), "a failure without a reason");
    }

    #[test]
    fn only_a_2xx_decides_the_transaction_status(response in responses()) {
        let expected = match &response {
            Response::Http { status, body: Some(body) } if status / 100 == 2 => Some((body.status.clone(), body.token.clone())),
            _ => None,
        };
        let is_none = matches!(response, Response::Failed(_) | Response::Late(_));
        let status = response.transaction_status();
        match expected {
            Some((Some(found), Some(token))) if found == "succeeded" => prop_assert_eq!(status, TransactionStatus::Succeeded(token)),
            Some((Some(found), _)) if found == "failed" => prop_assert!(matches!(status, TransactionStatus::Failed(_))),
            Some((Some(found), _)) if found == "pending" => prop_assert_eq!(status, TransactionStatus::Pending),
            Some((Some(found), _)) if found == "unknown" => prop_assert_eq!(status, TransactionStatus::Unknown),
            _ if is_none => prop_assert!(matches!(status, TransactionStatus::NoResponse(_))),
            _ => prop_assert!(matches!(status, TransactionStatus::Unusable(_))),
        }
    }
}
