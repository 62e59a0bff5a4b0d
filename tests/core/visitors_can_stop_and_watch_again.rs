use crate::harness::{ACCEPTED, COMPLETED, MINUTE, Visit, ok};
use slidewright::job::{Event, Happening, State};
use slidewright::provider::JobId;

#[test]
fn stopping_only_stops_the_questions() {
    let mut visit = Visit::waiting();
    visit.until_poll();
    visit.event(Event::Stop);
    assert_eq!(visit.state(), State::Stopped);
    let sent = visit.sent.len();
    visit.pass(60 * MINUTE);
    assert_eq!(visit.sent.len(), sent);
    visit.event(Event::KeepWaiting);
    visit.until_poll();
    visit.reply(ok(COMPLETED));
    assert_eq!(visit.state(), State::Done);
}

#[test]
fn stopping_while_the_request_is_on_its_way_keeps_the_job() {
    let mut visit = Visit::new();
    visit.submit();
    visit.event(Event::Stop);
    assert!(
        visit.flying.is_some(),
        "its reply brings the id, without which the job is lost"
    );
    visit.reply(ok(ACCEPTED));
    assert_eq!(visit.state(), State::Stopped);
    assert_eq!(visit.shown().job, JobId::parse("task-1"));
    visit.event(Event::KeepWaiting);
    assert_eq!(visit.state(), State::Waiting);
}

#[test]
fn a_job_made_elsewhere_can_be_followed() {
    let mut visit = Visit::new();
    visit.event(Event::Watch(JobId::parse("task-77").expect("an id")));
    assert_eq!(visit.state(), State::Waiting);
    assert!(
        visit
            .sent
            .last()
            .expect("a question")
            .path
            .ends_with("/task-77")
    );
    visit.reply(ok(COMPLETED));
    assert_eq!(visit.state(), State::Done);
    assert!(!visit.shown().can_retry, "its request is not known here");
}

#[test]
fn the_host_hears_each_step_once() {
    let mut visit = Visit::waiting();
    visit.poll(ok(COMPLETED));
    assert_eq!(
        visit.told,
        [
            Happening::Accepted,
            Happening::Status,
            Happening::Status,
            Happening::Complete
        ]
    );
}

#[test]
fn a_job_may_be_born_finished() {
    let mut visit = Visit::new();
    visit.submit();
    visit.reply(ok(
        r#"{"id":7,"status":"completed","data":{"path":"/a.pptx"}}"#,
    ));
    assert_eq!(visit.state(), State::Done);
    assert_eq!(visit.timer, None);
}

#[test]
fn starting_over_leaves_nothing_behind() {
    let mut visit = Visit::waiting();
    visit.poll(ok(COMPLETED));
    visit.event(Event::Reset);
    let shown = visit.shown();
    assert_eq!(
        (shown.state, shown.job, shown.status.downloads.len()),
        (State::Drafting, None, 0)
    );
}
