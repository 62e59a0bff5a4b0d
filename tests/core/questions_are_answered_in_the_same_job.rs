use crate::harness::{MINUTE, Visit, answer, body, json, ok};
use slidewright::job::{Event, Fault, Happening, Purpose, Round, State};
use slidewright::provider::{JobId, Method};

pub const ACCEPTED: &str = r#"{"generation_id":"gen_123","status":"generating"}"#;
pub const GENERATING: &str = r#"{"generation_id":"gen_123","status":"generating"}"#;
pub const WHO: &str = r#"{"status":"awaiting_input","message":"Who is it for?"}"#;
pub const HOW: &str = r#"{"status":"awaiting_input","message":"How long may it be?"}"#;
pub const COMPLETED: &str =
    r#"{"status":"completed","presentation":{"id":"p","url":"https://app.chroniclehq.com/p"}}"#;

/// A visit that is asked who it is for.
pub fn asked() -> Visit {
    let mut visit = Visit::waiting_at("chronicle", ACCEPTED);
    visit.poll(ok(WHO));
    assert_eq!(visit.state(), State::Asking);
    visit
}

pub fn say(visit: &mut Visit, text: &str) {
    visit.event(Event::Answer(text.into()));
}

pub fn round(question: &str, answer: Option<&str>) -> Round {
    Round {
        question: Some(question.into()),
        answer: answer.map(Into::into),
    }
}

