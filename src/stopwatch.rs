//! How long something has taken, in milliseconds, whatever the page did to the clock.

/// Started when it was made.
pub struct Stopwatch {
    /// The clock at the last step.
    clock: f64,
    /// The wait that the last step asked for.
    waiting: f64,
    /// How long it has taken.
    pub age: f64,
}

impl Stopwatch {
    /// Starts at the clock's `now`.
    pub fn new(now: f64) -> Self {
        Stopwatch { clock: now, waiting: 0.0, age: 0.0 }
    }

    /// Goes on to the clock's `now`. If the clock stands still, or the page broke it, the wait itself counts.
    pub fn advance(&mut self, now: f64) {
        let passed = now - self.clock;
        self.clock = now;
        self.age += if passed > 0.0 { passed } else { self.waiting };
        self.waiting = 0.0;
    }

    /// Notes that a wait of so many milliseconds follows, which it returns.
    pub fn wait(&mut self, ms: f64) -> f64 {
        self.waiting = ms;
        ms
    }
}
