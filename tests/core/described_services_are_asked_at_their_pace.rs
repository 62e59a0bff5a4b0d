use crate::harness::{MINUTE, Visit, answer, ok};
use crate::questions_are_answered_in_the_same_job::{ACCEPTED, GENERATING, WHO, asked, say};
use slidewright::job::{Event, Fault, Purpose, State};

/// Lets time pass in small steps with an impatient visitor, who looks away and
/// back all the time; tells when each poll left.
fn polls(visit: &mut Visit, span: u64, reply: &str) -> Vec<u64> {
    let end = visit.now.steady + span;
    let mut left = Vec::new();
    let mut polls = visit.calls(Purpose::Status);
    while visit.now.steady < end {
        visit.pass(100);
        visit.event(Event::Visible(false));
        visit.event(Event::Visible(true));
        visit.event(Event::Online(true));
        if visit.calls(Purpose::Status) > polls {
            polls = visit.calls(Purpose::Status);
            left.push(visit.now.steady);
        }
        if visit.flying.is_some() {
            visit.reply(ok(reply));
        }
    }
    left
}

fn most_in_a_minute(left: &[u64]) -> usize {
    let within = |from: &u64| {
        let minute = *from..*from + MINUTE;
        left.iter().filter(|at| minute.contains(at)).count()
    };
    left.iter().map(within).max().unwrap_or(0)
}

fn least_apart(left: &[u64]) -> u64 {
    let apart = left.windows(2).map(|two| two[1] - two[0]);
    apart.min().unwrap_or(u64::MAX)
}

#[test]
fn chronicle_first_after_five_seconds() {
    let mut visit = Visit::waiting_at("chronicle", ACCEPTED);
    assert!(visit.until_poll() >= 5_000);
    visit.reply(ok(GENERATING));
    assert!(visit.until_poll() >= 5_000);
}

#[test]
fn chronicle_never_more_than_twenty_times_a_minute() {
    let mut visit = Visit::waiting_at("chronicle", ACCEPTED);
    let left = polls(&mut visit, 5 * MINUTE, GENERATING);
    assert!(left.len() > 5);
    assert!(most_in_a_minute(&left) <= 20, "{}", most_in_a_minute(&left));
}

#[test]
fn chronicle_not_while_a_question_waits_either() {
    let mut visit = asked();
    let left = polls(&mut visit, 5 * MINUTE, WHO);
    assert_eq!(visit.state(), State::Asking);
    assert!(most_in_a_minute(&left) <= 20);
}

#[test]
fn chronicle_nor_after_an_answer() {
    let mut visit = asked();
    let mut left = Vec::new();
    for _ in 0..12 {
        left.extend(polls(&mut visit, 2_000, WHO));
        if visit.state() == State::Asking {
            say(&mut visit, "Beekeepers");
            visit.reply(ok("{}"));
        }
        left.extend(polls(&mut visit, 5_000, GENERATING));
        left.extend(polls(
            &mut visit,
            15_000,
            r#"{"status":"awaiting_input","message":"And?"}"#,
        ));
        if visit.state() == State::Asking {
            say(&mut visit, "So");
            visit.reply(ok("{}"));
        }
        left.extend(polls(&mut visit, 1_000, GENERATING));
    }
    assert!(most_in_a_minute(&left) <= 20, "{}", most_in_a_minute(&left));
}

#[test]
fn chronicle_nor_after_answers_that_failed() {
    let mut visit = asked();
    let from = visit.now.steady;
    let mut left = Vec::new();
    while visit.now.steady < from + 2 * MINUTE {
        left.extend(polls(&mut visit, 500, WHO));
        say(&mut visit, "Beekeepers");
        if visit.calls(Purpose::Answer).is_multiple_of(2) {
            visit.reply(answer(400, "{}"));
        } else {
            visit.fault(Fault::Network);
        }
    }
    assert!(most_in_a_minute(&left) <= 20, "{}", most_in_a_minute(&left));
}

#[test]
fn perceptis_never_twice_in_a_second() {
    let processing = r#"{"job_id":"j","status":"processing"}"#;
    let mut visit = Visit::waiting_at("perceptis", r#"{"job_id":"j"}"#);
    let first = visit.until_poll();
    assert!((2_000..=5_000).contains(&first), "{first}");
    visit.reply(ok(processing));
    let left = polls(&mut visit, 3 * MINUTE, processing);
    assert!(least_apart(&left) >= 1_000, "{}", least_apart(&left));
}

#[test]
fn duomi_every_two_to_five_seconds() {
    let provider = crate::harness::described("duomi");
    let outline = [(slidewright::request::Field::Outline, "# Bees")];
    let mut visit = Visit::at("duomi");
    visit.submit_request(crate::harness::request(&*provider, &outline));
    visit.reply(ok(r#"{"generation_id":"g","status":"pending"}"#));
    for _ in 0..200 {
        let apart = visit.until_poll();
        assert!((2_000..=5_000).contains(&apart), "{apart}");
        visit.reply(ok(r#"{"generation_id":"g","status":"processing"}"#));
    }
}

#[test]
fn a_refusal_to_poll_so_often_is_kept_to() {
    let mut visit = Visit::waiting_at("perceptis", r#"{"job_id":"j"}"#);
    visit.until_poll();
    visit.reply(crate::harness::later(429, "25"));
    visit.event(Event::Visible(true));
    assert_eq!(visit.flying, None);
    assert!(visit.until_poll() >= 25_000);
}
