use super::*;
use crate::clock;
use crate::transactions::Status;

const KEY: [u8; 64] = [7; 64];

fn decided_at(updated_at: i64) -> Transaction {
    Transaction {
        id: "t".to_owned(),
        ceremony: Ceremony::Registration,
        status: Status::Succeeded,
        user_id: None,
        challenge: None,
        reason: None,
        updated_at,
        created_at_text: String::new(),
        updated_at_text: String::new(),
    }
}

#[test]
fn a_transaction_token_is_valid_for_its_time_and_no_longer() {
    let tokens = Tokens::new(&KEY);
    for (age, expected) in [(0, None), (590, None), (602, Some(InvalidToken::Expired))] {
        let token = tokens.transaction_token(&decided_at(clock::now() - age * 1000), "u").expect("signed");
        assert_eq!(tokens.transaction_claims(&token).err(), expected, "{age} seconds old");
    }
}

#[test]
fn a_token_stays_valid_when_the_clock_goes_back_by_up_to_a_minute() {
    let tokens = Tokens::new(&KEY);
    for (seconds, expected) in [(1, None), (58, None), (65, Some(InvalidToken::Forged))] {
        let issued_at = clock::now() + seconds * 1000;
        let status_token = tokens.status_token("t", issued_at, issued_at + 300_000).expect("signed");
        assert_eq!(tokens.transaction_id(&status_token).err(), expected, "back by {seconds} seconds");
        let token = tokens.transaction_token(&decided_at(issued_at), "u").expect("signed");
        assert_eq!(tokens.transaction_claims(&token).err(), expected, "back by {seconds} seconds");
    }
}

#[test]
fn a_transaction_token_is_always_the_same() {
    let transaction = decided_at(clock::now());
    let [first, second] = [(), ()].map(|()| Tokens::new(&KEY).transaction_token(&transaction, "u").expect("signed"));
    assert_eq!(first, second);
}

#[test]
fn a_status_token_expires_some_time_after_its_transaction() {
    let tokens = Tokens::new(&KEY);
    for (expired, expected) in [(0, Ok("t".to_owned())), (590, Ok("t".to_owned())), (610, Err(InvalidToken::Expired))] {
        let expires_at = clock::now() - expired * 1000;
        let token = tokens.status_token("t", expires_at - 1000, expires_at).expect("signed");
        assert_eq!(tokens.transaction_id(&token), expected, "expired for {expired} seconds");
        assert_eq!(tokens.transaction_id_even_if_expired(&token).as_deref(), Some("t"));
    }
}
