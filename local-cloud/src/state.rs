//! The state that all endpoints share.

use std::error::Error;
use std::time::Duration;

use crate::ciba::config::CibaConfig;
use crate::ciba::oauth::base_url::BaseUrl;
use crate::ciba::rate_limit::RateLimits;
use crate::faults::queue::FaultQueues;
use crate::origins::AllowedOrigin;
use crate::relying_party::RelyingParty;
use crate::settings::Settings;
use crate::store::Store;
use crate::tokens::Tokens;

/// The one tenant of this server.
pub struct Cloud {
    pub store: Store,
    pub tokens: Tokens,
    pub relying_party: RelyingParty,
    pub faults: FaultQueues,
    pub origins: Vec<AllowedOrigin>,
    /// The names of this server besides loopback ones.
    pub host_names: Vec<String>,
    pub access_key: String,
    /// How long a registration or approval can be completed, in milliseconds.
    pub transaction_milliseconds: i64,
    pub ciba: CibaConfig,
    pub rate_limits: RateLimits,
    /// The server's own address, which the standard's routes insist on.
    pub base_url: BaseUrl,
    /// How long a client may take to send a body.
    pub read_limit: Duration,
}

impl Cloud {
    /// `port`: the one that the server listens on.
    pub fn open(settings: Settings, port: u16) -> Result<Self, Box<dyn Error>> {
        let store = Store::open(&settings.data)?;
        let tokens = Tokens::new(&store.signing_key()?);
        Ok(Self {
            relying_party: RelyingParty::new(settings.origins.clone(), settings.transaction_seconds)?,
            store,
            tokens,
            faults: FaultQueues::default(),
            origins: settings.origins,
            host_names: settings.host_names,
            access_key: settings.access_key,
            transaction_milliseconds: i64::from(settings.transaction_seconds.get()) * 1000,
            ciba: settings.ciba,
            rate_limits: RateLimits::default(),
            base_url: BaseUrl::new(settings.base_url.unwrap_or_else(|| format!("http://localhost:{port}"))),
            read_limit: settings.read_limit,
        })
    }
}
