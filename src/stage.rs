//! The stages of a call, which `onProgress` reports.

/// A stage of a call.
#[derive(Clone, Copy)]
pub enum Stage {
    /// The browser asks the user.
    Prompting,
    /// The user has consented, and the request is sent to the cloud.
    Finalizing,
    /// The response was lost, and the status is queried.
    Recovering,
}

impl Stage {
    /// What `onProgress` is called with.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Prompting => "prompting",
            Stage::Finalizing => "finalizing",
            Stage::Recovering => "recovering",
        }
    }
}
