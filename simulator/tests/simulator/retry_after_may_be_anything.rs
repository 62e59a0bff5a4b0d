use serde_json::json;

use crate::harness::*;

fn said(value: &str) -> Option<String> {
    let mut caller = Caller::of(&format!("presenton,submit=503,retry-after={value}"));
    let reply = caller.post(V1, &json!({"content": "Tea"}));
    reply.header("retry-after").map(str::to_owned)
}

#[test]
fn a_number_however_large() {
    for number in ["0", "-5", "1.5", "1e9", "99999999999999999999999999999999"] {
        assert_eq!(said(number).as_deref(), Some(number));
    }
}

#[test]
fn a_date_that_a_test_writes_out() {
    let written = said("Wed~_21_Oct_2026_07:28:00_GMT");
    assert_eq!(written.as_deref(), Some("Wed, 21 Oct 2026 07:28:00 GMT"));
}

#[test]
fn a_date_counted_from_the_reply() {
    for (value, date) in [
        ("date+0", "Sat, 21 Nov 2026 23:58:09 GMT"),
        ("date+120", "Sun, 22 Nov 2026 00:00:09 GMT"),
        ("date-90", "Sat, 21 Nov 2026 23:56:39 GMT"),
        ("date-99999999999", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("date+99999999999", "Sat, 07 Oct 5195 09:44:48 GMT"),
    ] {
        assert_eq!(said(value).as_deref(), Some(date), "{value}");
    }
}

#[test]
fn and_no_later_than_that_reply() {
    let mut caller = Caller::of("presenton,submit=429,retry-after=date+1");
    let mut next = || {
        caller.now += 60_000;
        let reply = caller.post(V1, &json!({"content": "Tea"}));
        reply.header("retry-after").map(str::to_owned)
    };
    let (first, second) = (next(), next());
    assert_ne!(first, second);
}

#[test]
fn any_nonsense() {
    for (value, header) in [
        ("soon", "soon"),
        ("_", " "),
        ("NaN;q=1", "NaN;q=1"),
        ("date", "date"),
        ("date+", "date+"),
        ("date+-1", "date+-1"),
        ("date+9999999999999999999999", "date+9999999999999999999999"),
        ("gleich%20jetzt", "gleich jetzt"),
        ("sp%C3%A4ter", "später"),
    ] {
        assert_eq!(said(value).as_deref(), Some(header), "{value}");
    }
}
