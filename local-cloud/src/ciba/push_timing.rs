//! How long a request for approval by push lives, and how often a client may poll for its outcome.

use std::num::NonZeroU32;
use std::time::Duration;

use serde_json::Number;

/// In milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct PushTiming {
    pub lifetime: i64,
    /// Between two polls.
    pub interval: i64,
}

impl PushTiming {
    pub fn new(lifetime: NonZeroU32, interval: Duration) -> Self {
        Self {
            lifetime: i64::from(lifetime.get()) * 1000,
            interval: i64::try_from(interval.as_millis()).unwrap_or(i64::MAX),
        }
    }
}

/// Milliseconds as a JSON number of seconds: an integer if possible.
pub fn to_seconds(milliseconds: i64) -> Number {
    if milliseconds % 1000 == 0 {
        return Number::from(milliseconds / 1000);
    }
    // `None` stands for NaN and infinity, which this division never returns.
    Number::from_f64(milliseconds as f64 / 1000.0).unwrap_or_else(|| Number::from(milliseconds / 1000))
}
