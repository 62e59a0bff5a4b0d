//! The wall's clock can be set by anybody at any time; the steady one stands still
//! in sleep. Neither may lose a job, hurry a service, or count for watching.

use crate::harness::{COMPLETED, HOUR, LIFE, MINUTE, Visit, WORKING, later, named, ok};
use slidewright::job::{Event, Notice, Record, State, good_for};
use slidewright::provider::JobId;

const DAY: i64 = 24 * 3_600_000;

fn set(visit: &mut Visit, by: i64) {
    visit.now.wall = visit.now.wall.saturating_add_signed(by);
}

fn watch(visit: &mut Visit, span: u64) {
    let end = visit.now.steady + span;
    while visit.now.steady < end && visit.state() == State::Waiting {
        match visit.flying {
            Some(_) => visit.reply(ok(WORKING)),
            None => {
                let at = visit.timer.expect("a timer while waiting");
                visit.pass(at.saturating_sub(visit.now.steady).max(1));
            }
        }
    }
}

#[test]
fn a_wait_that_the_service_asked_for_stays_as_long() {
    for by in [-DAY, DAY] {
        let mut visit = Visit::waiting();
        visit.until_poll();
        visit.reply(later(503, "60"));
        visit.step(10_000);
        set(&mut visit, by);
        visit.event(Event::Wake);
        visit.event(Event::Visible(true));
        visit.event(Event::Online(true));
        assert_eq!(visit.flying, None, "{by}");
        let waited = visit.until_poll();
        assert!((49_000..=50_000).contains(&waited), "{by}: {waited}");
    }
}

#[test]
fn a_date_to_wait_for_that_a_wrong_clock_misreads_is_bounded() {
    for (by, least, most) in [(-DAY, 5 * MINUTE, 6 * MINUTE), (DAY, 0, MINUTE)] {
        let mut visit = Visit::waiting();
        visit.until_poll();
        // 28 May 2026, 20:26:40 is the harness's beginning.
        set(&mut visit, by);
        visit.reply(later(503, "Thu, 28 May 2026 20:27:40 GMT"));
        let waited = visit.until_poll();
        assert!((least..=most).contains(&waited), "{by}: {waited}");
    }
}

#[test]
fn the_deadline_does_not_move() {
    for by in [-DAY, DAY] {
        let mut visit = Visit::waiting();
        watch(&mut visit, 20 * MINUTE);
        set(&mut visit, by);
        watch(&mut visit, 8 * MINUTE);
        assert_eq!(visit.state(), State::Waiting, "{by}");
        watch(&mut visit, 4 * MINUTE);
        assert_eq!(visit.state(), State::Overdue, "{by}");
    }
}

#[test]
fn the_pace_does_not_change() {
    for by in [-DAY, DAY] {
        let mut visit = Visit::waiting();
        visit.poll(ok(WORKING));
        set(&mut visit, by);
        // A jump ahead looks like sleep: one question comes at once, the rest not.
        let mut polls = 0;
        let end = visit.now.steady + MINUTE;
        while visit.now.steady < end {
            visit.poll(ok(WORKING));
            polls += 1;
        }
        assert!((25..=32).contains(&polls), "{by}: {polls}");
    }
}

#[test]
fn a_record_outlives_the_correction_of_a_clock() {
    for by in [-DAY / 2, DAY / 2] {
        let mut first = Visit::waiting();
        set(&mut first, by);
        let mut visit = first.reloaded();
        assert_eq!(visit.state(), State::Waiting, "{by}");
        visit.reply(ok(COMPLETED));
        assert_eq!(visit.state(), State::Done, "{by}");
        assert_eq!(visit.kept.len(), 1);
    }
}

#[test]
fn a_record_from_a_clock_that_was_far_ahead_does_not_live_for_ever() {
    let mut first = Visit::waiting();
    let kept = first.kept[0].to_json();
    set(&mut first, -400 * DAY);
    assert_eq!(Record::read(&kept, first.now.wall, LIFE), None);
    let mut visit = first.reloaded();
    assert_eq!(visit.state(), State::Drafting);
    visit.submit();
    assert_eq!(visit.kept.len(), 1);
}

const DECK: &str = r#"{"generation_id":"g1","status":"completed","download_url":"https://f.example/a.pptx","download_url_expires_in":600}"#;

fn linked() -> Visit {
    let mut visit = Visit::to(named("duomi"), |_| {});
    visit.event(Event::Watch(JobId::parse("g1").expect("an id")));
    visit.reply(ok(DECK));
    assert_eq!(visit.shown().status.downloads[0].life, Some(600));
    visit
}

fn is_good(visit: &Visit) -> bool {
    let shown = visit.shown();
    let life = shown.status.downloads[0].life.expect("a life");
    shown.linked.age(visit.now) < good_for(life)
}

#[test]
fn a_link_of_known_life_ends_when_it_does() {
    let mut visit = linked();
    visit.step(9 * MINUTE);
    assert!(is_good(&visit));
    set(&mut visit, -DAY);
    assert!(is_good(&visit));
    visit.step(2 * MINUTE);
    assert!(!is_good(&visit), "a clock set back gives it no longer life");
}

#[test]
fn a_link_does_not_outlive_sleep() {
    let mut visit = linked();
    // The steady clock stood still.
    set(&mut visit, i64::try_from(HOUR).expect("an hour"));
    assert!(!is_good(&visit));
    visit.event(Event::RefreshLinks);
    visit.reply(ok(&DECK.replace("a.pptx", "b.pptx")));
    assert!(is_good(&visit));
    assert_eq!(visit.shown().notice, None::<Notice>);
}

#[test]
fn a_night_asleep_is_one_question_in_the_morning() {
    for steady_stands_still in [true, false] {
        let mut visit = Visit::waiting();
        watch(&mut visit, 5 * MINUTE);
        while visit.flying.is_some() {
            visit.reply(ok(WORKING));
        }
        let sent = visit.sent.len();
        visit.now.wall += 8 * HOUR;
        visit.now.steady += if steady_stands_still { 900 } else { 8 * HOUR };
        visit.event(Event::Visible(true));
        visit.event(Event::Wake);
        visit.event(Event::Online(true));
        // With a long interval, the last question was just before the lid closed.
        visit.until_poll();
        assert_eq!(visit.sent.len(), sent + 1);
        visit.reply(ok(COMPLETED));
        assert_eq!(visit.state(), State::Done);
    }
}
