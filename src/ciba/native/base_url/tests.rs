use super::parse;

/// The same cases as in tests/unit/base-url.test.mjs, without a page's own paths.
#[test]
fn requests_go_to_https_or_to_http_on_a_loopback_host() {
    for (base, expected) in [
        ("https://cloud.example", "https://cloud.example"),
        ("https://cloud.example/", "https://cloud.example"),
        ("https://cloud.example:8443/base//", "https://cloud.example:8443/base"),
        ("HTTPS://Cloud.Example:443/A", "https://cloud.example/A"),
        ("http://localhost:5190", "http://localhost:5190"),
        ("http://app.localhost", "http://app.localhost"),
        ("http://127.0.0.1:1/x", "http://127.0.0.1:1/x"),
        ("http://127.1", "http://127.0.0.1"),
        ("http://[::1]", "http://[::1]"),
    ] {
        assert_eq!(parse(base).as_deref(), Some(expected), "{base}");
    }
    for base in [
        "",
        "auth",
        "/auth",
        "//cloud.example",
        "cloud.example",
        "http://cloud.example",
        "http://localhost.evil.example",
        "http://evillocalhost",
        "http://127.0.0.1.evil.example",
        "http://[::2]",
        "ftp://cloud.example",
        "file:///cloud",
        "javascript:alert(1)",
        "data:text/plain,x",
        "https://user@cloud.example",
        "https://:password@cloud.example",
        "http://localhost@cloud.example",
        "https://cloud.example?x",
        "https://cloud.example#x",
    ] {
        assert_eq!(parse(base), None, "{base}");
    }
}
