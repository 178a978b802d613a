//! How long something has taken, in milliseconds, whatever the page did to the clock.

/// The longest time that a browser's timer takes, in milliseconds: a longer one would end at once.
pub const LONGEST_TIMER: f64 = 2_147_483_647.0;

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

    /// Notes that a wait follows, of so many milliseconds or the longest timer. Returns which.
    pub fn wait(&mut self, ms: f64) -> f64 {
        self.waiting = ms.min(LONGEST_TIMER);
        self.waiting
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
