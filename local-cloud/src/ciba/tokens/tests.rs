use super::*;
use crate::ciba::edition::Flow;
use crate::ciba::requests::{PollPace, Status};
use crate::clock;

fn user() -> CibaUser {
    CibaUser {
        id: "u".to_owned(),
        email: "a@b.c".to_owned(),
        totp_secret: Vec::new(),
        has_phone: true,
        has_totp: true,
        used_steps: Vec::new(),
    }
}

/// Decided 100 seconds ago; expires in 50 seconds.
fn approved(now: i64) -> Request {
    Request {
        auth_req_id: "secret".to_owned(),
        id: "r".to_owned(),
        user_id: "u".to_owned(),
        flow: Flow::Admin,
        client_id: None,
        binding_message: None,
        scopes: String::new(),
        status: Status::Approved,
        pace: PollPace { interval: 5000, polled_at: None },
        created_at: now - 250_000,
        decided_at: Some(now - 100_000),
        expires_at: now + 50_000,
    }
}

#[test]
fn a_push_token_does_not_depend_on_when_it_is_requested() {
    let (tokens, now) = (Tokens::new(&[7; 64]), clock::now());
    let token = tokens.push_token(&approved(now), &user(), 3600).expect("signed");
    let claims = tokens.approval_claims(&token).expect("valid").claims;
    assert_eq!((claims.iat, claims.nbf), ((now - 100_000) / 1000, (now - 100_000) / 1000));
    assert_eq!(claims.exp, (now - 100_000) / 1000 + 3600);
}

#[test]
fn a_token_of_one_kind_is_not_accepted_as_another() {
    let (tokens, now) = (Tokens::new(&[7; 64]), clock::now());
    let push = tokens.push_token(&approved(now), &user(), 3600).expect("signed");
    let totp = tokens.totp_token(&user(), None, now).expect("signed");
    let phone = tokens.phone_token("u", now).expect("signed");
    for (token, is_approval) in [(&push, true), (&totp, true), (&phone, false)] {
        assert_eq!(tokens.approval_claims(token).is_ok(), is_approval);
        assert_eq!(tokens.phone_user(token).is_ok(), !is_approval);
        assert!(tokens.transaction_claims(token).is_err());
        assert!(tokens.transaction_id_even_if_expired(token).is_none());
    }
}

#[test]
fn tokens_expire() {
    let tokens = Tokens::new(&[7; 64]);
    let earlier = clock::now() - (TOTP_SECONDS + 5) * 1000;
    let totp = tokens.totp_token(&user(), None, earlier).expect("signed");
    assert_eq!(tokens.approval_claims(&totp).err(), Some(InvalidToken::Expired));
    let yesterday = clock::now() - (PHONE_SECONDS + 5) * 1000;
    let phone = tokens.phone_token("u", yesterday).expect("signed");
    assert_eq!(tokens.phone_user(&phone), Err(InvalidToken::Expired));
}
