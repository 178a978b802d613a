//! Single promises by example. [`exhaustive`] compares every sequence of responses with docs/contract.md, section B3.4.

use super::*;

mod exhaustive;
#[cfg(not(target_arch = "wasm32"))]
mod properties;

/// A wall clock as `Date.now()` has it.
const START: f64 = 1_790_000_000_000.0;

fn terms(interval: f64, timeout: f64) -> Terms {
    Terms { interval, timeout, request_timeout: 10_000.0 }
}

fn poll(interval: f64, timeout: f64) -> Poll {
    Poll::new(START, terms(interval, timeout))
}

fn failure(code: Code) -> Failure {
    code.into()
}

const fn response(reply: Reply) -> Event {
    Event::Response(reply, None)
}

fn late() -> Event {
    response(Reply::Fault(failure(Code::NetworkTimeout)))
}

fn cut() -> Event {
    response(Reply::Fault(failure(Code::ConnectionFailed)))
}

const PENDING: Event = response(Reply::Pending);

fn server_error() -> Code {
    Code::Server("server_error".into())
}

fn broken() -> Event {
    response(Reply::Fault(failure(server_error())))
}

fn wait(ms: f64) -> Step {
    Step::Wait { ms }
}

fn done(code: Code) -> Step {
    Step::Done(Err(failure(code)))
}

fn ask(ms: f64) -> Step {
    Step::Ask { ms }
}

/// A poll whose steps are told with the milliseconds since its start.
struct Told(Poll);

impl Told {
    fn step(&mut self, at: f64, event: Event) -> Step {
        self.0.step(START + at, event)
    }
}

#[test]
fn times_are_seconds_of_the_page_and_fractions_count() {
    let table = [
        ((None, None, None), (5_000.0, 300_000.0)),
        ((None, None, Some(7.0)), (7_000.0, 300_000.0)),
        ((Some(2.0), None, Some(7.0)), (2_000.0, 300_000.0)),
        ((Some(0.25), Some(0.5), None), (250.0, 500.0)),
        ((None, Some(0.0), None), (5_000.0, 0.0)),
        ((None, Some(f64::INFINITY), None), (5_000.0, f64::INFINITY)),
    ];
    for ((interval, timeout, server), (interval_ms, timeout_ms)) in table {
        assert_eq!(Terms::new(interval, timeout, server, 10_000.0), Ok(terms(interval_ms, timeout_ms)));
    }
}

#[test]
fn what_is_no_time_is_refused() {
    for interval in [0.0, -1.0, f64::NAN, f64::NEG_INFINITY] {
        assert_eq!(Terms::new(Some(interval), None, None, 10_000.0), Err(invalid("interval", A_TIME)));
    }
    for timeout in [-0.001, f64::NAN, f64::NEG_INFINITY] {
        assert_eq!(Terms::new(None, Some(timeout), None, 10_000.0), Err(invalid("timeout", A_TIME_OR_ZERO)));
    }
}

#[test]
fn it_asks_at_once_and_then_every_interval() {
    let mut poll = Told(poll(5_000.0, 300_000.0));
    for at in [0.0, 5_000.0, 10_000.0, 15_000.0] {
        assert_eq!(poll.step(at, Event::Tick), ask(10_000.0));
        assert_eq!(poll.step(at, PENDING), wait(5_000.0));
    }
}

#[test]
fn slow_down_adds_5_seconds_to_this_and_every_later_interval() {
    let mut poll = Told(poll(2_000.0, 300_000.0));
    poll.step(0.0, Event::Tick);
    assert_eq!(poll.step(0.0, response(Reply::SlowDown(None))), wait(7_000.0));
    poll.step(7_000.0, Event::Tick);
    assert_eq!(poll.step(7_000.0, PENDING), wait(7_000.0));
    poll.step(14_000.0, Event::Tick);
    assert_eq!(poll.step(14_000.0, response(Reply::SlowDown(None))), wait(12_000.0));
}

#[test]
fn slow_down_takes_the_interval_that_the_server_names_if_it_is_longer() {
    for (named, interval) in [(1.0, 7_000.0), (30.0, 30_000.0)] {
        let mut poll = Told(poll(2_000.0, 300_000.0));
        poll.step(0.0, Event::Tick);
        assert_eq!(poll.step(0.0, response(Reply::SlowDown(Some(named)))), wait(interval));
    }
}

#[test]
fn the_interval_counts_from_the_answer() {
    let mut poll = Told(poll(5_000.0, 300_000.0));
    poll.step(0.0, Event::Tick);
    assert_eq!(poll.step(3_000.0, PENDING), wait(5_000.0));
    assert_eq!(poll.step(7_999.0, Event::Tick), wait(1.0), "woken early, it waits for the rest");
    assert_eq!(poll.step(8_000.0, Event::Tick), ask(10_000.0));
}

