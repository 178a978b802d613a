//! How long something has taken, in milliseconds, whatever the page did to the clock.

/// The longest time that a browser's timer takes, in milliseconds: a longer one would end at once.
pub const LONGEST_TIMER: f64 = 2_147_483_647.0;

/// A clock that only goes forward, by what a timer took at least: the page may have replaced the one that it reads.
pub struct Clock {
    reading: f64,
    /// Since it was made.
    time: f64,
}

impl Clock {
    /// Starts at 0, whatever it reads.
    pub fn new(reading: f64) -> Self {
        Clock { reading, time: 0.0 }
    }

    /// Goes on to `reading`. A timer of so many milliseconds has ended since the last one, or none: 0. Returns the time.
    pub fn advance(&mut self, reading: f64, timer: f64) -> f64 {
        // Also of a reading that is not a number.
        self.time += (reading - self.reading).max(timer);
        self.reading = reading;
        self.time
    }
}

/// Started when it was made.
pub struct Stopwatch {
    /// The clock at the last step.
    clock: f64,
    /// How long it has taken.
    pub age: f64,
}

impl Stopwatch {
    /// Starts at the clock's `now`.
    pub fn new(now: f64) -> Self {
        Stopwatch { clock: now, age: 0.0 }
    }

    /// Goes on to the clock's `now`.
    pub fn advance(&mut self, now: f64) {
        self.age += now - self.clock;
        self.clock = now;
    }
}

/// A wait of so many milliseconds, or the longest timer.
pub fn limit_wait(ms: f64) -> f64 {
    ms.min(LONGEST_TIMER)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
