//! The next person at this page must not see, nor have kept, anything of the last
//! one's job.

use crate::harness::{
    ACCEPTED, COMPLETED, HOUR, Visit, WORKING, answer, described, file, json, ok,
};
use crate::questions_are_answered_in_the_same_job as chronicle;
use slidewright::job::{Event, Fault, HostAnswer, Purpose, Role, State};
use slidewright::provider::JobId;
use slidewright::request::{Field, FieldProblem, Problem};

const DECK: &str = r#"{"id":"task-1","status":"completed","data":{"presentation_id":"deck-1","path":"/app_data/exports/Bees.pptx"}}"#;

fn submitted(name: &str) -> Visit {
    let mut visit = Visit::at(name);
    visit.submit();
    visit
}

fn done() -> Visit {
    let mut visit = Visit::waiting();
    visit.poll(ok(DECK));
    visit
}

fn polled(replies: &[&str]) -> Visit {
    let mut visit = Visit::waiting();
    for reply in replies {
        visit.poll(ok(reply));
    }
    visit
}

fn then(mut visit: Visit, what: impl FnOnce(&mut Visit)) -> Visit {
    what(&mut visit);
    visit
}

/// Every state, in each of its shapes.
fn states() -> Vec<(&'static str, State, Visit)> {
    let refused = vec![FieldProblem {
        field: Field::Prompt,
        problem: Problem::Missing,
    }];
    vec![
        ("an empty form", State::Drafting, Visit::new()),
        (
            "a form with a complaint",
            State::Drafting,
            then(Visit::new(), |visit| {
                visit.event(Event::Submit {
                    request: Err(refused),
                    key: "k".into(),
                });
            }),
        ),
        (
            "a refusal",
            State::Drafting,
            then(submitted("presenton"), |visit| {
                visit.reply(answer(400, r#"{"detail":"No."}"#));
            }),
        ),
        (
            "the host is asked",
            State::Preparing,
            then(Visit::new(), Visit::press_generate),
        ),
        (
            "a file is sent",
            State::Preparing,
            then(Visit::new(), |visit| {
                visit.submit_files(&[], &[file(1, "a.pdf")]);
            }),
        ),
        (
            "a file is read",
            State::Preparing,
            then(Visit::at("perceptis"), |visit| {
                let mut picture = file(7, "hive.png");
                picture.media_type = "image/png".into();
                visit.submit_files(&[(Field::OutputType, "single_slide")], &[picture]);
            }),
        ),
        (
            "a request is sent",
            State::Submitting,
            submitted("presenton"),
        ),
        (
            "a request is sent that shall be stopped",
            State::Submitting,
            then(submitted("presenton"), |visit| visit.event(Event::Stop)),
        ),
        (
            "between two attempts",
            State::Submitting,
            then(submitted("perceptis"), |visit| visit.fault(Fault::Network)),
        ),
        (
            "in doubt",
            State::Uncertain,
            then(submitted("presenton"), |visit| {
                visit.reply(answer(502, "<html>A gateway's words"));
            }),
        ),
        (
            "in doubt after a reload",
            State::Uncertain,
            submitted("presenton").reloaded(),
        ),
        (
            "in doubt, and the host is asked anew",
            State::Preparing,
            then(submitted("presenton").reloaded(), |visit| {
                let key = visit.fresh_key();
                visit.event(Event::SendAgain { key });
            }),
        ),
        ("queued", State::Waiting, Visit::waiting()),
        ("at work", State::Waiting, polled(&[WORKING])),
        (
            "being asked about",
            State::Waiting,
            then(polled(&[WORKING]), |visit| {
                visit.until_poll();
            }),
        ),
        (
            "with trouble",
            State::Waiting,
            polled(&[WORKING, "<html>Hotel login"]),
        ),
        (
            "led by another tab",
            State::Waiting,
            then(polled(&[WORKING]), |visit| {
                visit.event(Event::Role(Role::Following));
            }),
        ),
        (
            "taken up, and not answered",
            State::Waiting,
            polled(&[WORKING]).reloaded(),
        ),
        ("asked", State::Asking, chronicle::asked()),
        (
            "answering",
            State::Asking,
            then(chronicle::asked(), |visit| {
                chronicle::say(visit, "Beekeepers");
            }),
        ),
        (
            "an answer that was not taken",
            State::Asking,
            then(chronicle::asked(), |visit| {
                chronicle::say(visit, "Beekeepers");
                visit.reply(answer(400, r#"{"error":"No."}"#));
            }),
        ),
        (
            "answered",
            State::Waiting,
            then(chronicle::asked(), |visit| {
                chronicle::say(visit, "Beekeepers");
                visit.reply(ok("{}"));
            }),
        ),
        ("done", State::Done, done()),
        (
            "links are renewed",
            State::Done,
            then(done(), |visit| visit.event(Event::RefreshLinks)),
        ),
        (
            "another format is made",
            State::Done,
            then(done(), |visit| visit.event(Event::Export("pdf".into()))),
        ),
        (
            "failed",
            State::Failed,
            polled(&[r#"{"status":"error","error":{"detail":"x"}}"#]),
        ),
        ("lost sight of", State::Failed, polled(&["<html>"; 6])),
        (
            "stopped",
            State::Stopped,
            then(polled(&[WORKING]), |visit| visit.event(Event::Stop)),
        ),
        (
            "overdue",
            State::Overdue,
            then(Visit::with(|settings| settings.deadline = 3_000), |visit| {
                visit.submit();
                visit.reply(ok(ACCEPTED));
                visit.poll(ok(WORKING));
                visit.until_poll_or_rest();
            }),
        ),
        (
            "made elsewhere",
            State::Waiting,
            then(Visit::new(), |visit| {
                visit.event(Event::Watch(JobId::parse("task-9").expect("an id")));
            }),
        ),
    ]
}

#[test]
fn to_be_seen() {
    for (what, state, mut visit) in states() {
        assert_eq!(visit.state(), state, "{what}");
        let provider = visit.shown().provider;
        let fresh = Visit::at(&provider).shown();
        visit.event(Event::Forget);
        assert_eq!(visit.shown(), fresh, "{what}");
    }
}

#[test]
fn under_way() {
    for (what, _, mut visit) in states() {
        visit.event(Event::Forget);
        // The harness clears this only where the call is aborted.
        assert_eq!(visit.flying, None, "{what}");
        assert_eq!(visit.timer, None, "{what}");
        assert_eq!(visit.host_asked, None, "{what}");
    }
}

#[test]
fn to_be_done_later() {
    for (what, _, mut visit) in states() {
        let late = visit.flying;
        let wish = visit.host_asked.clone();
        visit.event(Event::Forget);
        let forgotten = visit.shown();
        let (sent, told) = (visit.sent.len(), visit.told.len());
        visit.passed.clear();

        if let Some(call) = late {
            for reply in [ACCEPTED, COMPLETED] {
                let outcome = Ok(ok(reply));
                visit.event(Event::Reply { call, outcome });
            }
        }
        if let Some(wish) = wish {
            visit.event(Event::HostAnswered(HostAnswer::Go(Box::new(wish))));
        }
        let record = visit.kept.first().cloned();
        let mut events = vec![
            Event::Wake,
            Event::Visible(true),
            Event::Online(true),
            Event::HeadersChanged,
            Event::Retry { key: "r".into() },
            Event::SendAgain { key: "s".into() },
            Event::KeepWaiting,
            Event::RefreshLinks,
            Event::Export("pdf".into()),
            Event::Answer("So".into()),
            Event::Heard(ok(COMPLETED)),
            Event::Role(Role::Following),
            Event::Role(Role::Leading),
            Event::Abandoned,
            Event::Fetched,
            Event::Stop,
            Event::FileRead {
                handle: 7,
                data: Some("QQ==".into()),
            },
        ];
        events.extend(record.map(|record| Event::Changed(Box::new(record))));
        for event in events {
            let name = format!("{what}: {event:?}");
            visit.event(event);
            visit.pass(HOUR);
            assert_eq!(visit.sent.len(), sent, "{name}");
            assert!(visit.passed.is_empty(), "{name}: {:?}", visit.passed);
            assert_eq!(visit.told.len(), told, "{name}");
            assert_eq!(visit.shown(), forgotten, "{name}");
        }
        assert!(visit.host_asked.is_none(), "{what}");
    }
}

/// The next one's request is as if there had been none before.
#[test]
fn in_the_next_request() {
    for (what, _, mut visit) in states() {
        let name = visit.shown().provider;
        visit.event(Event::Forget);
        visit.event(Event::Role(Role::Leading));
        visit.kept.clear();
        visit.passed.clear();
        visit.sent.clear();
        visit.press_generate_for("Wasps");
        visit.host_agrees();
        let mut fresh = Visit::at(&name);
        fresh.keys = visit.keys - 1;
        fresh.press_generate_for("Wasps");
        fresh.host_agrees();
        assert_eq!(visit.sent, fresh.sent, "{what}");
        assert_eq!(visit.kept.len(), 1, "{what}");
        // A refusal then is a plain one, with no earlier attempt behind it.
        visit.reply(answer(403, "{}"));
        assert_eq!(visit.state(), State::Drafting, "{what}");
        assert!(visit.kept.is_empty(), "{what}");
    }
}

#[test]
fn of_the_files_that_had_arrived() {
    let mut visit = Visit::to(described("presenton"), |_| {});
    visit.submit_files(&[], &[file(1, "a.pdf")]);
    visit.reply(ok(r#"["/app_data/theirs"]"#));
    visit.fault(Fault::Network);
    visit.event(Event::Forget);
    visit.submit_files(&[], &[file(1, "a.pdf")]);
    assert!(visit.is_flying(Purpose::Upload(1)), "it is another's file");
    visit.reply(ok(r#"["/app_data/mine"]"#));
    let body = crate::harness::body(visit.last());
    assert_eq!(body.get("files"), Some(&json(r#"["/app_data/mine"]"#)));
}

/// What a follower forgets, it does not write either.
#[test]
fn nor_is_anything_written_on_the_way() {
    for (what, _, mut visit) in states() {
        visit.passed.clear();
        visit.event(Event::Forget);
        assert!(visit.passed.is_empty(), "{what}: {:?}", visit.passed);
    }
}
