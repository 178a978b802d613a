//! The settings, from environment variables.

use crate::environment::{parse_number, parse_origin};

/// What the backend must know.
pub struct Settings {
    /// The page's origin, as browsers write it. Its host is the relying party's ID.
    pub origin: String,
    pub port: u16,
    /// How long a session lasts.
    pub session_seconds: u32,
}

impl Settings {
    /// Reads all of them.
    ///
    /// # Errors
    ///
    /// A line for each variable that is missing or wrong.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let given = |name: &str| variable(name).filter(|value| !value.is_empty());
        let origin = given("ORIGIN")
            .ok_or_else(|| {
                "ORIGIN is not set. Set it to the origin of your page, such as http://localhost:5173.".into()
            })
            .and_then(parse_origin);
        let port = parse_number("PORT", given("PORT"), 4000, 0, u16::MAX);
        let session_seconds = parse_number("SESSION_SECONDS", given("SESSION_SECONDS"), 28_800, 1, 31_536_000);
        match (origin, port, session_seconds) {
            (Ok(origin), Ok(port), Ok(session_seconds)) => Ok(Settings { origin, port, session_seconds }),
            (origin, port, session_seconds) => {
                let problems = [origin.err(), port.err(), session_seconds.err()];
                Err(problems.into_iter().flatten().collect::<Vec<_>>().join("\n"))
            }
        }
    }
}
