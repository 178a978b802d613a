//! The Authentication Cloud on this machine: arguments, start and stop.

mod access;
mod approval;
mod attestation;
mod base64url;
mod body;
mod clock;
mod cloud;
mod connections;
mod cors;
mod enroll;
mod errors;
mod faults;
mod finalize;
mod introspect;
mod relying_party;
mod settings;
mod status;
mod store;
mod tokens;
mod transactions;
mod users;

use std::error::Error;
use std::io;
use std::process::ExitCode;
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::cloud::Cloud;
use crate::settings::{Command, Settings, USAGE};

fn main() -> ExitCode {
    let settings = match settings::read(std::env::args().skip(1), std::env::var(settings::ACCESS_KEY_VARIABLE).ok()) {
        Ok(Command::Serve(settings)) => settings,
        Ok(Command::Help) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(complaint) => {
            eprintln!("local-cloud: {complaint}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("local-cloud: {error}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(settings: Settings) -> Result<(), Box<dyn Error>> {
    // Before the first request can come: a signal that arrives early must stop the server too.
    let stop = stop_signal()?;

    let port = settings.port;
    let read_limit = settings.read_limit;
    let cloud = Arc::new(Cloud::open(settings)?);
    let listener =
        TcpListener::bind(("127.0.0.1", port)).await.map_err(|error| format!("port {port} of 127.0.0.1: {error}"))?;
    println!("local-cloud listening on http://localhost:{}", listener.local_addr()?.port());

    connections::serve(listener, cloud::routes(cloud), read_limit, stop).await;
    Ok(())
}

/// Completes when the server is told to stop.
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

/// Completes when the server is told to stop.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Where Ctrl+C cannot be waited for, the system ends the process by itself.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
