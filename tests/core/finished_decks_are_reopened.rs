use crate::harness::{COMPLETED, HOUR, MINUTE, Visit, WORKING, answer, ok};
use slidewright::job::{Event, Fault, Happening, Notice, Phase, Purpose, Resumed, State};

fn finished() -> Visit {
    let mut visit = Visit::waiting();
    visit.poll(ok(COMPLETED));
    assert_eq!(visit.heard(Happening::Complete), 1);
    visit
}

/// Chosen from the list of those that were made before.
fn reopen(visit: &mut Visit, at: usize) {
    visit.event(Event::Resume(Box::new(Resumed {
        record: visit.kept[at].clone(),
        request: None,
        rounds: Vec::new(),
        sending: false,
    })));
}

#[test]
fn with_one_question_and_no_more() {
    let mut visit = finished().reloaded_after(5 * HOUR);
    assert_eq!(visit.purposes, [Purpose::Status]);
    visit.reply(ok(COMPLETED));
    assert_eq!(visit.state(), State::Done);
    assert_eq!(visit.shown().status.downloads.len(), 1);
    assert_eq!(visit.shown().linked, visit.now, "its links are new");
    visit.event(Event::Visible(true));
    visit.pass(HOUR);
    assert_eq!(visit.sent.len(), 1);
}

#[test]
fn as_no_news() {
    let mut visit = finished().reloaded();
    visit.reply(ok(COMPLETED));
    assert_eq!(visit.heard(Happening::Complete), 0, "told once already");
    assert_eq!(visit.heard(Happening::Resumed), 1);
}

#[test]
fn one_that_was_finished_meanwhile_is_news() {
    let mut visit = Visit::waiting().reloaded_after(5 * HOUR);
    visit.reply(ok(COMPLETED));
    assert_eq!(visit.heard(Happening::Complete), 1);
    let mut visit = visit.reloaded();
    visit.reply(ok(COMPLETED));
    assert_eq!(visit.heard(Happening::Complete), 0);
}

#[test]
fn from_the_list_of_earlier_ones() {
    let mut visit = finished();
    visit.event(Event::Reset);
    visit.submit();
    visit.reply(ok(&COMPLETED.replace("task-1", "task-2")));
    assert_eq!(visit.kept.len(), 2);
    let sent = visit.sent.len();
    let at = visit.kept.iter().position(|kept| kept.left).expect("one");
    reopen(&mut visit, at);
    assert_eq!(visit.shown().job.expect("a job").as_str(), "task-1");
    visit.reply(ok(COMPLETED));
    assert_eq!((visit.state(), visit.sent.len()), (State::Done, sent + 1));
    // Each stays reachable, and a reload finds the one that is shown.
    let left = |job: &str| {
        let mut kept = visit.kept.iter();
        let found = kept.find(|it| it.job.as_ref().is_some_and(|it| it.as_str() == job));
        found.expect("both").left
    };
    assert!(!left("task-1") && left("task-2"));
    let visit = visit.reloaded();
    assert_eq!(visit.shown().job.expect("a job").as_str(), "task-1");
}

#[test]
fn what_was_downloaded_stays_noted() {
    let mut visit = finished();
    visit.event(Event::Fetched);
    visit.event(Event::Reset);
    reopen(&mut visit, 0);
    visit.reply(ok(COMPLETED));
    assert!(visit.kept[0].fetched && !visit.kept[0].left);
}

#[test]
fn trouble_does_not_cost_it() {
    let mut visit = finished().reloaded();
    visit.fault(Fault::Network);
    visit.poll(answer(503, ""));
    assert_eq!(visit.shown().notice, Some(Notice::Unreachable));
    assert_eq!(visit.kept[0].phase, Phase::Done);
    visit.poll(ok(COMPLETED));
    assert_eq!(visit.state(), State::Done);
}

/// Some servers forget and begin anew.
#[test]
fn one_that_is_at_work_again_is_waited_for() {
    let mut visit = finished().reloaded();
    visit.reply(ok(WORKING));
    assert_eq!(visit.state(), State::Waiting);
    visit.poll(ok(COMPLETED));
    assert_eq!(visit.state(), State::Done);
}

/// However long it had taken.
#[test]
fn it_is_never_called_overdue() {
    let mut first = Visit::with(|settings| settings.deadline = MINUTE);
    first.submit();
    first.reply(ok(crate::harness::ACCEPTED));
    while first.now.steady < 58_000 {
        first.poll(ok(WORKING));
    }
    first.until_poll();
    first.step(8_000);
    first.reply(ok(COMPLETED));
    assert_eq!(first.state(), State::Done);
    assert!(first.kept[0].watched >= MINUTE);

    let mut visit = first.reloaded();
    visit.fault(Fault::Network);
    visit.until_poll_or_rest();
    assert_ne!(visit.state(), State::Overdue);
}

#[test]
fn what_was_left_is_not_taken_up_by_itself() {
    let mut visit = finished();
    visit.event(Event::Reset);
    let visit = visit.reloaded();
    assert_eq!(visit.state(), State::Drafting);
    assert_eq!(visit.kept.len(), 1);
    assert!(visit.sent.is_empty());
}
