use crate::harness::{COMPLETED, HOUR, MINUTE, Visit, WORKING, answer, ok};
use crate::questions_are_answered_in_the_same_job as chronicle;
use slidewright::job::{Event, FailureKind, Fault, Happening, Notice, Phase, Purpose, State};
use slidewright::provider::JobId;

const UNKNOWN: &str = r#"{"detail":"No presentation generation task found"}"#;

/// Watches with prompt answers.
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
fn with_one_question_at_once() {
    for span in [500, HOUR, 23 * HOUR] {
        let first = Visit::waiting();
        let mut visit = first.reloaded_after(span);
        assert_eq!(visit.state(), State::Waiting);
        assert_eq!(visit.shown().job, JobId::parse("task-1"));
        assert_eq!(visit.purposes, [Purpose::Status]);
        assert!(visit.shown().resuming);
        assert_eq!(visit.told, [Happening::Resumed]);
        visit.reply(ok(WORKING));
        assert!(!visit.shown().resuming);
        assert!(visit.until_poll() >= 1_000, "then at its pace");
        assert_eq!(visit.kept.len(), 1);
    }
}

#[test]
fn with_what_was_shown_of_it_as_soon_as_the_service_says_so() {
    let mut first = Visit::waiting();
    first.poll(ok(WORKING));
    let mut visit = first.reloaded();
    visit.reply(ok(WORKING));
    assert_eq!(visit.shown().status, first.shown().status);
    assert_eq!(visit.shown().record, first.shown().record);
}

#[test]
fn its_time_counts_from_the_first_visit() {
    let mut first = Visit::waiting();
    let started = first.shown().started;
    watch(&mut first, 5 * MINUTE);
    let mut visit = first.reloaded_after(HOUR);
    assert_eq!(visit.shown().started, started);
    visit.reply(ok(WORKING));
    let visit = visit.reloaded_after(HOUR);
    assert_eq!(visit.shown().started, started);
}

#[test]
fn its_deadline_counts_what_was_watched_and_not_what_was_not() {
    let mut visit = Visit::waiting();
    watch(&mut visit, 20 * MINUTE);
    // Seven hours away are nobody's waiting.
    let mut visit = visit.reloaded_after(7 * HOUR);
    watch(&mut visit, 8 * MINUTE);
    assert_eq!(visit.state(), State::Waiting);
    watch(&mut visit, 3 * MINUTE);
    assert_eq!(visit.state(), State::Overdue);
}

/// A visitor who loads the page anew every minute is told some day, too.
#[test]
fn over_many_reloads() {
    let mut visit = Visit::waiting();
    for minute in 0.. {
        assert!(minute < 50, "for ever");
        watch(&mut visit, MINUTE);
        if visit.state() == State::Overdue {
            assert!(minute >= 28, "{minute}");
            break;
        }
        visit = visit.reloaded();
    }
}

#[test]
fn an_overdue_one_is_asked_about_once_before_it_is_called_so() {
    let mut first = Visit::waiting();
    watch(&mut first, HOUR);
    assert_eq!(first.state(), State::Overdue);

    let mut done = first.reloaded_after(HOUR);
    assert_eq!(done.state(), State::Waiting);
    done.reply(ok(COMPLETED));
    assert_eq!(done.state(), State::Done);

    let mut still = first.reloaded_after(HOUR);
    still.reply(ok(WORKING));
    still.pass(5 * MINUTE);
    assert_eq!(still.state(), State::Overdue);
    assert_eq!(still.sent.len(), 1);
}

#[test]
fn who_wanted_to_wait_on_is_not_sent_away_by_a_reload() {
    let mut visit = Visit::waiting();
    watch(&mut visit, HOUR);
    visit.event(Event::KeepWaiting);
    let mut visit = visit.reloaded();
    watch(&mut visit, 20 * MINUTE);
    assert_eq!(visit.state(), State::Waiting);
}

#[test]
fn a_stopped_one_stays_stopped_and_nothing_is_asked() {
    let mut first = Visit::waiting();
    first.event(Event::Stop);
    let mut visit = first.reloaded_after(HOUR);
    assert_eq!(visit.state(), State::Stopped);
    for event in [
        Event::Visible(true),
        Event::Online(true),
        Event::HeadersChanged,
        Event::Wake,
    ] {
        visit.event(event);
        visit.pass(HOUR);
    }
    assert!(visit.sent.is_empty());
    assert!(!visit.shown().resuming);
    visit.event(Event::KeepWaiting);
    visit.until_poll();
    visit.reply(ok(COMPLETED));
    assert_eq!(visit.state(), State::Done);
}

