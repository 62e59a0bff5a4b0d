use crate::harness::{COMPLETED, MINUTE, Visit, WORKING, later, ok};
use crate::tabs::Tabs;
use slidewright::job::{Event, Happening, Purpose, Role, State};

const FLOOR: u64 = 1_000;

fn two() -> Tabs {
    let mut tabs = Tabs::of(Visit::waiting());
    tabs.open();
    tabs
}

/// The first tab is gone, as a page is: nothing of it goes off any more.
fn close_first(tabs: &mut Tabs) {
    tabs.tabs[0].timer = None;
    tabs.tabs[0].flying = None;
}

#[test]
fn a_tab_that_has_had_no_answer_asks_at_once() {
    let mut tabs = two();
    assert!(tabs.tabs[1].shown().resuming);
    tabs.lead(1);
    assert!(tabs.tabs[1].is_flying(Purpose::Status));
    tabs.reply(1, ok(COMPLETED));
    assert_eq!((tabs.state(0), tabs.state(1)), (State::Done, State::Done));
}

/// A follower that knows how the job is need not ask before the floor is over, but
/// need not wait longer either.
#[test]
fn one_that_has_had_an_answer_keeps_to_the_floor_and_no_longer() {
    for since in [0, 300, FLOOR, 2_500, 10_000, 100_000] {
        let mut tabs = two();
        tabs.until_poll(0);
        tabs.reply(0, ok(WORKING));
        assert!(!tabs.tabs[1].shown().resuming);
        close_first(&mut tabs);
        tabs.pass(since);
        tabs.lead(1);
        let waited = tabs.until_poll(1);
        assert!(since + waited >= FLOOR, "{since} and {waited} ms");
        assert!(waited <= 2_000, "{waited} ms, {since} ms after the answer");
    }
}

/// The tab that made the job was robbed before its first question, and the robber
/// closed before it had heard anything.
#[test]
fn one_that_has_neither_asked_nor_heard_asks_soon() {
    for since in [0, 500, 10_000] {
        let mut tabs = two();
        tabs.lead(1);
        tabs.pass(since);
        tabs.tabs[1].timer = None;
        tabs.tabs[1].flying = None;
        tabs.role(0, Role::Leading);
        let waited = tabs.until_poll(0);
        assert!(
            waited <= 2_000,
            "{waited} ms, {since} ms after the job was made"
        );
    }
}

/// Also counted from what another tab was told.
#[test]
fn one_that_led_before_keeps_to_the_floor_too() {
    let mut tabs = two();
    tabs.until_poll(0);
    tabs.reply(0, ok(WORKING));
    tabs.lead(1);
    tabs.until_poll(1);
    tabs.pass(MINUTE / 4);
    tabs.reply(1, ok(WORKING));
    tabs.pass(100);
    tabs.lead(0);
    assert_eq!(tabs.tabs[0].flying, None, "the service was asked just now");
    tabs.until_poll(0);
    assert_eq!(tabs.calls(Purpose::Status), 3);
}

#[test]
fn what_the_service_wants_holds_for_the_next_one_too() {
    for known in [true, false] {
        let mut tabs = two();
        if known {
            tabs.until_poll(0);
            tabs.reply(0, ok(WORKING));
        }
        tabs.until_poll(0);
        tabs.reply(0, later(429, "40"));
        close_first(&mut tabs);
        tabs.pass(5_000);
        tabs.lead(1);
        tabs.event(1, Event::Visible(true));
        let waited = tabs.until_poll(1);
        assert!((34_000..=MINUTE).contains(&waited), "{known}: {waited}");
    }
}

#[test]
fn a_tab_that_is_robbed_drops_its_question_and_what_comes_of_it() {
    let mut tabs = two();
    tabs.until_poll(0);
    let late = tabs.tabs[0].flying.expect("a question");
    tabs.lead(1);
    assert_eq!(tabs.tabs[0].flying, None, "aborted");
    let before = tabs.tabs[0].shown();
    let shared = tabs.tabs[0].shared.len();
    tabs.event(
        0,
        Event::Reply {
            call: late,
            outcome: Ok(ok(COMPLETED)),
        },
    );
    assert_eq!(tabs.tabs[0].shown(), before);
    assert_eq!(tabs.tabs[0].shared.len(), shared);
    assert_eq!(
        (tabs.state(0), tabs.state(1)),
        (State::Waiting, State::Waiting)
    );
    assert!(tabs.tabs[0].timer.is_some(), "it minds the other");
    tabs.reply(1, ok(COMPLETED));
    assert_eq!(tabs.state(0), State::Done);
}

/// An answer of the visitor's is no poll.
#[test]
fn an_answer_under_way_is_not_dropped() {
    let mut visit = crate::questions_are_answered_in_the_same_job::asked();
    visit.event(Event::Answer("Beekeepers".into()));
    visit.event(Event::Role(Role::Following));
    assert!(visit.is_flying(Purpose::Answer));
    visit.reply(ok("{}"));
    assert_eq!(visit.heard(Happening::Answered), 1);
}

#[test]
fn a_submit_under_way_is_not_dropped() {
    let mut visit = Visit::new();
    visit.submit();
    visit.event(Event::Role(Role::Following));
    assert!(visit.is_flying(Purpose::Submit));
    visit.reply(ok(crate::harness::ACCEPTED));
    assert_eq!(visit.state(), State::Waiting);
    assert_eq!(visit.kept.len(), 1);
}

#[test]
fn after_two_minutes_of_silence_a_tab_wants_the_lead_once() {
    let mut visit = Visit::waiting();
    visit.event(Event::Role(Role::Following));
    visit.pass(MINUTE);
    visit.event(Event::Heard(ok(WORKING)));
    visit.pass(2 * MINUTE - 1_000);
    assert_eq!(visit.leads, 0, "counted from the last word");
    visit.pass(MINUTE);
    assert_eq!(visit.leads, 1);
    assert_eq!(visit.calls(Purpose::Status), 0, "not before it has it");
}

/// A leader that polls far apart is not taken for dead: hidden, long at work, or
/// told to wait.
#[test]
fn a_slow_leader_keeps_it() {
    let mut tabs = two();
    tabs.event(0, Event::Visible(false));
    while tabs.tabs[0].now.steady < 25 * MINUTE {
        tabs.until_poll(0);
        tabs.reply(0, ok(WORKING));
    }
    assert_eq!(tabs.tabs[1].leads, 0);
}

#[test]
fn a_tab_that_died_without_a_word_is_replaced() {
    let mut tabs = two();
    tabs.until_poll(0);
    tabs.reply(0, ok(WORKING));
    close_first(&mut tabs);
    tabs.pass(5 * MINUTE);
    assert_eq!(tabs.tabs[1].leads, 1);
    assert_eq!(tabs.roles, [Role::Following, Role::Leading]);
    assert!(tabs.tabs[1].flying.is_some());
    tabs.reply(1, ok(COMPLETED));
    assert_eq!(tabs.state(1), State::Done);
}

#[test]
fn one_that_comes_back_from_sleep_does_not_ask_beside_the_new_one() {
    let mut tabs = two();
    tabs.until_poll(0);
    tabs.lead(1);
    tabs.until_poll(1);
    // The robbed one wakes up, and is looked at, before it leads again.
    for visit in &mut tabs.tabs {
        visit.now.wall += 60 * MINUTE;
    }
    tabs.event(0, Event::Visible(true));
    tabs.event(0, Event::Online(true));
    assert_eq!(tabs.tabs[0].flying, None);
    assert!(tabs.tabs[1].flying.is_some());
}
