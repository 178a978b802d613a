//! Any times, any responses, a clock that jumps: the poll waits within its bounds and never past its end.

#![no_main]

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use webauthn_result::ciba::code::Code;
use webauthn_result::ciba::poll::{Event, Poll, Step, Terms};
use webauthn_result::ciba::response::Reply;

#[derive(Arbitrary, Debug)]
struct Scene {
    interval: Option<f64>,
    timeout: Option<f64>,
    server_interval: Option<f64>,
    request_timeout: u16,
    happens: Vec<(i32, Option<u16>, Happens)>,
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
}

fuzz_target!(|scene: Scene| {
    let Scene { interval, timeout, server_interval, request_timeout, happens } = scene;
    let request_timeout = f64::from(request_timeout) + 1.0;
    let Ok(terms) = Terms::new(interval, timeout, server_interval, request_timeout) else { return };
    let start = 1_790_000_000_000.0;
    let mut poll = Poll::new(start, terms);
    let (mut now, mut is_asking, mut asked) = (start, false, 0);
    for (jump, retry_after, happens) in happens {
        now += f64::from(jump);
        let response = |reply| Event::Response(reply, retry_after.map(f64::from));
        let event = match happens {
            _ if !is_asking => Event::Tick,
            Happens::Pending => response(Reply::Pending),
            Happens::SlowDown(ms) => response(Reply::SlowDown(ms.map(|ms| f64::from(ms) / 1000.0 + 0.001))),
            Happens::Late => response(Reply::Fault(Code::NetworkTimeout.into())),
            Happens::Cut => response(Reply::Fault(Code::ConnectionFailed.into())),
            Happens::Broken => response(Reply::Fault(Code::Server("e".into()).into())),
            Happens::Approved => response(Reply::Approved("tok".into())),
            Happens::Denied => response(Reply::Ended(Code::AccessDenied.into())),
            Happens::Expired => response(Reply::Ended(Code::ExpiredToken.into())),
            Happens::Error => response(Reply::Ended(Code::Http(404).into())),
        };
        let is_end = matches!(event, Event::Response(Reply::Approved(_) | Reply::Ended(_), _));
        let ms = match poll.step(now, event) {
            Step::Done(result) => {
                let code = result.as_ref().map_err(|failure| &failure.code);
                let is_late = matches!(
                    code,
                    Err(Code::Timeout | Code::NetworkTimeout | Code::ConnectionFailed | Code::Server(_))
                );
                assert!(is_end || is_late, "{result:?}");
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
