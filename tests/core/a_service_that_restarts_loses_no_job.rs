use crate::harness::{COMPLETED, MINUTE, Visit, WORKING, answer, later, ok};
use slidewright::job::{FailureKind, Fault, Happening, Notice, State};
use slidewright::status::Stage;

const UNKNOWN: &str = r#"{"detail":"No presentation generation task found"}"#;
const QUEUED: &str = r#"{"id":"task-1","status":"pending","message":"Queued"}"#;

#[test]
fn while_it_is_down_and_while_it_comes_up() {
    let mut visit = Visit::waiting();
    visit.poll(ok(WORKING));
    visit.until_poll();
    visit.fault(Fault::Network);
    visit.poll(answer(502, "<html>Bad Gateway</html>"));
    visit.poll(later(503, "5"));
    // Up, but with its list of jobs not read yet.
    visit.poll(answer(404, UNKNOWN));
    visit.poll(answer(404, UNKNOWN));
    assert_eq!((visit.state(), visit.kept.len()), (State::Waiting, 1));
    visit.poll(ok(WORKING));
    assert_eq!(visit.shown().notice, None);
    visit.poll(ok(COMPLETED));
    assert_eq!(visit.state(), State::Done);
    assert_eq!(visit.heard(Happening::Error), 0);
}

#[test]
fn where_it_begins_anew_nothing_runs_back() {
    let mut visit = Visit::waiting();
    visit.poll(ok(WORKING));
    let before = visit.shown().status.progress;
    visit.poll(ok(QUEUED));
    let shown = visit.shown();
    assert_eq!(shown.status.stage, Stage::Working);
    assert_eq!(shown.status.progress, before);
    assert_eq!(shown.state, State::Waiting);
    visit.poll(ok(COMPLETED));
    assert_eq!(visit.state(), State::Done);
}

#[test]
fn where_it_forgot_the_job_that_is_said_and_not_hidden() {
    let mut visit = Visit::waiting();
    visit.poll(ok(WORKING));
    for _ in 0..3 {
        visit.poll(answer(404, UNKNOWN));
    }
    let failure = visit.shown().failure.expect("a failure");
    assert_eq!(failure.kind, FailureKind::JobUnknown);
    assert!(failure.may_be_watched());
    assert!(visit.shown().can_retry, "as a new request, if wanted");
    assert_eq!(visit.submits(), 1);
}

#[test]
fn a_portal_in_between_costs_nothing() {
    let mut visit = Visit::waiting();
    visit.poll(ok(WORKING));
    for code in [200, 302, 511] {
        visit.poll(answer(code, "<html><title>Hotel login</title>"));
        assert_eq!(visit.state(), State::Waiting, "{code}");
    }
    assert_eq!(visit.kept.len(), 1);
    // A reload behind the portal, and after it.
    let mut visit = visit.reloaded_after(MINUTE);
    visit.reply(ok("<html><title>Hotel login</title>"));
    assert!(matches!(
        visit.shown().notice,
        Some(Notice::Unreadable(Some(_)))
    ));
    let mut visit = visit.reloaded_after(MINUTE);
    visit.reply(ok(COMPLETED));
    assert_eq!(visit.state(), State::Done);
}

#[test]
fn a_reply_that_comes_after_a_later_one_is_nothing() {
    let mut visit = Visit::waiting();
    visit.until_poll();
    let first = visit.flying.expect("a question");
    // Given up, and asked anew.
    visit.fault(Fault::TimedOut);
    visit.until_poll();
    visit.reply(ok(WORKING));
    let before = visit.shown();
    visit.event(slidewright::job::Event::Reply {
        call: first,
        outcome: Ok(ok(QUEUED)),
    });
    visit.event(slidewright::job::Event::Reply {
        call: first,
        outcome: Err(Fault::Network),
    });
    assert_eq!(visit.shown(), before);
}
