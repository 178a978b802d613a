use std::net::Ipv4Addr;

use super::*;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
const WINDOW: Duration = Duration::from_secs(60);

#[test]
fn an_address_has_100_requests_a_minute_and_10_at_the_old_admin_routes() {
    for (path, limit) in [
        ("/authsec/uflow/auth/ciba/token", 100),
        ("/authsec/uflow/auth/totp/login", 100),
        ("/authsec/uflow/auth/workspace/ciba/token", 100),
        ("/uflow/auth/tenant/ciba/token", 100),
        ("/uflow/auth/ciba/token", 10),
        ("/uflow/auth/totp/login", 10),
    ] {
        let (limits, start) = (RateLimits::default(), Instant::now());
        for number in 0..limit {
            let now = start + Duration::from_millis(number);
            assert!(limits.count(HERE, path, WINDOW, now).is_ok(), "{path}: {number}");
        }
        let last = start + WINDOW - Duration::from_millis(1);
        assert!(limits.count(HERE, path, WINDOW, last).is_err(), "{path}");
        assert!(limits.count(ELSEWHERE, path, WINDOW, last).is_ok(), "{path}: another address");
        // The window slides: the first request no longer counts, and neither does the one that was rejected.
        assert!(limits.count(HERE, path, WINDOW, start + WINDOW).is_ok(), "{path}");
        assert!(limits.count(HERE, path, WINDOW, start + WINDOW).is_err(), "{path}: the second still counts");
    }
}

#[test]
fn both_classes_count_for_themselves() {
    let (limits, now) = (RateLimits::default(), Instant::now());
    for _ in 0..10 {
        assert!(limits.count(HERE, "/uflow/auth/ciba/token", WINDOW, now).is_ok());
    }
    assert!(limits.count(HERE, "/uflow/auth/totp/login", WINDOW, now).is_err(), "they share one class");
    assert!(limits.count(HERE, "/authsec/uflow/auth/totp/login", WINDOW, now).is_ok());
}

#[test]
fn only_spring_believes_a_client_about_its_address() {
    for (header, value, believed) in
        [("x-forwarded-for", "127.0.0.2, 10.0.0.1", true), ("x-real-ip", "127.0.0.2", true), ("x-real-ip", "?", false)]
    {
        let name = axum::http::HeaderName::from_static(header);
        let headers = HeaderMap::from_iter([(name, value.parse().expect("a header"))]);
        let expected = if believed { ELSEWHERE } else { HERE };
        assert_eq!(address(Edition::Spring, &headers, HERE), expected, "{header}: {value}");
        assert_eq!(address(Edition::Autumn, &headers, HERE), HERE, "{header}: {value}");
    }
}

#[test]
fn durations_are_written_as_go_does() {
    for (seconds, text) in [(1, "1s"), (59, "59s"), (60, "1m0s"), (61, "1m1s"), (3600, "1h0m0s"), (3725, "1h2m5s")] {
        assert_eq!(go_duration(Duration::from_secs(seconds)), text);
    }
}
