//! Crashes on demand: only the build that the tests make, with the feature `injection`, has any.

use crate::settings::Settings;

/// Panics if the call's setting `panicAt` names this point.
#[cfg(feature = "injection")]
pub fn point(name: &str, settings: &Settings) {
    use crate::options::Value;

    let chosen = settings.page.member("panicAt").and_then(|value| value.text());
    assert_ne!(chosen.as_deref(), Some(name), "as the test asked");
}

/// Nothing, in every build that is published.
#[cfg(not(feature = "injection"))]
pub fn point(_name: &str, _settings: &Settings) {}
