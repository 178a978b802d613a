//! An HTTP client that returns every byte: one connection per request, read to its end.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use serde_json::Value;

/// The response, read until the connection closed.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// `None` if the connection closed before the head was complete.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = std::str::from_utf8(&bytes[..end]).expect("an ASCII head");
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Some(Self { status, headers, body: bytes[end + 4..].to_vec() })
    }
}

pub struct Request<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub headers: &'a [(&'a str, &'a str)],
    pub body: &'a [u8],
}

impl Request<'_> {
    /// `connection`: `close`, or `keep-alive` to send another request on it.
    pub fn bytes(&self, connection: &str) -> Vec<u8> {
        let mut head = format!(
            "{} {} HTTP/1.1\r\nConnection: {connection}\r\nContent-Length: {}\r\n",
            self.method,
            self.path,
            self.body.len()
        );
        if !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("Host")) {
            head.push_str("Host: localhost\r\n");
        }
        for (name, value) in self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        [head.as_bytes(), self.body].concat()
    }

    /// All bytes that the server sends until it closes the connection. An error if it resets the connection.
    pub fn raw(&self, port: u16) -> io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.write_all(&self.bytes("close"))?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    pub fn send(&self, port: u16) -> Response {
        let bytes = self.raw(port).expect("an response");
        Response::parse(&bytes).expect("a whole head")
    }
}

/// Reads one response with a Content-Length from a connection that stays open.
pub fn read_one(stream: &mut TcpStream) -> Response {
    let mut bytes = Vec::new();
    let mut byte = [0];
    loop {
        if let Some(mut response) = Response::parse(&bytes) {
            let length = response.header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
            response.body.resize(length, 0);
            stream.read_exact(&mut response.body).expect("the body");
            return response;
        }
        stream.read_exact(&mut byte).expect("a head");
        bytes.push(byte[0]);
    }
}
