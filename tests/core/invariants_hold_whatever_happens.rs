//! Random visits: any order of clicks, replies, faults, gaps in time.

use crate::harness::{ACCEPTED, COMPLETED, MINUTE, Visit, WORKING, answer, ok};
use proptest::prelude::*;
use slidewright::job::{Event, Fault, State};
use slidewright::provider::{JobId, Method};

#[derive(Clone, Debug)]
enum Step {
    Click,
    HostAgrees,
    Reply(u16, &'static str),
    Fault(Fault),
    Pass(u64),
    Gap(u64),
    WallJump(i64),
    Visible(bool),
    Online(bool),
    Stop,
    KeepWaiting,
    SendAgain,
    Retry,
    Reset,
    Watch,
    Refresh,
    Headers,
}

fn step() -> impl Strategy<Value = Step> {
    let reply = (
        prop_oneof![4 => Just(200_u16), 1 => Just(202), 1 => Just(400), 1 => Just(401), 1 => Just(404), 1 => Just(408), 1 => Just(429), 1 => Just(500), 1 => Just(503)],
        prop_oneof![
            Just(ACCEPTED),
            Just(WORKING),
            Just(COMPLETED),
            Just(r#"{"id":"x","status":"error"}"#),
            Just("<html>"),
            Just(""),
            Just("{}"),
            Just(r#"{"id":"x","status":"odd"}"#)
        ],
    );
    prop_oneof![
        2 => Just(Step::Click),
        2 => Just(Step::HostAgrees),
        8 => reply.prop_map(|(code, body)| Step::Reply(code, body)),
        2 => prop_oneof![Just(Fault::Network), Just(Fault::TimedOut), Just(Fault::TooLarge), Just(Fault::NotSent)].prop_map(Step::Fault),
        6 => (0_u64..5 * MINUTE).prop_map(Step::Pass),
        1 => (0_u64..500 * MINUTE).prop_map(Step::Gap),
        1 => (-10_000_000_i64..10_000_000).prop_map(Step::WallJump),
        1 => any::<bool>().prop_map(Step::Visible),
        1 => any::<bool>().prop_map(Step::Online),
        1 => Just(Step::Stop),
        1 => Just(Step::KeepWaiting),
        1 => Just(Step::SendAgain),
        1 => Just(Step::Retry),
        1 => Just(Step::Reset),
        1 => Just(Step::Watch),
        1 => Just(Step::Refresh),
        1 => Just(Step::Headers),
    ]
}

/// Whether a step is somebody's wish for a submit, or the host's answer to one.
fn wishes_a_submit(step: &Step) -> bool {
    matches!(step, Step::Click | Step::HostAgrees | Step::SendAgain | Step::Retry)
        // One more try with fresh headers, after a refusal that can be read; not
        // for who wanted to stop, which is a claim of its own.
        || matches!(step, Step::Reply(401, _))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn over_any_visit(
        steps in prop::collection::vec(step(), 1..80),
        same_origin: bool,
        headers_may_change: bool,
    ) {
        // The harness itself checks that two calls are never in flight.
        let mut visit = Visit::with(|settings| {
            settings.same_origin = same_origin;
            settings.headers_may_change = headers_may_change;
        });
        for step in steps {
            let sent = visit.sent.len();
            let submits = visit.submits();
            let before = visit.state();
            let wish = wishes_a_submit(&step);
            let asked = wish || matches!(step, Step::KeepWaiting | Step::Watch | Step::Refresh);
            match step {
                Step::Click => visit.press_generate(),
                Step::HostAgrees => visit.host_agrees(),
                Step::Reply(code, body) if visit.flying.is_some() => visit.reply(answer(code, body)),
                Step::Fault(fault) if visit.flying.is_some() => visit.fault(fault),
                Step::Reply(..) | Step::Fault(_) => {}
                Step::Pass(span) => visit.pass(span),
                Step::Gap(span) => { visit.step(span); visit.event(Event::Wake); }
                Step::WallJump(by) => { visit.now.wall = visit.now.wall.saturating_add_signed(by); visit.event(Event::Wake); }
                Step::Visible(visible) => visit.event(Event::Visible(visible)),
                Step::Online(online) => visit.event(Event::Online(online)),
                Step::Stop => visit.event(Event::Stop),
                Step::KeepWaiting => visit.event(Event::KeepWaiting),
                Step::SendAgain => visit.event(Event::SendAgain),
                Step::Retry => { let key = visit.fresh_key(); visit.event(Event::Retry { key }) }
                Step::Reset => visit.event(Event::Reset),
                Step::Watch => visit.event(Event::Watch(JobId::parse("w").expect("an id"))),
                Step::Refresh => visit.event(Event::RefreshLinks),
                Step::Headers => visit.event(Event::HeadersChanged),
            }
            if visit.submits() > submits {
                prop_assert!(wish, "a submit that nobody asked for");
                prop_assert_eq!(visit.submits(), submits + 1);
                prop_assert!(visit.sent.iter().rev().take(1).all(|request| request.method == Method::Post));
            }
            let resting = matches!(before, State::Done | State::Failed | State::Stopped | State::Overdue | State::Drafting | State::Uncertain);
            if resting && !asked && visit.state() != State::Submitting {
                // A refresh that was asked for may be answered by one more try.
                prop_assert!(visit.sent.len() <= sent + 1);
                if visit.sent.len() > sent {
                    prop_assert_eq!(before, State::Done);
                }
            }
            let state = visit.state();
            if state == State::Waiting {
                prop_assert!(visit.flying.is_some() || visit.timer.is_some(), "waits for nothing");
            }
            if matches!(state, State::Submitting) {
                prop_assert!(visit.flying.is_some());
            }
            if matches!(state, State::Stopped | State::Overdue | State::Uncertain | State::Drafting) {
                prop_assert!(visit.flying.is_none());
            }
        }
        // One key a wish: however often it was sent.
        let mut keys: Vec<&str> = visit.keys();
        keys.dedup();
        let mut distinct = keys.clone();
        distinct.sort_unstable();
        distinct.dedup();
        prop_assert_eq!(keys.len(), distinct.len(), "a key came back after another");
    }

    #[test]
    fn questions_end_with_the_deadline(fault_every in 1_usize..6, hidden: bool) {
        let mut visit = Visit::waiting();
        visit.event(Event::Visible(!hidden));
        let mut polls = 0_usize;
        while visit.state() == State::Waiting {
            visit.until_or_rest();
            if visit.flying.is_none() { break; }
            polls += 1;
            if polls.is_multiple_of(fault_every) { visit.fault(Fault::Network); } else { visit.reply(ok(WORKING)); }
            prop_assert!(polls < 2_000);
        }
        prop_assert_eq!(visit.state(), State::Overdue);
        prop_assert!(visit.now.steady < 45 * MINUTE);
    }
}

impl Visit {
    /// Until the next question, or until there will be none.
    fn until_or_rest(&mut self) {
        while self.flying.is_none() && self.state() == State::Waiting {
            let at = self.timer.expect("a timer while waiting");
            self.pass(at - self.now.steady);
        }
    }
}
