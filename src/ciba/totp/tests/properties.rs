//! Any sequence of codes of several users, compared with a plain count.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Step {
    Check(&'static str, bool),
    Count(&'static str, Verdict),
    Reset(&'static str),
}

fn emails() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(&["a", "b", "A"][..])
}

fn steps() -> impl Strategy<Value = Step> {
    let verdict = prop_oneof![
        4 => Just(Verdict::Wrong),
        1 => Just(right()),
        2 => prop_oneof![Just(Code::NetworkTimeout), Just(Code::Http(503))].prop_map(Verdict::NotJudged),
    ];
    prop_oneof![
        3 => (emails(), any::<bool>()).prop_map(|(email, is_code)| Step::Check(email, is_code)),
        6 => (emails(), verdict).prop_map(|(email, verdict)| Step::Count(email, verdict)),
        1 => emails().prop_map(Step::Reset),
    ]
}

proptest! {
    #[test]
    fn each_email_has_three_attempts_of_its_own(steps in proptest::collection::vec(steps(), 0..40)) {
        let mut codes = WrongCodes::default();
        let mut model: HashMap<&str, u8> = HashMap::new();
        for step in steps {
            match step {
                Step::Check(email, is_code) => {
                    let expected = match (model.get(email), is_code) {
                        (Some(3..), _) => Err(Code::TooManyRetries),
                        (_, true) => Ok(()),
                        (_, false) => Err(Code::InvalidCode),
                    };
                    prop_assert_eq!(codes.check(email, if is_code { CODE } else { "1234" }), expected);
                }
                Step::Count(email, verdict) => {
                    let before = model.entry(email).or_default();
                    let expected = match verdict.clone() {
                        Verdict::Right(token) => {
                            *before = 0;
                            Ok(token)
                        }
                        Verdict::Wrong => {
                            *before = before.saturating_add(1);
                            Err(Code::InvalidCode)
                        }
                        Verdict::NotJudged(code) => Err(code),
                    };
                    prop_assert_eq!(codes.count(email, verdict), expected);
                }
                Step::Reset(email) => {
                    codes.reset(email);
                    model.remove(email);
                }
            }
            for email in ["a", "b", "A", "c"] {
                prop_assert_eq!(codes.remaining(email), 3 - model.get(email).copied().unwrap_or(0).min(3));
            }
        }
    }
}
