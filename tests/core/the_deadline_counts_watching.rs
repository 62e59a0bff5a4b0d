use crate::harness::{MINUTE, Visit, WORKING, ok};
use slidewright::job::{Event, State};

/// Watches with prompt answers until the state changes or `limit` is over.
fn watch(visit: &mut Visit, limit: u64) {
    let end = visit.now.steady + limit;
    while visit.state() == State::Waiting && visit.now.steady < end {
        match visit.flying {
            Some(_) => visit.reply(ok(WORKING)),
            None => {
                let at = visit.timer.expect("a timer while waiting");
                visit.pass(at - visit.now.steady);
            }
        }
    }
}

#[test]
fn past_the_deadline_a_job_is_overdue_and_not_failed() {
    let mut visit = Visit::waiting();
    watch(&mut visit, 29 * MINUTE);
    assert_eq!(visit.state(), State::Waiting);
    watch(&mut visit, 3 * MINUTE);
    assert_eq!(visit.state(), State::Overdue);
    let sent = visit.sent.len();
    visit.pass(60 * MINUTE);
    visit.event(Event::Visible(true));
    assert_eq!(visit.sent.len(), sent, "nothing more by itself");
}

#[test]
fn keep_waiting_gives_it_the_same_time_again() {
    let mut visit = Visit::waiting();
    watch(&mut visit, 40 * MINUTE);
    visit.event(Event::KeepWaiting);
    assert_eq!(visit.state(), State::Waiting);
    assert!(visit.flying.is_some(), "and asks at once");
    watch(&mut visit, 25 * MINUTE);
    assert_eq!(visit.state(), State::Waiting);
}

#[test]
fn time_asleep_does_not_count() {
    let mut visit = Visit::waiting();
    visit.poll(ok(WORKING));
    visit.step(8 * 60 * MINUTE);
    visit.event(Event::Wake);
    assert!(visit.flying.is_some(), "asks instead of giving up");
    visit.reply(ok(WORKING));
    watch(&mut visit, 20 * MINUTE);
    assert_eq!(visit.state(), State::Waiting);
}
