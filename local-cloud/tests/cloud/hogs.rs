//! Clients that use too many connections or too much time are disconnected, and others are still served.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::http::{Request, read_one};
use crate::limits::{JSON, connect, everything};
use crate::scale::count;
use crate::server::{Data, Server};

/// The limit of README.md.
const MOST_CONNECTIONS: usize = 512;

fn short_tempered() -> Server {
    Server::start_with(Data::new(), &["--read-seconds", "1"])
}

/// Asserts that a request gets through: one with the status 422, which passes all layers of the server.
fn is_served(server: &Server) {
    assert_eq!(server.page_sends("/api/v1/status", &json!({})).status, 422);
}

fn question() -> Vec<u8> {
    Request { method: "POST", path: "/api/v1/status", headers: &[JSON], body: b"{}" }.bytes("keep-alive")
}

#[test]
fn a_client_that_sends_byte_by_byte_is_disconnected_while_others_are_served() {
    let server = short_tempered();
    let head = b"POST /api/v1/status HTTP/1.1\r\nHost: localhost\r\nX: ".as_slice();
    let body =
        b"POST /api/v1/status HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n";
    let chunked = b"POST /api/v1/status HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    let drips = [(head, b"x".as_slice()), (body, b" "), (chunked, b"1\r\n \r\n")];
    let dripping: Vec<_> = (0..count(24, 240))
        .map(|number| {
            let (start, drop) = drips[number % drips.len()];
            let mut stream = connect(&server);
            stream.write_all(start).expect("sent");
            thread::spawn(move || {
                let mut copy = stream.try_clone().expect("cloned");
                let writer = thread::spawn(move || {
                    while copy.write_all(drop).is_ok() {
                        thread::sleep(Duration::from_millis(20));
                    }
                });
                everything(&mut stream);
                drop_quietly(&stream);
                writer.join().expect("ended with the connection");
            })
        })
        .collect();
    while dripping.iter().any(|client| !client.is_finished()) {
        is_served(&server);
    }
    for client in dripping {
        client.join().expect("cut off");
    }
}

fn drop_quietly(stream: &TcpStream) {
    let _ = stream.shutdown(std::net::Shutdown::Both);
}

#[test]
fn an_idle_keep_alive_connection_is_closed() {
    let server = short_tempered();
    let mut stream = connect(&server);
    for _ in 0..3 {
        stream.write_all(&question()).expect("sent");
        assert_eq!(read_one(&mut stream).status, 422);
    }
    assert_eq!(everything(&mut stream), b"");
}

#[test]
fn connections_beyond_the_limit_wait_and_are_served() {
    let server = short_tempered();
    // Idle connections in every place, and more in the queue.
    let mut silent: Vec<_> = (0..MOST_CONNECTIONS + 50).map(|_| connect(&server)).collect();
    is_served(&server);
    for stream in &mut silent {
        assert_eq!(everything(stream), b"");
    }
}

#[test]
fn a_client_that_never_reads_its_responses_is_disconnected() {
    let server = short_tempered();
    let mut stream = connect(&server);
    stream.set_write_timeout(Some(Duration::from_secs(20))).expect("a limit");
    // Until the server reads no more, because its own responses are stuck, and then disconnects.
    let many = question().repeat(1000);
    let error = loop {
        if let Err(error) = stream.write_all(&many) {
            break error;
        }
    };
    assert!(
        !matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut),
        "still connected after twenty times the limit"
    );
    is_served(&server);
    let _ = stream.read(&mut [0]);
}
