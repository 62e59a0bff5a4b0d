use crate::fixtures::FILES;
use crate::harness::{MINUTE, Visit, answer, described, later, ok, request};
use slidewright::job::{Event, Fault, Notice, Purpose, State};
use slidewright::provider::HttpReply;
use slidewright::request::Field;

const ACCEPTED: &str = r#"{"job_id":"j1"}"#;

fn submitted() -> Visit {
    let mut visit = Visit::at("perceptis");
    visit.submit();
    visit
}

/// Every way in which nobody knows whether a request arrived.
fn open_ends() -> Vec<Result<HttpReply, Fault>> {
    let codes = [408, 500, 502, 503, 504];
    let replies = codes.map(|code| Ok(answer(code, "<html>")));
    let faults = [Fault::Network, Fault::TimedOut].map(Err);
    replies.into_iter().chain(faults).collect()
}

fn end(visit: &mut Visit, how: &Result<HttpReply, Fault>) {
    match how {
        Ok(reply) => visit.reply(reply.clone()),
        Err(fault) => visit.fault(fault.clone()),
    }
}

#[test]
fn where_the_service_documents_one_until_it_arrives() {
    for how in open_ends() {
        let mut visit = submitted();
        end(&mut visit, &how);
        assert_eq!(visit.state(), State::Submitting);
        assert_eq!(visit.flying, None, "not at once");
        assert!(visit.shown().notice.is_some());
        visit.until_poll();
        assert_eq!(visit.keys(), ["key-1", "key-1"]);
        assert_eq!(visit.sent[0], visit.sent[1]);
        visit.reply(ok(ACCEPTED));
        assert_eq!(visit.state(), State::Waiting);
        assert_eq!(visit.shown().notice, None);
        assert_eq!(visit.calls(Purpose::Submit), 2);
    }
}

#[test]
fn four_times_at_most_and_then_it_is_uncertain() {
    for how in open_ends() {
        let mut visit = submitted();
        while visit.state() == State::Submitting {
            visit.until_poll();
            end(&mut visit, &how);
        }
        assert_eq!(visit.state(), State::Uncertain);
        assert_eq!(visit.calls(Purpose::Submit), 5);
        assert_eq!(visit.keys(), ["key-1"; 5]);
        let doubt = visit.shown().doubt.expect("a doubt");
        assert!(doubt.harmless);
        assert_eq!(doubt.code, how.ok().map(|reply| reply.code));
        assert_eq!(visit.shown().notice, None);
        visit.pass(60 * MINUTE);
        assert_eq!(visit.calls(Purpose::Submit), 5, "never by itself again");
        visit.send_again();
        assert_eq!(visit.keys(), ["key-1"; 6]);
    }
}

#[test]
fn more_slowly_each_time() {
    // Full jitter: a single visit proves nothing, the longest of many does.
    let mut longest = [0_u64; 4];
    for seed_shift in 0..40 {
        let mut visit = submitted();
        // Different rolls: each visit has failed differently often before.
        for _ in 0..seed_shift {
            visit.fault(Fault::Network);
            visit.event(Event::Stop);
            visit.event(Event::Reset);
            visit.submit();
        }
        for longest in &mut longest {
            visit.fault(Fault::Network);
            let waited = visit.until_poll();
            assert!(waited >= 1_000, "at least the service's floor");
            *longest = waited.max(*longest);
        }
    }
    assert!(longest[1] > longest[0], "{longest:?}");
    assert!(longest[3] > longest[1], "{longest:?}");
    assert!(longest[3] <= MINUTE);
}

#[test]
fn not_before_the_service_wants_it() {
    let mut visit = submitted();
    visit.reply(later(503, "40"));
    visit.event(Event::Visible(true));
    visit.event(Event::Online(true));
    visit.event(Event::Wake);
    assert_eq!(visit.flying, None);
    assert!(visit.until_poll() >= 40_000);
}

#[test]
fn the_key_travels_across_origins_too() {
    let mut visit = Visit::to(described("perceptis"), |settings| {
        settings.same_origin = false;
    });
    visit.submit();
    assert_eq!(
        visit.last().headers,
        [("Idempotency-Key".to_string(), "key-1".to_string())]
    );
}

#[test]
fn a_conflict_of_keys_is_a_refusal_with_that_name() {
    let mut visit = submitted();
    visit.reply(answer(409, CONFLICT));
    assert_eq!(visit.state(), State::Drafting);
    let refusal = visit.shown().refusal.expect("a refusal");
    assert_eq!(refusal.name.as_deref(), Some("idempotency_conflict"));
    assert_eq!(visit.calls(Purpose::Submit), 1);
}

const CONFLICT: &str = r#"{"error":{"code":"idempotency_conflict","message":"Key used."}}"#;

