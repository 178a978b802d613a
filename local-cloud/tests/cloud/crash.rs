//! Killed in the middle of work, the server has lost nothing that it answered.

use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::thread;

use serde_json::{Value, json};

use crate::authenticator::{Algorithm, Ways, register_counting_from};
use crate::http::{Answer, Request};
use crate::server::{Data, ORIGIN, Server};

const FINALIZATIONS: usize = 100;
/// How many answers come before the kill.
const ANSWERED_BEFORE: usize = 30;

#[test]
fn a_kill_amid_100_finalizations_loses_no_answered_success() {
    let server = Server::start_with(Data::new(), &[]);
    let mut work = Vec::new();
    for number in 0..10 {
        let username = format!("user{number}");
        // An authenticator that does not count: its assertions may arrive in any order.
        let mut passkey = register_counting_from(0, &server, &username, Algorithm::Es256);
        for _ in 0..FINALIZATIONS / 10 {
            let approval = server.approve(Some(&username), json!({}));
            let body = passkey.assert(&approval, &Ways::default());
            work.push((approval["statusToken"].clone(), body));
        }
    }

    let port = server.port;
    let server = Mutex::new(server);
    let (answered, mut answers) = (channel(), vec![None; FINALIZATIONS]);
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
                let answer = request.raw(port).ok().and_then(|bytes| Answer::parse(&bytes));
                let whole = answer.and_then(|answer| serde_json::from_slice::<Value>(&answer.body).ok());
                // Nobody listens once the test has failed.
                let _ = sender.send((index, whole));
            });
        }
        for count in 1..=FINALIZATIONS {
            let (index, answer) = answered.1.recv().expect("every request ends");
            answers[index] = answer;
            if count == ANSWERED_BEFORE {
                server.lock().expect("not poisoned").process.kill().expect("killed");
            }
        }
    });
    let succeeded = answers.iter().flatten().filter(|answer| answer["status"] == "ok").count();
    let lost = answers.iter().filter(|answer| answer.is_none()).count();
    assert!(succeeded >= ANSWERED_BEFORE, "{succeeded} succeeded before the kill");
    assert!(lost > 0, "the kill came too late to be in the middle of anything");

    let server = server.into_inner().expect("not poisoned").kill_and_restart();
    for ((status_token, body), answer) in work.iter().zip(&answers) {
        let status = server.status(status_token);
        match answer {
            Some(answer) => {
                assert_eq!(answer["status"], "ok", "{answer}");
                assert_eq!(status["status"], "succeeded");
                assert_eq!(status["token"], answer["token"]);
                assert_eq!(server.introspect(answer["token"].as_str().expect("a token"))["active"], true);
            }
            // Never answered: decided or not, and if not it can still be sent.
            None if status["status"] == "pending" => {
                let again = server.page_sends("/_app/assertion/result", body).json();
                assert_eq!(again["status"], "ok", "{again}");
            }
            None => assert_eq!(status["status"], "succeeded"),
        }
    }
}
