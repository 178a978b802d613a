use super::*;

#[test]
fn each_entry_has_its_level_and_names_the_email() {
    let denied = Code::AccessDenied;
    let server = Code::Server("token eyJhbGciOiJIUzUxMiJ9".into());
    let table = [
        (Entry::Initiating, "info", "Asking for the approval of ada@example.com"),
        (Entry::Initiated, "info", "Push sent to ada@example.com"),
        (Entry::Polling(12), "debug", "Poll 12 for ada@example.com"),
        (Entry::Verifying, "info", "Verifying a TOTP code of ada@example.com"),
        (Entry::Approved, "info", "Approved by ada@example.com"),
        (Entry::Failed(&denied), "warn", "Not approved by ada@example.com: access_denied"),
        (Entry::Failed(&Code::Timeout), "warn", "Not approved by ada@example.com: timeout"),
        (Entry::Failed(&Code::ExpiredToken), "warn", "Not approved by ada@example.com: expired_token"),
        (Entry::Failed(&Code::Cancelled), "warn", "Not approved by ada@example.com: cancelled"),
        (Entry::Failed(&Code::InvalidCode), "error", "Failed for ada@example.com: invalid_code"),
        (Entry::Failed(&Code::Http(404)), "error", "Failed for ada@example.com: http_404"),
        (
            Entry::Failed(&server),
            "error",
            "Failed for ada@example.com: the server's own words, which only the result repeats",
        ),
    ];
    for (entry, level, text) in table {
        assert_eq!(entry.line("ada@example.com"), (level, text.into()));
    }
}
