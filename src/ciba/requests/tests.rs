use super::*;

const ANN: &str = "ann@example.com";
const BOB: &str = "bob@example.com";

fn initiated(auth_req_id: &str) -> Initiated {
    Initiated { auth_req_id: auth_req_id.into(), expires_in: 300.0, interval: 2.0 }
}

/// A request that the server has accepted at `now`.
fn request(requests: &mut Requests, email: &str, auth_req_id: &str, now: f64) {
    let key = requests.enter(email, now);
    requests.accept(key, &initiated(auth_req_id), now);
}

fn is_cancelled(requests: &Requests, auth_req_id: &str) -> bool {
    requests.find(auth_req_id).expect("known").1
}

#[test]
fn a_cancel_between_the_initiation_and_the_first_poll_is_not_lost() {
    let mut requests = Requests::default();
    request(&mut requests, ANN, "a", 0.0);
    assert!(!is_cancelled(&requests, "a"));
    requests.cancel(ANN);
    assert!(is_cancelled(&requests, "a"));
    assert!(is_cancelled(&requests, "a"), "for good: a canceled request needs a new one");
}

#[test]
fn a_cancel_before_the_server_has_responded_is_not_lost() {
    let mut requests = Requests::default();
    let key = requests.enter(ANN, 0.0);
    requests.cancel(ANN);
    requests.accept(key, &initiated("a"), 700.0);
    assert!(is_cancelled(&requests, "a"));
}

#[test]
fn a_request_after_a_cancel_is_not_canceled() {
    let mut requests = Requests::default();
    request(&mut requests, ANN, "before", 0.0);
    requests.cancel(ANN);
    request(&mut requests, ANN, "after", 1.0);
    assert!(is_cancelled(&requests, "before") && !is_cancelled(&requests, "after"));
}

#[test]
fn a_cancel_is_of_one_email() {
    let mut requests = Requests::default();
    request(&mut requests, ANN, "a", 0.0);
    request(&mut requests, BOB, "b", 0.0);
    requests.cancel(ANN);
    assert!(is_cancelled(&requests, "a") && !is_cancelled(&requests, "b"));
}

#[test]
fn the_interval_is_that_of_the_request() {
    let mut requests = Requests::default();
    let one = requests.enter(ANN, 0.0);
    assert_eq!(requests.find("a"), None);
    requests.accept(one, &initiated("a"), 0.0);
    let other = requests.enter(ANN, 0.0);
    requests.accept(other, &Initiated { interval: 7.0, ..initiated("b") }, 0.0);
    assert_eq!(requests.find("a"), Some((2.0, false)));
    assert_eq!(requests.find("b"), Some((7.0, false)));
    assert_eq!(requests.find("elsewhere"), None);
}

#[test]
fn a_request_that_the_server_refused_is_forgotten() {
    let mut requests = Requests::default();
    request(&mut requests, ANN, "a", 0.0);
    let refused = requests.enter(ANN, 0.0);
    requests.forget(refused);
    requests.accept(refused, &initiated("b"), 0.0);
    assert_eq!(requests.find("b"), None);
    assert!(requests.find("a").is_some());
}

#[test]
fn requests_are_remembered_until_they_expire_and_no_longer() {
    let mut requests = Requests::default();
    let pending = requests.enter(BOB, 0.0);
    for second in 0..1_000 {
        request(&mut requests, ANN, &second.to_string(), f64::from(second) * 1000.0);
    }
    assert_eq!(requests.all.len(), 301);
    assert_eq!(requests.find("699"), None);
    assert!(requests.find("700").is_some());
    requests.accept(pending, &initiated("b"), 999_000.0);
    assert!(requests.find("b").is_some(), "one that the server has not responded to does not expire");
}
