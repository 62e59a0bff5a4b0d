//! A page that went while its request was on its way knows nothing of what became
//! of it; only the visitor says what to do.

use crate::fixtures::FILES;
use crate::harness::{ACCEPTED, HOUR, MINUTE, Visit, answer, json, ok, request};
use slidewright::job::{Event, Fault, Happening, HostAnswer, Phase, Purpose, Resumed, State};
use slidewright::provider::Refusal;
use slidewright::request::{Field, FieldProblem, Problem};

/// A page loaded anew while its request was on its way.
fn interrupted() -> Visit {
    interrupted_at("presenton")
}

fn interrupted_at(name: &str) -> Visit {
    let mut visit = Visit::at(name);
    visit.press_generate();
    visit.host_agrees();
    assert_eq!(visit.state(), State::Submitting);
    let visit = visit.reloaded();
    assert_eq!(visit.state(), State::Uncertain, "never an empty form");
    visit
}

fn press_send_again(visit: &mut Visit) {
    let key = visit.fresh_key();
    visit.event(Event::SendAgain { key });
}

#[test]
fn and_never_leaves_by_itself() {
    // Also where the service takes a key that would make it harmless.
    for (name, _) in FILES {
        let mut visit = interrupted_at(name);
        let harmless = visit.provider.idempotency_header().is_some();
        let doubt = visit.shown().doubt.expect("a doubt");
        assert_eq!(
            (doubt.interrupted, doubt.harmless),
            (true, harmless),
            "{name}"
        );
        assert_eq!(visit.told, [Happening::Resumed]);
        for event in [
            Event::Wake,
            Event::Visible(false),
            Event::Visible(true),
            Event::Online(true),
            Event::HeadersChanged,
            Event::KeepWaiting,
            Event::RefreshLinks,
        ] {
            visit.event(event);
            visit.pass(HOUR);
        }
        visit.press_generate();
        visit.host_agrees();
        assert!(visit.sent.is_empty(), "{name}");
        assert_eq!(visit.state(), State::Uncertain, "{name}");
        assert_eq!(visit.kept.len(), 1, "{name}");
    }
}

#[test]
fn also_after_hours_and_over_any_number_of_reloads() {
    let mut visit = interrupted();
    let kept = visit.kept.clone();
    for _ in 0..5 {
        visit = visit.reloaded_after(4 * HOUR);
        assert_eq!(visit.state(), State::Uncertain);
        assert_eq!(visit.kept, kept);
    }
    let visit = visit.reloaded_after(4 * HOUR);
    assert_eq!(visit.state(), State::Drafting, "its life is over");
}

#[test]
fn a_doubt_that_was_shown_is_shown_again() {
    for reply in [
        Err(Fault::TimedOut),
        Ok(answer(502, "<html>")),
        Ok(ok("{}")),
    ] {
        let mut visit = Visit::new();
        visit.submit();
        match reply {
            Ok(reply) => visit.reply(reply),
            Err(fault) => visit.fault(fault),
        }
        assert_eq!(visit.state(), State::Uncertain);
        assert_eq!(visit.reloaded().state(), State::Uncertain);
    }
}

#[test]
fn sent_again_the_host_is_asked_anew_and_the_key_is_the_same() {
    for (name, _) in FILES {
        let mut visit = interrupted_at(name);
        let began = visit.kept[0].began;
        press_send_again(&mut visit);
        assert_eq!(visit.state(), State::Preparing, "{name}");
        assert!(visit.sent.is_empty(), "{name}: the host decides first");
        visit.host_agrees();
        assert_eq!(visit.calls(Purpose::Submit), 1, "{name}");
        assert_eq!(visit.keys(), ["key-1"], "{name}");
        assert_eq!((visit.kept.len(), visit.kept[0].began), (1, began));
    }
}

