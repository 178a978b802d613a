//! Text without the standard formatter is the text that the standard formatter makes.

use proptest::prelude::*;

use crate::text::{concat, decimal};

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
}