#[test]
fn one_that_the_service_does_not_know_ends_after_three_strikes() {
    let mut visit = Visit::waiting().reloaded_after(12 * HOUR);
    visit.reply(answer(404, UNKNOWN));
    visit.poll(answer(404, UNKNOWN));
    assert_eq!(visit.state(), State::Waiting);
    visit.poll(answer(404, UNKNOWN));
    let failure = visit.shown().failure.expect("a failure");
    assert_eq!(failure.kind, FailureKind::JobUnknown);
    assert_eq!(visit.timer, None);
}

#[test]
fn one_that_was_lost_sight_of_is_looked_for_again() {
    let mut first = Visit::waiting();
    for _ in 0..6 {
        first.poll(ok("<html><title>Hotel login</title>"));
    }
    assert_eq!(first.state(), State::Failed);
    let mut visit = first.reloaded_after(HOUR);
    visit.reply(ok(COMPLETED));
    assert_eq!(visit.state(), State::Done);
}

#[test]
fn without_a_sign_in_it_waits_for_one() {
    for headers_may_change in [true, false] {
        let mut first = Visit::with(|settings| settings.headers_may_change = headers_may_change);
        first.submit();
        first.reply(ok(crate::harness::ACCEPTED));
        let mut visit = first.reloaded();
        while visit.flying.is_some() {
            visit.reply(answer(401, "{}"));
        }
        assert_eq!(
            visit.calls(Purpose::Status),
            1 + usize::from(headers_may_change)
        );
        assert_eq!(visit.state(), State::Waiting);
        assert_eq!(visit.shown().notice, Some(Notice::SignedOut));
        assert_eq!(visit.kept.len(), 1);
        assert!(visit.shown().resuming, "nothing was said of it yet");
        visit.step(1_500);
        visit.event(Event::HeadersChanged);
        assert!(visit.flying.is_some());
        visit.reply(ok(COMPLETED));
        assert_eq!(visit.state(), State::Done);
    }
}

#[test]
fn without_a_network_it_stays() {
    let mut visit = Visit::waiting().reloaded();
    visit.event(Event::Online(false));
    visit.fault(Fault::Network);
    assert_eq!(visit.shown().notice, Some(Notice::Offline));
    assert_eq!((visit.state(), visit.kept.len()), (State::Waiting, 1));
    visit.step(1_500);
    visit.event(Event::Online(true));
    visit.reply(ok(COMPLETED));
    assert_eq!(visit.state(), State::Done);
}

#[test]
fn the_questions_that_are_behind_it_are_shown() {
    let mut first = chronicle::asked();
    chronicle::say(&mut first, "Beekeepers");
    first.reply(ok("{}"));
    first.poll(ok(chronicle::HOW));
    let mut visit = first.reloaded();
    let who = chronicle::round("Who is it for?", Some("Beekeepers"));
    let who = [who];
    assert_eq!(*visit.shown().rounds, who);
    visit.reply(ok(chronicle::HOW));
    assert_eq!(visit.state(), State::Asking);
    assert_eq!(*visit.shown().rounds, who);
}

#[test]
fn a_question_can_be_answered_after_it() {
    let mut visit = chronicle::asked().reloaded_after(HOUR);
    chronicle::say(&mut visit, "Too early");
    assert_eq!(visit.calls(Purpose::Answer), 0, "nothing was asked yet");
    visit.reply(ok(chronicle::WHO));
    chronicle::say(&mut visit, "Beekeepers");
    visit.reply(ok("{}"));
    visit.poll(ok(chronicle::COMPLETED));
    assert_eq!(visit.state(), State::Done);
    assert_eq!(
        *visit.shown().rounds,
        [chronicle::round("Who is it for?", Some("Beekeepers"))]
    );
}

#[test]
fn a_failed_one_can_be_tried_again_as_a_new_wish() {
    let mut first = Visit::waiting();
    first.poll(ok(r#"{"status":"error","error":{"detail":"x"}}"#));
    let mut visit = first.reloaded();
    visit.reply(ok(r#"{"status":"error","error":{"detail":"x"}}"#));
    assert_eq!(visit.state(), State::Failed);
    let key = visit.fresh_key();
    visit.event(Event::Retry { key: key.clone() });
    visit.host_agrees();
    assert_eq!(visit.keys(), [key.as_str()]);
    assert_eq!(visit.kept.len(), 1);
    assert_eq!(visit.kept[0].phase, Phase::Sent);
}

#[test]
fn nothing_is_taken_up_over_a_job_that_goes_on() {
    let mut visit = Visit::waiting();
    let mut record = visit.kept[0].clone();
    record.key = "other".into();
    record.job = JobId::parse("other");
    let before = visit.shown();
    visit.event(Event::Resume(Box::new(slidewright::job::Resumed {
        record,
        request: None,
        rounds: Vec::new(),
        sending: false,
    })));
    assert_eq!(visit.shown(), before);
}
