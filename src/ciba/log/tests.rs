use super::*;
use crate::ciba::code::Code;
use crate::ciba::failure::Words;

#[test]
fn each_entry_has_its_level_and_names_the_email() {
    let failed = |code: Code| {
        let message = Some("token eyJhbGciOiJIUzUxMiJ9".into());
        Failure::new(code, Words { error_description: message.clone(), message })
    };
    let [denied, timeout, expired, cancelled] =
        [Code::AccessDenied, Code::Timeout, Code::ExpiredToken, Code::Cancelled].map(failed);
    let [invalid, http, server] =
        [Code::InvalidCode, Code::Http(404), Code::Server("token eyJhbGciOiJIUzUxMiJ9".into())].map(failed);
    let argument = Failure::argument(&["options.timeout", " must be a number"]);
    let table = [
        (Entry::Initiating, "info", "Asking for the approval of ada@example.com"),
        (Entry::Initiated, "info", "Push sent to ada@example.com"),
        (Entry::Polling(12), "debug", "Poll 12 for ada@example.com"),
        (Entry::Verifying, "info", "Verifying a TOTP code of ada@example.com"),
        (Entry::Approved, "info", "Approved by ada@example.com"),
        (Entry::Failed(&denied), "warn", "Not approved by ada@example.com: access_denied"),
        (Entry::Failed(&timeout), "warn", "Not approved by ada@example.com: timeout"),
        (Entry::Failed(&expired), "warn", "Not approved by ada@example.com: expired_token"),
        (Entry::Failed(&cancelled), "warn", "Not approved by ada@example.com: cancelled"),
        (Entry::Failed(&invalid), "error", "Failed for ada@example.com: invalid_code"),
        (Entry::Failed(&http), "error", "Failed for ada@example.com: http_404"),
        (
            Entry::Failed(&argument),
            "error",
            "Failed for ada@example.com: invalid_argument: options.timeout must be a number",
        ),
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
