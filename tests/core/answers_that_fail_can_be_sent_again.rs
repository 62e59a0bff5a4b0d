use crate::harness::{MINUTE, Visit, answer, later, ok};
use crate::questions_are_answered_in_the_same_job::{COMPLETED, GENERATING, HOW, WHO};
use crate::questions_are_answered_in_the_same_job::{asked, round, say};
use slidewright::job::{AnswerTrouble, Event, Fault, Happening, Purpose, State};

fn trouble(visit: &Visit) -> Option<AnswerTrouble> {
    visit.shown().answer_trouble
}

#[test]
fn a_refusal_leaves_the_question_open_and_says_why() {
    let mut visit = asked();
    say(&mut visit, "x");
    visit.reply(answer(
        400,
        r#"{"error":{"code":"BAD_REQUEST","message":"Too short.","status":400}}"#,
    ));
    assert_eq!(visit.state(), State::Asking);
    let said = Some("Too short.".into());
    assert_eq!(trouble(&visit), Some(AnswerTrouble::NotTaken(said)));

    visit.poll(ok(WHO));
    assert_eq!(visit.state(), State::Asking);
    assert_eq!(visit.calls(Purpose::Answer), 1, "never by itself");

    say(&mut visit, "Beekeepers");
    assert_eq!(trouble(&visit), None);
    visit.reply(ok("{}"));
    assert_eq!(
        *visit.shown().rounds,
        [round("Who is it for?", Some("Beekeepers"))]
    );
}

#[test]
fn a_refused_answer_is_no_answer_once_the_job_goes_on() {
    let mut visit = asked();
    say(&mut visit, "x");
    visit.reply(answer(400, "{}"));
    visit.poll(ok(GENERATING));
    assert_eq!(*visit.shown().rounds, [round("Who is it for?", None)]);
    assert_eq!(trouble(&visit), None);
}

#[test]
fn an_answer_that_never_left_is_not_taken() {
    let mut visit = asked();
    say(&mut visit, "x");
    visit.fault(Fault::NotSent);
    assert_eq!(trouble(&visit), Some(AnswerTrouble::NotTaken(None)));
    assert_eq!(visit.state(), State::Asking);
}

#[test]
fn a_refusal_that_asks_for_patience_gets_it() {
    let mut visit = asked();
    say(&mut visit, "Beekeepers");
    visit.reply(later(429, "30"));
    assert_eq!(visit.state(), State::Asking);
    assert!(matches!(trouble(&visit), Some(AnswerTrouble::NotTaken(_))));
    assert!(visit.until_poll() >= 30_000);
}

#[test]
fn not_even_who_comes_back_breaks_that_patience() {
    let mut visit = asked();
    visit.pass(18_000);
    say(&mut visit, "Beekeepers");
    visit.reply(later(429, "15"));
    visit.event(Event::Visible(true));
    assert_eq!(visit.flying, None, "asked 0 s after \"in 15 s\"");
    assert!(visit.until_poll() >= 15_000);
}

#[test]
fn without_a_reply_the_next_status_decides() {
    for next in [GENERATING, HOW, COMPLETED] {
        let mut visit = asked();
        say(&mut visit, "Beekeepers");
        visit.fault(Fault::Network);
        assert_eq!(visit.state(), State::Asking);
        assert_eq!(trouble(&visit), Some(AnswerTrouble::NoReply));
        visit.poll(ok(next));
        assert_eq!(visit.calls(Purpose::Answer), 1);
        assert_eq!(
            *visit.shown().rounds,
            [round("Who is it for?", Some("Beekeepers"))],
            "{next}"
        );
        assert_eq!(trouble(&visit), None);
    }
}

#[test]
fn an_answer_without_a_reply_is_never_repeated_by_itself() {
    for reply in [
        None,
        Some(answer(408, "")),
        Some(answer(500, "")),
        Some(answer(503, "{}")),
    ] {
        let mut visit = asked();
        say(&mut visit, "Beekeepers");
        match reply {
            Some(reply) => visit.reply(reply),
            None => visit.fault(Fault::TimedOut),
        }
        assert_eq!(trouble(&visit), Some(AnswerTrouble::NoReply));
        let until = visit.now.steady + 5 * MINUTE;
        while visit.now.steady < until {
            visit.until_poll();
            visit.reply(ok(WHO));
        }
        visit.event(Event::Online(true));
        visit.event(Event::HeadersChanged);
        assert_eq!(visit.calls(Purpose::Answer), 1);
        assert_eq!(visit.state(), State::Asking);
        assert_eq!(visit.heard(Happening::Question), 1);
        // The visitor may.
        visit.pass(100);
        say(&mut visit, "Beekeepers");
        assert_eq!(visit.calls(Purpose::Answer), 2);
    }
}

#[test]
fn signed_out_asks_for_headers_once_more_and_repeats_the_answer() {
    let mut visit = asked();
    say(&mut visit, "Beekeepers");
    let first = visit.last().clone();
    visit.reply(answer(401, "{}"));
    assert_eq!(visit.calls(Purpose::Answer), 2);
    assert_eq!(visit.last(), &first);
    visit.reply(answer(401, "{}"));
    assert_eq!(visit.calls(Purpose::Answer), 2, "once");
    assert!(matches!(trouble(&visit), Some(AnswerTrouble::NotTaken(_))));
    // Another wish, another try.
    say(&mut visit, "Beekeepers");
    visit.reply(answer(401, "{}"));
    assert_eq!(visit.calls(Purpose::Answer), 4);
    visit.reply(ok("{}"));
    assert_eq!(
        *visit.shown().rounds,
        [round("Who is it for?", Some("Beekeepers"))]
    );
}

#[test]
fn an_answer_stopped_on_its_way_is_not_taken_for_one_to_a_later_question() {
    let mut visit = asked();
    say(&mut visit, "Beekeepers");
    visit.event(Event::Stop);
    visit.event(Event::KeepWaiting);
    visit.poll(ok(GENERATING));
    visit.poll(ok(HOW));
    visit.poll(ok(GENERATING));
    let shown = visit.shown();
    let last = shown.rounds.last().expect("a round");
    assert_eq!(last, &round("How long may it be?", None));
}

#[test]
fn trouble_with_an_answer_is_forgotten_once_the_job_goes_on() {
    let mut visit = asked();
    say(&mut visit, "Beekeepers");
    visit.fault(Fault::Network);
    visit.event(Event::Stop);
    visit.event(Event::KeepWaiting);
    visit.poll(ok(GENERATING));
    assert_eq!(trouble(&visit), None);
    visit.poll(ok(HOW));
    assert_eq!(visit.state(), State::Asking);
    assert_eq!(trouble(&visit), None, "nobody answered this one yet");
}
