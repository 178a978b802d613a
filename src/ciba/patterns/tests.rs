use super::Code::*;
use super::*;

/// What each attempt ends with, and how long was waited before each.
fn waits(max_retries: Option<f64>, ends: &[Code]) -> Vec<f64> {
    let mut attempts = Attempts::new(max_retries);
    let mut waits = Vec::new();
    let mut next = attempts.next(&Timeout);
    for code in ends {
        let Some(wait) = next else { break };
        waits.push(wait);
        next = attempts.next(code);
    }
    if next.is_some() {
        waits.push(f64::NAN);
    }
    waits
}

const FAULTS: [Code; 400] = [const { ConnectionFailed }; 400];

#[test]
fn after_faults_an_attempt_waits_2_4_8_seconds() {
    assert_eq!(waits(None, &FAULTS), [0.0, 2_000.0, 4_000.0]);
    assert_eq!(waits(Some(5.0), &FAULTS), [0.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0]);
    assert_eq!(waits(Some(1.0), &FAULTS), [0.0]);
}

#[test]
fn waits_grow_to_32_seconds_and_no_further() {
    let waits = waits(Some(f64::INFINITY), &FAULTS);
    assert_eq!(waits[..7], [0.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0, 32_000.0, 32_000.0]);
    assert!(waits.len() == 401 && waits[5..400].iter().all(|wait| *wait == 32_000.0));
}

#[test]
fn a_timeout_or_an_expired_request_gets_a_new_one_at_once() {
    for code in [Timeout, ExpiredToken] {
        assert_eq!(waits(None, &[code.clone(), code, Timeout])[..3], [0.0, 0.0, 0.0]);
    }
}

fn server(error: &str) -> Code {
    Server(error.into())
}

#[test]
fn nobody_is_asked_again_where_another_request_cannot_help() {
    let codes = ["user_not_found", "no_device_registered", "invalid_client", "invalid_scope", "tenant_not_found", "e"];
    let own = [AccessDenied, Cancelled, InvalidArgument, InvalidCode, TooManyRetries, Http(400), Http(404)];
    for code in codes.map(server).into_iter().chain(own) {
        assert_eq!(waits(None, &[code.clone(), Timeout]), [0.0], "{code:?}");
        assert_eq!(waits(Some(9.0), &[Timeout, code, Timeout]), [0.0, 0.0]);
    }
}

#[test]
fn after_what_may_be_over_soon_there_is_another_attempt() {
    let named = ["server_error", "temporarily_unavailable", "slow_down"].map(server);
    let own =
        [NetworkTimeout, ConnectionFailed, UnexpectedResponse, Http(408), Http(429), Http(500), Http(503), Http(599)];
    for code in named.into_iter().chain(own) {
        assert_eq!(waits(None, &[code, Cancelled]), [0.0, 2_000.0]);
    }
}

#[test]
fn max_retries_counts_attempts_and_a_value_that_is_no_count_allows_none() {
    for (max_retries, made) in [(1.0, 1), (2.9, 2), (3.0, 3), (0.0, 0), (0.9, 0), (-1.0, 0), (f64::NAN, 0)] {
        assert_eq!(waits(Some(max_retries), &[const { Timeout }; 9]).len(), made, "{max_retries}");
    }
}

#[test]
fn the_fallback_asks_for_a_code_unless_the_page_canceled_or_an_argument_is_invalid() {
    for code in [Cancelled, InvalidArgument] {
        assert!(!wants_code(&code), "{code:?}");
    }
    for code in [AccessDenied, Timeout, ExpiredToken, NetworkTimeout, ConnectionFailed, Server("e".into()), Http(404)] {
        assert!(wants_code(&code), "{code:?}");
    }
}
