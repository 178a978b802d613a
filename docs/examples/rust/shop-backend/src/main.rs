//! A shop's backend for the quick start: starts transactions at the Authentication Cloud, and verifies how they ended.
//!
//! `CLOUD_URL=https://INSTANCE.mauth.nevis.cloud ACCESS_KEY=… ORIGIN=http://localhost:5173 cargo run --package shop-backend`
//!
//! It has the routes, errors, limits and settings of `docs/examples/backend.mjs`: docs/server-side.md explains them.

mod cloud;
mod environment;
mod expiring_map;
mod limits;
mod refusal;
mod requests;
mod server;
mod settings;
mod shop;
mod users;

use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use self::cloud::Cloud;
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
    let shop = Shop::new(Cloud::new(settings.cloud_url, &settings.access_key)?);
    let lifetime = Duration::from_secs(settings.session_seconds.into());
    server::run(shop, settings.origin, settings.port, lifetime).await
}
