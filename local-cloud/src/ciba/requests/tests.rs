use super::*;

#[test]
fn polls_at_the_interval_are_never_too_fast() {
    let mut pace = PollPace { interval: 5000, polled_at: None };
    for now in [0, 5000, 10_000, 14_500, 19_500] {
        assert!(!pace.is_too_fast(now), "at {now}");
        pace = pace.after(now);
    }
    assert_eq!(pace.interval, 5000);
}

#[test]
fn each_early_poll_adds_5_seconds_permanently() {
    let mut pace = PollPace { interval: 5000, polled_at: Some(0) };
    for (now, too_fast, interval) in
        [(4499, true, 10_000), (9500, true, 15_000), (23_000, false, 15_000), (36_499, true, 20_000)]
    {
        assert_eq!(pace.is_too_fast(now), too_fast, "at {now}");
        pace = pace.after(now);
        assert_eq!(pace, PollPace { interval, polled_at: Some(now) }, "at {now}");
    }
}
