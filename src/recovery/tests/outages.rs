//! Outages of the finalization, of the status endpoint, of both, and of the network, on a simulated clock: whatever ends at
//! least 3 seconds before the budget does loses nothing.

use super::*;

/// What an outage does to a request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    /// It fails at once, or after the latency.
    Fails,
    /// It has no response until its timeout.
    Hangs,
    /// The cloud gets it, and its response is lost.
    LosesResponses,
    /// A gateway responds in place of the cloud.
    Responds,
}

#[derive(Clone, Copy, Debug)]
struct Outage {
    mode: Mode,
    from: f64,
    until: f64,
}

impl Outage {
    const NONE: Self = Outage { mode: Mode::Fails, from: 0.0, until: 0.0 };

    fn is_at(&self, now: f64) -> bool {
        (self.from..self.until).contains(&now)
    }
}

/// A cloud that decides each transaction once, `latency` milliseconds away.
struct World {
    finalization: Outage,
    status: Outage,
    latency: f64,
    is_accepted: bool,
    copies: u32,
}

impl World {
    /// The event after a request at `now`, and how long it took.
    fn request(&mut self, now: f64, next: &Next) -> (Event, f64) {
        let (is_send, ms) = match next {
            Next::Send { ms, .. } => (true, *ms),
            Next::Query(ms) => (false, *ms),
            other => panic!("{other:?} is no request"),
        };
        let outage = if is_send { self.finalization } else { self.status };
        let is_out = outage.is_at(now);
        let arrives = !is_out || outage.mode == Mode::LosesResponses;
        let was_accepted = self.is_accepted;
        if is_send && arrives {
            self.is_accepted = true;
            self.copies += u32::from(!was_accepted);
        }
        let takes = if is_out && outage.mode == Mode::Hangs { ms } else { self.latency.min(ms) };
        let is_lost = is_out || self.latency > ms;
        let event = match (is_send, is_lost) {
            (true, true) if takes < ms && outage.mode != Mode::Responds => {
                Event::Verdict(Verdict::Failed("no response".into()), None)
            }
            (true, true) => Event::Verdict(lost(), None),
            (true, false) if was_accepted => Event::Verdict(refused(), None),
            (true, false) => Event::Verdict(Verdict::Accepted("T".into()), None),
            (false, true) if outage.mode == Mode::Responds => {
                Event::Status(TransactionStatus::Unusable("odd".into()), None)
            }
            (false, true) => Event::Status(TransactionStatus::NoResponse("none".into()), None),
            (false, false) if self.is_accepted => Event::Status(succeeded(), None),
            (false, false) => Event::Status(TransactionStatus::Pending, None),
        };
        (event, takes)
    }
}

/// Runs a finalization to its end. The result, when it ended, and how often the cloud accepted.
fn run(finalization: Outage, status: Outage, latency: f64) -> (Result<String, String>, f64, u32) {
    let mut world = World { finalization, status, latency, is_accepted: false, copies: 0 };
    let mut recovery = Recovery::new(0.0, TIMEOUT, true);
    let mut now = 0.0;
    let mut event = Event::Tick;
    for _ in 0..1_000 {
        match recovery.step(now, event) {
            Next::Done(result) => return (result.map_err(|(_, reason)| reason), now, world.copies),
            Next::Wait(ms) => {
                now += ms;
                event = Event::Tick;
            }
            next => {
                let takes;
                (event, takes) = world.request(now, &next);
                now += takes;
            }
        }
    }
    panic!("it never ends: {finalization:?}, {status:?}");
}

const MODES: [Mode; 4] = [Mode::Fails, Mode::Hangs, Mode::LosesResponses, Mode::Responds];

/// Outages of the finalization, of the status endpoint, and of both.
fn outages() -> impl Iterator<Item = (Outage, Outage)> {
    let lengths = (0..=170).map(|step| f64::from(step) * 100.0);
    let single = lengths.flat_map(|until| {
        let starts = [0.0, until / 2.0, (until - 300.0).max(0.0)];
        MODES.into_iter().flat_map(move |mode| starts.map(|from| Outage { mode, from, until }))
    });
    let same = single.flat_map(|outage| [(outage, Outage::NONE), (Outage::NONE, outage), (outage, outage)]);
    let ends = || (0..=17).map(|second| f64::from(second) * 1_000.0);
    let different = ends().flat_map(move |finalization| {
        ends().flat_map(move |status| {
            let outage = |mode, until| Outage { mode, from: 0.0, until };
            MODES.into_iter().flat_map(move |one| MODES.map(|other| (outage(one, finalization), outage(other, status))))
        })
    });
    same.chain(different)
}

#[test]
fn an_outage_that_ends_3_seconds_before_the_budget_does_ends_in_one_success() {
    let mut count = 0;
    for (finalization, status) in outages() {
        for latency in [1.0, 30.0, 150.0, 400.0] {
            assert!(finalization.until.max(status.until) <= 2.0 * TIMEOUT - 3_000.0);
            let (result, ended, copies) = run(finalization, status, latency);
            assert_eq!(result.as_deref(), Ok("T"), "{finalization:?}, {status:?}, {latency} ms: ended at {ended}");
            assert_eq!(copies, 1);
            count += 1;
        }
    }
    assert_eq!(count, 4 * (171 * 4 * 3 * 3 + 18 * 18 * 4 * 4));
}

#[test]
fn an_outage_that_lasts_ends_within_the_budget_and_the_outcome_is_unknown() {
    for mode in MODES {
        for latency in [1.0, 400.0, 30_000.0] {
            let outage = Outage { mode, from: 0.0, until: f64::INFINITY };
            let (result, ended, _) = run(outage, outage, latency);
            assert!(result.is_err_and(|reason| reason.contains("outcome unknown")));
            assert!(ended <= 2.0 * TIMEOUT + 1.0, "{outage:?}: {ended}");
        }
    }
}
