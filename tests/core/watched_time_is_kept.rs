use crate::harness::{COMPLETED, MINUTE, Visit, WORKING, answer, ok};
use slidewright::job::{Effect, Event, Fault, Record, State};
use slidewright::provider::HttpReply;

fn watch(visit: &mut Visit, span: u64, says: &Result<HttpReply, Fault>) {
    let end = visit.now.steady + span;
    while visit.now.steady < end && matches!(visit.state(), State::Waiting | State::Asking) {
        match (visit.flying, says) {
            (Some(_), Ok(reply)) => visit.reply(reply.clone()),
            (Some(_), Err(fault)) => visit.fault(fault.clone()),
            (None, _) => {
                let at = visit.timer.expect("a timer while waiting");
                visit.pass(at.saturating_sub(visit.now.steady).max(1));
            }
        }
    }
}

fn record(visit: &Visit) -> &Record {
    visit.record().expect("what is shown is kept")
}

fn saves(visit: &Visit) -> usize {
    let saved = visit.passed.iter();
    saved
        .filter(|effect| matches!(effect, Effect::Save(_)))
        .count()
}

#[test]
fn every_quarter_of_a_minute_and_not_with_every_reply() {
    let mut visit = Visit::waiting();
    let before = saves(&visit);
    watch(&mut visit, 2 * MINUTE, &Ok(ok(WORKING)));
    let watched = record(&visit).watched;
    assert!((100_000..=121_000).contains(&watched), "{watched}");
    let saves = saves(&visit) - before;
    assert!((5..=9).contains(&saves), "{saves} times in two minutes");
}

/// Otherwise a page that is loaded anew now and then would ask a dead service for
/// ever.
#[test]
fn while_nothing_answers_too() {
    for says in [
        Err(Fault::Network),
        Ok(answer(503, "")),
        Ok(answer(429, "{}")),
        Ok(answer(403, "{}")),
    ] {
        let mut visit = Visit::waiting();
        watch(&mut visit, 10 * MINUTE, &says);
        assert_eq!(visit.state(), State::Waiting);
        let watched = record(&visit).watched;
        assert!(
            watched >= 8 * MINUTE,
            "{says:?}: {watched} ms of ten minutes"
        );
    }
}

#[test]
fn while_a_question_waits_too() {
    const WHO: &str = r#"{"status":"awaiting_input","message":"Who?"}"#;
    let mut visit = Visit::waiting_at(
        "chronicle",
        r#"{"generation_id":"g","status":"generating"}"#,
    );
    watch(&mut visit, 10 * MINUTE, &Ok(ok(WHO)));
    assert_eq!(visit.state(), State::Asking);
    assert!(record(&visit).watched >= 9 * MINUTE);
}

#[test]
fn once_more_at_the_end() {
    let mut visit = Visit::waiting();
    watch(&mut visit, 40_000, &Ok(ok(WORKING)));
    visit.poll(ok(COMPLETED));
    assert!(record(&visit).watched >= 39_000);

    let mut visit = Visit::waiting();
    watch(&mut visit, 40_000, &Ok(ok(WORKING)));
    visit.event(Event::Stop);
    assert!(record(&visit).watched >= 39_000);
}

#[test]
fn also_where_the_end_is_that_it_takes_too_long() {
    let mut visit = Visit::waiting();
    watch(&mut visit, 60 * MINUTE, &Ok(ok(WORKING)));
    assert_eq!(visit.state(), State::Overdue);
    let watched = record(&visit).watched;
    assert!(watched >= 30 * MINUTE, "{watched}");
}

#[test]
fn who_wants_to_wait_on_begins_anew() {
    let mut visit = Visit::waiting();
    watch(&mut visit, 60 * MINUTE, &Ok(ok(WORKING)));
    assert_eq!(visit.state(), State::Overdue);
    visit.event(Event::KeepWaiting);
    assert!(record(&visit).watched < MINUTE);
}
