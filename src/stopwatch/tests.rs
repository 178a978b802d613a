//! Clocks that a page broke, and waits as timers take them.

use super::{Clock, LONGEST_TIMER, limit_wait};

#[test]
fn no_wait_is_longer_than_a_timer() {
    assert_eq!(limit_wait(3e9), LONGEST_TIMER);
    assert_eq!(limit_wait(5.0), 5.0);
}

#[test]
fn the_time_goes_on_by_what_a_timer_took_whatever_the_clock_reads() {
    for readings in [[5.0, 5.0, 5.0], [5.0, 6.0, 7.0], [f64::NAN; 3], [5.0, f64::NAN, 6.0], [5.0, -1e9, -2e9]] {
        let mut clock = Clock::new(readings[0]);
        assert_eq!(clock.advance(readings[1], 2_000.0), 2_000.0, "{readings:?}");
        assert_eq!(clock.advance(readings[2], 500.0), 2_500.0, "{readings:?}");
    }
}

#[test]
fn a_clock_that_reads_more_than_a_timer_took_is_believed() {
    let mut clock = Clock::new(5.0);
    assert_eq!(clock.advance(7.0, 0.0), 2.0);
    assert_eq!(clock.advance(3_600_007.0, 250.0), 3_600_002.0);
}
