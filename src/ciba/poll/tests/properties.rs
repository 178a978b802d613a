//! Any times, any events, a wall clock that jumps: the poll waits within its bounds, and it ends.

use proptest::prelude::*;

use super::*;

/// What 60 differences of a clock may miss together, in milliseconds: each half a unit of its last place, 0.00012 today.
const ROUNDING: f64 = 0.01;

/// Numbers as a page may give them: times, and what is no time.
fn numbers() -> impl Strategy<Value = Option<f64>> {
    proptest::option::of(prop_oneof![4 => 0.0..400.0_f64, 1 => any::<f64>(), 1 => Just(0.0), 1 => Just(f64::NAN)])
}

fn faults() -> impl Strategy<Value = Failure> {
    let codes = vec![Code::NetworkTimeout, Code::ConnectionFailed, Code::Server("e".into()), Code::Http(503)];
    proptest::sample::select(codes).prop_map(failure)
}

fn ends() -> impl Strategy<Value = Reply> {
    let codes = vec![
        Code::AccessDenied,
        Code::ExpiredToken,
        Code::UnexpectedResponse,
        Code::Server("e".into()),
        Code::Http(404),
    ];
    prop_oneof![1 => Just(Reply::Approved("tok".into())), 4 => proptest::sample::select(codes).prop_map(|code| Reply::Ended(failure(code)))]
}

fn replies() -> impl Strategy<Value = Reply> {
    prop_oneof![
        4 => Just(Reply::Pending),
        2 => proptest::option::of(0.001..1e9_f64).prop_map(Reply::SlowDown),
        3 => faults().prop_map(Reply::Fault),
        4 => ends(),
    ]
}

/// How far the clock goes on before an event, in milliseconds: mostly as a driver waits, now and then as it must not.
fn jumps() -> impl Strategy<Value = f64> {
    prop_oneof![6 => 0.0..20_000.0_f64, 1 => Just(0.0), 1 => -1e7..0.0_f64, 1 => 0.0..1e9_f64]
}

/// The result that an event must bring, whenever it comes.
fn result_of(event: &Event) -> Option<Result<String, Failure>> {
    match event {
        Event::Response(Reply::Approved(token), _) => Some(Ok(token.clone())),
        Event::Response(Reply::Ended(failure), _) => Some(Err(failure.clone())),
        _ => None,
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
            Err(failure) => {
                prop_assert!(!is_time);
                prop_assert_eq!(&failure.code, &Code::InvalidArgument);
            }
        }
    }

    #[test]
    fn any_events_at_any_times_keep_the_poll_within_its_bounds_until_it_ends(
        interval in 0.001..60.0_f64,
        timeout in prop_oneof![4 => 0.0..600.0_f64, 1 => Just(0.0), 1 => Just(f64::INFINITY)],
        request_timeout in 1.0..30_000.0_f64,
        happens in proptest::collection::vec((jumps(), replies(), proptest::option::of(0.0..60_000.0_f64)), 1..60),
    ) {
        let terms = Terms::new(Some(interval), Some(timeout), None, request_timeout).expect("times");
        let mut poll = Poll::new(START, terms);
        let (mut now, mut age, mut asks, mut is_asking) = (START, 0.0_f64, 0, false);
        let mut faults = Vec::new();
        for (jump, reply, retry_after) in happens {
            now += jump;
            age += jump.max(0.0);
            let event = if is_asking { Event::Response(reply, retry_after) } else { Event::Tick };
            let expected = result_of(&event);
            if let Event::Response(Reply::Fault(failure), _) = &event {
                faults.push(failure.clone());
            }
            match poll.step(now, event) {
                Step::Done(result) => {
                    match (expected, result) {
                        (Some(expected), result) => prop_assert_eq!(result, expected),
                        (None, result) if age < terms.timeout - ROUNDING => {
                            prop_assert!(false, "{:?} before its time", result);
                        }
                        (None, Err(failure)) if failure.code == Code::Timeout => {}
                        (None, Err(failure)) => prop_assert!(faults.contains(&failure), "{:?} of no response", failure),
                        (None, Ok(token)) => prop_assert!(false, "{} of no response", token),
                    }
                    return Ok(());
                }
                step => {
                    prop_assert_eq!(&expected, &None, "went on after its end");
                    let (Step::Ask { ms } | Step::Wait { ms }) = step else { unreachable!() };
                    prop_assert!(ms > 0.0 && ms <= 2_147_483_647.0, "{:?}", ms);
                    prop_assert!(ms <= (terms.timeout - age).max(0.0) + ROUNDING || terms.timeout == 0.0, "past its end");
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
                Step::Done(result) => {
                    let code = result.map_err(|failure| failure.code.clone());
                    prop_assert!(matches!(code, Err(Code::Timeout | Code::NetworkTimeout)), "{:?}", code);
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
                    event = response(match slow_downs.next() {
                        _ if latency >= ms => Reply::Fault(failure(Code::NetworkTimeout)),
                        Some(true) => Reply::SlowDown(None),
                        _ => Reply::Pending,
                    });
                }
            }
        }
        prop_assert!(false, "it asks for ever");
    }
}
