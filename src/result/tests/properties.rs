//! Every outcome has a code of its table, and its text is unchanged.

use proptest::prelude::*;
use proptest::sample::{Select, select};
use serde_json::{Value, json};

use crate::cause::Cause;
use crate::result::{Ceremony, Failure, FailureKind, Outcome, ResultParts};

/// Every code.
const CODES: [&str; 15] = [
    "success-authentication",
    "error-0000",
    "error-0001",
    "error-0002",
    "error-0003",
    "error-0004",
    "error-0005",
    "error-0099",
    "success-registration",
    "error-1000",
    "error-1001",
    "error-1002",
    "error-1004",
    "error-1005",
    "error-1099",
];

const KINDS: [FailureKind; 7] = [
    FailureKind::Options,
    FailureKind::Prompt,
    FailureKind::Finalization,
    FailureKind::UserId,
    FailureKind::StatusToken,
    FailureKind::Support,
    FailureKind::Unknown,
];

impl Arbitrary for Ceremony {
    type Parameters = ();
    type Strategy = Select<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        select(&[Self::Authentication, Self::Registration][..])
    }
}

fn outcomes() -> impl Strategy<Value = Outcome> {
    let failure = (select(&KINDS[..]), any::<String>());
    prop_oneof![
        any::<String>().prop_map(Ok),
        failure.prop_map(|(kind, message)| Err(Failure::new(kind, Cause::Unknown, message)))
    ]
}

proptest! {
    #[test]
    fn every_outcome_has_a_code_of_its_table_and_the_text_unchanged(ceremony: Ceremony, outcome in outcomes()) {
        let text = match &outcome {
            Ok(token) => token.clone(),
            Err(failure) => failure.message.clone(),
        };
        let is_ok = outcome.is_ok();
        let parts = json!(ResultParts { ceremony, outcome });
        let [Value::Bool(success), Value::String(code), Value::String(_), Value::String(found), Value::String(_)] = parts.as_array().expect("an array").as_slice()
        else {
            prop_assert!(false, "{}", parts);
            unreachable!()
        };
        prop_assert_eq!(found, &text);
        prop_assert!(CODES.contains(&code.as_str()), "{}", code);
        prop_assert_eq!(code.starts_with("success"), is_ok);
        prop_assert_eq!(*success, is_ok);
        let is_of_registration = code == "success-registration" || code.starts_with("error-1");
        prop_assert_eq!(is_of_registration, ceremony == Ceremony::Registration);
    }
}