#[test]
fn faults_in_a_row_delay_by_the_retry_schedule_but_never_below_the_interval() {
    let mut poll = Told(poll(600.0, 300_000.0));
    let mut at = 0.0;
    let mut waits = Vec::new();
    for _ in 0..9 {
        assert_eq!(poll.step(at, Event::Tick), ask(10_000.0));
        let Step::Wait { ms } = poll.step(at, cut()) else { panic!("a fault ended the poll") };
        waits.push(ms);
        at += ms;
    }
    assert_eq!(waits, [600.0, 600.0, 1_000.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0, 32_000.0, 32_000.0]);
    poll.step(at, Event::Tick);
    assert_eq!(poll.step(at, PENDING), wait(600.0));
    poll.step(at + 600.0, Event::Tick);
    assert_eq!(poll.step(at + 600.0, cut()), wait(600.0), "a response starts the schedule anew");
}

#[test]
fn the_last_wait_ends_with_the_poll() {
    let mut poll = Told(poll(5_000.0, 12_000.0));
    for at in [0.0, 5_000.0] {
        poll.step(at, Event::Tick);
        poll.step(at, PENDING);
    }
    assert_eq!(poll.step(10_000.0, Event::Tick), ask(2_000.0));
    assert_eq!(poll.step(10_500.0, PENDING), wait(1_500.0));
    assert_eq!(poll.step(12_000.0, Event::Tick), done(Code::Timeout));
}

#[test]
fn a_request_due_at_the_very_end_is_not_sent() {
    let mut poll = Told(poll(5_000.0, 5_000.0));
    poll.step(0.0, Event::Tick);
    assert_eq!(poll.step(0.0, PENDING), wait(5_000.0));
    assert_eq!(poll.step(5_000.0, Event::Tick), done(Code::Timeout));
}

#[test]
fn timeout_0_asks_exactly_once_and_leaves_that_request_its_time() {
    let table = [
        (PENDING, Err(Code::Timeout)),
        (response(Reply::SlowDown(None)), Err(Code::Timeout)),
        (response(Reply::Approved("tok".into())), Ok("tok".into())),
        (response(Reply::Ended(failure(Code::AccessDenied))), Err(Code::AccessDenied)),
        (response(Reply::Ended(failure(Code::ExpiredToken))), Err(Code::ExpiredToken)),
        (response(Reply::Ended(failure(server_error()))), Err(server_error())),
        (late(), Err(Code::NetworkTimeout)),
        (cut(), Err(Code::ConnectionFailed)),
    ];
    for (event, result) in table {
        let mut poll = Told(poll(5_000.0, 0.0));
        assert_eq!(poll.step(0.0, Event::Tick), ask(10_000.0));
        assert_eq!(poll.step(2_000.0, event), Step::Done(result.map_err(failure)));
    }
}

#[test]
fn an_unknown_error_of_the_server_ends_it_with_its_code() {
    let mut poll = Told(poll(5_000.0, 300_000.0));
    poll.step(0.0, Event::Tick);
    assert_eq!(poll.step(0.0, response(Reply::Ended(failure(server_error())))), done(server_error()));
}

#[test]
fn when_nobody_answered_all_the_while_the_fault_is_the_result() {
    let table = [
        (vec![late(), late()], Code::NetworkTimeout),
        (vec![cut(), cut()], Code::ConnectionFailed),
        (vec![cut(), late()], Code::ConnectionFailed),
        (vec![late(), cut()], Code::ConnectionFailed),
        (vec![cut(), late(), broken(), late()], server_error()),
        (vec![broken(), late(), cut()], Code::ConnectionFailed),
    ];
    for (events, code) in table {
        let mut poll = Told(poll(1_000.0, 20_000.0));
        let mut at = 0.0;
        for event in events {
            assert!(matches!(poll.step(at, Event::Tick), Step::Ask { .. }));
            poll.step(at, event);
            at += 1_000.0;
        }
        assert_eq!(poll.step(20_000.0, Event::Tick), done(code));
    }
}

#[test]
fn one_answer_among_the_faults_makes_it_a_timeout() {
    let mut poll = Told(poll(1_000.0, 5_000.0));
    for (at, event) in [(0.0, cut()), (1_000.0, PENDING), (2_000.0, cut()), (3_000.0, late())] {
        poll.step(at, Event::Tick);
        poll.step(at, event);
    }
    assert_eq!(poll.step(5_000.0, Event::Tick), done(Code::Timeout));
}

