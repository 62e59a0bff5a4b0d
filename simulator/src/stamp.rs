//! Time stamps as the services write them.

/// How a service writes a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stamp {
    /// `2026-11-21T23:58:09.153004`: microseconds, no zone.
    Naive,
    /// `2026-11-21T23:58:09.153004Z`.
    Zoned,
    /// `2025-09-14T08:00:00Z`: whole seconds.
    Seconds,
    /// `2026-04-30T00:00:00.000Z`: milliseconds.
    Millis,
    /// `Sat, 21 Nov 2026 23:58:09 GMT`: as in headers.
    Http,
}

impl Stamp {
    /// Writes a time given in milliseconds since 1970-01-01T00:00:00Z.
    pub(crate) fn write(self, unix_ms: u64) -> String {
        let second = unix_ms / 1000;
        let (year, month, day) = civil(second / 86_400);
        let (hour, minute, second) = (second / 3600 % 24, second / 60 % 60, second % 60);
        let date = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
        // Real servers never show three zeros at the end, so neither does this.
        let micros = unix_ms % 1000 * 1000 + 4;
        match self {
            Stamp::Naive => format!("{date}.{micros:06}"),
            Stamp::Zoned => format!("{date}.{micros:06}Z"),
            Stamp::Seconds => format!("{date}Z"),
            Stamp::Millis => format!("{date}.{:03}Z", unix_ms % 1000),
            Stamp::Http => {
                // The first day of all was a Thursday.
                let weekday = WEEKDAYS[(unix_ms / 86_400_000 % 7) as usize];
                let month = MONTHS[month as usize - 1];
                format!(
                    "{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT"
                )
            }
        }
    }
}

const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Year, month and day of a day counted from 1970-01-01.
fn civil(mut day: u64) -> (u64, u64, u64) {
    let mut year = 1970;
    // At most a few hundred steps for any time a test uses; four centuries at
    // a time first, so that a wild time cannot spin here for long.
    year += day / 146_097 * 400;
    day %= 146_097;
    loop {
        let length = if leap(year) { 366 } else { 365 };
        if day < length {
            break;
        }
        day -= length;
        year += 1;
    }
    let february = if leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    (year, month, day + 1)
}

fn leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}
