//! Our own formatting, compared with the standard library's.

use super::decimal;
use super::host_of;

#[cfg(not(target_arch = "wasm32"))]
mod properties;

#[test]
fn numbers_are_written_as_the_formatter_would() {
    for number in [0, 7, 10, 99, 100, 404, 65_535, u32::MAX] {
        assert_eq!(decimal(number), number.to_string());
    }
}

#[test]
fn the_host_of_an_origin_has_no_port() {
    for (origin, host) in
        [("https://shop.example", "shop.example"), ("http://localhost:5180", "localhost"), ("null", ""), ("", "")]
    {
        assert_eq!(host_of(origin), host);
    }
}
