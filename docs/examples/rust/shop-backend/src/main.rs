//! A shop's backend for the quick start: starts transactions at the Authentication Cloud, and verifies how they ended.
//!
//! `CLOUD_URL=https://INSTANCE.mauth.nevis.cloud ACCESS_KEY=… ORIGIN=http://localhost:5173 cargo run --package shop-backend`
//!
//! It has the routes, errors, limits and settings of `docs/examples/backend.mjs`: docs/server-side.md explains them.

mod cloud;
mod expiring_map;
mod limits;
mod refusal;
mod server;
mod settings;
mod shop;
mod users;

use std::env;
use std::error::Error;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;

use tokio::net::TcpListener;

use self::cloud::Cloud;
use self::server::Server;
use self::settings::Settings;

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
    let cloud = Cloud::new(settings.cloud_url.clone(), &settings.access_key)?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, settings.port));
    let listener = TcpListener::bind(address).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            format!("Cannot listen on {address}: another program uses this port. Set PORT to another one.")
        }
        _ => format!("Cannot listen on {address}: {error}."),
    })?;
    let port = listener.local_addr()?.port();
    let server = Server::new(settings, cloud, port);
    println!("backend listening on http://localhost:{port}");
    let service = server.router().into_make_service_with_connect_info::<SocketAddr>();
    Ok(axum::serve(listener, service).await?)
}
