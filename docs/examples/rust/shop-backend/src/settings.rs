//! The settings, from environment variables.

use crate::environment::{parse_address, parse_number, parse_origin};

/// What the backend must know.
#[derive(Debug, PartialEq, Eq)]
pub struct Settings {
    /// The address of the cloud, without a slash at its end.
    pub cloud_url: String,
    pub access_key: String,
    /// The page's origin, as browsers write it.
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
        let required =
            |name: &str, meaning: &str| given(name).ok_or_else(|| format!("{name} is not set. Set it to {meaning}."));
        let cloud_url = required(
            "CLOUD_URL",
            "the address of your Authentication Cloud, such as https://INSTANCE.mauth.nevis.cloud",
        )
        .and_then(|text| Ok(parse_address("CLOUD_URL", &text)?.trim_end_matches('/').to_owned()));
        let access_key = required("ACCESS_KEY", "the access key of your Authentication Cloud").and_then(parse_key);
        let origin =
            required("ORIGIN", "the origin of your page, such as http://localhost:5173").and_then(parse_origin);
        let port = parse_number("PORT", given("PORT"), 4000, 0, u16::MAX);
        let session_seconds = parse_number("SESSION_SECONDS", given("SESSION_SECONDS"), 28_800, 1, 31_536_000);
        match (cloud_url, access_key, origin, port, session_seconds) {
            (Ok(cloud_url), Ok(access_key), Ok(origin), Ok(port), Ok(session_seconds)) => {
                Ok(Settings { cloud_url, access_key, origin, port, session_seconds })
            }
            (cloud_url, access_key, origin, port, session_seconds) => {
                let problems = [cloud_url.err(), access_key.err(), origin.err(), port.err(), session_seconds.err()];
                Err(problems.into_iter().flatten().collect::<Vec<_>>().join("\n"))
            }
        }
    }
}

/// It becomes part of a header.
fn parse_key(text: String) -> Result<String, String> {
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(text);
    }
    Err("ACCESS_KEY must have no white space and only ASCII characters.".into())
}
