use crate::harness::{MINUTE, Visit, WORKING, answer, ok};
use proptest::prelude::*;
use slidewright::job::{LONGEST_RETRY_AFTER, Pacing, retry_after};
use slidewright::provider::Pace;

const PACE: Pace = Pace {
    first: 1_000,
    usual: 2_000,
    longest: 10_000,
    floor: 1_000,
};

#[test]
fn the_first_question_comes_soon_and_the_next_at_the_usual_interval() {
    let mut visit = Visit::waiting();
    assert_eq!(visit.until_poll(), 1_000);
    visit.reply(ok(WORKING));
    assert_eq!(visit.until_poll(), 2_000);
}

#[test]
fn a_long_job_is_asked_less_often_up_to_a_limit() {
    let pacing = Pacing::new(PACE);
    assert_eq!(pacing.delay(0, false, 0.5), 2_000);
    assert_eq!(pacing.delay(3 * MINUTE, false, 0.5), 6_000);
    assert_eq!(pacing.delay(60 * MINUTE, false, 0.5), 10_000);
}

#[test]
fn failures_back_off_with_full_jitter_and_one_good_reply_resets() {
    let mut pacing = Pacing::new(PACE);
    for _ in 0..5 {
        pacing.failed(None);
    }
    assert_eq!(
        pacing.delay(0, false, 0.0),
        2_000,
        "never sooner than usual"
    );
    assert_eq!(
        pacing.delay(0, false, 1.0),
        60_000,
        "never later than a minute"
    );
    pacing.succeeded();
    assert_eq!(pacing.delay(0, false, 1.0), 2_000);
}

#[test]
fn a_readable_retry_after_is_kept_to() {
    let mut visit = Visit::waiting();
    visit.until_poll();
    let mut reply = answer(429, "{}");
    reply.retry_after = Some("20".into());
    visit.reply(reply);
    assert!(visit.until_poll() >= 20_000);
}

#[test]
fn not_even_a_visitor_who_returns_breaks_a_retry_after() {
    let mut visit = Visit::waiting();
    visit.until_poll();
    let mut reply = answer(503, "{}");
    reply.retry_after = Some("20".into());
    visit.reply(reply);
    visit.step(5_000);
    visit.event(slidewright::job::Event::Visible(true));
    assert!(visit.flying.is_none());
    let waited = visit.until_poll();
    assert!((14_000..=16_000).contains(&waited), "{waited}");
}

#[test]
fn retry_after_is_seconds_or_a_date_and_garbage_is_nothing() {
    let wall = 784_111_777_000; // Sun, 06 Nov 1994 08:49:37 GMT
    assert_eq!(retry_after("7", wall), Some(7_000));
    assert_eq!(
        retry_after("Sun, 06 Nov 1994 08:50:00 GMT", wall),
        Some(23_000)
    );
    assert_eq!(
        retry_after("Sun, 06 Nov 1994 08:00:00 GMT", wall),
        Some(0),
        "in the past"
    );
    assert_eq!(
        retry_after("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_799_000),
        Some(1_000)
    );
    assert_eq!(
        retry_after("999999999999999999999999", wall),
        Some(LONGEST_RETRY_AFTER)
    );
    assert_eq!(
        retry_after("Fri, 31 Dec 9999 23:59:59 GMT", wall),
        Some(LONGEST_RETRY_AFTER)
    );
    for garbage in [
        "",
        "soon",
        "-5",
        "1.5",
        "Sun, 99 Nov 1994 08:49:37 GMT",
        "Sun, 06 Foo 1994 08:49:37 GMT",
        "Sun, 06 Nov 99999999999 08:49:37 GMT",
        ",",
    ] {
        assert_eq!(retry_after(garbage, wall), None, "{garbage}");
    }
}

proptest! {
    #[test]
    fn any_delay_is_within_bounds(age in 0_u64..100_000_000, failures in 0_u32..80, random in 0.0_f64..1.0, wait in proptest::option::of(any::<u64>()), hidden: bool) {
        let mut pacing = Pacing::new(PACE);
        for _ in 0..failures {
            pacing.failed(wait);
        }
        let delay = pacing.delay(age, hidden, random);
        prop_assert!((PACE.usual..=LONGEST_RETRY_AFTER).contains(&delay));
    }

    #[test]
    fn any_header_reads_without_a_panic(header in ".{0,60}", wall: u64) {
        prop_assert!(retry_after(&header, wall).is_none_or(|wait| wait <= LONGEST_RETRY_AFTER));
    }
}
