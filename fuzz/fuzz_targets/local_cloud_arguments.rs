//! Any command line and environment: settings within their documented bounds, the usage, or a sentence that says what is wrong.

#![no_main]

use libfuzzer_sys::fuzz_target;
use local_cloud::settings::{Command, Environment, read};

fuzz_target!(|given: (Vec<String>, Option<String>, Option<String>)| {
    let (arguments, access_key, clients) = given;
    match read(arguments.into_iter(), Environment { access_key, clients, ..Environment::default() }) {
        Ok(Command::Serve(settings)) => {
            assert!(!settings.access_key.is_empty() && !settings.origins.is_empty());
            assert!(settings.transaction_seconds.get() <= 24 * 60 * 60);
        }
        Ok(Command::Help) => {}
        Err(complaint) => assert!(!complaint.is_empty()),
    }
});