/// Then the key is taken most likely because the first attempt arrived.
#[test]
fn a_conflict_after_a_repeat_leaves_it_in_doubt() {
    let mut visit = submitted();
    visit.fault(Fault::Network);
    visit.until_poll();
    visit.reply(answer(409, CONFLICT));
    assert_eq!(visit.state(), State::Uncertain);
    assert!(visit.shown().refusal.is_none());
}

/// The visitor's own second attempt is no different.
#[test]
fn a_refusal_of_the_caller_does_not_undo_a_doubt() {
    for code in [401, 403, 429] {
        let mut visit = Visit::new();
        visit.submit();
        visit.fault(Fault::Network);
        assert_eq!(visit.state(), State::Uncertain);
        visit.send_again();
        visit.reply(answer(code, "{}"));
        if visit.flying.is_some() {
            visit.reply(answer(code, "{}"));
        }
        assert_eq!(visit.state(), State::Uncertain, "{code}");
    }
    let mut visit = Visit::new();
    visit.submit();
    visit.fault(Fault::Network);
    visit.send_again();
    visit.reply(answer(400, r#"{"detail":"No."}"#));
    assert_eq!(visit.state(), State::Drafting);
}

/// What keeps a repeat from being looked at says nothing about the request that
/// may have arrived before it.
#[test]
fn a_repeat_that_nobody_looked_at_leaves_the_first_in_doubt() {
    for outcome in [
        Err(Fault::NotSent),
        Ok(answer(429, "{}")),
        Ok(answer(401, "{}")),
    ] {
        let mut visit = submitted();
        visit.fault(Fault::TimedOut);
        visit.until_poll();
        for _ in 0..10 {
            if visit.flying.is_some() {
                end(&mut visit, &outcome);
            }
            if visit.timer.is_some() && visit.state() == State::Submitting {
                visit.until_poll();
            }
        }
        let doubt = visit.shown().doubt;
        assert_eq!(visit.state(), State::Uncertain, "{outcome:?}");
        assert!(doubt.expect("a doubt").harmless);
    }
}

#[test]
fn trouble_is_over_as_soon_as_a_reply_comes() {
    let mut visit = submitted();
    visit.fault(Fault::Network);
    assert_eq!(visit.shown().notice, Some(Notice::Unreachable));
    visit.until_poll();
    visit.reply(answer(400, "{}"));
    assert_eq!(visit.state(), State::Drafting);
    assert_eq!(visit.shown().notice, None);
}

#[test]
fn who_stops_between_two_attempts_is_left_in_doubt() {
    let mut visit = submitted();
    visit.fault(Fault::Network);
    visit.event(Event::Stop);
    assert_eq!(visit.state(), State::Uncertain);
    assert!(visit.shown().doubt.expect("a doubt").harmless);
    visit.pass(10 * MINUTE);
    assert_eq!(visit.calls(Purpose::Submit), 1);
    visit.send_again();
    assert_eq!(visit.keys(), ["key-1", "key-1"]);
}

#[test]
fn who_stops_during_an_attempt_gets_no_other() {
    let mut visit = submitted();
    visit.event(Event::Stop);
    assert!(visit.shown().stopping);
    visit.fault(Fault::Network);
    assert_eq!(visit.state(), State::Uncertain);
    visit.pass(10 * MINUTE);
    assert_eq!(visit.calls(Purpose::Submit), 1);
}

#[test]
fn who_starts_over_between_two_attempts_is_not_served_behind_their_back() {
    let mut visit = submitted();
    visit.fault(Fault::Network);
    visit.event(Event::Reset);
    visit.pass(10 * MINUTE);
    assert_eq!(visit.calls(Purpose::Submit), 1);
}

#[test]
fn a_reply_that_cannot_be_read_is_not_repeated() {
    let mut visit = submitted();
    visit.reply(ok("<html>"));
    assert_eq!(visit.state(), State::Uncertain);
    assert!(visit.shown().doubt.expect("a doubt").harmless);
}

#[test]
fn anywhere_else_never() {
    for (name, _) in FILES {
        if name == "perceptis" {
            continue;
        }
        for same_origin in [true, false] {
            for how in open_ends() {
                let provider = described(name);
                let mut visit = Visit::to(provider.clone(), |settings| {
                    settings.same_origin = same_origin;
                });
                visit.submit_request(request(&*provider, &[(Field::Outline, "# Bees")]));
                end(&mut visit, &how);
                assert_eq!(visit.state(), State::Uncertain, "{name}");
                assert!(!visit.shown().doubt.expect("a doubt").harmless, "{name}");
                visit.event(Event::Visible(true));
                visit.event(Event::Online(true));
                visit.event(Event::Wake);
                visit.pass(60 * MINUTE);
                assert_eq!(visit.calls(Purpose::Submit), 1, "{name}");
                assert_eq!(visit.keys().len(), usize::from(same_origin), "{name}");
            }
        }
    }
}
