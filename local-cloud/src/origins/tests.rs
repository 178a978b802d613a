use super::*;

fn allows(allowed: &str, origin: &str) -> bool {
    let parsed = AllowedOrigin::parse(allowed).unwrap_or_else(|problem| panic!("{allowed} {problem}"));
    assert_eq!(parsed.to_string(), allowed);
    let sent = Origin(origin.into());
    assert_eq!(parsed == sent, parsed.allows(origin), "WebAuthn and CORS agree on {origin}");
    parsed.allows(origin)
}

#[test]
fn any_port_of_a_loopback_host_is_allowed() {
    for (allowed, origin) in [
        ("http://localhost:*", "http://localhost"),
        ("http://localhost:*", "http://localhost:1"),
        ("http://localhost:*", "http://localhost:443"),
        ("http://localhost:*", "http://localhost:5173"),
        ("http://localhost:*", "http://localhost:65535"),
        ("https://localhost:*", "https://localhost:80"),
        ("http://shop.localhost:*", "http://shop.localhost:3000"),
        ("http://127.0.0.1:*", "http://127.0.0.1:3000"),
        ("http://[::1]:*", "http://[::1]:3000"),
    ] {
        assert!(allows(allowed, origin), "{allowed}: {origin}");
    }
}

#[test]
fn neither_another_host_nor_another_scheme_nor_what_no_browser_writes_is_allowed() {
    for origin in [
        "",
        "null",
        "http://localhost:",
        "http://localhost:0",
        "http://localhost:80",
        "http://localhost:05173",
        "http://localhost:+5173",
        "http://localhost:65536",
        "http://localhost:5173/",
        "http://localhost:5173.evil.example",
        "http://localhost:5173@evil.example",
        "http://localhost.evil.example",
        "http://localhost.evil.example:5173",
        "http://localhostevil.example",
        "http://evil.example:5173",
        "http://shop.localhost:5173",
        "http://127.0.0.1:5173",
        "https://localhost:5173",
        "HTTP://localhost:5173",
        "http://localhost:*",
    ] {
        assert!(!allows("http://localhost:*", origin), "{origin}");
    }
    assert!(!allows("https://localhost:*", "https://localhost:443"));
    assert!(!allows("http://localhost:5180", "http://localhost:5181"));
}

#[test]
fn any_port_of_another_host_is_refused() {
    for text in [
        "https://shop.example:*",
        "http://localhost.evil.example:*",
        "http://192.168.0.7:*",
        "http://0.0.0.0:*",
        "http://[::2]:*",
    ] {
        let problem = AllowedOrigin::parse(text).expect_err(text);
        assert!(problem.contains("only localhost, *.localhost, 127.0.0.0/8 and [::1] may have any port"), "{problem}");
    }
}

#[test]
fn a_wildcard_stands_for_the_port_alone() {
    for text in ["*", "*:*", "http://*:*", "http://*.localhost:*", "http://localhost:*:*", "http://localhost:51*", ":*"]
    {
        let problem = AllowedOrigin::parse(text).expect_err(text);
        assert!(problem.starts_with("is not an origin"), "{text} {problem}");
    }
    for (text, right) in [
        ("http://localhost:5173:*", "is not an origin"),
        ("http://LocalHost:*", "write http://localhost:*"),
        ("http://127.1:*", "write http://127.0.0.1:*"),
        ("http://localhost/:*", "is not"),
    ] {
        let problem = AllowedOrigin::parse(text).expect_err(text);
        assert!(problem.contains(right), "{text} {problem}");
    }
}
