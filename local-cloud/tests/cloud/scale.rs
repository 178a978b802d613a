//! The scale of a test: a few seconds, or the full scale in `npm run test:soak`, which sets `SOAK`.

pub fn count(always: usize, in_soak: usize) -> usize {
    if std::env::var_os("SOAK").is_some() { in_soak } else { always }
}
