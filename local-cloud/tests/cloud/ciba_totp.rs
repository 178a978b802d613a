//! TOTP in both flows of both editions: texts, how often a code is accepted, and autumn's lockout.

use std::thread::{self, sleep};
use std::time::Duration;

use serde_json::{Value, json};

use crate::ciba::{
    ADMIN, CLIENT, Edition, FAMILIES, Family, Flow, Person, SPRING_ADMIN, SPRING_TENANT, TENANT, WORKSPACE, introspect,
    is,
};
use crate::http::Response;
use crate::server::Server;

const LOCKED: &str = "too many failed attempts; this account is temporarily locked, try again later";
/// What autumn's workspace route needs to work at all.
const WORKING: &[&str] = &["--workspace-totp"];

/// Asserts a refusal by its text, in the format of the flow. `status` is the admin flow's; the tenant's is always 401.
fn is_refused(family: Family, response: &Response, status: u16, text: &str) {
    match family.flow {
        Flow::Admin => is(family.start, response, status, json!({ "error": text })),
        Flow::Tenant => is(family.start, response, 401, json!({ "success": false, "message": text })),
    }
}

fn is_locked(family: Family, response: &Response) {
    is_refused(family, response, 429, LOCKED);
}

#[test]
fn a_correct_code_returns_a_token() {
    for family in FAMILIES {
        let server = family.server(WORKING);
        let anna = Person::new(&server, "anna@example.com");
        let response = family.totp(&server, &anna.email.to_uppercase(), &anna.code(0));
        let token = response.json()["token"].as_str().expect("a token").to_owned();
        let message = family.either("Login successful", "Authentication successful");
        is(family.start, &response, 200, json!({ "success": true, "token": token, "message": message }));
        let claims = introspect(&server, &token).expect("a genuine token");
        assert_eq!((&claims["sub"], &claims["scope"]), (&json!(anna.id), &json!("totp")));
        assert_eq!(claims.get("client_id").and_then(Value::as_str), family.either(None, Some(CLIENT.id)));
        assert_eq!(claims["exp"].as_i64(), claims["iat"].as_i64().map(|at| at + 86400));
    }
}

#[test]
fn autumn_accepts_a_code_once_and_spring_any_number_of_times() {
    for family in FAMILIES {
        let mut server = family.server(WORKING);
        let anna = Person::new(&server, "anna@example.com");
        // If the step ends during the test, the previous code is two steps old: so the next one is the other code.
        let (code, next) = (anna.code(0), anna.code(1));
        assert_eq!(family.totp(&server, &anna.email, &code).status, 200);
        if family.edition == Edition::Spring {
            assert_eq!(family.totp(&server, &anna.email, &code).status, 200, "{family:?}");
            continue;
        }
        family.is_wrong_code("again", &family.totp(&server, &anna.email, &code));
        ADMIN.is_wrong_code("by the admin flow", &ADMIN.totp(&server, &anna.email, &code));
        server = server.kill_and_restart_with(&["--workspace-totp"]);
        family.is_wrong_code("after a restart", &family.totp(&server, &anna.email, &code));
        assert_eq!(family.totp(&server, &anna.email, &next).status, 200, "the next one");
    }
}

#[test]
fn a_wrong_code_is_refused_and_invalidates_nothing() {
    for family in FAMILIES {
        let server = family.server(WORKING);
        let (anna, ben) = (Person::new(&server, "anna@example.com"), Person::new(&server, "ben@example.com"));
        for (case, code) in [
            ("wrong", anna.wrong_code()),
            ("long past", anna.code(-3)),
            ("another's", ben.code(0)),
            // Six characters are a code, and a wrong one.
            ("no digits", "12 45x".to_owned()),
        ] {
            family.is_wrong_code(case, &family.totp(&server, &anna.email, &code));
        }
        assert_eq!(family.totp(&server, &anna.email, &anna.code(0)).status, 200);
        assert_eq!(family.totp(&server, &ben.email, &ben.code(0)).status, 200);
    }
}

#[test]
fn a_code_may_be_one_step_late_or_early() {
    for family in FAMILIES {
        let server = family.server(WORKING);
        let anna = Person::new(&server, "anna@example.com");
        // If the step ends during the test, the previous code is two steps old: then retry in the next step.
        let accepted = (0..2).any(|_| family.totp(&server, &anna.email, &anna.code(-1)).status == 200);
        assert!(accepted, "{family:?}");
        assert_eq!(family.totp(&server, &anna.email, &anna.code(1)).status, 200, "{family:?}");
    }
}

