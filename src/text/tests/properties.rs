//! Our own formatting returns the same strings as the standard library's.

use proptest::prelude::*;

use crate::text::{concat, decimal};

proptest! {
    #[test]
    fn parts_are_joined_in_order(parts in proptest::collection::vec(".{0,8}", 0..6)) {
        let borrowed: Vec<&str> = parts.iter().map(String::as_str).collect();
        prop_assert_eq!(concat(&borrowed), parts.concat());
    }

    #[test]
    fn every_number_is_written_as_the_formatter_would(number: u32) {
        prop_assert_eq!(decimal(number), number.to_string());
    }
}
