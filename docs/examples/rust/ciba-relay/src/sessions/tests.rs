use axum::http::HeaderValue;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::response::IntoResponse;

use super::*;

fn request(cookie: &str) -> HeaderMap {
    HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(cookie).expect("a header"))])
}

/// The cookie of a new session, with its attributes.
fn start(sessions: &Sessions) -> String {
    let response = sessions.start(&HeaderMap::new()).expect("a new session").into_response();
    response.headers()[SET_COOKIE].to_str().expect("text").to_owned()
}

#[test]
fn a_session_starts_with_a_cookie_that_scripts_cannot_read_and_other_sites_cannot_send() {
    let set = start(&Sessions::new());
    let (cookie, attributes) = set.split_once("; ").expect("attributes");
    assert!(cookie.starts_with("visit=") && cookie.len() > 60, "{cookie}");
    let mut attributes: Vec<_> = attributes.split("; ").collect();
    attributes.sort_unstable();
    assert_eq!(attributes, ["HttpOnly", "Path=/", "SameSite=Strict"]);
}

#[test]
fn a_session_has_a_random_identifier_which_stays() {
    let sessions = Sessions::new();
    let ids = [(); 2].map(|()| {
        let set = start(&sessions);
        let headers = request(&format!("a=b; {}; c=d", set.split(';').next().expect("a cookie")));
        assert!(sessions.start(&headers).is_none(), "no other starts");
        sessions.find(&headers).expect("a session").id
    });
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn a_session_cannot_be_made_up() {
    let sessions = Sessions::new();
    let cookie = start(&sessions).split(';').next().expect("a cookie").to_owned();
    let foreign = start(&Sessions::new()).split(';').next().expect("a cookie").to_owned();
    for forged in [
        "visit=",
        "visit=ada",
        foreign.as_str(),
        &format!("{cookie}x"),
        &cookie.replace("visit=", "visit=x"),
        &cookie[..20],
    ] {
        let headers = request(forged);
        assert_eq!(sessions.find(&headers), None, "{forged}");
        assert!(sessions.start(&headers).is_some(), "a new one starts");
    }
}