#[test]
fn who_has_no_device_is_told_so() {
    for family in FAMILIES {
        let server = family.server(WORKING);
        let body = json!({ "email": "anna@example.com", "totp": false });
        let anna = Person::with(&server, body);
        let text = family.either("no TOTP devices registered", "No TOTP devices registered for this user");
        is_refused(family, &family.totp(&server, &anna.email, &anna.code(0)), 400, text);
        is_refused(family, &family.totp(&server, "nobody@example.com", "000000"), 404, "User not found");
        Person::with(&server, json!({ "email": "anna@example.com", "totp": true }));
        assert_eq!(family.totp(&server, &anna.email, &anna.code(0)).status, 200);
    }
}

#[test]
fn autumns_admin_route_may_name_the_workspace() {
    let server = ADMIN.server(&[]);
    let anna = Person::new(&server, "anna@example.com");
    let log_in = |workspace_id: &str| {
        let body = json!({ "email": anna.email, "totp_code": anna.code(0), "workspace_id": workspace_id });
        ADMIN.send(&server, "/totp/login", &body)
    };
    for elsewhere in ["here", "00000000-0000-4000-8000-000000000000"] {
        is(elsewhere, &log_in(elsewhere), 404, json!({ "error": "User not found" }));
    }
    let body = json!({ "email": anna.email, "totp_code": anna.code(0), "workspace_domain": "elsewhere.example" });
    is("domain", &ADMIN.send(&server, "/totp/login", &body), 404, json!({ "error": "User not found" }));
    assert_eq!(log_in(WORKSPACE).status, 200);
    // Spring knows no workspaces.
    let server = SPRING_ADMIN.server(&[]);
    Person::new(&server, "anna@example.com");
    let body = json!({ "email": anna.email, "totp_code": "000000", "workspace_id": 5 });
    SPRING_ADMIN.is_wrong_code("spring", &SPRING_ADMIN.send(&server, "/totp/login", &body));
}

#[test]
fn autumns_workspace_route_finds_no_clients_workspace_without_a_flag() {
    let server = TENANT.server(&[]);
    let anna = Person::new(&server, "anna@example.com");
    let text = "Client not found or not mapped to tenant";
    is_refused(TENANT, &TENANT.totp(&server, &anna.email, &anna.code(0)), 401, text);
    let body = json!({ "client_id": "my-shop", "email": anna.email, "totp_code": anna.code(0) });
    is_refused(TENANT, &TENANT.send(&server, "/totp/login", &body), 401, "Invalid client ID format");
    let body = json!({ "email": anna.email, "totp_code": anna.code(0) });
    let text = json!({ "error": "client_id, email, and totp_code are required" });
    is("none", &TENANT.send(&server, "/totp/login", &body), 400, text);
    assert_eq!(ADMIN.totp(&server, &anna.email, &anna.code(0)).status, 200, "the admin route finds the user");
}

#[test]
fn spring_refuses_a_client_that_it_does_not_know() {
    let server = SPRING_TENANT.server(&[]);
    let anna = Person::new(&server, "anna@example.com");
    for (id, text) in [
        ("my-shop", "Invalid client ID format"),
        ("00000000-0000-4000-8000-000000000000", "Client not found or not mapped to tenant"),
    ] {
        let body = json!({ "client_id": id, "email": anna.email, "totp_code": anna.code(0) });
        is_refused(SPRING_TENANT, &SPRING_TENANT.send(&server, "/totp/login", &body), 401, text);
    }
}

/// Sends a wrong code so many times; each is refused as wrong.
fn miss(server: &Server, family: Family, person: &Person, times: usize) {
    for number in 0..times {
        family.is_wrong_code(&format!("{number}"), &family.totp(server, &person.email, &person.wrong_code()));
    }
}

