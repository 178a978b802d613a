use super::*;

fn transaction() -> Subject {
    Subject::Transaction("t".to_owned())
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
        (r#"{"kind":"wrong-shape","body":null}"#, Kind::WrongShape { processed: false, body: Value::Null }),
        (r#"{"kind":"redirect","location":"/x"}"#, Kind::Redirect { location: "/x".into() }),
        (r#"{"kind":"refused","message":"no"}"#, Kind::Refused { message: "no".into() }),
        (r#"{"kind":"pending"}"#, Kind::Pending),
    ];
    for (text, kind) in cases {
        let with_endpoint = text.replacen('{', r#"{"at":"status","#, 1);
        let fault: Fault = serde_json::from_str(&with_endpoint).expect(text);
        assert_eq!((fault.endpoint, &fault.kind), (Endpoint::Status, &kind), "{text}");
        assert!(fault.check(&transaction()).is_ok(), "{text}");
    }
}

#[test]
fn a_fault_that_cannot_be_injected_is_refused() {
    for (endpoint, kind) in [
        (Endpoint::Result, Kind::Pending),
        (Endpoint::Result, Kind::Delay { ms: 600_001 }),
        (Endpoint::Result, Kind::Http { status: 199, processed: false, body: None, media_type: None }),
        (Endpoint::Result, Kind::Http { status: 600, processed: false, body: None, media_type: None }),
        (Endpoint::Result, Kind::Http { status: 500, processed: false, body: None, media_type: Some("a\nb".into()) }),
        (Endpoint::Result, Kind::Redirect { location: "a\r\nb".into() }),
    ] {
        let fault = Fault { endpoint, kind };
        assert!(fault.check(&transaction()).is_err(), "{:?}", fault.kind);
    }
}

#[test]
fn a_fault_is_accepted_only_at_endpoints_whose_requests_name_its_subject() {
    let subjects = [transaction(), Subject::Email("e".into()), Subject::AuthReqId("a".into())];
    for (endpoint, expected) in [
        (Endpoint::Result, [true, false, false]),
        (Endpoint::Status, [true, false, false]),
        (Endpoint::Initiate, [false, true, false]),
        (Endpoint::Token, [false, true, true]),
        (Endpoint::Totp, [false, true, false]),
    ] {
        for (subject, accepted) in subjects.iter().zip(expected) {
            let fault = Fault { endpoint, kind: Kind::None };
            assert_eq!(fault.check(subject).is_ok(), accepted, "{endpoint:?} {subject:?}");
        }
    }
}
