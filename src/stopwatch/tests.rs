//! Waits as timers take them.

use super::{LONGEST_TIMER, Stopwatch};

#[test]
fn no_wait_is_longer_than_a_timer_and_it_counts_where_the_clock_stands_still() {
    let mut stopwatch = Stopwatch::new(5.0);
    assert_eq!(stopwatch.wait(3e9), LONGEST_TIMER);
    stopwatch.advance(5.0);
    assert_eq!(stopwatch.age, LONGEST_TIMER);
    stopwatch.advance(9.0);
    assert_eq!(stopwatch.age, LONGEST_TIMER + 4.0);
}