#[test]
fn autumn_locks_an_account_at_the_fifth_wrong_code() {
    for family in [ADMIN, TENANT] {
        let mut server = family.server(WORKING);
        let (anna, ben) = (Person::new(&server, "anna@example.com"), Person::new(&server, "ben@example.com"));
        miss(&server, family, &anna, 4);
        is_locked(family, &family.totp(&server, &anna.email, &anna.wrong_code()));
        is_locked(family, &family.totp(&server, &anna.email, &anna.code(0)));
        for other in [ADMIN, TENANT] {
            is_locked(other, &other.totp(&server, &anna.email, &anna.code(0)));
        }
        assert_eq!(family.totp(&server, &ben.email, &ben.code(0)).status, 200, "another's account is not locked");
        server = server.kill_and_restart_with(WORKING);
        is_locked(family, &family.totp(&server, &anna.email, &anna.code(0)));
        // Push is not locked.
        assert_eq!(family.initiate(&server, &anna.email, "x").status, 200);
    }
}

#[test]
fn codes_that_are_sent_at_once_are_judged_one_by_one() {
    let server = ADMIN.server(&[]);
    let (anna, ben) = (Person::new(&server, "anna@example.com"), Person::new(&server, "ben@example.com"));
    let send_at_once = |person: &Person, code: &str| {
        thread::scope(|scope| {
            let sent: Vec<_> =
                (0..20).map(|_| scope.spawn(|| ADMIN.totp(&server, &person.email, code).status)).collect();
            sent.into_iter().map(|response| response.join().expect("a response")).collect::<Vec<_>>()
        })
    };
    let count = |statuses: &[u16], status| statuses.iter().filter(|found| **found == status).count();
    let wrong = send_at_once(&anna, &anna.wrong_code());
    assert_eq!((count(&wrong, 400), count(&wrong, 429)), (4, 16), "{wrong:?}");
    let right = send_at_once(&ben, &ben.code(0));
    assert_eq!(count(&right, 200), 1, "{right:?}");
}

#[test]
fn a_correct_code_starts_the_count_anew() {
    let server = ADMIN.server(&[]);
    let anna = Person::new(&server, "anna@example.com");
    let (code, next) = (anna.code(0), anna.code(1));
    miss(&server, ADMIN, &anna, 4);
    assert_eq!(ADMIN.totp(&server, &anna.email, &code).status, 200);
    // A code that was used is a wrong one.
    ADMIN.is_wrong_code("used", &ADMIN.totp(&server, &anna.email, &code));
    miss(&server, ADMIN, &anna, 3);
    is_locked(ADMIN, &ADMIN.totp(&server, &anna.email, &code));
    is_locked(ADMIN, &ADMIN.totp(&server, &anna.email, &next));
}

#[test]
fn wrong_codes_count_for_a_while_and_a_lock_ends() {
    let server = ADMIN.server(&["--lockout-window-seconds", "1", "--lockout-seconds", "2"]);
    let anna = Person::new(&server, "anna@example.com");
    miss(&server, ADMIN, &anna, 4);
    sleep(Duration::from_millis(1100));
    miss(&server, ADMIN, &anna, 4);
    is_locked(ADMIN, &ADMIN.totp(&server, &anna.email, &anna.wrong_code()));
    sleep(Duration::from_millis(1100));
    is_locked(ADMIN, &ADMIN.totp(&server, &anna.email, &anna.code(0)));
    sleep(Duration::from_millis(1000));
    miss(&server, ADMIN, &anna, 1);
    assert_eq!(ADMIN.totp(&server, &anna.email, &anna.code(0)).status, 200, "not locked again by the first");
}

#[test]
fn after_a_lock_the_count_starts_anew_within_the_same_window() {
    let server = ADMIN.server(&["--lockout-seconds", "1"]);
    let anna = Person::new(&server, "anna@example.com");
    miss(&server, ADMIN, &anna, 4);
    is_locked(ADMIN, &ADMIN.totp(&server, &anna.email, &anna.wrong_code()));
    sleep(Duration::from_millis(1100));
    miss(&server, ADMIN, &anna, 4);
    is_locked(ADMIN, &ADMIN.totp(&server, &anna.email, &anna.wrong_code()));
}

#[test]
fn spring_locks_nobody() {
    for family in [SPRING_ADMIN, SPRING_TENANT] {
        let server = family.server(&[]);
        let anna = Person::new(&server, "anna@example.com");
        miss(&server, family, &anna, 20);
        assert_eq!(family.totp(&server, &anna.email, &anna.code(0)).status, 200);
    }
}
