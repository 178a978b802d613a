use super::*;

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

fn left(result: Result<(), Exceeded>) -> u64 {
    result.err().map_or(0, |exceeded| exceeded.seconds_left)
}

#[test]
fn a_limit_is_exact_over_any_window() {
    let start = Instant::now();
    let mut limit = RateLimit::new(2, ms(10_000));
    let mut at = |time| left(limit.use_key("ada", start + ms(time)));
    assert_eq!([0, 9000, 9500, 9999].map(&mut at), [0, 0, 1, 1]);
    assert_eq!([10_000, 10_001, 18_999, 19_000].map(&mut at), [0, 9, 1, 0]);
}

#[test]
fn keys_do_not_affect_each_other_and_a_rejected_use_does_not_count() {
    let start = Instant::now();
    let mut limit = RateLimit::new(2, ms(10_000));
    assert_eq!(["ada", "ada", "ada", "bob"].map(|key| left(limit.use_key(key, start))), [0, 0, 10, 0]);
    assert_eq!(left(limit.use_key("ada", start + ms(10_000))), 0);
}

#[test]
fn the_keys_that_were_used_last_are_kept() {
    let now = Instant::now();
    let mut limit = RateLimit::new(2, ms(10_000));
    for number in 0..MAX_KEYS {
        assert_eq!(left(limit.use_key(&number.to_string(), now)), 0);
    }
    assert_eq!(["0", "one more", "0"].map(|key| left(limit.use_key(key, now))), [0, 0, 10], "it was used again");
    assert_eq!(["1", "1", "1"].map(|key| left(limit.use_key(key, now))), [0, 0, 10], "it was forgotten");
    assert_eq!(limit.keys.len(), MAX_KEYS);
}

#[test]
fn keys_that_were_not_used_in_the_window_take_no_memory() {
    let start = Instant::now();
    let mut limit = RateLimit::new(2, ms(10));
    for number in 0..1000 {
        let _ = limit.use_key(&number.to_string(), start + ms(number));
        assert!(limit.keys.len() <= 11 && limit.order.len() <= 11);
    }
}

#[test]
fn an_exceeded_limit_says_what_it_is() {
    let now = Instant::now();
    for (seconds, rule) in [(25, "1 in 25 seconds"), (300, "1 in 5 minutes")] {
        let mut limit = RateLimit::new(1, Duration::from_secs(seconds));
        assert_eq!(limit.use_key("", now), Ok(()));
        assert_eq!(limit.use_key("", now), Err(Exceeded { seconds_left: seconds, rule: rule.into() }));
    }
}

#[test]
fn the_addresses_of_one_ipv6_network_share_a_limit() {
    for (address, network) in [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::1", "0:0:0:0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2"),
        ("2001:db8::6", "2001:db8:0:0"),
    ] {
        assert_eq!(network_of(address.parse().expect("an address")), network);
    }
}
