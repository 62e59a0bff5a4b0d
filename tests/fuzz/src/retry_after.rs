//! The header `Retry-After`: seconds or a date, whatever else is nothing, and no
//! wait is longer than ours.

use slidewright::job::{LONGEST_RETRY_AFTER, retry_after};

/// The first moment, one in use, and the last.
const WALLS: [u64; 4] = [0, 784_111_777_000, 1_780_000_000_000, u64::MAX];

/// Reads one, at several times.
pub fn run(data: &[u8]) {
    let header = String::from_utf8_lossy(data);
    let waits = WALLS.map(|wall| retry_after(&header, wall));
    for (sooner, later) in waits.iter().zip(&waits[1..]) {
        assert_eq!(sooner.is_some(), later.is_some(), "it depends on the time");
        assert!(sooner >= later, "a longer wait later on");
    }
    let longest = waits[0].unwrap_or(0);
    assert!(longest <= LONGEST_RETRY_AFTER);
    let digits = header.trim();
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds: u64 = digits.parse().unwrap_or(u64::MAX);
        let wait = seconds.saturating_mul(1000).min(LONGEST_RETRY_AFTER);
        assert_eq!(waits, [Some(wait); 4]);
    } else {
        // A date: in the farthest future there is nothing left to wait for.
        assert!(waits[3].is_none_or(|wait| wait == 0));
    }
}

/// What services send.
pub fn seeds() -> Vec<Vec<u8>> {
    let headers = [
        "120",
        " 0 ",
        "99999999999999999999999",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Thu, 29 Feb 2024 23:59:60 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "-1",
        "1.5",
        "",
    ];
    headers.map(|header| header.as_bytes().to_vec()).to_vec()
}
