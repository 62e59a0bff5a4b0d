//! What a service says of when to come again.

use crate::stamp::Stamp;

/// A value of the header `Retry-After`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RetryAfter {
    Text(String),
    /// The date so many seconds after the reply, or before it.
    Date {
        ahead_s: i64,
    },
}

impl RetryAfter {
    /// Whatever a header can carry: what services send here is seldom checked.
    /// A scenario has no room for blanks and commas, which dates have.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        if value.is_empty() || value.contains(char::is_control) {
            return None;
        }
        let date = value.strip_prefix("date").and_then(|offset| {
            let digits = offset.strip_prefix(['+', '-'])?;
            let number = digits.bytes().all(|b| b.is_ascii_digit());
            offset.parse().ok().filter(|_| number)
        });
        Some(match date {
            Some(ahead_s) => RetryAfter::Date { ahead_s },
            None => RetryAfter::Text(value.replace('_', " ").replace('~', ",")),
        })
    }

    pub(crate) fn written(&self, now_ms: u64) -> String {
        match self {
            RetryAfter::Text(text) => text.clone(),
            RetryAfter::Date { ahead_s } => {
                let ahead_ms = ahead_s.saturating_mul(1000);
                Stamp::Http.write(now_ms.saturating_add_signed(ahead_ms))
            }
        }
    }
}
