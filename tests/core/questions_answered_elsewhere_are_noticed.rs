use crate::harness::ok;
use crate::questions_are_answered_in_the_same_job::{COMPLETED, GENERATING, HOW, WHO};
use crate::questions_are_answered_in_the_same_job::{asked, round, say};
use slidewright::job::{Event, Happening, State};

#[test]
fn when_the_job_moves_on() {
    for (next, state) in [
        (GENERATING, State::Waiting),
        (COMPLETED, State::Done),
        (r#"{"status":"failed","error":"No."}"#, State::Failed),
    ] {
        let mut visit = asked();
        visit.poll(ok(next));
        assert_eq!(visit.state(), state);
        assert_eq!(visit.shown().status.question, None);
        assert_eq!(*visit.shown().rounds, [round("Who is it for?", None)]);
    }
}

#[test]
fn when_another_question_comes() {
    let mut visit = asked();
    visit.poll(ok(HOW));
    assert_eq!(visit.state(), State::Asking);
    assert_eq!(*visit.shown().rounds, [round("Who is it for?", None)]);
    assert_eq!(visit.heard(Happening::Question), 2);
    say(&mut visit, "Ten minutes");
    visit.reply(ok("{}"));
    assert_eq!(
        visit.shown().rounds.last(),
        Some(&round("How long may it be?", Some("Ten minutes")))
    );
}

#[test]
fn polls_are_as_usual_again() {
    let mut visit = asked();
    visit.poll(ok(GENERATING));
    assert!(visit.until_poll() < 10_000);
}

#[test]
fn while_nobody_was_watching() {
    let mut visit = asked();
    visit.event(Event::Stop);
    visit.event(Event::KeepWaiting);
    visit.poll(ok(GENERATING));
    assert_eq!(*visit.shown().rounds, [round("Who is it for?", None)]);
}

#[test]
fn the_same_question_seen_again_after_a_stop_makes_no_round() {
    let mut visit = asked();
    visit.event(Event::Stop);
    visit.event(Event::KeepWaiting);
    visit.poll(ok(WHO));
    assert_eq!(visit.state(), State::Asking);
    assert!(visit.shown().rounds.is_empty());
}

#[test]
fn a_reply_that_leaves_the_text_out_asks_nothing_new() {
    let mut visit = asked();
    for odd in [
        r#"{"status":"awaiting_input"}"#,
        r#"{"status":"awaiting_input","message":null}"#,
        r#"{"status":"awaiting_input","message":7}"#,
    ] {
        visit.poll(ok(odd));
        let shown = visit.shown();
        assert_eq!(shown.status.question.as_deref(), Some("Who is it for?"));
        assert!(shown.rounds.is_empty());
    }
    assert_eq!(visit.heard(Happening::Question), 1);
}
