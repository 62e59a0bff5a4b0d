//! Time and chance, both from outside.

use crate::provider::Millis;

/// When something happened, on two clocks, since neither serves for all: the
/// steady one never runs back, but may stand still while the machine sleeps; the
/// wall's goes on, but may be set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds on a clock that only goes forward (`performance.now()`).
    pub steady: Millis,
    /// Milliseconds since 1970 (`Date.now()`).
    pub wall: Millis,
}

impl Moment {
    /// How long ago this was, in milliseconds: by whichever clock says more,
    /// since the one stands still in sleep, and the other may be set back.
    pub fn age(self, now: Moment) -> Millis {
        let steady = now.steady.saturating_sub(self.steady);
        steady.max(now.wall.saturating_sub(self.wall))
    }
}

/// A small generator for jitter; nothing secret comes from it.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// Any seed but 0, which is taken for 1.
    pub fn new(seed: u64) -> Chance {
        Chance(seed.max(1))
    }

    /// The next number, in 0..1.
    pub fn roll(&mut self) -> f64 {
        // xorshift64 (Marsaglia, "Xorshift RNGs", 2003).
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / 9_007_199_254_740_992.0
    }
}
