//! When to ask next (design "Pacing").

use crate::provider::{Millis, Pace};
use crate::text::number;

/// A `Retry-After` beyond this is taken for a mistake: five minutes.
pub const LONGEST_RETRY_AFTER: Millis = 300_000;

/// Backoff never waits longer: one minute.
const LONGEST_BACKOFF: Millis = 60_000;

/// In a hidden tab, intervals are this many times as long.
const HIDDEN_STRETCH: Millis = 4;

/// A job's age divided by this is its least interval: one that has run for five
/// minutes need not be asked every two seconds.
const AGE_DIVISOR: Millis = 30;

/// The pacing of one job's questions.
#[derive(Clone, Debug)]
pub struct Pacing {
    pace: Pace,
    failures: u32,
    retry_after: Option<Millis>,
}

impl Pacing {
    /// Pacing as a provider wants it.
    pub fn new(pace: Pace) -> Pacing {
        // An interval of nothing would be a tight loop.
        let floor = pace.floor.max(100);
        let usual = pace.usual.max(floor);
        Pacing {
            pace: Pace {
                first: pace.first.max(floor),
                usual,
                longest: pace.longest.max(usual),
                floor,
            },
            failures: 0,
            retry_after: None,
        }
    }

    /// The provider's wish, with its contradictions resolved.
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// How many questions in a row have failed.
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// A good reply resets everything.
    pub fn succeeded(&mut self) {
        self.failures = 0;
        self.retry_after = None;
    }

    /// A question failed; the reply may have said when to come back.
    pub fn failed(&mut self, retry_after: Option<Millis>) {
        self.failures = self.failures.saturating_add(1);
        self.retry_after = retry_after.map(|wait| wait.min(LONGEST_RETRY_AFTER));
    }

    /// How long to wait now: the largest of the interval for the job's age, the
    /// service's `Retry-After`, and backoff with full jitter (`random` in 0..1);
    /// stretched while nobody looks.
    pub fn delay(&self, age: Millis, hidden: bool, random: f64) -> Millis {
        let by_age = age.checked_div(AGE_DIVISOR).unwrap_or(0);
        let usual = by_age.max(self.pace.usual).min(self.pace.longest);
        let seen = if hidden {
            usual.saturating_mul(HIDDEN_STRETCH)
        } else {
            usual
        };
        seen.max(self.backoff(random)).max(self.earliest())
    }

    /// Not even a visitor who comes back brings a question forward beyond this,
    /// counted from the last one: the service's own wish, or the floor.
    pub fn earliest(&self) -> Millis {
        self.retry_after.unwrap_or(0).max(self.pace.floor)
    }

    fn backoff(&self, random: f64) -> Millis {
        if self.failures == 0 {
            return 0;
        }
        let factor = 1_u64.checked_shl(self.failures.min(16)).unwrap_or(1);
        let most = self
            .pace
            .usual
            .saturating_mul(factor)
            .min(LONGEST_BACKOFF.max(self.pace.longest));
        (most as f64 * random.clamp(0.0, 1.0)) as Millis
    }
}

/// Reads a `Retry-After` (RFC 9110, 10.2.3): seconds, or an HTTP date, of which
/// the distance to `wall` (milliseconds since 1970) counts. Anything else is
/// nothing.
pub fn retry_after(header: &str, wall: Millis) -> Option<Millis> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are a very long wait, not an unreadable one.
        let seconds = number(header).unwrap_or(u64::MAX);
        return Some(seconds.saturating_mul(1000).min(LONGEST_RETRY_AFTER));
    }
    let wait = http_date(header)?.saturating_sub(wall);
    Some(wait.min(LONGEST_RETRY_AFTER))
}

/// Milliseconds since 1970 of a date as HTTP writes it (RFC 9110, 5.6.7):
/// `Sun, 06 Nov 1994 08:49:37 GMT`. The two obsolete forms are not read.
fn http_date(date: &str) -> Option<Millis> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (_, rest) = date.split_once(',')?;
    let whole = |digits: &str| i64::try_from(number(digits)?).ok();
    let mut words = rest.trim_start().split(' ');
    let day = whole(words.next()?)?;
    let name = words.next()?;
    let month = MONTHS.iter().position(|month| *month == name)?;
    let year = whole(words.next()?)?;
    let mut clock = words.next()?.split(':');
    let mut part = || whole(clock.next()?);
    let (hour, minute, second) = (part()?, part()?, part()?);
    let sane = words.next() == Some("GMT")
        && (1970..10_000).contains(&year)
        && (1..=31).contains(&day)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..=60).contains(&second);
    if !sane {
        return None;
    }
    let days = days_since_1970(year, i64::try_from(month).ok()?, day)?;
    let seconds = days
        .checked_mul(86_400)?
        .checked_add(hour.checked_mul(3600)?)?
        .checked_add(minute.checked_mul(60)?)?
        .checked_add(second)?;
    Millis::try_from(seconds).ok()?.checked_mul(1000)
}

/// The proleptic Gregorian calendar, counted in years that begin in March, so
/// that the leap day is a year's last. `month` from 0.
fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    let since_march = month.checked_add(10)?.checked_rem(12)?;
    let year = if month < 2 {
        year.checked_sub(1)?
    } else {
        year
    };
    let leap_days = year.checked_div(4)?.checked_sub(year.checked_div(100)?)?;
    let leap_days = leap_days.checked_add(year.checked_div(400)?)?;
    let month_days = since_march
        .checked_mul(153)?
        .checked_add(2)?
        .checked_div(5)?;
    // 719 469 days lie between 1 March of year 0 and 2 January 1970.
    year.checked_mul(365)?
        .checked_add(leap_days)?
        .checked_add(month_days)?
        .checked_add(day)?
        .checked_sub(719_469)
}
