//! Which fault meets which request, and which requests are a browser's own copies.

use super::*;

fn transaction(id: &str) -> Subject {
    Subject::Transaction(id.to_owned())
}

struct Scene {
    faults: FaultQueues,
    now: Instant,
}

impl Scene {
    fn with(kinds: &[Kind]) -> Self {
        let scene = Self { faults: FaultQueues::default(), now: Instant::now() };
        let faults = kinds.iter().map(|kind| Fault { endpoint: Endpoint::Result, kind: kind.clone() }).collect();
        scene.faults.add(&transaction("t"), faults, scene.now);
        scene
    }

    fn take_next(&self, endpoint: Endpoint, body: &'static str, reused: bool, later: Duration) -> NextFault {
        let body = Bytes::from_static(body.as_bytes());
        self.faults.take_next(&[transaction("t")], endpoint, &body, reused, self.now + later)
    }
}

const SOON: Duration = Duration::from_millis(5);

#[test]
fn each_request_takes_the_next_fault_until_none_is_left() {
    let scene = Scene::with(&[Kind::None, Kind::Delay { ms: 1 }]);
    assert_eq!(scene.take_next(Endpoint::Result, "a", false, SOON), NextFault::Fault(Kind::None));
    assert_eq!(scene.take_next(Endpoint::Status, "a", false, SOON), NextFault::None);
    let other = scene.faults.take_next(&[transaction("other")], Endpoint::Result, &Bytes::new(), false, scene.now);
    assert_eq!(other, NextFault::None);
    assert_eq!(scene.take_next(Endpoint::Result, "a", false, SOON), NextFault::Fault(Kind::Delay { ms: 1 }));
    assert_eq!(scene.take_next(Endpoint::Result, "a", false, SOON), NextFault::None);
}

#[test]
fn a_cut_applies_to_the_copies_that_a_browser_resends_by_itself() {
    for cut in [Kind::CutBefore, Kind::CutAfter] {
        let scene = Scene::with(std::slice::from_ref(&cut));
        assert_eq!(scene.take_next(Endpoint::Result, "a", true, SOON), NextFault::Fault(cut));
        assert_eq!(scene.take_next(Endpoint::Result, "a", true, 2 * SOON), NextFault::CutAgain);
        // The second copy comes over a fresh connection: a browser gives up after that one.
        assert_eq!(scene.take_next(Endpoint::Result, "a", false, 3 * SOON), NextFault::CutAgain);
        assert_eq!(scene.take_next(Endpoint::Result, "a", false, 4 * SOON), NextFault::None);
    }
}

#[test]
fn a_request_that_is_not_a_copy_is_not_cut_again() {
    let cases: [(&str, &'static str, bool, Duration); 3] = [
        ("another body", "b", true, SOON),
        ("a cut on a fresh connection, after which no browser resends", "a", false, SOON),
        ("too late", "a", true, RESEND_LIMIT + SOON + SOON),
    ];
    for (case, body, reused, later) in cases {
        let scene = Scene::with(&[Kind::CutBefore]);
        assert_eq!(scene.take_next(Endpoint::Result, "a", reused, SOON), NextFault::Fault(Kind::CutBefore), "{case}");
        assert_eq!(scene.take_next(Endpoint::Result, body, true, later), NextFault::None, "{case}");
    }
}

#[test]
fn a_page_that_queried_the_status_in_between_resends_on_purpose() {
    let scene = Scene::with(&[Kind::CutBefore]);
    assert_eq!(scene.take_next(Endpoint::Result, "a", true, SOON), NextFault::Fault(Kind::CutBefore));
    assert_eq!(scene.take_next(Endpoint::Status, "s", true, SOON), NextFault::None);
    assert_eq!(scene.take_next(Endpoint::Result, "a", true, SOON), NextFault::None);
}

#[test]
fn the_most_specific_subject_comes_first() {
    let (request, user) = (Subject::AuthReqId("a".into()), Subject::Email("e".into()));
    let faults = FaultQueues::default();
    let now = Instant::now();
    faults.add(&user, vec![Fault { endpoint: Endpoint::Token, kind: Kind::CutBody }], now);
    faults.add(&request, vec![Fault { endpoint: Endpoint::Token, kind: Kind::Pending }], now);
    let take_next = || faults.take_next(&[request.clone(), user.clone()], Endpoint::Token, &Bytes::new(), false, now);
    assert_eq!(take_next(), NextFault::Fault(Kind::Pending));
    assert_eq!(take_next(), NextFault::Fault(Kind::CutBody));
    assert_eq!(take_next(), NextFault::None);
}
