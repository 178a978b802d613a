//! A shop's backend with a WebAuthn server of its own, by the crate `webauthn_rp`, and without a cloud.
//!
//! `ORIGIN=http://localhost:5173 cargo run --package own-server`
//!
//! It has the routes, errors, limits and settings of `docs/examples/own-server.mjs`: docs/own-server.md explains them. What it has in
//! common with the backend for the Authentication Cloud is that one's.

#[path = "../../shop-backend/src/environment.rs"]
mod environment;
#[path = "../../shop-backend/src/expiring_map.rs"]
mod expiring_map;
#[path = "../../shop-backend/src/limits.rs"]
mod limits;
mod passkeys;
#[path = "../../shop-backend/src/refusal.rs"]
mod refusal;
mod relying_party;
#[path = "../../shop-backend/src/requests.rs"]
mod requests;
#[path = "../../shop-backend/src/server.rs"]
mod server;
mod settings;
mod shop;
#[path = "../../shop-backend/src/users.rs"]
mod users;

use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use self::relying_party::RelyingParty;
use self::settings::Settings;
use self::shop::Shop;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let settings = Settings::from_environment(|name| env::var(name).ok())?;
    let shop = Shop::new(RelyingParty::new(&settings.origin)?);
    let lifetime = Duration::from_secs(settings.session_seconds.into());
    server::run(shop, settings.origin, settings.port, lifetime).await
}
