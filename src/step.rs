//! The steps of a call, which `onProgress`, `onEnd` and `debug` report: js/trace.js.

/// What a call does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Prompts the user.
    Prompting,
    /// Finalizes: the user has consented.
    Finalizing,
    /// Sends the credential to a URL.
    Sending,
    /// Queries the status at a URL. The first time, the stage "recovering" begins.
    Querying,
    /// Has received what the detail says.
    Received,
    /// Waits so many milliseconds.
    Waiting,
    /// Lets the browser know that the server does not know the passkey.
    Signaling,
}

impl Step {
    /// As the page gets it. The stages are binding: docs/contract.md, section A1.
    pub fn name(self) -> &'static str {
        match self {
            Step::Prompting => "prompting",
            Step::Finalizing => "finalizing",
            Step::Sending => "sending",
            Step::Querying => "querying",
            Step::Received => "received",
            Step::Waiting => "waiting",
            Step::Signaling => "signaling",
        }
    }
}
