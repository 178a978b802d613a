//! Any sequence of codes of several users, compared with plain counts.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Step {
    Begin(&'static str, bool),
    End(&'static str, Verdict),
    Reset(&'static str),
}

fn emails() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(&["a", "b", "A"][..])
}

fn steps() -> impl Strategy<Value = Step> {
    let verdict = prop_oneof![
        4 => Just(wrong()),
        1 => Just(right()),
        2 => prop_oneof![Just(Code::NetworkTimeout), Just(Code::Http(503))].prop_map(|code| Verdict::NotJudged(code.into())),
    ];
    prop_oneof![
        5 => (emails(), any::<bool>()).prop_map(|(email, is_code)| Step::Begin(email, is_code)),
        5 => (emails(), verdict).prop_map(|(email, verdict)| Step::End(email, verdict)),
        1 => emails().prop_map(Step::Reset),
    ]
}

proptest! {
    #[test]
    fn each_email_has_three_attempts_of_its_own_also_for_codes_at_once(steps in proptest::collection::vec(steps(), 0..60)) {
        let mut codes = CodeAttempts::default();
        // Wrong and pending codes.
        let mut model: HashMap<&str, (u8, u8)> = HashMap::new();
        for step in steps {
            match step {
                Step::Begin(email, is_code) => {
                    let (wrong, pending) = model.entry(email).or_default();
                    let expected = match is_code {
                        _ if *wrong + *pending >= 3 => Err(Code::TooManyRetries),
                        true => Ok(CODE.to_owned()),
                        false => Err(Code::InvalidCode),
                    };
                    *pending += u8::from(expected.is_ok());
                    prop_assert_eq!(codes.begin(email, if is_code { CODE } else { "1234" }), expected);
                }
                Step::End(email, verdict) => {
                    let (count, pending) = model.entry(email).or_default();
                    // A code ends once, after it began.
                    if *pending == 0 {
                        continue;
                    }
                    *pending -= 1;
                    let expected = match verdict.clone() {
                        Verdict::Right(token) => {
                            *count = 0;
                            Ok(token)
                        }
                        Verdict::Wrong(_) => {
                            *count += 1;
                            Err(Code::InvalidCode.into())
                        }
                        Verdict::NotJudged(failure) => Err(failure),
                    };
                    prop_assert_eq!(codes.end(email, verdict), expected);
                }
                Step::Reset(email) => {
                    codes.reset(email);
                    model.entry(email).or_default().0 = 0;
                }
            }
            for email in ["a", "b", "A", "c"] {
                let wrong = model.get(email).map_or(0, |(wrong, _)| *wrong);
                prop_assert_eq!(codes.remaining(email), 3 - wrong.min(3));
            }
        }
    }
}
