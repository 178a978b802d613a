use super::*;
use crate::ciba::edition::Flow;
use crate::ciba::requests::{PollPace, Status};
use crate::clock;

fn approved_at(decided_at: i64) -> Request {
    Request {
        auth_req_id: "secret".to_owned(),
        id: "r".to_owned(),
        user_id: "u".to_owned(),
        flow: Flow::Tenant,
        client_id: Some("a-client".to_owned()),
        binding_message: None,
        scopes: "openid email".to_owned(),
        status: Status::Approved,
        pace: PollPace { interval: 5000, polled_at: None },
        created_at: decided_at - 1000,
        decided_at: Some(decided_at),
        expires_at: decided_at + 100_000,
    }
}

#[test]
fn a_token_has_the_servers_claims_and_lasts_an_hour() {
    let (tokens, now) = (Tokens::new(&[7; 64]), clock::now());
    let token = tokens.native_token(&approved_at(now), "http://localhost:1").expect("signed");
    let expected = NativeClaims {
        iss: "http://localhost:1".to_owned(),
        sub: "u".to_owned(),
        aud: vec!["https://resource.localhost".to_owned()],
        scope: "openid email".to_owned(),
        client_id: "a-client".to_owned(),
        jti: "r".to_owned(),
        iat: now / 1000,
        exp: now / 1000 + 3600,
        tf: "ciba".to_owned(),
    };
    assert_eq!(tokens.native_claims(&token).expect("valid"), expected);
}

#[test]
fn a_token_expires_and_another_servers_is_refused() {
    let (tokens, now) = (Tokens::new(&[7; 64]), clock::now());
    let token = |tokens: &Tokens, at| tokens.native_token(&approved_at(at), "http://localhost:1").expect("signed");
    let expired = tokens.native_claims(&token(&tokens, now - 3_602_000));
    assert_eq!(expired.expect_err("expired"), InvalidToken::Expired);
    let forged = tokens.native_claims(&token(&Tokens::new(&[8; 64]), now));
    assert_eq!(forged.expect_err("forged"), InvalidToken::Forged);
}

#[test]
fn a_native_token_is_no_other_token() {
    let (tokens, now) = (Tokens::new(&[7; 64]), clock::now());
    let token = tokens.native_token(&approved_at(now), "http://localhost:1").expect("signed");
    assert!(tokens.approval_claims(&token).is_err());
    assert!(tokens.phone_user(&token).is_err());
    assert!(tokens.transaction_claims(&token).is_err());
    assert!(tokens.transaction_id_even_if_expired(&token).is_none());
    let phone = tokens.phone_token("u", now).expect("signed");
    assert!(tokens.native_claims(&phone).is_err());
}
