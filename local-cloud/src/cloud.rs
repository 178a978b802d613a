//! What every endpoint shares, and which endpoints there are.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use axum::{Router, middleware};

use crate::faults::Faults;
use crate::relying_party::RelyingParty;
use crate::settings::Settings;
use crate::store::Store;
use crate::tokens::Tokens;
use crate::{approval, ciba, cors, enroll, errors, faults, finalize, introspect, phone, status};

/// The one tenant that this server is.
pub struct Cloud {
    pub store: Store,
    pub tokens: Tokens,
    pub relying_party: RelyingParty,
    pub faults: Faults,
    pub origins: Vec<String>,
    pub access_key: String,
    /// How long a registration or approval can be completed, in milliseconds.
    pub transaction_milliseconds: i64,
    /// How long a request for approval by push can be answered, and how fast a client may ask what became of it.
    pub push: ciba::Terms,
    /// How long a client may take to send a body.
    pub read_limit: Duration,
}

impl Cloud {
    pub fn open(settings: Settings) -> Result<Self, Box<dyn Error>> {
        let store = Store::open(&settings.data)?;
        let tokens = Tokens::new(&store.signing_key()?);
        Ok(Self {
            relying_party: RelyingParty::new(settings.origins.clone(), settings.transaction_seconds)?,
            store,
            tokens,
            faults: Faults::default(),
            origins: settings.origins,
            access_key: settings.access_key,
            transaction_milliseconds: i64::from(settings.transaction_seconds.get()) * 1000,
            push: ciba::Terms::new(settings.request_seconds, settings.poll_interval),
            read_limit: settings.read_limit,
        })
    }
}

/// Every endpoint. What a browser calls has CORS and can be made to fail on request; what a shop's server calls has neither.
pub fn routes(cloud: Arc<Cloud>) -> Router {
    let for_pages = Router::new()
        .merge(finalize::routes())
        .merge(status::routes())
        .merge(ciba::routes_for_pages())
        // Before the layers, so that they see every method: a preflight is one that has no route.
        .method_not_allowed_fallback(errors::no_such_endpoint)
        .layer(middleware::from_fn_with_state(cloud.clone(), faults::inject))
        .layer(middleware::from_fn_with_state(cloud.clone(), cors::allow_pages));
    let for_servers = Router::new()
        .merge(enroll::routes())
        .merge(approval::routes())
        .merge(introspect::routes())
        .merge(ciba::routes_for_servers())
        .merge(ciba::routes_for_phones())
        .merge(faults::routes())
        .method_not_allowed_fallback(errors::no_such_endpoint);
    for_pages.merge(for_servers).fallback(errors::no_such_endpoint).with_state(cloud)
}

/// What the phone page's own address serves: the page, and the routes by which a phone decides.
pub fn phone_routes(cloud: Arc<Cloud>, port: u16) -> Router {
    Router::new()
        .merge(phone::routes())
        .merge(ciba::routes_for_phones())
        .method_not_allowed_fallback(errors::no_such_endpoint)
        .fallback(errors::no_such_endpoint)
        .layer(middleware::from_fn_with_state(port, phone::guard))
        .with_state(cloud)
}
