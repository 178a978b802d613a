//! Limits of connections, sizes and times, and how the server stops.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;

use crate::authenticator::{Algorithm, Ways, register};
use crate::http::{Request, Response};
use crate::server::{Data, ORIGIN, Server};

pub const JSON: (&str, &str) = ("Content-Type", "application/json");
const LARGEST_BODY: usize = 256 * 1024;

pub fn connect(server: &Server) -> TcpStream {
    TcpStream::connect(("127.0.0.1", server.port)).expect("connected")
}

/// All bytes until the server disconnects, which it must within twenty times its own limit.
pub fn everything(stream: &mut TcpStream) -> Vec<u8> {
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => panic!("still connected"),
        // A reset is fine too.
        _ => bytes,
    }
}

#[test]
#[cfg(target_os = "linux")]
fn it_listens_on_loopback_only() {
    let server = Server::start();
    let table = std::fs::read_to_string("/proc/net/tcp").expect("the table of sockets");
    let table6 = std::fs::read_to_string("/proc/net/tcp6").unwrap_or_default();
    let ports = [server.port, server.phone_port].map(|port| format!(":{port:04X}"));
    let mut listening: Vec<_> = table
        .lines()
        .chain(table6.lines())
        .filter_map(|line| {
            let mut columns = line.split_whitespace().skip(1);
            let (local, state) = (columns.next()?, columns.nth(1)?);
            (state == "0A" && ports.iter().any(|port| local.ends_with(port))).then(|| local.to_owned())
        })
        .collect();
    let mut expected = ports.map(|port| format!("0100007F{port}"));
    listening.sort();
    expected.sort();
    assert_eq!(listening, expected);
}

#[test]
fn a_body_over_the_limit_is_refused_and_one_at_the_limit_is_read() {
    let server = Server::start();
    let at_limit = vec![b' '; LARGEST_BODY];
    let request = Request { method: "POST", path: "/api/v1/status", headers: &[JSON], body: &at_limit };
    assert_eq!(request.send(server.port).status, 400, "read whole, and not JSON");

    // A Content-Length over the limit: refused before the body is read.
    let mut stream = connect(&server);
    let head = format!(
        "POST /api/v1/status HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        LARGEST_BODY + 1
    );
    stream.write_all(head.as_bytes()).expect("sent");
    assert_eq!(Response::parse(&everything(&mut stream)).expect("an response").status, 413);

    // Without a Content-Length: refused once it exceeds the limit.
    let mut stream = connect(&server);
    let head = "POST /api/v1/status HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).expect("sent");
    let chunk = [b"8000\r\n".as_slice(), &[b' '; 0x8000], b"\r\n"].concat();
    for _ in 0..9 {
        stream.write_all(&chunk).expect("sent");
    }
    assert_eq!(Response::parse(&everything(&mut stream)).expect("an response").status, 413);
}

#[test]
fn a_head_over_the_limit_is_refused() {
    let server = Server::start();
    let mut stream = connect(&server);
    let head = format!("POST /api/v1/status HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(64 * 1024));
    // The server may disconnect before all of it is sent.
    let _ = stream.write_all(head.as_bytes());
    let bytes = everything(&mut stream);
    assert!(
        Response::parse(&bytes).is_none_or(|response| response.status == 431),
        "{}",
        String::from_utf8_lossy(&bytes)
    );
    assert_eq!(server.page_sends("/api/v1/status", &json!({})).status, 422, "and others are served");
}

#[test]
fn a_client_that_never_completes_its_request_is_disconnected() {
    let server = Server::start_with(Data::new(), &["--read-seconds", "1"]);
    // Stops before the head, in the middle of it, and in the middle of the body.
    let mut silent = connect(&server);
    let mut head = connect(&server);
    head.write_all(b"POST /api/v1/status HTTP/1.1\r\nHost: localhost\r\n").expect("sent");
    let mut body = connect(&server);
    body.write_all(
        b"POST /api/v1/status HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
    )
    .expect("sent");
    // And one that sends a byte from time to time.
    let mut dripping = connect(&server);
    dripping.write_all(b"POST /api/v1/status HTTP/1.1\r\nX: ").expect("sent");
    let mut copy = dripping.try_clone().expect("cloned");
    std::thread::spawn(move || {
        while copy.write_all(b"x").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    assert_eq!(everything(&mut silent), b"");
    assert!(Response::parse(&everything(&mut head)).is_none_or(|response| response.status == 408));
    assert_eq!(Response::parse(&everything(&mut body)).expect("an response").status, 408);
    assert!(Response::parse(&everything(&mut dripping)).is_none_or(|response| response.status == 408));
}

#[test]
fn bytes_that_are_not_http_do_no_harm() {
    let server = Server::start();
    for bytes in [&b"\x16\x03\x01\x02\x00\x01"[..], b"GET\r\n\r\n", b"\0\0\0\0\r\n\r\n", b"POST / HTTP/9.9\r\n\r\n"] {
        let mut stream = connect(&server);
        stream.write_all(bytes).expect("sent");
        stream.shutdown(std::net::Shutdown::Write).expect("half closed");
        everything(&mut stream);
    }
    assert_eq!(server.page_sends("/api/v1/status", &json!({})).status, 422);
}

#[test]
#[cfg(unix)]
fn it_stops_on_sigterm_after_the_pending_request() {
    let mut server = Server::start();
    let mut passkey = register(&server, "anna", Algorithm::Es256);
    let approval = server.approve(Some("anna"), json!({}));
    server.ask_faults(&approval["transactionId"], json!([{ "at": "result", "kind": "delay", "ms": 500 }]));
    let text = passkey.assert(&approval, &Ways::default()).to_string();
    let headers = [("Origin", ORIGIN), JSON];
    let request = Request { method: "POST", path: "/_app/assertion/result", headers: &headers, body: text.as_bytes() };
    let mut idle = connect(&server);
    let mut stream = connect(&server);
    stream.write_all(&request.bytes("keep-alive")).expect("sent");
    // The request is being processed once its fault was taken; the delay is long enough for that.
    std::thread::sleep(Duration::from_millis(200));
    server.terminate();
    let response = Response::parse(&everything(&mut stream)).expect("an response");
    assert_eq!(response.json()["status"], "ok");
    assert_eq!(everything(&mut idle), b"");
    assert!(server.process.wait().expect("ended").success());
    assert!(TcpStream::connect(("127.0.0.1", server.port)).is_err());
    assert!(TcpStream::connect(("127.0.0.1", server.phone_port)).is_err());
}
