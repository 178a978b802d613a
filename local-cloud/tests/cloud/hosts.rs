//! Which `Host` names are answered: loopback ones, and those of `--host-name`. A page of any other name has reached this server by
//! DNS rebinding.

use serde_json::json;

use crate::http::{Request, Response};
use crate::server::{ACCESS_KEY, Data, ORIGIN, Server};

/// An endpoint for pages, one for servers and the preflight of the first; on the phone's port, the page and its list of users.
fn statuses(server: &Server, host: &str) -> [u16; 5] {
    let bearer = format!("Bearer {ACCESS_KEY}");
    let send = |port, method, path, headers: &[(&str, &str)]| {
        let headers: Vec<_> = headers.iter().copied().chain([("Host", host)]).collect();
        Request { method, path, headers: &headers, body: b"{}" }.send(port).status
    };
    let json = ("Content-Type", "application/json");
    let preflight = [("Origin", ORIGIN), ("Access-Control-Request-Method", "POST")];
    [
        send(server.port, "POST", "/api/v1/status", &[json]),
        send(server.port, "POST", "/api/v1/approval", &[json, ("Authorization", &bearer)]),
        send(server.port, "OPTIONS", "/api/v1/status", &preflight),
        send(server.phone_port, "GET", "/", &[]),
        send(server.phone_port, "GET", "/phone/emails", &[]),
    ]
}

const ANSWERED: [u16; 5] = [422, 422, 204, 200, 200];
const REJECTED: [u16; 5] = [421; 5];

#[test]
fn loopback_names_are_answered_with_any_port() {
    let server = Server::start();
    for host in [
        "localhost",
        "localhost:5180",
        "LocalHost:1",
        "shop.localhost",
        "a.b.localhost:65535",
        "127.0.0.1",
        "127.255.0.9:80",
        "[::1]",
        "[::1]:5190",
        "[0:0:0:0:0:0:0:1]:5190",
    ] {
        assert_eq!(statuses(&server, host), ANSWERED, "{host}");
    }
}

#[test]
fn every_other_host_is_rejected_on_both_ports() {
    let server = Server::start();
    for host in [
        "",
        "evil.example",
        "evil.example:5190",
        "localhost.evil.example",
        "localhost:5190.evil.example",
        "evil.example:localhost",
        "localhost@evil.example",
        "evil.example#localhost",
        ".localhost",
        "evillocalhost",
        "128.0.0.1",
        "127.0.0.1.nip.io",
        "0.0.0.0",
        "[::2]",
        "[::ffff:10.0.0.1]",
        "::1",
        "cloud.test",
    ] {
        assert_eq!(statuses(&server, host), REJECTED, "{host:?}");
    }
}

#[test]
fn a_rejected_request_says_which_names_are_answered_and_changes_nothing() {
    let server = Server::start();
    let bearer = format!("Bearer {ACCESS_KEY}");
    let headers = [("Host", "evil.example"), ("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    let body = json!({ "email": "anna@example.com" }).to_string();
    let request = Request { method: "POST", path: "/_local/ciba/users", headers: &headers, body: body.as_bytes() };
    let response = request.send(server.port);
    assert_eq!((response.status, &response.json()["error"]), (421, &json!("Misdirected Request")));
    assert!(response.json()["message"].as_str().expect("a message").contains("--host-name"), "{}", response.text());
    let emails = Request { method: "GET", path: "/phone/emails", headers: &[], body: b"" }.send(server.phone_port);
    assert_eq!(emails.json(), json!({ "emails": [] }));
}

#[test]
fn no_page_can_read_why_its_request_was_rejected() {
    let server = Server::start();
    let headers = [("Host", "evil.example"), ("Origin", ORIGIN)];
    let response = Request { method: "POST", path: "/api/v1/status", headers: &headers, body: b"{}" }.send(server.port);
    assert_eq!((response.status, response.header("access-control-allow-origin")), (421, None));
}

#[test]
fn a_second_name_or_none_is_rejected() {
    let server = Server::start();
    for port in [server.port, server.phone_port] {
        for head in [
            "GET / HTTP/1.0\r\n\r\n",
            "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
            "GET / HTTP/1.1\r\nConnection: close\r\nHost: evil.example\r\nHost: localhost\r\n\r\n",
            "GET http://evil.example/ HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n\r\n",
        ] {
            let response = raw(port, head);
            assert!([400, 421].contains(&response.status), "{head}: {response:?}");
        }
        let absolute = "GET http://localhost/ HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n\r\n";
        assert!([200, 405].contains(&raw(port, absolute).status), "served");
    }
}

fn raw(port: u16, head: &str) -> Response {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).expect("connected");
    stream.write_all(head.as_bytes()).expect("sent");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("read");
    Response::parse(&bytes).expect("a response")
}

#[test]
fn a_name_given_by_host_name_is_answered_on_both_ports() {
    let names = ["--host-name", "cloud.test", "--host-name=192.168.0.7", "--host-name", "[fe80::1]"];
    let server = Server::start_with(Data::new(), &names);
    for host in ["cloud.test", "CLOUD.test:8443", "192.168.0.7:5190", "[fe80::1]:5190", "localhost:5190"] {
        assert_eq!(statuses(&server, host), ANSWERED, "{host}");
    }
    for host in ["evil.example", "a.cloud.test", "cloud.test.evil.example"] {
        assert_eq!(statuses(&server, host), REJECTED, "{host}");
    }
}
