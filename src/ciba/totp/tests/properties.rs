//! Any sequence of codes of several people, against a count told plainly.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Step {
    Check(&'static str, String),
    Judge(&'static str, Judgement),
    Reset(&'static str),
}

fn steps() -> impl Strategy<Value = Step> {
    let email = || proptest::sample::select(&["anna@example.com", "Anna@example.com", "ben@example.com"][..]);
    let code = prop_oneof!["[0-9]{6}", "[0-9]{0,8}", any::<String>()];
    let judgement = prop_oneof![
        4 => Just(Judgement::Wrong),
        1 => proptest::option::of(any::<String>()).prop_map(Judgement::Right),
        2 => ".+".prop_map(Judgement::Unjudged),
    ];
    prop_oneof![
        3 => (email(), code).prop_map(|(email, code)| Step::Check(email, code)),
        6 => (email(), judgement).prop_map(|(email, judgement)| Step::Judge(email, judgement)),
        1 => email().prop_map(Step::Reset),
    ]
}

proptest! {
    #[test]
    fn each_email_has_three_misses_and_its_own(steps in proptest::collection::vec(steps(), 0..40)) {
        let mut misses = Misses::default();
        let mut model: HashMap<&str, u8> = HashMap::new();
        for step in steps {
            match step {
                Step::Check(email, code) => {
                    let left = 3 - model.get(email).copied().unwrap_or(0).min(3);
                    let is_code = code.len() == 6 && code.chars().all(|digit| digit.is_ascii_digit());
                    let expected = match (left, is_code) {
                        (0, _) => Some("too_many_retries"),
                        (_, true) => None,
                        (_, false) => Some("invalid_code"),
                    };
                    let refusal = misses.check(email, &code).err();
                    prop_assert_eq!(refusal.as_ref().map(Verdict::error), expected);
                }
                Step::Judge(email, judgement) => {
                    let before = model.entry(email).or_default();
                    let error = match &judgement {
                        Judgement::Right(_) => {
                            *before = 0;
                            String::new()
                        }
                        Judgement::Wrong => {
                            *before = before.saturating_add(1);
                            "invalid_code".into()
                        }
                        Judgement::Unjudged(code) => code.clone(),
                    };
                    let left = 3 - (*before).min(3);
                    let verdict = misses.judge(email, judgement);
                    prop_assert_eq!(verdict.error(), error);
                    let json: serde_json::Value = serde_json::from_str(&verdict.json()).expect("JSON");
                    prop_assert_eq!(&json["success"], &serde_json::json!(verdict.error().is_empty()));
                    prop_assert_eq!(&json["remaining"], &serde_json::json!(left));
                }
                Step::Reset(email) => {
                    misses.reset(email);
                    model.remove(email);
                }
            }
            for email in ["anna@example.com", "Anna@example.com", "ben@example.com"] {
                prop_assert_eq!(misses.remaining(email), 3 - model.get(email).copied().unwrap_or(0).min(3));
            }
        }
    }
}