#[test]
fn two_questions_are_two_messages_and_the_rounds_are_kept() {
    let mut visit = asked();
    assert_eq!(
        visit.shown().status.question.as_deref(),
        Some("Who is it for?")
    );
    say(&mut visit, "  Beekeepers\n");
    assert_eq!(visit.last().method, Method::Post);
    assert_eq!(
        visit.last().path,
        "/api/v1/presentations/generate/gen_123/message"
    );
    assert_eq!(body(visit.last()), &json(r#"{"content":"Beekeepers"}"#));
    visit.reply(ok(r#"{"status":"generating"}"#));
    assert_eq!(visit.state(), State::Waiting);
    assert_eq!(visit.shown().status.question, None);

    visit.poll(ok(HOW));
    say(&mut visit, "Ten minutes");
    visit.reply(ok(r#"{"status":"generating"}"#));
    visit.poll(ok(GENERATING));
    visit.poll(ok(COMPLETED));

    assert_eq!(visit.state(), State::Done);
    assert_eq!(
        *visit.shown().rounds,
        [
            round("Who is it for?", Some("Beekeepers")),
            round("How long may it be?", Some("Ten minutes")),
        ]
    );
    assert_eq!(visit.shown().job, JobId::parse("gen_123"));
    assert_eq!(visit.calls(Purpose::Submit), 1);
    assert_eq!(visit.heard(Happening::Question), 2);
    assert_eq!(visit.heard(Happening::Answered), 2);
}

#[test]
fn a_poll_under_way_gives_way_to_the_answer() {
    let mut visit = asked();
    visit.until_poll();
    let poll = visit.flying;
    say(&mut visit, "Beekeepers");
    assert_ne!(visit.flying, poll, "the poll is dropped");
    assert_eq!(visit.purposes.last(), Some(&Purpose::Answer));
    let late = Event::Reply {
        call: poll.expect("the poll"),
        outcome: Ok(ok(HOW)),
    };
    visit.event(late);
    assert!(visit.shown().answering);
    assert_eq!(
        visit.shown().status.question.as_deref(),
        Some("Who is it for?")
    );
}

#[test]
fn one_answer_at_a_time_and_none_that_is_blank() {
    let mut visit = asked();
    let sent = visit.sent.len();
    for blank in ["", "  ", "\n\t"] {
        say(&mut visit, blank);
    }
    assert_eq!(visit.sent.len(), sent);
    say(&mut visit, "One");
    say(&mut visit, "Two");
    assert_eq!(visit.calls(Purpose::Answer), 1);
    // Nothing else is sent meanwhile.
    visit.event(Event::Visible(true));
    visit.event(Event::Online(true));
    visit.event(Event::Wake);
    visit.pass(MINUTE / 4);
    assert_eq!(visit.sent.len(), sent + 1);
}

#[test]
fn nobody_answers_what_was_not_asked() {
    let mut visit = Visit::waiting_at("chronicle", ACCEPTED);
    say(&mut visit, "Beekeepers");
    assert_eq!(visit.calls(Purpose::Answer), 0);
    visit.poll(ok(COMPLETED));
    say(&mut visit, "Beekeepers");
    assert_eq!(visit.calls(Purpose::Answer), 0);
}

#[test]
fn while_a_question_waits_polls_are_far_apart() {
    let mut visit = asked();
    let apart = visit.until_poll();
    assert!(apart >= 15_000, "{apart}");
    visit.reply(ok(WHO));
    assert_eq!(visit.state(), State::Asking);
    assert!(visit.until_poll() >= 15_000);
}

#[test]
fn after_the_answer_polls_are_as_usual() {
    let mut visit = asked();
    say(&mut visit, "Beekeepers");
    visit.reply(ok("{}"));
    for _ in 0..3 {
        let apart = visit.until_poll();
        assert!((5_000..=6_000).contains(&apart), "{apart}");
        visit.reply(ok(GENERATING));
    }
}

#[test]
fn a_question_is_told_once() {
    let mut visit = asked();
    for _ in 0..3 {
        visit.poll(ok(WHO));
    }
    visit.until_poll();
    visit.fault(Fault::Network);
    visit.poll(ok(WHO));
    say(&mut visit, "Beekeepers");
    visit.reply(answer(400, "{}"));
    visit.poll(ok(WHO));
    assert_eq!(visit.heard(Happening::Question), 1);
    assert!(visit.shown().rounds.is_empty());
}

#[test]
fn a_late_echo_of_the_question_is_not_asked_twice() {
    let mut visit = asked();
    say(&mut visit, "Beekeepers");
    visit.reply(ok("{}"));
    visit.poll(ok(WHO));
    assert_eq!(visit.state(), State::Waiting);
    assert_eq!(visit.shown().status.question, None);
    visit.poll(ok(GENERATING));
    assert_eq!(visit.heard(Happening::Question), 1);
    assert_eq!(visit.shown().rounds.len(), 1);
}

#[test]
fn another_question_right_after_the_answer_is_no_echo() {
    let mut visit = asked();
    say(&mut visit, "Beekeepers");
    visit.reply(ok("{}"));
    visit.poll(ok(HOW));
    assert_eq!(visit.state(), State::Asking);
    assert_eq!(visit.heard(Happening::Question), 2);
}

#[test]
fn the_same_question_much_later_is_asked_again() {
    let mut visit = asked();
    say(&mut visit, "Beekeepers");
    visit.reply(ok("{}"));
    for _ in 0..12 {
        visit.poll(ok(GENERATING));
    }
    visit.poll(ok(WHO));
    assert_eq!(visit.state(), State::Asking);
    assert_eq!(visit.heard(Happening::Question), 2);
}

#[test]
fn who_is_asked_may_stop() {
    let mut visit = asked();
    visit.event(Event::Stop);
    assert_eq!(visit.state(), State::Stopped);
    visit.pass(10 * MINUTE);
    assert_eq!(visit.flying, None);
    visit.event(Event::KeepWaiting);
    visit.poll(ok(WHO));
    assert_eq!(visit.state(), State::Asking);
    say(&mut visit, "Beekeepers");
    visit.reply(ok("{}"));
    assert_eq!(
        *visit.shown().rounds,
        [round("Who is it for?", Some("Beekeepers"))]
    );
}

#[test]
fn who_stops_with_an_answer_under_way_sends_nothing_more() {
    let mut visit = asked();
    say(&mut visit, "Beekeepers");
    visit.event(Event::Stop);
    assert_eq!((visit.state(), visit.flying), (State::Stopped, None));
    assert!(!visit.shown().answering);
}

#[test]
fn the_deadline_holds_while_a_question_waits() {
    let mut visit = asked();
    let from = visit.now.steady;
    while visit.state() == State::Asking {
        visit.pass(1_000);
        if visit.flying.is_some() {
            visit.reply(ok(WHO));
        }
        assert!(visit.now.steady - from < 45 * MINUTE);
    }
    assert_eq!(visit.state(), State::Overdue);
    assert!(visit.now.steady - from > 25 * MINUTE);
}

#[test]
fn a_job_may_be_born_with_a_question() {
    let mut visit = Visit::at("chronicle");
    visit.submit();
    visit.reply(ok(
        r#"{"generation_id":"g","status":"awaiting_input","message":"Who is it for?"}"#,
    ));
    assert_eq!(visit.state(), State::Asking);
    assert_eq!(visit.heard(Happening::Question), 1);
    assert!(visit.timer.is_some(), "it may be answered elsewhere");
}

#[test]
fn another_job_begins_without_the_rounds_of_the_last() {
    for forget in [
        Event::Watch(JobId::parse("gen_9").expect("an id")),
        Event::Reset,
    ] {
        let mut visit = asked();
        say(&mut visit, "Beekeepers");
        visit.reply(ok("{}"));
        visit.poll(ok(HOW));
        assert_eq!(visit.shown().rounds.len(), 1);
        visit.event(forget);
        let shown = visit.shown();
        assert!(shown.rounds.is_empty());
        assert_eq!((shown.answer_trouble, shown.answering), (None, false));
        assert_eq!(shown.status.question, None);
    }
}

#[test]
fn services_that_ask_nothing_take_no_answer() {
    for name in [
        "presenton",
        "presenton-v3",
        "duomi",
        "perceptis",
        "gamma",
        "slidespeak",
    ] {
        let job = JobId::parse("j").expect("an id");
        let provider = crate::harness::described(name);
        assert_eq!(provider.answer(&job, "x"), None, "{name}");
    }
}
