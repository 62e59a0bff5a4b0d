use crate::harness::{ACCEPTED, COMPLETED, MINUTE, Visit, WORKING, answer, ok};
use slidewright::job::{Effect, Event, Fault, Phase, Purpose, Record, Role, State};
use slidewright::provider::JobId;

const FAILED: &str = r#"{"id":"task-1","status":"error","error":{"detail":"x"}}"#;

fn record(visit: &Visit) -> &Record {
    visit.record().expect("what is shown is kept")
}

#[test]
fn the_job_is_kept_before_it_is_asked_about() {
    let mut visit = Visit::new();
    visit.submit();
    let key = visit.keys()[0].to_string();
    visit.reply(ok(ACCEPTED));
    assert_eq!(visit.calls(Purpose::Status), 0);
    let record = record(&visit);
    assert_eq!(record.job, JobId::parse("task-1"));
    assert_eq!((record.phase, &record.key), (Phase::Open, &key));
    assert_eq!(visit.kept.len(), 1, "in place of the intent");
}

#[test]
fn before_the_host_is_told_of_it() {
    let mut visit = Visit::new();
    visit.submit();
    let call = visit.flying.expect("the submit");
    let reply = Event::Reply {
        call,
        outcome: Ok(ok(ACCEPTED)),
    };
    // A host's listener may navigate away at once.
    let effects = visit.job.handle(reply, visit.now);
    let at = |wanted: fn(&Effect) -> bool| effects.iter().position(wanted).expect("both");
    let saved = at(|effect| matches!(effect, Effect::Save(_)));
    let told = at(|effect| matches!(effect, Effect::Tell(_)));
    assert!(saved < told, "{effects:?}");
}

#[test]
fn a_deck_a_failure_and_a_stop_are_phases() {
    let mut visit = Visit::waiting();
    visit.poll(ok(COMPLETED));
    assert_eq!(record(&visit).phase, Phase::Done);

    let mut visit = Visit::waiting();
    visit.poll(ok(FAILED));
    assert_eq!(record(&visit).phase, Phase::Failed);

    let mut visit = Visit::waiting();
    visit.event(Event::Stop);
    assert_eq!(record(&visit).phase, Phase::Stopped);
    visit.event(Event::KeepWaiting);
    assert_eq!(record(&visit).phase, Phase::Open);
}

#[test]
fn a_job_that_was_born_finished_is_kept_as_such() {
    for (reply, phase) in [(COMPLETED, Phase::Done), (FAILED, Phase::Failed)] {
        let mut visit = Visit::new();
        visit.submit();
        visit.reply(ok(reply));
        assert_eq!(record(&visit).phase, phase);
    }
}

/// What a tab was to an earlier job says nothing about its own.
#[test]
fn also_in_a_tab_that_followed_another_before() {
    let mut visit = Visit::waiting();
    visit.event(Event::Role(Role::Following));
    visit.event(Event::Reset);
    visit.submit();
    visit.reply(ok(COMPLETED));
    assert_eq!(visit.state(), State::Done);
    assert_eq!(record(&visit).phase, Phase::Done);
}

#[test]
fn who_stops_while_the_request_is_on_its_way_has_a_job_that_is_stopped() {
    let mut visit = Visit::new();
    visit.submit();
    visit.event(Event::Stop);
    visit.reply(ok(ACCEPTED));
    assert_eq!(record(&visit).phase, Phase::Stopped);
    assert_eq!(record(&visit).job, JobId::parse("task-1"));
}

#[test]
fn a_job_that_was_only_lost_sight_of_or_is_overdue_stays_open() {
    let mut visit = Visit::waiting();
    for _ in 0..6 {
        visit.poll(ok("<html>"));
    }
    assert_eq!(visit.state(), State::Failed);
    assert_eq!(record(&visit).phase, Phase::Open);

    let mut visit = Visit::waiting();
    for _ in 0..3 {
        visit.poll(answer(400, "{}"));
    }
    assert_eq!(visit.state(), State::Failed);
    assert_eq!(record(&visit).phase, Phase::Open);

    let mut visit = overdue();
    assert_eq!(record(&visit).phase, Phase::Open);
    visit.event(Event::Reset);
    assert_eq!(visit.kept.len(), 1, "its deck may still be made");
}

