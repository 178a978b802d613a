//! Any times, any answers, a clock that jumps: the poll waits within its bounds and never past its end.

#![no_main]

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use webauthn_result::ciba::answer::Reply;
use webauthn_result::ciba::poll::{Event, Poll, Step, Terms};
use webauthn_result::ciba::status::Code;

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
    Late,
    Cut,
    Broken,
    Approved,
    Denied,
    Expired,
    Error,
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
            Happens::SlowDown(ms) => Event::Answer(Reply::SlowDown(ms.map(|ms| f64::from(ms) / 1000.0 + 0.001))),
            Happens::Late => Event::Answer(Reply::Fault(Code::NetworkTimeout)),
            Happens::Cut => Event::Answer(Reply::Fault(Code::ConnectionFailed)),
            Happens::Broken => Event::Answer(Reply::Fault(Code::Theirs)),
            Happens::Approved => Event::Answer(Reply::End(Code::Approved)),
            Happens::Denied => Event::Answer(Reply::End(Code::AccessDenied)),
            Happens::Expired => Event::Answer(Reply::End(Code::ExpiredToken)),
            Happens::Error => Event::Answer(Reply::End(Code::Http)),
        };
        let is_end = matches!(event, Event::Cancel | Event::Answer(Reply::End(_)));
        let ms = match poll.step(now, event) {
            Step::Done(code) => {
                let is_late =
                    matches!(code, Code::Timeout | Code::NetworkTimeout | Code::ConnectionFailed | Code::Theirs);
                assert!(is_end || is_late, "{code:?}");
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
        assert!(!is_end, "it goes on after its end");
        assert!(ms > 0.0 && ms <= 2_147_483_647.0, "{ms}");
        assert_eq!(poll.progress().attempt, asked);
    }
});
