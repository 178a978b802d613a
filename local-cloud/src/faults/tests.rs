//! Which fault meets which request, and which requests are a browser's own copies.

use std::time::{Duration, Instant};

use axum::body::Bytes;

use super::{At, Fault, Faults, Kind, RESEND_LIMIT, Subject, Turn};

fn transaction(id: &str) -> Subject {
    Subject::Transaction(id.to_owned())
}

struct Scene {
    faults: Faults,
    now: Instant,
}

impl Scene {
    fn with(kinds: &[Kind]) -> Self {
        let scene = Self { faults: Faults::default(), now: Instant::now() };
        let faults = kinds.iter().map(|kind| Fault { at: At::Result, kind: kind.clone() }).collect();
        scene.faults.add(&transaction("t"), faults, scene.now);
        scene
    }

    fn turn(&self, at: At, body: &'static str, reused: bool, later: Duration) -> Turn {
        self.faults.turn(&[transaction("t")], at, &Bytes::from_static(body.as_bytes()), reused, self.now + later)
    }
}

const SOON: Duration = Duration::from_millis(5);

#[test]
fn each_request_takes_the_next_fault_and_then_all_is_normal() {
    let scene = Scene::with(&[Kind::None, Kind::Delay { ms: 1 }]);
    assert_eq!(scene.turn(At::Result, "a", false, SOON), Turn::Fault(Kind::None));
    assert_eq!(scene.turn(At::Status, "a", false, SOON), Turn::Normal);
    assert_eq!(scene.faults.turn(&[transaction("other")], At::Result, &Bytes::new(), false, scene.now), Turn::Normal);
    assert_eq!(scene.turn(At::Result, "a", false, SOON), Turn::Fault(Kind::Delay { ms: 1 }));
    assert_eq!(scene.turn(At::Result, "a", false, SOON), Turn::Normal);
}

#[test]
fn a_cut_holds_for_the_copies_that_a_browser_sends_by_itself() {
    for cut in [Kind::CutBefore, Kind::CutAfter] {
        let scene = Scene::with(std::slice::from_ref(&cut));
        assert_eq!(scene.turn(At::Result, "a", true, SOON), Turn::Fault(cut));
        assert_eq!(scene.turn(At::Result, "a", true, 2 * SOON), Turn::CutAgain);
        // The second copy comes over a fresh connection: a browser gives up after that one.
        assert_eq!(scene.turn(At::Result, "a", false, 3 * SOON), Turn::CutAgain);
        assert_eq!(scene.turn(At::Result, "a", false, 4 * SOON), Turn::Normal);
    }
}

