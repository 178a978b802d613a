//! Text without the standard formatter is the text that the standard formatter makes.

use proptest::prelude::*;

use super::text::{concat, decimal, quote};

/// Any text, and text of what JSON has to escape.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[\\x00-\\x21\"\\\\\\x7f-\\xa0]{0,40}"]
}

proptest! {
    #[test]
    fn parts_become_one_text(parts in proptest::collection::vec(".{0,8}", 0..6)) {
        let borrowed: Vec<&str> = parts.iter().map(String::as_str).collect();
        prop_assert_eq!(concat(&borrowed), parts.concat());
    }

    #[test]
    fn every_number_has_its_digits(number: u32) {
        prop_assert_eq!(decimal(number), number.to_string());
    }

    #[test]
    fn any_text_survives_the_way_through_json(before: String, text in texts()) {
        let mut json = before.clone();
        quote(&mut json, &text);
        let quoted = json.strip_prefix(before.as_str()).expect("what was there stays");
        prop_assert_eq!(serde_json::from_str::<String>(quoted).ok(), Some(text));
    }
}
