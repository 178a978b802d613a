//! Every sequence of up to six responses on a simulated clock, compared with docs/contract.md, section B3.4.
//!
//! A response that ends the poll ends its sequence: no request follows, so that all continuations are one and the same run.

use super::*;

/// What comes back for a request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Meets {
    Pending,
    SlowDown,
    Approved,
    Denied,
    Expired,
    UnknownError,
    Cut,
    NotJson,
    Timeout,
}

use Meets::*;

const ALL: [Meets; 9] = [Pending, SlowDown, Approved, Denied, Expired, UnknownError, Cut, NotJson, Timeout];

/// One simulated world: the poll's times, how long a response takes, and what comes after the sequence.
#[derive(Clone, Copy, Debug)]
struct World {
    terms: Terms,
    latency: f64,
    then: Meets,
}

impl World {
    fn meets(&self, sequence: &[Meets], request: usize) -> Meets {
        sequence.get(request).copied().unwrap_or(self.then)
    }
}

/// A run: when each request was sent (milliseconds since the start), when it ended, and how.
#[derive(Debug, PartialEq)]
struct Run {
    asked: Vec<f64>,
    ended: f64,
    outcome: Result<String, Code>,
}

/// docs/contract.md, section B3.4, as a timeline: no states, no clock, only the order of events.
fn contract(world: &World, sequence: &[Meets]) -> Run {
    let Terms { mut interval, timeout, request_timeout } = world.terms;
    let mut now = 0.0;
    let mut asked = Vec::new();
    let mut faults = Vec::new();
    let mut backoff = 250.0;
    let (ended, outcome) = loop {
        asked.push(now);
        let longest = if timeout == 0.0 { request_timeout } else { f64::min(request_timeout, timeout - now) };
        let answer = match world.meets(sequence, asked.len() - 1) {
            _ if world.latency >= longest => Timeout,
            other => other,
        };
        now += if answer == Timeout { longest } else { world.latency };
        match answer {
            Approved => break (now, Ok("tok".into())),
            Denied => break (now, Err(Code::AccessDenied)),
            Expired => break (now, Err(Code::ExpiredToken)),
            UnknownError => break (now, Err(server_error())),
            SlowDown => interval += 5_000.0,
            _ => {}
        }
        let mut pause = interval;
        if let Cut | NotJson | Timeout = answer {
            faults.push(answer);
            pause = f64::max(pause, backoff);
            backoff = f64::min(backoff * 2.0, 32_000.0);
        } else {
            backoff = 250.0;
        }
        let wake = f64::min(now + pause, timeout);
        if now + pause >= timeout {
            let was_heard = faults.len() < asked.len();
            let outcome = if was_heard {
                Code::Timeout
            } else if faults.iter().all(|fault| *fault == Timeout) {
                Code::NetworkTimeout
            } else {
                Code::ConnectionFailed
            };
            break (f64::max(now, timeout), Err(outcome));
        }
        now = wake;
    };
    Run { asked, ended, outcome }
}

/// The machine, driven as the driver drives it, with every single step checked.
fn machine(world: &World, sequence: &[Meets]) -> Run {
    let Terms { interval, timeout, .. } = world.terms;
    let mut poll = Poll::new(START, world.terms);
    let mut now = START;
    let end = START + timeout;
    let mut asked = Vec::new();
    let mut answered: Option<f64> = None;
    let mut slowed = 0.0;
    let mut event = Event::Tick;
    loop {
        match poll.step(now, event) {
            Step::Done(outcome) => {
                return Run { asked, ended: now - START, outcome: outcome.map_err(|failure| failure.code.clone()) };
            }
            Step::Wait { ms } => {
                assert!(ms > 0.0, "an empty wait");
                assert!(now + ms <= end, "a wait past the end");
                now += ms;
                event = Event::Tick;
            }
            Step::Ask { ms } => {
                assert!(ms > 0.0 && ms <= world.terms.request_timeout, "a request without a bound");
                if timeout > 0.0 {
                    assert!(now < end && now + ms <= end, "a request past the end");
                }
                if let Some(answered) = answered {
                    assert!(now - answered >= interval + slowed, "asked sooner than the interval allows");
                }
                let meets = world.meets(sequence, asked.len());
                asked.push(now - START);
                let (takes, reply) = match meets {
                    Timeout => (ms, Reply::Fault(failure(Code::NetworkTimeout))),
                    _ if world.latency >= ms => (ms, Reply::Fault(failure(Code::NetworkTimeout))),
                    Pending => (world.latency, Reply::Pending),
                    SlowDown => (world.latency, Reply::SlowDown(None)),
                    Approved => (world.latency, Reply::Approved("tok".into())),
                    Denied => (world.latency, Reply::Ended(failure(Code::AccessDenied))),
                    Expired => (world.latency, Reply::Ended(failure(Code::ExpiredToken))),
                    UnknownError => (world.latency, Reply::Ended(failure(server_error()))),
                    Cut | NotJson => (world.latency, Reply::Fault(failure(Code::ConnectionFailed))),
                };
                now += takes;
                answered = Some(now);
                slowed += if reply == Reply::SlowDown(None) { 5_000.0 } else { 0.0 };
                event = response(reply);
            }
        }
    }
}

/// Compares this sequence, and all that begin with it, with [`contract`]. Returns how many.
fn hold(world: &World, sequence: &mut Vec<Meets>) -> u32 {
    let run = machine(world, sequence);
    assert_eq!(run, contract(world, sequence), "{world:?} {sequence:?}");
    let mut held = 1;
    // A run that ended within the sequence is the run of all that begin with it.
    if sequence.len() < 6 && run.asked.len() > sequence.len() {
        for meets in ALL {
            sequence.push(meets);
            held += hold(world, sequence);
            sequence.pop();
        }
    }
    held
}

/// Each of the six places met by something that goes on (5) or ends (4), or not met at all.
const SEQUENCES: u32 = (1 + 5 + 25 + 125 + 625 + 3_125) * (1 + 4) + 15_625;

fn hold_all(interval: f64, timeout: f64, request_timeout: f64) -> Vec<u32> {
    let terms = Terms { interval, timeout, request_timeout };
    let worlds = [0.0, 64.0, 700.0].map(|latency| [Pending, Cut, Timeout].map(|then| World { terms, latency, then }));
    worlds.iter().flatten().map(|world| hold(world, &mut Vec::new())).collect()
}

#[test]
fn every_sequence_of_six_responses_ends_as_the_contract_says() {
    let held = hold_all(5_000.0, 300_000.0, 10_000.0);
    assert_eq!(held, [SEQUENCES; 9], "none was left out by an end that came too early");
}

#[test]
fn every_sequence_of_fractions_of_seconds_ends_as_the_contract_says() {
    let held = hold_all(250.0, 90_500.5, 1_000.0);
    assert_eq!(held, [SEQUENCES; 9]);
}

#[test]
fn every_sequence_that_the_poll_s_end_cuts_short_ends_as_the_contract_says() {
    for (interval, timeout) in
        [(5_000.0, 12_000.0), (5_000.0, 5_000.0), (5_000.0, 500.0), (250.0, 20_500.0), (125.0, 1_125.5)]
    {
        let held = hold_all(interval, timeout, 10_000.0);
        assert!(held.iter().all(|held| *held > 1 && *held <= SEQUENCES), "{held:?}");
    }
}

#[test]
fn every_single_response_to_a_poll_that_asks_once_ends_as_the_contract_says() {
    // The empty sequence, and each answer alone.
    assert_eq!(hold_all(1_000.0, 0.0, 10_000.0), [10; 9]);
}
