//! The Authentication Cloud and AuthSec's CIBA service on this machine: arguments, start and stop.

mod access;
mod approval;
mod attestation;
mod base64url;
mod body;
mod ciba;
mod clock;
mod cloud;
mod connections;
mod cors;
mod enroll;
mod errors;
mod faults;
mod finalize;
mod introspect;
mod phone;
mod relying_party;
mod settings;
mod status;
mod store;
mod tokens;
mod transactions;
mod users;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch;

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

    let (port, phone_port) = (settings.port, settings.phone_port);
    let read_limit = settings.read_limit;
    let cloud = Arc::new(Cloud::open(settings)?);
    let (listener, port) = listen(port).await?;
    let (phone_listener, phone_port) = listen(phone_port).await?;
    // In one piece, and without an error where nobody reads it: whoever started the server may want its first line alone.
    let lines =
        format!("local-cloud listening on http://localhost:{port}\nphone listening on http://localhost:{phone_port}\n");
    let _ = io::stdout().write_all(lines.as_bytes());

    // The channel closes when the server is told to stop.
    let (open, closed) = watch::channel(());
    tokio::spawn(async move {
        stop.await;
        drop(open);
    });
    let phone_routes = cloud::phone_routes(cloud.clone(), phone_port);
    tokio::join!(
        connections::serve(listener, cloud::routes(cloud), read_limit, until(closed.clone())),
        connections::serve(phone_listener, phone_routes, read_limit, until(closed)),
    );
    Ok(())
}

/// Listens on a port of 127.0.0.1, and says which one it is.
async fn listen(port: u16) -> Result<(TcpListener, u16), Box<dyn Error>> {
    let listener =
        TcpListener::bind(("127.0.0.1", port)).await.map_err(|error| format!("port {port} of 127.0.0.1: {error}"))?;
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}

async fn until(mut closed: watch::Receiver<()>) {
    while closed.changed().await.is_ok() {}
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
