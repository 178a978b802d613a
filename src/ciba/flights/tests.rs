use super::*;

const ANN: &str = "ann@example.com";
const BOB: &str = "bob@example.com";

fn initiated(auth_req_id: &str) -> Initiated {
    Initiated { auth_req_id: auth_req_id.into(), expires_in: 300_000.0, interval: 2_000.0 }
}

/// A request that the server has taken up at `now`.
fn request(flights: &mut Flights<&'static str>, email: &str, auth_req_id: &str, now: f64) -> u32 {
    let ticket = flights.request(email, now);
    flights.requested(ticket, Some(&initiated(auth_req_id)), now);
    ticket
}

#[test]
fn a_cancel_between_the_initiation_and_the_first_poll_is_not_lost() {
    let mut flights = Flights::default();
    request(&mut flights, ANN, "r1", 0.0);
    assert!(!flights.is_cancelled("r1"));
    assert_eq!(flights.cancel(ANN), [""; 0]);
    assert!(flights.is_cancelled("r1"));
    assert!(flights.is_cancelled("r1"), "for good: a cancelled request wants a new one");
}

#[test]
fn a_cancel_while_the_server_has_not_answered_yet_is_not_lost() {
    let mut flights = Flights::<()>::default();
    let ticket = flights.request(ANN, 0.0);
    flights.cancel(ANN);
    flights.requested(ticket, Some(&initiated("r1")), 700.0);
    assert!(flights.is_cancelled("r1"));
}

#[test]
fn a_request_after_a_cancel_is_not_cancelled() {
    let mut flights = Flights::default();
    request(&mut flights, ANN, "r1", 0.0);
    flights.cancel(ANN);
    request(&mut flights, ANN, "r2", 1.0);
    assert!(flights.is_cancelled("r1") && !flights.is_cancelled("r2"));
}

#[test]
fn a_cancel_is_of_one_email() {
    let mut flights = Flights::default();
    request(&mut flights, ANN, "ann", 0.0);
    request(&mut flights, BOB, "bob", 0.0);
    flights.depart(ANN, "ann");
    flights.depart(BOB, "bob");
    assert_eq!(flights.cancel(ANN), ["ann"]);
    assert!(!flights.is_cancelled("bob"));
    assert_eq!(flights.cancel(BOB), ["bob"]);
}

#[test]
fn two_polls_of_one_email_end_apart_or_together() {
    let mut flights = Flights::default();
    let first = flights.depart(ANN, "first");
    flights.depart(ANN, "second");
    flights.arrive(first);
    assert_eq!(flights.cancel(ANN), ["second"], "the first is over and takes nobody with it");

    flights.depart(ANN, "third");
    flights.depart(ANN, "fourth");
    assert_eq!(flights.cancel(ANN), ["third", "fourth"]);
    assert_eq!(flights.cancel(ANN), [""; 0], "each is ended once");
}

#[test]
fn a_poll_that_starts_after_a_cancel_does_not_bring_the_cancelled_one_back() {
    let mut flights = Flights::default();
    let first = flights.depart(ANN, "first");
    assert_eq!(flights.cancel(ANN), ["first"]);
    flights.depart(ANN, "second");
    flights.arrive(first);
    assert_eq!(flights.cancel(ANN), ["second"]);
}

#[test]
fn an_initiation_ends_the_polls_of_its_email_but_not_the_pattern_that_calls() {
    let mut flights = Flights::default();
    flights.depart(ANN, "poll");
    let pattern = flights.depart(ANN, "pattern");
    flights.depart(BOB, "bob");
    assert_eq!(flights.end(ANN, Some(pattern)), ["poll"]);
    assert_eq!(flights.end(ANN, None), ["pattern"]);
}

#[test]
fn an_initiation_cancels_no_request_whose_poll_has_not_begun() {
    let mut flights = Flights::default();
    request(&mut flights, ANN, "r1", 0.0);
    flights.end(ANN, None);
    request(&mut flights, ANN, "r2", 0.0);
    assert!(!flights.is_cancelled("r1") && !flights.is_cancelled("r2"));
}

#[test]
fn the_interval_is_that_of_the_request() {
    let mut flights = Flights::<()>::default();
    let ticket = flights.request(ANN, 0.0);
    assert_eq!(flights.interval("r1"), None);
    flights.requested(ticket, Some(&initiated("r1")), 0.0);
    let ticket = flights.request(ANN, 0.0);
    flights.requested(ticket, Some(&Initiated { interval: 7_000.0, ..initiated("r2") }), 0.0);
    assert_eq!(flights.interval("r1"), Some(2_000.0));
    assert_eq!(flights.interval("r2"), Some(7_000.0));
    assert_eq!(flights.interval("elsewhere"), None);
    assert!(!flights.is_cancelled("elsewhere"));
}

#[test]
fn requests_are_remembered_as_long_as_they_live_and_no_longer() {
    let mut flights = Flights::default();
    let pending = flights.request(BOB, 0.0);
    for second in 0..1_000 {
        request(&mut flights, ANN, &second.to_string(), f64::from(second) * 1000.0);
    }
    assert_eq!(flights.requests.len(), 301);
    assert_eq!(flights.interval("698"), None);
    assert!(flights.interval("701").is_some());
    flights.requested(pending, None, 0.0);
    assert_eq!(flights.requests.len(), 300, "what the server refused is forgotten");
}
