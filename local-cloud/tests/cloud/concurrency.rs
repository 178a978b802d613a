//! Thousands of concurrent transactions: each is decided by its own assertion and has its own token.

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::{Value, json};

use crate::authenticator::{Algorithm, Ways, register_counting_from};
use crate::scale::count;
use crate::server::Server;

const PEOPLE: usize = 20;

/// Runs `work` on all `items` with `threads` threads, and returns the results in order.
fn at_once<T: Sync, R: Send>(threads: usize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..threads {
            let worker = thread::Builder::new().stack_size(256 * 1024);
            let spawned = worker.spawn_scoped(scope, || {
                while let Some((index, item)) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|index| Some((index, items.get(index)?)))
                {
                    let result = work(item);
                    done.lock().expect("not poisoned").push((index, result));
                }
            });
            spawned.expect("a thread");
        }
    });
    let mut done = done.into_inner().expect("not poisoned");
    assert_eq!(done.len(), items.len(), "each was answered");
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

struct Held {
    username: String,
    approval: Value,
    body: Value,
}

#[test]
fn each_of_2000_concurrent_transactions_is_decided_by_its_own_assertion() {
    let (transactions, threads) = (count(200, 2000), count(32, 400));
    let server = Server::start();
    let people: Vec<_> = (0..PEOPLE)
        .map(|number| {
            let username = format!("user{number}");
            // Only one with RSA, whose signatures are slow. No counters, because the assertions may arrive in any order.
            let algorithm = match number {
                0 => Algorithm::Rs256,
                _ => [Algorithm::Es256, Algorithm::EdDsa][number % 2],
            };
            let passkey = register_counting_from(0, &server, &username, algorithm);
            (username, Mutex::new(passkey))
        })
        .collect();
    let numbers: Vec<usize> = (0..transactions).collect();
    let mut held = at_once(threads, &numbers, |number| {
        let (username, passkey) = &people[number % PEOPLE];
        let approval = server.approve(Some(username), json!({}));
        let body = passkey.lock().expect("not poisoned").assert(&approval, &Ways::default());
        Held { username: username.clone(), approval, body }
    });
    let ids: HashSet<_> = held.iter().map(|held| held.approval["transactionId"].to_string()).collect();
    assert_eq!(ids.len(), transactions, "each has an ID of its own");
    // In reverse, and the transactions of one user apart from each other.
    held.reverse();
    held.sort_by_key(|held| held.approval["transactionId"].to_string());

    // Every seventh gets its neighbor's assertion, which is refused without affecting the neighbor.
    let responses = at_once(threads, &numbers, |index| {
        let own = &held[*index];
        let mut body = own.body.clone();
        if index % 7 == 0 {
            body["response"] = held[(index + 1) % transactions].body["response"].clone();
        }
        server.page_sends("/_app/assertion/result", &body).json()
    });
    at_once(threads, &numbers, |index| {
        let (Held { username, approval, .. }, response) = (&held[*index], &responses[*index]);
        let status = server.status(&approval["statusToken"]);
        assert_eq!(status["transactionId"], approval["transactionId"]);
        assert_eq!(status["username"], *username);
        if index % 7 == 0 {
            assert_eq!((&response["status"], &response["token"]), (&json!("failed"), &Value::Null), "{response}");
            assert_eq!((&status["status"], status.get("token")), (&json!("failed"), None));
            return;
        }
        assert_eq!(response["status"], "ok", "{response}");
        assert_eq!((&status["status"], &status["token"]), (&json!("succeeded"), &response["token"]));
        let claims = server.introspect(response["token"].as_str().expect("a token"));
        assert_eq!(claims["active"], true);
        assert_eq!((&claims["jti"], &claims["sub"]), (&approval["transactionId"], &approval["userId"]));
    });
    let tokens: HashSet<_> = responses.iter().filter_map(|response| response["token"].as_str()).collect();
    assert_eq!(tokens.len(), transactions - transactions.div_ceil(7), "each has a token of its own");
}
