//! Clients that take more than their share of connections or time are cut off, and others are served meanwhile or after.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::http::{Request, read_one};
use crate::limits::{JSON, connect, everything};
use crate::scale::count;
use crate::server::{Data, Server};

/// As README.md says.
const MOST_CONNECTIONS: usize = 512;

fn short_tempered() -> Server {
    Server::start_with(Data::new(), &["--read-seconds", "1"])
}

/// A request that is answered 422, which takes the whole way through the server.
fn is_served(server: &Server) {
    assert_eq!(server.page_sends("/api/v1/status", &json!({})).status, 422);
}

fn question() -> Vec<u8> {
    Request { method: "POST", path: "/api/v1/status", headers: &[JSON], body: b"{}" }.bytes("keep-alive")
}

#[test]
fn a_head_or_a_body_that_comes_a_byte_at_a_time_is_cut_off_while_others_are_served() {
    let server = short_tempered();
    let head = b"POST /api/v1/status HTTP/1.1\r\nHost: x\r\nX: ".as_slice();
    let body =
        b"POST /api/v1/status HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n";
    let chunked = b"POST /api/v1/status HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
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
fn a_kept_connection_that_asks_nothing_more_is_closed() {
    let server = short_tempered();
    let mut stream = connect(&server);
    for _ in 0..3 {
        stream.write_all(&question()).expect("sent");
        assert_eq!(read_one(&mut stream).status, 422);
    }
    assert_eq!(everything(&mut stream), b"");
}

#[test]
fn more_connections_than_there_are_places_wait_and_are_served_in_the_end() {
    let server = short_tempered();
    // Silent ones in every place, and more in line.
    let mut silent: Vec<_> = (0..MOST_CONNECTIONS + 50).map(|_| connect(&server)).collect();
    is_served(&server);
    for stream in &mut silent {
        assert_eq!(everything(stream), b"");
    }
}

#[test]
fn a_client_that_never_reads_its_answers_is_cut_off() {
    let server = short_tempered();
    let mut stream = connect(&server);
    stream.set_write_timeout(Some(Duration::from_secs(20))).expect("a limit");
    // Until the server takes no more, since its own answers are stuck, and then hangs up.
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
