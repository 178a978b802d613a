//! Any sequence of codes of several people, against a count told plainly.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Step {
    Check(usize, bool),
    Judge(usize, Judgement),
    Reset(usize),
}

fn steps() -> impl Strategy<Value = Step> {
    let judgement = prop_oneof![
        4 => Just(Judgement::Wrong),
        1 => Just(Judgement::Right),
        2 => prop_oneof![Just(Code::NetworkTimeout), Just(Code::Theirs)].prop_map(Judgement::Unjudged),
    ];
    prop_oneof![
        3 => (0..3_usize, any::<bool>()).prop_map(|(email, is_code)| Step::Check(email, is_code)),
        6 => (0..3_usize, judgement).prop_map(|(email, judgement)| Step::Judge(email, judgement)),
        1 => (0..3_usize).prop_map(Step::Reset),
    ]
}

proptest! {
    #[test]
    fn each_email_has_three_misses_and_its_own(steps in proptest::collection::vec(steps(), 0..40)) {
        let mut misses = Misses::default();
        let mut model: HashMap<usize, u8> = HashMap::new();
        for step in steps {
            match step {
                Step::Check(email, is_code) => {
                    let expected = match (model.get(&email), is_code) {
                        (Some(3..), _) => Err(Code::TooManyRetries),
                        (_, true) => Ok(()),
                        (_, false) => Err(Code::InvalidCode),
                    };
                    prop_assert_eq!(misses.check(email, is_code), expected);
                }
                Step::Judge(email, judgement) => {
                    let before = model.entry(email).or_default();
                    let code = match judgement {
                        Judgement::Right => {
                            *before = 0;
                            Code::Approved
                        }
                        Judgement::Wrong => {
                            *before = before.saturating_add(1);
                            Code::InvalidCode
                        }
                        Judgement::Unjudged(code) => code,
                    };
                    prop_assert_eq!(misses.judge(email, judgement), code);
                }
                Step::Reset(email) => {
                    misses.reset(email);
                    model.remove(&email);
                }
            }
            for email in 0..4 {
                prop_assert_eq!(misses.remaining(email), 3 - model.get(&email).copied().unwrap_or(0).min(3));
            }
        }
    }
}