#[test]
fn what_is_no_copy_is_not_cut_again() {
    let cases: [(&str, &'static str, bool, Duration); 3] = [
        ("another body", "b", true, SOON),
        ("a cut on a fresh connection, which no browser repeats", "a", false, SOON),
        ("too late", "a", true, RESEND_LIMIT + SOON + SOON),
    ];
    for (case, body, reused, later) in cases {
        let scene = Scene::with(&[Kind::CutBefore]);
        assert_eq!(scene.turn(At::Result, "a", reused, SOON), Turn::Fault(Kind::CutBefore), "{case}");
        assert_eq!(scene.turn(At::Result, body, true, later), Turn::Normal, "{case}");
    }
}

#[test]
fn a_page_that_asked_the_status_in_between_sends_again_on_purpose() {
    let scene = Scene::with(&[Kind::CutBefore]);
    assert_eq!(scene.turn(At::Result, "a", true, SOON), Turn::Fault(Kind::CutBefore));
    assert_eq!(scene.turn(At::Status, "s", true, SOON), Turn::Normal);
    assert_eq!(scene.turn(At::Result, "a", true, SOON), Turn::Normal);
}

#[test]
fn every_kind_is_read_as_documented() {
    let cases = [
        (r#"{"kind":"none"}"#, Kind::None),
        (r#"{"kind":"delay","ms":5}"#, Kind::Delay { ms: 5 }),
        (r#"{"kind":"cut-before"}"#, Kind::CutBefore),
        (r#"{"kind":"cut-after"}"#, Kind::CutAfter),
        (r#"{"kind":"cut-body"}"#, Kind::CutBody),
        (r#"{"kind":"http","status":503}"#, Kind::Http { status: 503, processed: false, body: None, media_type: None }),
        (
            r#"{"kind":"http","status":502,"processed":true,"body":"x","type":"text/plain"}"#,
            Kind::Http { status: 502, processed: true, body: Some("x".into()), media_type: Some("text/plain".into()) },
        ),
        (r#"{"kind":"not-json"}"#, Kind::NotJson { processed: false }),
        (r#"{"kind":"truncated","processed":true}"#, Kind::Truncated { processed: true }),
        (r#"{"kind":"wrong-shape"}"#, Kind::WrongShape { processed: false, body: serde_json::json!([]) }),
        (r#"{"kind":"wrong-shape","body":null}"#, Kind::WrongShape { processed: false, body: serde_json::Value::Null }),
        (r#"{"kind":"redirect","location":"/x"}"#, Kind::Redirect { location: "/x".into() }),
        (r#"{"kind":"refused","message":"no"}"#, Kind::Refused { message: "no".into() }),
        (r#"{"kind":"pending"}"#, Kind::Pending),
    ];
    for (text, kind) in cases {
        let with_place = text.replacen('{', r#"{"at":"status","#, 1);
        let fault: Fault = serde_json::from_str(&with_place).expect(text);
        assert_eq!((fault.at, &fault.kind), (At::Status, &kind), "{text}");
        assert!(fault.check(&transaction("t")).is_ok(), "{text}");
    }
}

#[test]
fn a_fault_that_cannot_be_brought_about_is_refused() {
    for (at, kind) in [
        (At::Result, Kind::Pending),
        (At::Result, Kind::Delay { ms: 600_001 }),
        (At::Result, Kind::Http { status: 199, processed: false, body: None, media_type: None }),
        (At::Result, Kind::Http { status: 600, processed: false, body: None, media_type: None }),
        (At::Result, Kind::Http { status: 500, processed: false, body: None, media_type: Some("a\nb".into()) }),
        (At::Result, Kind::Redirect { location: "a\r\nb".into() }),
    ] {
        let fault = Fault { at, kind };
        assert!(fault.check(&transaction("t")).is_err(), "{:?}", fault.kind);
    }
}

#[test]
fn a_fault_waits_only_where_its_subject_is_asked_about() {
    let subjects = [transaction("t"), Subject::Email("e".into()), Subject::AuthReqId("a".into())];
    for (at, allowed) in [
        (At::Result, [true, false, false]),
        (At::Status, [true, false, false]),
        (At::Initiate, [false, true, false]),
        (At::Token, [false, true, true]),
        (At::Totp, [false, true, false]),
    ] {
        for (subject, allowed) in subjects.iter().zip(allowed) {
            assert_eq!(Fault { at, kind: Kind::None }.check(subject).is_ok(), allowed, "{at:?} {subject:?}");
        }
    }
}

#[test]
fn the_narrowest_subject_that_has_a_fault_gives_it() {
    let (request, person) = (Subject::AuthReqId("a".into()), Subject::Email("e".into()));
    let faults = Faults::default();
    let now = Instant::now();
    faults.add(&person, vec![Fault { at: At::Token, kind: Kind::CutBody }], now);
    faults.add(&request, vec![Fault { at: At::Token, kind: Kind::Pending }], now);
    let turn = || faults.turn(&[request.clone(), person.clone()], At::Token, &Bytes::new(), false, now);
    assert_eq!(turn(), Turn::Fault(Kind::Pending));
    assert_eq!(turn(), Turn::Fault(Kind::CutBody));
    assert_eq!(turn(), Turn::Normal);
}
