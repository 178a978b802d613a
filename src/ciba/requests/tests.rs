use super::*;

const ANN: usize = 0;
const BOB: usize = 1;

const TAKEN_UP: Initiated = Initiated { expires_in: 300.0, interval: 2.0 };

/// A request that the server has taken up at `now`.
fn request(requests: &mut Requests, email: usize, now: f64) -> usize {
    let number = requests.enter(email, now);
    requests.taken_up(number, TAKEN_UP, now);
    number
}

fn is_cancelled(requests: &Requests, number: usize) -> bool {
    requests.find(number).expect("known").1
}

#[test]
fn a_cancel_between_the_initiation_and_the_first_poll_is_not_lost() {
    let mut requests = Requests::default();
    let number = request(&mut requests, ANN, 0.0);
    assert!(!is_cancelled(&requests, number));
    requests.cancel(ANN);
    assert!(is_cancelled(&requests, number));
    assert!(is_cancelled(&requests, number), "for good: a cancelled request wants a new one");
}

#[test]
fn a_cancel_while_the_server_has_not_answered_yet_is_not_lost() {
    let mut requests = Requests::default();
    let number = requests.enter(ANN, 0.0);
    requests.cancel(ANN);
    requests.taken_up(number, TAKEN_UP, 700.0);
    assert!(is_cancelled(&requests, number));
}

#[test]
fn a_request_after_a_cancel_is_not_cancelled() {
    let mut requests = Requests::default();
    let before = request(&mut requests, ANN, 0.0);
    requests.cancel(ANN);
    let after = request(&mut requests, ANN, 1.0);
    assert!(is_cancelled(&requests, before) && !is_cancelled(&requests, after));
}

#[test]
fn a_cancel_is_of_one_email() {
    let mut requests = Requests::default();
    let [ann, bob] = [ANN, BOB].map(|email| request(&mut requests, email, 0.0));
    requests.cancel(ANN);
    assert!(is_cancelled(&requests, ann) && !is_cancelled(&requests, bob));
}

#[test]
fn the_interval_is_that_of_the_request() {
    let mut requests = Requests::default();
    let one = requests.enter(ANN, 0.0);
    assert_eq!(requests.find(one), None);
    requests.taken_up(one, TAKEN_UP, 0.0);
    let other = requests.enter(ANN, 0.0);
    requests.taken_up(other, Initiated { interval: 7.0, ..TAKEN_UP }, 0.0);
    assert_eq!(requests.find(one), Some((2.0, false)));
    assert_eq!(requests.find(other), Some((7.0, false)));
    assert_eq!(requests.find(99), None);
}

#[test]
fn the_number_of_a_request_that_lives_no_more_goes_to_the_next_one() {
    let mut requests = Requests::default();
    let [first, second] = [0.0, 1_000.0].map(|now| request(&mut requests, ANN, now));
    assert_ne!(first, second);
    assert_ne!(requests.enter(ANN, 299_999.0), first);
    assert_eq!(requests.enter(BOB, 300_000.0), first);
    assert_eq!(requests.find(first), None, "nothing is left of the one before");
    requests.forget(second);
    assert_eq!(requests.enter(BOB, 300_000.0), second, "nor of one that the server refused");
}

#[test]
fn requests_are_remembered_as_long_as_they_live_and_no_longer() {
    let mut requests = Requests::default();
    let pending = requests.enter(BOB, 0.0);
    for second in 0..1_000 {
        request(&mut requests, ANN, f64::from(second) * 1000.0);
    }
    assert_eq!(requests.all.len(), 301);
    assert!(requests.has(BOB));
    requests.forget(pending);
    request(&mut requests, ANN, 999_000.0);
    assert!(!requests.has(BOB));
}
