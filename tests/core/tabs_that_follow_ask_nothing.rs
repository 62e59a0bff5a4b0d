use crate::harness::{COMPLETED, HOUR, MINUTE, Visit, WORKING, answer, later, ok};
use crate::questions_are_answered_in_the_same_job as chronicle;
use crate::tabs::Tabs;
use slidewright::job::{Event, Fault, Happening, Notice, Phase, Purpose, Role, State};
use slidewright::status::Stage;

/// A tab that leads, and one that was opened beside it.
fn two() -> Tabs {
    of(Visit::waiting())
}

fn of(visit: Visit) -> Tabs {
    let mut tabs = Tabs::of(visit);
    let second = tabs.open();
    assert_eq!((second, tabs.roles[1]), (1, Role::Following));
    assert_eq!(tabs.tabs[1].shown().job, tabs.tabs[0].shown().job);
    tabs
}

/// The next question of the tab that leads, and its answer.
fn hear(tabs: &mut Tabs, reply: slidewright::provider::HttpReply) {
    tabs.until_poll(0);
    tabs.reply(0, reply);
}

fn same(tabs: &Tabs) {
    let [one, other] = [0, 1].map(|tab| tabs.tabs[tab].shown());
    assert_eq!(one.state, other.state);
    assert_eq!(one.status, other.status);
    assert_eq!(one.notice, other.notice);
    assert_eq!(one.failure, other.failure);
    assert_eq!(one.record, other.record);
    assert_eq!(one.started, other.started);
}

#[test]
fn and_show_the_same_status() {
    let mut tabs = two();
    for reply in [ok(WORKING), later(503, "2"), answer(429, "{}"), ok(WORKING)] {
        hear(&mut tabs, reply);
        same(&tabs);
    }
    assert_eq!(tabs.tabs[1].shown().status.stage, Stage::Working);
    assert!(tabs.tabs[1].sent.is_empty());
}

#[test]
fn the_same_question() {
    let visit = Visit::waiting_at("chronicle", chronicle::ACCEPTED);
    let mut tabs = of(visit);
    hear(&mut tabs, ok(chronicle::WHO));
    assert_eq!(tabs.state(1), State::Asking);
    same(&tabs);
    hear(&mut tabs, ok(chronicle::GENERATING));
    assert_eq!(tabs.state(1), State::Waiting);
    assert_eq!(
        *tabs.tabs[1].shown().rounds,
        [chronicle::round("Who is it for?", None)]
    );
    assert!(tabs.tabs[1].sent.is_empty());
}

#[test]
fn the_same_result_which_each_page_is_told_of_once() {
    let mut tabs = two();
    hear(&mut tabs, ok(COMPLETED));
    assert_eq!(tabs.state(1), State::Done);
    same(&tabs);
    for visit in &tabs.tabs {
        assert_eq!(visit.heard(Happening::Complete), 1);
    }
    assert_eq!(tabs.tabs[0].kept.len(), 1);
    tabs.pass(HOUR);
    assert!(tabs.tabs[1].sent.is_empty());
}

