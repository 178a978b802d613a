use super::*;

#[test]
fn a_token_is_taken_once_by_its_handle() {
    let now = Instant::now();
    let mut tokens = Tokens::default();
    let [ada, bob] = ["ADA", "BOB"].map(|token| tokens.keep(token, now));
    assert!(ada != bob && !ada.contains("ADA"));
    assert_eq!(tokens.take("ADA", now), None);
    assert_eq!(tokens.take(&ada, now).as_deref(), Some("ADA"));
    assert_eq!(tokens.take(&ada, now), None);
    assert_eq!(tokens.take(&bob, now).as_deref(), Some("BOB"));
}

#[test]
fn a_token_is_kept_for_five_minutes() {
    let start = Instant::now();
    let mut tokens = Tokens::default();
    let late = tokens.keep("LATE", start);
    assert_eq!(tokens.take(&late, start + LIFETIME), None);
    tokens.keep("OLD", start);
    tokens.keep("NEW", start + LIFETIME);
    assert_eq!(tokens.kept.len(), 1, "the old one was forgotten");
}
