//! How the service behaves: the edition it plays, its clients and limits, and in what it is kinder than the real server.

use std::collections::HashSet;
use std::num::NonZeroU32;
use std::time::Duration;

use super::clients::Clients;
use super::edition::{Edition, Flow, NATIVE_SECONDS};
use super::lockout::LockoutPolicy;
use super::push_timing::PushTiming;

#[derive(Debug)]
pub struct CibaConfig {
    pub edition: Edition,
    pub clients: Clients,
    pub kindnesses: HashSet<Kindness>,
    pub timing: PushTiming,
    pub lockout: LockoutPolicy,
    pub rate_window: Duration,
}

impl CibaConfig {
    pub fn is(&self, kindness: Kindness) -> bool {
        self.kindnesses.contains(&kindness)
    }

    /// Whether approval tokens are those of `XAA_CIBA`, which changes the workspace's tokens, too.
    pub fn has_native_tokens(&self, flow: Flow) -> bool {
        (self.edition, flow) == (Edition::Autumn, Flow::Tenant) && self.is(Kindness::XaaCiba)
    }

    /// How long the token of an approved request is valid, in seconds.
    pub fn token_seconds(&self, flow: Flow) -> i64 {
        if self.has_native_tokens(flow) { NATIVE_SECONDS } else { self.edition.token_seconds(flow) }
    }
}

/// Something that the real server does not do, or only if its operator says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kindness {
    /// Autumn's workspace routes accept a bare `client_id`: the operator's own `CIBA_ALLOW_UNAUTHENTICATED_CLIENTS`.
    AllowUnauthenticatedClients,
    /// Autumn has the standard's routes: the operator's own `XAA_CIBA`.
    XaaCiba,
    /// A response with 429 has `Retry-After`, and pages can read it.
    SendRetryAfter,
    /// An early poll is `slow_down` (OpenID CIBA core 1.0, section 11).
    SlowDown,
    /// An approved request returns the same token to every poll until it expires.
    RepeatTokens,
    /// Each endpoint has the paths of every generation.
    AllRoutes,
    /// In autumn, an admin initiation may name neither a workspace nor a client.
    DefaultWorkspace,
    /// Autumn's workspace route for TOTP finds the client's workspace.
    WorkspaceTotp,
    /// No 429, except for a locked account.
    NoRateLimits,
}

const FLAGS: [(&str, Kindness); 9] = [
    ("--allow-unauthenticated-clients", Kindness::AllowUnauthenticatedClients),
    ("--xaa-ciba", Kindness::XaaCiba),
    ("--send-retry-after", Kindness::SendRetryAfter),
    ("--slow-down", Kindness::SlowDown),
    ("--repeat-tokens", Kindness::RepeatTokens),
    ("--all-routes", Kindness::AllRoutes),
    ("--default-workspace", Kindness::DefaultWorkspace),
    ("--workspace-totp", Kindness::WorkspaceTotp),
    ("--no-rate-limits", Kindness::NoRateLimits),
];

impl Kindness {
    /// The kindness that a flag of the command line turns on.
    pub fn from_flag(name: &str) -> Option<Self> {
        FLAGS.iter().find(|(flag, _)| *flag == name).map(|(_, kindness)| *kindness)
    }
}

/// Whole seconds as milliseconds, the unit of the database.
pub fn milliseconds(seconds: NonZeroU32) -> i64 {
    i64::from(seconds.get()) * 1000
}
