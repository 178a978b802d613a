//! Any times, any events, a wall clock that jumps: the poll waits within its bounds, and it ends.

use proptest::prelude::*;

use super::*;

/// Numbers as a page may give them: times, and what is no time.
fn numbers() -> impl Strategy<Value = Option<f64>> {
    proptest::option::of(prop_oneof![4 => 0.0..400.0_f64, 1 => any::<f64>(), 1 => Just(0.0), 1 => Just(f64::NAN)])
}

const FAULTS: [Code; 4] = [Code::NetworkTimeout, Code::ConnectionFailed, Code::Theirs, Code::Http];
const ENDS: [Code; 6] =
    [Code::Approved, Code::AccessDenied, Code::ExpiredToken, Code::InvalidRequest, Code::Theirs, Code::Http];

fn replies() -> impl Strategy<Value = Reply> {
    prop_oneof![
        4 => Just(Reply::Pending),
        2 => proptest::option::of(0.001..1e9_f64).prop_map(Reply::SlowDown),
        3 => proptest::sample::select(&FAULTS[..]).prop_map(Reply::Fault),
        4 => proptest::sample::select(&ENDS[..]).prop_map(Reply::End),
    ]
}

/// How far the clock goes on before an event, in milliseconds: mostly as a driver waits, now and then as it must not.
fn jumps() -> impl Strategy<Value = f64> {
    prop_oneof![6 => 0.0..20_000.0_f64, 1 => Just(0.0), 1 => -1e7..0.0_f64, 1 => 0.0..1e9_f64]
}

/// The end that an event must bring, whenever it comes.
fn ends(event: Event) -> Option<Code> {
    match event {
        Event::Cancel => Some(Code::Cancelled),
        Event::Answer(Reply::End(code)) => Some(code),
        Event::Answer(_) | Event::Tick => None,
    }
}

proptest! {
    #[test]
    fn any_times_are_terms_or_refused(interval in numbers(), timeout in numbers(), server in numbers(), request: f64) {
        let is_time = interval.is_none_or(|seconds| seconds * 1000.0 > 0.0) && timeout.is_none_or(|seconds| seconds >= 0.0);
        match Terms::new(interval, timeout, server.filter(|ms| *ms > 0.0), request) {
            Ok(terms) => {
                prop_assert!(is_time);
                prop_assert!(terms.interval > 0.0 && terms.timeout >= 0.0);
                prop_assert!(terms.request_timeout <= 2_147_483_647.0);
            }
            Err(code) => {
                prop_assert!(!is_time);
                prop_assert_eq!(code, Code::InvalidRequest);
            }
        }
    }

    #[test]
    fn any_events_at_any_times_keep_the_poll_within_its_bounds_until_it_ends(
        interval in 0.001..60.0_f64,
        timeout in prop_oneof![4 => 0.0..600.0_f64, 1 => Just(0.0), 1 => Just(f64::INFINITY)],
        request_timeout in 1.0..30_000.0_f64,
        happens in proptest::collection::vec((jumps(), replies(), proptest::bool::weighted(0.05)), 1..60),
    ) {
        let terms = Terms::new(Some(interval), Some(timeout), None, request_timeout).expect("times");
        let mut poll = Poll::new(START, terms);
        let (mut now, mut age, mut asks, mut is_asking, mut last_json) = (START, 0.0_f64, 0, false, None);
        for (jump, reply, is_cancelled) in happens {
            now += jump;
            age += jump.max(0.0);
            let event = match (is_cancelled, is_asking) {
                (true, _) => Event::Cancel,
                (false, true) => Event::Answer(reply),
                (false, false) => Event::Tick,
            };
            let expected = ends(event);
            let (fault, is_json) = match event {
                Event::Answer(Reply::Fault(code)) => (Some(code), matches!(code, Code::Theirs | Code::Http)),
                Event::Answer(_) => (None, true),
                _ => (None, false),
            };
            if is_json {
                last_json = fault;
            }
            match poll.step(now, event) {
                Step::Done(code) => {
                    match (expected, code) {
                        (Some(expected), _) => prop_assert_eq!(code, expected),
                        // A clock adds up in halves of the last place.
                        (None, _) if age < terms.timeout - 1e-3 => prop_assert!(false, "{:?} before its time", code),
                        // Their text is that of the last answer in JSON, and JavaScript has no other.
                        (None, Code::Theirs | Code::Http) => prop_assert_eq!(last_json, Some(code)),
                        (None, Code::Timeout | Code::NetworkTimeout | Code::ConnectionFailed) => {}
                        (None, _) => prop_assert!(false, "{:?} of no answer", code),
                    }
                    return Ok(());
                }
                step => {
                    prop_assert_eq!(&expected, &None, "went on after its end");
                    let (Step::Ask { ms } | Step::Wait { ms }) = step else { unreachable!() };
                    prop_assert!(ms > 0.0 && ms <= 2_147_483_647.0, "{:?}", ms);
                    prop_assert!(ms <= (terms.timeout - age).max(0.0) + 1e-3 || terms.timeout == 0.0, "past its end");
                    is_asking = matches!(step, Step::Ask { .. });
                    asks += u32::from(is_asking);
                    let progress = poll.progress();
                    prop_assert_eq!(progress.attempt, asks);
                    prop_assert!(progress.left >= 0.0 && progress.next.is_none_or(|next| next >= 0.0));
                }
            }
        }
    }

    #[test]
    fn a_poll_that_nobody_decides_ends_at_its_timeout(
        interval in 0.05..60.0_f64,
        timeout in 0.0..120.0_f64,
        latency in 0.0..5_000.0_f64,
        slow_downs in proptest::collection::vec(any::<bool>(), 40),
    ) {
        let terms = Terms::new(Some(interval), Some(timeout), None, 10_000.0).expect("times");
        let mut poll = Poll::new(START, terms);
        let (mut now, mut event) = (START, Event::Tick);
        let mut slow_downs = slow_downs.into_iter();
        // As the browser's clock, which counts whole milliseconds.
        let after = |now: f64, ms: f64| now + ms.ceil();
        // More than the longest poll has: a request and a wait for each interval.
        for _ in 0..2 * (120_000 / 50) + 4 {
            match poll.step(now, event) {
                Step::Done(code) => {
                    prop_assert!(matches!(code, Code::Timeout | Code::NetworkTimeout));
                    let longest = if timeout == 0.0 { 10_000.0 } else { timeout * 1000.0 };
                    prop_assert!(now - START <= longest + 1.0, "ended {} ms after its start", now - START);
                    return Ok(());
                }
                Step::Wait { ms } => {
                    now = after(now, ms);
                    event = Event::Tick;
                }
                Step::Ask { ms } => {
                    now = after(now, ms.min(latency));
                    event = Event::Answer(match slow_downs.next() {
                        _ if latency >= ms => Reply::Fault(Code::NetworkTimeout),
                        Some(true) => Reply::SlowDown(None),
                        _ => Reply::Pending,
                    });
                }
            }
        }
        prop_assert!(false, "it asks for ever");
    }
}
