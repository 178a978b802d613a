//! Whatever the members hold, the text is JSON and says the same.

use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn any_members_are_read_back_as_they_were(
        texts in proptest::collection::btree_map(any::<String>(), any::<String>(), 0..6),
        truth: bool,
        count: u32,
    ) {
        let mut members: Vec<_> = texts.iter().map(|(name, text)| (name.as_str(), Member::Text(text))).collect();
        // Longer than any of theirs, so that no name is there twice.
        let [one, two] = ["b", "c"].map(|letter| letter.repeat(1000));
        members.push((&one, Member::Boolean(truth)));
        members.push((&two, Member::Count(count)));
        let json: Value = serde_json::from_str(&object(&members)).expect("JSON");
        prop_assert_eq!(json.as_object().map(serde_json::Map::len), Some(members.len()));
        for (name, text) in &texts {
            prop_assert_eq!(json[name].as_str(), Some(text.as_str()));
        }
        prop_assert_eq!(&json[one], &json!(truth));
        prop_assert_eq!(&json[two], &json!(count));
    }

    #[test]
    fn any_time_below_50_days_is_told_in_seconds_to_the_millisecond(ms in 0.0..4_294_967_294.0_f64) {
        let json: Value = serde_json::from_str(&object(&[("s", Member::Seconds(ms))])).expect("JSON");
        let told = json["s"].as_f64().expect("a number");
        prop_assert!((told * 1000.0 - ms).abs() <= 0.5001, "{} for {}", told, ms);
    }

    #[test]
    fn any_other_number_in_place_of_a_time_still_makes_json(ms: f64) {
        let json: Value = serde_json::from_str(&object(&[("s", Member::Seconds(ms))])).expect("JSON");
        prop_assert!(json["s"].is_number());
    }

    #[test]
    fn any_token_is_itself_or_null(token: Option<String>) {
        let read: Option<String> = serde_json::from_str(&token_json(token.clone())).expect("JSON");
        prop_assert_eq!(read, token);
    }
}
