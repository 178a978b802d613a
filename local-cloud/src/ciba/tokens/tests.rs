use super::*;
use crate::ciba::requests::{Pace, Status};
use crate::clock;

fn person() -> Person {
    Person { id: "u".to_owned(), email: "a@b.c".to_owned(), totp_secret: Vec::new(), totp_last_step: 0 }
}

/// Decided 100 seconds ago, with 50 seconds to live.
fn approved(now: i64) -> Request {
    Request {
        auth_req_id: "secret".to_owned(),
        id: "r".to_owned(),
        user_id: "u".to_owned(),
        client_id: None,
        binding_message: None,
        status: Status::Approved,
        pace: Pace { interval: 5000, polled_at: None },
        created_at: now - 250_000,
        decided_at: Some(now - 100_000),
        expires_at: now + 50_000,
    }
}

#[test]
fn a_push_token_depends_on_the_decision_and_not_on_when_it_is_asked_for() {
    let (tokens, now) = (Tokens::new(&[7; 64]), clock::now());
    let (token, until) = tokens.push_token(&approved(now), &person()).expect("signed");
    let claims = tokens.approval_claims(&token).expect("valid").claims;
    assert_eq!((claims.iat, claims.nbf), ((now - 100_000) / 1000, (now - 100_000) / 1000));
    assert_eq!((claims.exp, until), ((now + 50_000) / 1000 + 600, claims.exp));
}

#[test]
fn a_token_of_one_kind_is_none_of_another() {
    let (tokens, now) = (Tokens::new(&[7; 64]), clock::now());
    let (push, _) = tokens.push_token(&approved(now), &person()).expect("signed");
    let (totp, _) = tokens.totp_token(&person(), None, now).expect("signed");
    let phone = tokens.phone_token("u", now).expect("signed");
    for (token, is_approval) in [(&push, true), (&totp, true), (&phone, false)] {
        assert_eq!(tokens.approval_claims(token).is_ok(), is_approval);
        assert_eq!(tokens.phone_user(token).is_ok(), !is_approval);
        assert!(tokens.transaction_claims(token).is_err());
        assert!(tokens.transaction_id_at_any_time(token).is_none());
    }
}

#[test]
fn tokens_end_when_their_time_is_up() {
    let tokens = Tokens::new(&[7; 64]);
    let earlier = clock::now() - 605_000;
    let (totp, _) = tokens.totp_token(&person(), None, earlier).expect("signed");
    assert_eq!(tokens.approval_claims(&totp).err(), Some(Invalid::Expired));
    let yesterday = clock::now() - (PHONE_SECONDS + 5) * 1000;
    let phone = tokens.phone_token("u", yesterday).expect("signed");
    assert_eq!(tokens.phone_user(&phone), Err(Invalid::Expired));
}
