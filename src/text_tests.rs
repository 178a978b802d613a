//! Text assembled by hand, held against the libraries that do the same.

use super::text::{decimal, quote};

#[test]
fn numbers_are_written_as_the_formatter_would() {
    for number in [0, 7, 10, 99, 100, 404, 65_535, u32::MAX] {
        assert_eq!(decimal(number), number.to_string());
    }
}

#[test]
fn quoted_text_is_json_for_every_character() {
    let mut every: String = (0..0x300).filter_map(char::from_u32).collect();
    every.push_str("\u{2028}\u{1F511}\"\\");
    let mut json = String::new();
    quote(&mut json, &every);
    assert_eq!(serde_json::from_str::<String>(&json).unwrap(), every);
}
