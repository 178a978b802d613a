//! The Authentication Cloud and AuthSec's CIBA service on this machine: reads the arguments, starts and stops the server.

mod access;
mod approval;
pub mod attestation;
pub mod base64url;
mod body;
mod ciba;
mod clock;
mod connections;
mod cors;
mod data_folder;
mod enroll;
mod errors;
mod faults;
mod fido2_options;
mod finalize;
mod host;
mod introspect;
pub mod json;
mod loopback;
mod origins;
mod phone;
mod ready;
mod relying_party;
mod routes;
mod rp_id;
pub mod settings;
mod state;
mod status;
mod store;
mod text;
mod tokens;
mod transactions;
mod users;

use std::error::Error;
use std::io::{self, Write};
use std::net::IpAddr;
use std::process::ExitCode;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::settings::{Command, Environment, Settings, USAGE};
use crate::state::Cloud;

/// Reads the arguments, and serves until a signal stops it.
pub fn main() -> ExitCode {
    let command =
        Environment::of_process().and_then(|environment| settings::read(std::env::args().skip(1), environment));
    let settings = match command {
        Ok(Command::Serve(settings)) => settings,
        Ok(Command::Help) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(message) => {
            eprintln!("local-cloud: {message}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(*settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("local-cloud: {error}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(settings: Settings) -> Result<(), Box<dyn Error>> {
    // Before the first request, so that an early signal stops the server too.
    let stop = stop_signal()?;

    let Settings { address, port, phone_port, .. } = settings;
    let read_limit = settings.read_limit;
    for notice in settings.notices() {
        eprintln!("local-cloud: {notice}");
    }
    let (listener, port) = listen(address, port).await?;
    let (phone_listener, phone_port) = listen(address, phone_port).await?;
    let cloud = Arc::new(Cloud::open(settings, port)?);
    // In one write. An error is ignored: the parent process may close the pipe after the first line.
    let lines =
        format!("local-cloud listening on http://localhost:{port}\nphone listening on http://localhost:{phone_port}\n");
    let _ = io::stdout().write_all(lines.as_bytes());

    // The channel closes on a stop signal.
    let (sender, stopped) = watch::channel(());
    tokio::spawn(async move {
        stop.await;
        drop(sender);
    });
    let phone_routes = routes::phone_routes(cloud.clone());
    tokio::join!(
        connections::serve(listener, routes::cloud_routes(cloud), read_limit, wait_for_stop(stopped.clone())),
        connections::serve(phone_listener, phone_routes, read_limit, wait_for_stop(stopped)),
    );
    Ok(())
}

/// Listens on a port of `address`, and returns its number, which is new if `port` is 0.
async fn listen(address: IpAddr, port: u16) -> Result<(TcpListener, u16), Box<dyn Error>> {
    let listener =
        TcpListener::bind((address, port)).await.map_err(|error| format!("port {port} of {address}: {error}"))?;
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}

async fn wait_for_stop(mut stopped: watch::Receiver<()>) {
    while stopped.changed().await.is_ok() {}
}

/// Completes on SIGINT or SIGTERM.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Completes on Ctrl+C.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // If the handler cannot be installed, Ctrl+C ends the process anyway.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
