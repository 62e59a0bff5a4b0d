use crate::harness::{MINUTE, Visit, WORKING, ok};
use slidewright::job::Event;

#[test]
fn a_hidden_tab_asks_less_often_but_goes_on_asking() {
    let mut visit = Visit::waiting();
    visit.poll(ok(WORKING));
    let seen = visit.until_poll();
    visit.event(Event::Visible(false));
    visit.reply(ok(WORKING));
    let unseen = visit.until_poll();
    assert!(unseen >= 3 * seen, "{unseen} ms hidden, {seen} ms visible");
}

#[test]
fn a_tab_shown_again_asks_at_once() {
    let mut visit = Visit::waiting();
    visit.event(Event::Visible(false));
    visit.poll(ok(WORKING));
    visit.step(5_000);
    visit.event(Event::Visible(true));
    assert!(visit.flying.is_some());
}

#[test]
fn a_network_that_returns_asks_at_once() {
    let mut visit = Visit::waiting();
    visit.until_poll();
    visit.fault(slidewright::job::Fault::Network);
    visit.step(1_500);
    visit.event(Event::Online(true));
    assert!(visit.flying.is_some());
}

#[test]
fn flicker_does_not_beat_the_floor() {
    let mut visit = Visit::waiting();
    visit.poll(ok(WORKING));
    let before = visit.sent.len();
    for _ in 0..50 {
        visit.step(5);
        visit.event(Event::Visible(false));
        visit.event(Event::Visible(true));
    }
    assert_eq!(
        visit.sent.len(),
        before,
        "a quarter of a second, one floor not over"
    );
}

#[test]
fn a_machine_that_slept_asks_as_soon_as_it_wakes() {
    let mut visit = Visit::waiting();
    visit.event(Event::Visible(false));
    visit.poll(ok(WORKING));
    // The steady clock stood still, the wall's did not; the timer is not due.
    visit.now.steady += 1_200;
    visit.now.wall += 8 * 60 * MINUTE;
    visit.event(Event::Online(false));
    assert!(visit.flying.is_some());
}

#[test]
fn a_wall_clock_set_back_or_forward_does_not_stop_the_questions() {
    let mut visit = Visit::waiting();
    visit.poll(ok(WORKING));
    visit.now.wall -= 24 * 60 * MINUTE;
    visit.poll(ok(WORKING));
    visit.now.wall += 48 * 60 * MINUTE;
    let waited = visit.until_poll();
    assert!(waited <= 2_000, "{waited}");
}
