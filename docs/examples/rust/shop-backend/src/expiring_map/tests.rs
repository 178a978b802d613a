use super::*;

#[test]
fn an_entry_expires_after_the_lifetime_of_its_last_value() {
    let start = Instant::now();
    let at = |seconds| start + Duration::from_secs(seconds);
    let mut map = ExpiringMap::new(Duration::from_secs(10));
    map.set("a", 1, at(0));
    map.set("b", 2, at(1));
    map.set("a", 3, at(5));
    assert_eq!(map.get("b", at(10)), Some(&mut 2));
    assert_eq!(map.get("b", at(11)), None);
    assert_eq!(map.get("a", at(14)), Some(&mut 3));
    map.set("c", 4, at(20));
    assert_eq!((map.entries.len(), map.order.len()), (1, 1), "what has expired is gone");
}

#[test]
fn the_oldest_of_too_many_is_forgotten() {
    let now = Instant::now();
    let mut map = ExpiringMap::new(Duration::from_secs(10));
    for number in 0..=MAX_SIZE {
        map.set(&number.to_string(), number, now);
    }
    assert_eq!(map.get("0", now), None);
    assert_eq!(map.get("1", now), Some(&mut 1));
    assert_eq!(map.entries.len(), MAX_SIZE);
}

#[test]
fn what_was_removed_is_gone() {
    let now = Instant::now();
    let mut map = ExpiringMap::new(Duration::from_secs(10));
    map.set("a", 1, now);
    map.remove("a");
    assert_eq!(map.get("a", now), None);
}
