//! How far a test goes: a few seconds with all others, or as far as its promise says in `npm run test:soak`, which sets `SOAK`.

pub fn count(always: usize, in_soak: usize) -> usize {
    if std::env::var_os("SOAK").is_some() { in_soak } else { always }
}
