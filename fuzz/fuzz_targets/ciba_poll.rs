//! Any times, any answers, a clock that jumps: the poll waits within its bounds and never past its end.

#![no_main]

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use webauthn_result::ciba::answer::Reply;
use webauthn_result::ciba::poll::{Event, Poll, Step, Terms};

#[derive(Arbitrary, Debug)]
struct Scene {
    interval: Option<f64>,
    timeout: Option<f64>,
    server_interval: Option<f64>,
    request_timeout: u16,
    happens: Vec<(i32, Happens)>,
}

#[derive(Arbitrary, Debug)]
enum Happens {
    Pending,
    SlowDown(Option<u32>),
    Fault(String),
    Approved(String),
    Denied,
    Expired,
    Error(String),
    Cancel,
}

fuzz_target!(|scene: Scene| {
    let Scene { interval, timeout, server_interval, request_timeout, happens } = scene;
    let request_timeout = f64::from(request_timeout) + 1.0;
    let Ok(terms) = Terms::new(interval, timeout, server_interval, request_timeout) else { return };
    let start = 1_790_000_000_000.0;
    let mut poll = Poll::new(start, terms);
    let (mut now, mut is_asking, mut asked) = (start, false, 0);
    for (jump, happens) in happens {
        now += f64::from(jump);
        let event = match happens {
            Happens::Cancel => Event::Cancel,
            _ if !is_asking => Event::Tick,
            Happens::Pending => Event::Answer(Reply::Pending),
            Happens::SlowDown(ms) => Event::Answer(Reply::SlowDown(ms.map(|ms| f64::from(ms) + 1.0))),
            Happens::Fault(code) => Event::Answer(Reply::Fault(code)),
            Happens::Approved(token) => Event::Answer(Reply::Approved(token)),
            Happens::Denied => Event::Answer(Reply::Denied),
            Happens::Expired => Event::Answer(Reply::Expired),
            Happens::Error(code) => Event::Answer(Reply::Error(code)),
        };
        let ms = match poll.step(now, event) {
            Step::Done(outcome) => {
                assert!(serde_json::from_str::<serde_json::Value>(&outcome.json()).is_ok());
                return;
            }
            Step::Ask { ms } => {
                is_asking = true;
                asked += 1;
                ms
            }
            Step::Wait { ms } => {
                is_asking = false;
                ms
            }
        };
        assert!(ms > 0.0 && ms <= 2_147_483_647.0, "{ms}");
        assert_eq!(poll.progress().attempt, asked);
    }
});
