//! Where the code runs: in a page, or on a server.

use crate::options::value::Value;

/// Where a client runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a page, or a worker of one.
    Page,
    /// On a server: no cookies, and no cache, unless `fetch` is one that has some.
    Server {
        /// Whether `fetch` takes the option `cache`.
        has_cache_option: bool,
    },
}

impl Place {
    /// From the options of a client.
    pub fn read<V: Value>(options: &V) -> Self {
        let is_true = |name| options.get(name).and_then(|value| value.as_boolean()) == Some(true);
        match is_true("isPage") {
            true => Place::Page,
            false => Place::Server { has_cache_option: is_true("hasCacheOption") },
        }
    }
}