#[test]
fn a_laptop_that_slept_past_the_end_wakes_to_the_end_and_asks_no_more() {
    let mut waiting = Told(poll(5_000.0, 60_000.0));
    waiting.step(0.0, Event::Tick);
    waiting.step(0.0, PENDING);
    assert_eq!(waiting.step(3_600_000.0, Event::Tick), done(Code::Timeout));

    let mut asking = Told(poll(5_000.0, 60_000.0));
    asking.step(0.0, Event::Tick);
    assert_eq!(asking.step(3_600_000.0, PENDING), done(Code::Timeout));
}

#[test]
fn a_poll_that_was_frozen_past_its_end_before_it_began_asks_nothing() {
    assert_eq!(Told(poll(5_000.0, 60_000.0)).step(60_000.0, Event::Tick), done(Code::Timeout));
}

#[test]
fn an_approval_that_comes_after_the_end_still_counts() {
    let mut poll = Told(poll(5_000.0, 60_000.0));
    poll.step(0.0, Event::Tick);
    let approved = response(Reply::Approved("tok".into()));
    assert_eq!(poll.step(3_600_000.0, approved), Step::Done(Ok("tok".into())));
}

#[test]
fn a_hidden_tab_that_is_throttled_only_delays() {
    let mut poll = Told(poll(5_000.0, 300_000.0));
    for at in [0.0, 60_000.0, 120_000.0, 180_000.0, 240_000.0] {
        assert_eq!(poll.step(at, Event::Tick), ask(10_000.0));
        assert_eq!(poll.step(at, PENDING), wait(5_000.0));
    }
    assert_eq!(poll.step(300_000.0, Event::Tick), done(Code::Timeout));
}

#[test]
fn a_clock_that_is_set_back_neither_stops_nor_restarts_it() {
    let hour = 3_600_000.0;
    let mut poll = Told(poll(5_000.0, 12_000.0));
    poll.step(0.0, Event::Tick);
    assert_eq!(poll.step(0.0, PENDING), wait(5_000.0));
    assert_eq!(poll.step(5_000.0 - hour, Event::Tick), wait(5_000.0), "one wait is lost, no more");
    assert_eq!(poll.step(10_000.0 - hour, Event::Tick), ask(7_000.0));
    assert_eq!(poll.step(10_000.0 - hour, PENDING), wait(5_000.0));
    assert_eq!(poll.step(17_000.0 - hour, Event::Tick), done(Code::Timeout));
}

#[test]
fn no_wait_is_longer_than_a_timer_of_the_browser_holds() {
    let forever = Terms::new(Some(1e9), Some(f64::INFINITY), None, f64::INFINITY).expect("times");
    let mut poll = Told(Poll::new(START, forever));
    assert_eq!(poll.step(0.0, Event::Tick), ask(2_147_483_647.0));
    assert_eq!(poll.step(0.0, PENDING), wait(2_147_483_647.0));
    assert_eq!(poll.step(2_147_483_647.0, Event::Tick), wait(2_147_483_647.0));
    assert_eq!(poll.step(1e12, Event::Tick), ask(2_147_483_647.0));
}

#[test]
fn progress_tells_the_attempt_the_time_left_and_the_next_request() {
    let mut told = Told(poll(5_000.0, 12_000.0));
    let mut progress = |at, event| {
        told.step(at, event);
        let Progress { attempt, left, next } = told.0.progress();
        (attempt, left, next)
    };
    assert_eq!(progress(0.0, Event::Tick), (1, 12_000.0, Some(0.0)));
    assert_eq!(progress(1_000.0, PENDING), (1, 11_000.0, Some(5_000.0)));
    assert_eq!(progress(6_000.0, Event::Tick), (2, 6_000.0, Some(0.0)));
    assert_eq!(progress(7_000.0, PENDING), (2, 5_000.0, None), "due at the very end: not sent");
}

#[test]
fn retry_after_is_heeded_where_it_is_longer_than_the_interval() {
    for (reply, interval) in
        [(Reply::SlowDown(None), 6_000.0), (Reply::Pending, 1_000.0), (Reply::Fault(failure(Code::Http(503))), 1_000.0)]
    {
        for (retry_after, waits) in [(None, interval), (Some(500.0), interval), (Some(9_000.0), 9_000.0)] {
            let mut poll = Told(poll(1_000.0, 300_000.0));
            poll.step(0.0, Event::Tick);
            assert_eq!(poll.step(0.0, Event::Response(reply.clone(), retry_after)), wait(waits), "{reply:?}");
            assert_eq!(poll.step(waits, Event::Tick), ask(10_000.0));
        }
    }
}
