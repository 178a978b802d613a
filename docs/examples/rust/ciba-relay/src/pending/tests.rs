use serde_json::json;

use super::*;

fn after(start: Instant, seconds: f64) -> Instant {
    start + Duration::from_secs_f64(seconds)
}

#[test]
fn a_push_is_forgotten_half_a_minute_after_it_expires_so_that_the_provider_itself_says_so() {
    let start = Instant::now();
    for (response, lifetime) in [
        (json!({ "auth_req_id": "A", "expires_in": "120" }), 150.0),
        (json!({ "auth_req_id": "A" }), 330.0),
        (json!({ "auth_req_id": "A", "expires_in": -1 }), 330.0),
        (json!({ "auth_req_id": "A", "expires_in": 1e9 }), 3630.0),
    ] {
        let mut pending = Pending::default();
        pending.add(&response, "one", "ada@example.com", start);
        let mut lives = |seconds| pending.find("A", "one", after(start, seconds)).is_some();
        assert_eq!([lifetime - 0.1, lifetime].map(&mut lives), [true, false], "{response}");
    }
}

#[test]
fn a_push_is_found_by_the_session_that_started_it_alone() {
    let now = Instant::now();
    let mut pending = Pending::default();
    pending.add(&json!({ "auth_req_id": 17 }), "one", "ada@example.com", now);
    assert_eq!(pending.find("17", "one", now).map(|request| request.email.clone()).as_deref(), Some("ada@example.com"));
    for (id, session) in [("17", "two"), ("18", "one"), ("", "one")] {
        assert!(pending.find(id, session, now).is_none());
    }
    pending.remove("17");
    assert!(pending.find("17", "one", now).is_none());
}

#[test]
fn a_response_without_an_identifier_starts_nothing() {
    let now = Instant::now();
    let mut pending = Pending::default();
    for response in [json!({}), json!({ "auth_req_id": "" }), json!({ "auth_req_id": {} })] {
        pending.add(&response, "one", "ada@example.com", now);
    }
    assert!(pending.requests.is_empty() && pending.order.is_empty());
}

#[test]
fn the_pushes_that_were_started_last_are_kept() {
    let now = Instant::now();
    let mut pending = Pending::default();
    for number in 0..=MAX_REQUESTS {
        pending.add(&json!({ "auth_req_id": number }), "one", "ada@example.com", now);
    }
    let found = ["0", "1", "100000"].map(|id| pending.find(id, "one", now).is_some());
    assert_eq!(found, [false, true, true]);
}

#[test]
fn a_push_can_be_polled_ten_times_in_five_intervals() {
    let start = Instant::now();
    for (response, window) in [
        (json!({ "auth_req_id": "A" }), 25),
        (json!({ "auth_req_id": "A", "interval": "2" }), 10),
        (json!({ "auth_req_id": "A", "interval": 1e99 }), 3000),
    ] {
        let mut pending = Pending::default();
        pending.add(&response, "one", "ada@example.com", start);
        let mut poll = |seconds| pending.find("A", "one", after(start, seconds)).map(|request| request.poll(start));
        for _ in 0..10 {
            assert_eq!(poll(1.0), Some(Ok(())));
        }
        assert!(matches!(poll(1.0), Some(Err(Exceeded { seconds_left, .. })) if seconds_left == window), "{response}");
    }
}