#[test]
fn where_the_host_rewrites_it_as_before_it_is_the_same_too() {
    let rewrites = |visit: &mut Visit, body: &str| {
        let request = visit.host_asked.take().expect("the host is asked");
        let request = request.rewritten(json(body));
        visit.event(Event::HostAnswered(HostAnswer::Go(Box::new(request))));
    };
    let mut first = Visit::new();
    first.press_generate();
    rewrites(&mut first, r#"{"content":"Approved bees"}"#);

    let mut same = first.reloaded();
    press_send_again(&mut same);
    rewrites(&mut same, r#"{"content":"Approved bees"}"#);
    assert_eq!(same.keys(), ["key-1"]);

    let mut other = first.reloaded();
    press_send_again(&mut other);
    rewrites(&mut other, r#"{"content":"Other bees"}"#);
    assert_ne!(other.keys(), ["key-1"]);
}

/// A key that comes back with another request would be answered with the first
/// one's deck, or with a conflict.
#[test]
fn another_request_has_a_key_of_its_own_and_the_older_record_goes() {
    let mut first = Visit::new();
    first.submit();
    let mut visit = first.opened_after(MINUTE);
    let draft = request(&*visit.provider, &[(Field::Prompt, "Wasps")]);
    visit.event(Event::Resume(Box::new(Resumed {
        record: first.kept[0].clone(),
        request: Some(draft),
        rounds: Vec::new(),
        sending: false,
    })));
    press_send_again(&mut visit);
    assert_eq!(visit.kept, first.kept, "until it leaves");
    visit.host_agrees();
    let key = visit.keys()[0].to_string();
    assert!(key != "key-1" && !key.is_empty(), "{key}");
    let [record] = &visit.kept[..] else {
        panic!("{:?}", visit.kept);
    };
    assert_eq!((&record.key, record.phase), (&key, Phase::Sent));
    assert_ne!(record.digest, first.kept[0].digest);
    assert_eq!(record.began, visit.now.wall);
    // From here on it is a wish like any other.
    visit.fault(Fault::Network);
    visit.send_again();
    assert_eq!(visit.keys(), [key.as_str(), key.as_str()]);
    visit.reply(ok(ACCEPTED));
    assert_eq!(visit.record().expect("a record").key, key);
}

#[test]
fn what_is_not_known_any_more_cannot_be_sent_again() {
    let mut visit = Visit::new();
    visit.submit();
    visit.wish = None;
    let mut visit = visit.reloaded();
    assert_eq!(visit.state(), State::Uncertain);
    assert!(!visit.shown().can_retry);
    visit.send_again();
    assert!(visit.host_asked.is_none() && visit.sent.is_empty());
    assert_eq!(visit.state(), State::Uncertain);
    visit.event(Event::Reset);
    assert_eq!(visit.state(), State::Drafting);
    assert!(visit.kept.is_empty());
}

#[test]
fn when_it_arrives_at_last_there_is_a_job_like_any_other() {
    let mut visit = interrupted();
    visit.send_again();
    visit.reply(ok(ACCEPTED));
    assert_eq!(visit.state(), State::Waiting);
    assert_eq!(visit.record().expect("a record").phase, Phase::Open);
    assert_eq!(visit.reloaded().state(), State::Waiting);
}

type Hindrance = (&'static str, fn(&mut Visit));

/// Everything that keeps the second attempt from leaving, after the visitor wanted
/// it.
fn hindrances() -> [Hindrance; 5] {
    [
        ("the host cancels", |visit| {
            visit.event(Event::HostAnswered(HostAnswer::Cancelled));
        }),
        ("the host refuses", |visit| {
            let refusal = Box::new(Refusal {
                text: Some("Please sign in.".into()),
                from_host: true,
                ..Refusal::default()
            });
            visit.event(Event::HostAnswered(HostAnswer::Refused(refusal)));
        }),
        ("the visitor stops", |visit| visit.event(Event::Stop)),
        ("the headers fail", |visit| {
            visit.host_agrees();
            visit.fault(Fault::NotSent);
        }),
        ("the service does not know who asks", |visit| {
            visit.host_agrees();
            visit.reply(answer(401, "{}"));
            visit.reply(answer(401, "{}"));
        }),
    ]
}

#[test]
fn what_hinders_the_second_attempt_says_nothing_of_the_first() {
    for (what, hinder) in hindrances() {
        let mut visit = interrupted();
        press_send_again(&mut visit);
        hinder(&mut visit);
        assert_eq!(visit.kept.len(), 1, "{what}");
        assert_eq!(visit.reloaded().state(), State::Uncertain, "{what}");
    }
}

/// The form would invite to a click that makes a second deck unasked.
#[test]
fn so_the_doubt_is_still_shown() {
    for (what, hinder) in hindrances() {
        let mut visit = interrupted();
        press_send_again(&mut visit);
        hinder(&mut visit);
        visit.press_generate();
        visit.host_agrees();
        let strangers = visit.keys().iter().filter(|key| **key != "key-1").count();
        assert_eq!(
            strangers, 0,
            "{what}: a second wish, and no word of the first"
        );
        assert_eq!(visit.kept.len(), 1, "{what}");
    }
}

#[test]
fn a_request_refused_at_a_field_leaves_the_doubt_too() {
    let mut visit = interrupted();
    // A host's script, which knows no states.
    visit.event(Event::Submit {
        request: Err(vec![FieldProblem {
            field: Field::Prompt,
            problem: Problem::Missing,
        }]),
        key: "other".into(),
    });
    assert_eq!(visit.state(), State::Uncertain);
    assert_eq!(visit.kept.len(), 1);
}