#[test]
fn the_same_end() {
    for reply in [
        ok(r#"{"status":"error","error":{"detail":"x"}}"#),
        answer(404, r#"{"detail":"Not found"}"#),
        ok("<html>"),
    ] {
        let mut tabs = two();
        hear(&mut tabs, ok(WORKING));
        while tabs.state(0) == State::Waiting {
            hear(&mut tabs, reply.clone());
        }
        assert_eq!(tabs.state(0), State::Failed);
        same(&tabs);
    }
}

#[test]
fn stopping_where_it_is_led_stops_them() {
    let mut tabs = two();
    hear(&mut tabs, ok(WORKING));
    tabs.event(0, Event::Stop);
    assert_eq!(tabs.state(1), State::Stopped);
    assert_eq!(tabs.tabs[1].heard(Happening::Stopped), 1);
    tabs.pass(HOUR);
    assert_eq!(tabs.calls(Purpose::Status), 1);
    assert_eq!(tabs.tabs[1].timer, None);
    assert_eq!(tabs.tabs[1].kept[0].phase, Phase::Stopped);
}

#[test]
fn whatever_happens_around_them() {
    let mut tabs = two();
    for event in [
        Event::Visible(false),
        Event::Visible(true),
        Event::Online(true),
        Event::HeadersChanged,
        Event::Wake,
        Event::RefreshLinks,
    ] {
        tabs.event(1, event);
        assert!(tabs.tabs[1].sent.is_empty());
    }
    // Asleep for a night, on either clock.
    for visit in &mut tabs.tabs {
        visit.now.wall += 8 * HOUR;
    }
    tabs.event(1, Event::Wake);
    tabs.event(1, Event::Visible(true));
    assert!(tabs.tabs[1].sent.is_empty());
}

#[test]
fn only_the_one_that_leads_passes_on_and_writes() {
    let mut tabs = two();
    for _ in 0..30 {
        hear(&mut tabs, ok(WORKING));
    }
    let watched = tabs.tabs[1].kept[0].watched;
    assert!(watched >= 40_000, "{watched}");

    let mut visit = Visit::waiting();
    visit.event(Event::Role(Role::Following));
    visit.passed.clear();
    for _ in 0..30 {
        visit.pass(2_000);
        visit.event(Event::Heard(ok(WORKING)));
    }
    visit.event(Event::Heard(ok(COMPLETED)));
    assert_eq!(visit.state(), State::Done);
    assert!(visit.passed.is_empty(), "{:?}", visit.passed);
}

#[test]
fn what_one_of_them_notes_the_other_does_not_undo() {
    for (one, other) in [(0, 1), (1, 0)] {
        let mut tabs = two();
        hear(&mut tabs, ok(COMPLETED));
        tabs.event(one, Event::Fetched);
        tabs.event(other, Event::Reset);
        let kept = &tabs.tabs[0].kept[0];
        assert!(kept.fetched, "downloaded in {one}, left in {other}");
        assert_eq!(kept.phase, Phase::Done);
    }
}

#[test]
fn an_answer_given_in_one_is_given_once() {
    let visit = Visit::waiting_at("chronicle", chronicle::ACCEPTED);
    let mut tabs = of(visit);
    hear(&mut tabs, ok(chronicle::WHO));
    tabs.event(1, Event::Answer("Beekeepers".into()));
    tabs.reply(1, ok("{}"));
    assert_eq!(tabs.state(1), State::Waiting);
    hear(&mut tabs, ok(chronicle::GENERATING));
    assert_eq!(tabs.state(0), State::Waiting);
    assert_eq!(tabs.calls(Purpose::Answer), 1);
    assert_eq!(tabs.tabs[1].calls(Purpose::Status), 0);
    assert_eq!(
        *tabs.tabs[1].shown().rounds,
        [chronicle::round("Who is it for?", Some("Beekeepers"))]
    );
}

#[test]
fn where_nobody_can_tell_whether_there_are_others_each_asks_half_as_often() {
    let pace = |role| {
        let mut visit = Visit::waiting();
        visit.event(Event::Role(role));
        visit.poll(ok(WORKING));
        let seen = visit.until_poll();
        visit.reply(ok(WORKING));
        visit.event(Event::Visible(false));
        (seen, visit.until_poll())
    };
    let leading = pace(Role::Leading);
    assert_eq!(pace(Role::Alone).0, 2 * leading.0);

    // A service in trouble is left alone for as long as it wants, at least.
    let mut visit = Visit::waiting();
    visit.event(Event::Role(Role::Alone));
    visit.until_poll();
    visit.reply(later(503, "20"));
    assert!(visit.until_poll() >= 20_000);
    visit.reply(ok(COMPLETED));
    assert_eq!(visit.state(), State::Done);
    assert_eq!(visit.kept[0].phase, Phase::Done);
}

#[test]
fn trouble_that_brings_no_reply_is_not_theirs() {
    let mut tabs = two();
    hear(&mut tabs, ok(WORKING));
    tabs.until_poll(0);
    tabs.fault(0, Fault::Network);
    assert_eq!(tabs.tabs[0].shown().notice, Some(Notice::Unreachable));
    assert_eq!(tabs.tabs[1].shown().notice, None);
    assert_eq!(tabs.state(1), State::Waiting);
    // A reply takes the notice away in both.
    hear(&mut tabs, ok(WORKING));
    same(&tabs);
    assert!(tabs.tabs[0].now.steady < 10 * MINUTE);
}
