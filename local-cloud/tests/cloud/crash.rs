//! A server that is killed loses nothing that it has confirmed.

use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::thread;

use serde_json::{Value, json};

use crate::authenticator::{Algorithm, Ways, register_counting_from};
use crate::http::{Request, Response};
use crate::server::{Data, ORIGIN, Server};

const FINALIZATIONS: usize = 100;
/// The number of responses before the kill.
const ANSWERED_BEFORE: usize = 30;

#[test]
fn a_kill_during_100_finalizations_loses_no_confirmed_success() {
    let server = Server::start_with(Data::new(), &[]);
    let mut work = Vec::new();
    for number in 0..10 {
        let username = format!("user{number}");
        // An authenticator without a counter, because its assertions may arrive in any order.
        let mut passkey = register_counting_from(0, &server, &username, Algorithm::Es256);
        for _ in 0..FINALIZATIONS / 10 {
            let approval = server.approve(Some(&username), json!({}));
            let body = passkey.assert(&approval, &Ways::default());
            work.push((approval["statusToken"].clone(), body));
        }
    }

    let port = server.port;
    let server = Mutex::new(server);
    let (answered, mut responses) = (channel(), vec![None; FINALIZATIONS]);
    thread::scope(|scope| {
        for (index, (_, body)) in work.iter().enumerate() {
            let sender = answered.0.clone();
            scope.spawn(move || {
                let headers = [("Origin", ORIGIN), ("Content-Type", "application/json")];
                let body = body.to_string();
                let request = Request {
                    method: "POST",
                    path: "/_app/assertion/result",
                    headers: &headers,
                    body: body.as_bytes(),
                };
                let response = request.raw(port).ok().and_then(|bytes| Response::parse(&bytes));
                let whole = response.and_then(|response| serde_json::from_slice::<Value>(&response.body).ok());
                // The receiver is gone if the test has failed.
                let _ = sender.send((index, whole));
            });
        }
        for count in 1..=FINALIZATIONS {
            let (index, response) = answered.1.recv().expect("every request ends");
            responses[index] = response;
            if count == ANSWERED_BEFORE {
                server.lock().expect("not poisoned").process.kill().expect("killed");
            }
        }
    });
    let succeeded = responses.iter().flatten().filter(|response| response["status"] == "ok").count();
    let lost = responses.iter().filter(|response| response.is_none()).count();
    assert!(succeeded >= ANSWERED_BEFORE, "{succeeded} succeeded before the kill");
    assert!(lost > 0, "the kill came too late to be in the middle of anything");

    let server = server.into_inner().expect("not poisoned").kill_and_restart();
    for ((status_token, body), response) in work.iter().zip(&responses) {
        let status = server.status(status_token);
        match response {
            Some(response) => {
                assert_eq!(response["status"], "ok", "{response}");
                assert_eq!(status["status"], "succeeded");
                assert_eq!(status["token"], response["token"]);
                assert_eq!(server.introspect(response["token"].as_str().expect("a token"))["active"], true);
            }
            // No response: it may be decided or not, and if not it can still be sent.
            None if status["status"] == "pending" => {
                let again = server.page_sends("/_app/assertion/result", body).json();
                assert_eq!(again["status"], "ok", "{again}");
            }
            None => assert_eq!(status["status"], "succeeded"),
        }
    }
}
