//! A page and its relay for push and TOTP, on this machine.
//!
//! `AUTHSEC_URL=https://… CIBA_CLIENT_ID=… CIBA_CLIENT_SECRET=… PAGE_FOLDER=… cargo run`
//!
//! Besides the settings of the provider ([`settings`]) it has `PORT` (4000 by default; 0 for any free port), `PAGE_FOLDER` (the
//! page's files, `page` by default), and `CIBA_KEEP_TOKENS=1`: the page gets a handle in place of the token.

mod limits;
mod pending;
mod refusal;
mod relay;
mod server;
mod sessions;
mod settings;
mod tokens;
mod web;

use std::env;
use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use self::relay::Relay;
use self::server::Server;
use self::sessions::Sessions;
use self::settings::Clients;
use self::web::Web;

/// Less than the page's `requestTimeout`, 10 seconds by default, so that the page learns which server did not respond.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(8);

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
    let variable = |name: &str| env::var(name).ok();
    let clients = Clients::from_environment(Arc::new(Web::new()?), REQUEST_TIMEOUT, variable)?;
    let keeps_tokens = variable("CIBA_KEEP_TOKENS").as_deref() == Some("1");
    let port = variable("PORT").unwrap_or_else(|| "4000".into());
    let port: u16 = port.parse().map_err(|_| "PORT must be a number from 0 to 65535")?;
    let page = PathBuf::from(variable("PAGE_FOLDER").unwrap_or_else(|| "page".into()));
    if !page.join("index.html").is_file() {
        return Err("PAGE_FOLDER must be a folder with an index.html".into());
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let origin = format!("http://localhost:{}", listener.local_addr()?.port());
    let server =
        Server { relay: Relay::new(clients, keeps_tokens), sessions: Sessions::new(), origin: origin.clone(), page };
    println!("relay listening on {origin}");
    let service = server.router().into_make_service_with_connect_info::<SocketAddr>();
    Ok(axum::serve(listener, service).await?)
}
