//! Thousands of transactions at once: each is decided by its own assertion, and no token is another's.

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::{Value, json};

use crate::authenticator::{Algorithm, Ways, register_counting_from};
use crate::scale::count;
use crate::server::Server;

const PEOPLE: usize = 20;

/// Does `work` for each of `items`, `threads` at a time, and gives what came of each, in their order.
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
fn of_2000_transactions_at_once_each_is_decided_by_its_own_assertion() {
    let (transactions, threads) = (count(200, 2000), count(32, 400));
    let server = Server::start();
    let people: Vec<_> = (0..PEOPLE)
        .map(|number| {
            let username = format!("user{number}");
            // One alone with RSA, whose signatures take a while to make. None counts: the assertions may arrive in any order.
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
    // The last one first, and those of one person apart from each other.
    held.reverse();
    held.sort_by_key(|held| held.approval["transactionId"].to_string());

    // Every seventh gets its neighbour's assertion: refused, and the neighbour is untouched.
    let answers = at_once(threads, &numbers, |index| {
        let own = &held[*index];
        let mut body = own.body.clone();
        if index % 7 == 0 {
            body["response"] = held[(index + 1) % transactions].body["response"].clone();
        }
        server.page_sends("/_app/assertion/result", &body).json()
    });
    at_once(threads, &numbers, |index| {
        let (Held { username, approval, .. }, answer) = (&held[*index], &answers[*index]);
        let status = server.status(&approval["statusToken"]);
        assert_eq!(status["transactionId"], approval["transactionId"]);
        assert_eq!(status["username"], *username);
        if index % 7 == 0 {
            assert_eq!((&answer["status"], &answer["token"]), (&json!("failed"), &Value::Null), "{answer}");
            assert_eq!((&status["status"], status.get("token")), (&json!("failed"), None));
            return;
        }
        assert_eq!(answer["status"], "ok", "{answer}");
        assert_eq!((&status["status"], &status["token"]), (&json!("succeeded"), &answer["token"]));
        let claims = server.introspect(answer["token"].as_str().expect("a token"));
        assert_eq!(claims["active"], true);
        assert_eq!((&claims["jti"], &claims["sub"]), (&approval["transactionId"], &approval["userId"]));
    });
    let tokens: HashSet<_> = answers.iter().filter_map(|answer| answer["token"].as_str()).collect();
    assert_eq!(tokens.len(), transactions - transactions.div_ceil(7), "each has a token of its own");
}