fn overdue() -> Visit {
    let mut visit = Visit::waiting();
    while visit.state() == State::Waiting {
        match visit.flying {
            Some(_) => visit.reply(ok(WORKING)),
            None => visit.pass(500),
        }
    }
    assert_eq!(visit.state(), State::Overdue);
    visit
}

#[test]
fn a_doubt_keeps_it_and_going_back_drops_it() {
    let mut visit = Visit::new();
    visit.submit();
    visit.fault(Fault::Network);
    assert_eq!(visit.state(), State::Uncertain);
    assert_eq!(record(&visit).phase, Phase::Sent);
    visit.pass(60 * MINUTE);
    assert_eq!(visit.kept.len(), 1);
    visit.event(Event::Reset);
    assert_eq!(visit.state(), State::Drafting);
    assert!(visit.kept.is_empty());
}

#[test]
fn a_refusal_of_the_second_attempt_keeps_it_only_where_the_first_may_have_arrived() {
    for (code, kept) in [(401, 1), (403, 1), (409, 1), (429, 1), (400, 0), (422, 0)] {
        let mut visit = Visit::with(|settings| settings.headers_may_change = false);
        visit.submit();
        visit.fault(Fault::TimedOut);
        visit.send_again();
        visit.reply(answer(code, "{}"));
        assert_eq!(visit.kept.len(), kept, "{code}");
    }
}

#[test]
fn who_turns_away_leaves_what_may_still_be_had() {
    let left = |visit: &mut Visit| {
        visit.event(Event::Reset);
        assert_eq!(visit.shown().record, None);
        visit.kept.iter().map(|kept| kept.left).collect::<Vec<_>>()
    };
    let mut waiting = Visit::waiting();
    assert!(!record(&waiting).left);
    assert_eq!(left(&mut waiting), [true]);

    let mut done = Visit::waiting();
    done.poll(ok(COMPLETED));
    assert_eq!(left(&mut done), [true]);

    let mut stopped = Visit::waiting();
    stopped.event(Event::Stop);
    assert_eq!(left(&mut stopped), [true]);

    let mut failed = Visit::waiting();
    failed.poll(ok(FAILED));
    assert!(left(&mut failed).is_empty(), "nothing to be had");
}

/// Also where another tab led when it was stopped.
#[test]
fn watching_again_is_kept_as_stopping_is() {
    for role in [Role::Leading, Role::Following, Role::Alone] {
        let mut visit = Visit::waiting();
        visit.event(Event::Role(role));
        visit.event(Event::Stop);
        assert_eq!(record(&visit).phase, Phase::Stopped, "{role:?}");
        visit.event(Event::KeepWaiting);
        assert_eq!(record(&visit).phase, Phase::Open, "{role:?}");
    }
}

#[test]
fn a_new_wish_leaves_the_last_one() {
    let mut visit = Visit::waiting();
    visit.poll(ok(COMPLETED));
    visit.submit();
    let left: Vec<(bool, Phase)> = visit.kept.iter().map(|it| (it.left, it.phase)).collect();
    assert_eq!(left, [(true, Phase::Done), (false, Phase::Sent)]);
}

#[test]
fn a_download_is_noted() {
    let mut visit = Visit::waiting();
    visit.poll(ok(COMPLETED));
    assert!(!record(&visit).fetched);
    visit.event(Event::Fetched);
    assert!(record(&visit).fetched);
    visit.event(Event::Reset);
    assert!(visit.kept[0].fetched && visit.kept[0].left);
}
