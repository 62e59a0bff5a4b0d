//! Random goings-on in two or three tabs of one page.

use crate::harness::{HOUR, MINUTE, Visit, answer, body, described, later, ok};
use crate::tabs::Tabs;
use proptest::prelude::*;
use slidewright::job::{Event, Fault, Purpose, Role, State};
use slidewright::provider::HttpReply;
use std::collections::{BTreeMap, BTreeSet};

/// A service: its name, a reply to the submit, and what may be said of a job: at
/// work, asking or failed, done.
type Service = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static str,
);

const SERVICES: [Service; 3] = [
    (
        "presenton",
        r#"{"id":"t","status":"pending"}"#,
        &[
            r#"{"id":"t","status":"processing"}"#,
            r#"{"id":"t","status":"error"}"#,
        ],
        r#"{"id":"t","status":"completed","data":{"path":"/a.pptx"}}"#,
    ),
    (
        "chronicle",
        r#"{"generation_id":"t","status":"generating"}"#,
        &[
            r#"{"generation_id":"t","status":"generating"}"#,
            r#"{"status":"awaiting_input","message":"Who?"}"#,
            r#"{"status":"awaiting_input","message":"How?"}"#,
            r#"{"status":"failed","error":"No."}"#,
        ],
        r#"{"status":"completed","presentation":{"url":"https://c.example/p"}}"#,
    ),
    (
        "perceptis",
        r#"{"job_id":"t"}"#,
        &[
            r#"{"job_id":"t","status":"processing"}"#,
            r#"{"job_id":"t","status":"failed"}"#,
        ],
        r#"{"job_id":"t","status":"completed","downloads":[{"url":"https://f.example/1"}]}"#,
    ),
];

#[derive(Clone, Debug)]
enum Step {
    Click,
    SendAgain,
    Good,
    Done,
    Reply(u16, usize),
    Later,
    Fault(Fault),
    Answer,
    Stop,
    KeepWaiting,
    Reset,
    Reload,
    Open,
    Lead,
    Role(Role),
    Visible(bool),
    Online(bool),
    Wake,
    Fetched,
    Pass(u64),
    Sleep(u64, bool),
    WallJump(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let code = prop::sample::select(vec![200_u16, 202, 400, 401, 404, 408, 429, 500]);
    let fault = prop::sample::select(vec![
        Fault::Network,
        Fault::TimedOut,
        Fault::TooLarge,
        Fault::NotSent,
    ]);
    let role = prop::sample::select(vec![Role::Leading, Role::Following, Role::Alone]);
    prop_oneof![
        4 => Just(Step::Click),
        2 => Just(Step::SendAgain),
        10 => Just(Step::Good),
        1 => Just(Step::Done),
        4 => (code, 0_usize..4).prop_map(|(code, body)| Step::Reply(code, body)),
        1 => Just(Step::Later),
        2 => fault.prop_map(Step::Fault),
        2 => Just(Step::Answer),
        1 => Just(Step::Stop),
        1 => Just(Step::KeepWaiting),
        1 => Just(Step::Reset),
        3 => Just(Step::Reload),
        2 => Just(Step::Open),
        3 => Just(Step::Lead),
        2 => role.prop_map(Step::Role),
        2 => any::<bool>().prop_map(Step::Visible),
        1 => any::<bool>().prop_map(Step::Online),
        1 => Just(Step::Wake),
        1 => Just(Step::Fetched),
        8 => (0_u64..3 * MINUTE).prop_map(Step::Pass),
        1 => (0_u64..9 * HOUR, any::<bool>()).prop_map(|(span, still)| Step::Sleep(span, still)),
        1 => (-100_000_000_i64..100_000_000).prop_map(Step::WallJump),
    ]
}

struct World {
    tabs: Tabs,
    service: Service,
    topics: usize,
    jobs: usize,
}

impl World {
    fn new(service: Service) -> World {
        let tabs = Tabs::of(Visit::at(service.0));
        World {
            tabs,
            service,
            topics: 0,
            jobs: 0,
        }
    }

    /// What the service says to the call of a tab, if all is well.
    fn good(&mut self, tab: usize, job: &str) -> HttpReply {
        let visit = &self.tabs.tabs[tab];
        if visit.is_flying(Purpose::Submit) {
            // A job of its own for each.
            self.jobs += 1;
            let id = format!("\"t{}\"", self.jobs);
            return ok(&self.service.1.replace("\"t\"", &id));
        }
        ok(job)
    }

    fn take(&mut self, tab: usize, step: Step) {
        let working = self.service.2[0];
        let tabs = &mut self.tabs;
        let flying = tabs.tabs[tab].flying.is_some();
        match step {
            Step::Click => {
                self.topics += 1;
                let topic = format!("Topic {}", self.topics);
                tabs.on(tab, |visit| {
                    visit.press_generate_for(&topic);
                    visit.host_agrees();
                });
            }
            Step::SendAgain => tabs.on(tab, Visit::send_again),
            Step::Good if flying => {
                let reply = self.good(tab, working);
                self.tabs.reply(tab, reply);
            }
            Step::Done if flying => {
                let reply = self.good(tab, self.service.3);
                self.tabs.reply(tab, reply);
            }
            Step::Reply(code, body) if flying => {
                let body = self.service.2[body % self.service.2.len()];
                tabs.reply(tab, answer(code, body));
            }
            Step::Later if flying => tabs.reply(tab, later(429, "90")),
            Step::Fault(fault) if flying => tabs.fault(tab, fault),
            Step::Good | Step::Done | Step::Reply(..) | Step::Later | Step::Fault(_) => {}
            Step::Answer => tabs.event(tab, Event::Answer("So".into())),
            Step::Stop => tabs.event(tab, Event::Stop),
            Step::KeepWaiting => tabs.event(tab, Event::KeepWaiting),
            Step::Reset => tabs.event(tab, Event::Reset),
            Step::Reload => tabs.reload(tab),
            Step::Open if tabs.tabs.len() < 3 => {
                tabs.open();
            }
            Step::Open => {}
            Step::Lead => tabs.lead(tab),
            Step::Role(role) => tabs.role(tab, role),
            Step::Visible(visible) => tabs.event(tab, Event::Visible(visible)),
            Step::Online(online) => tabs.event(tab, Event::Online(online)),
            Step::Wake => tabs.event(tab, Event::Wake),
            Step::Fetched => tabs.event(tab, Event::Fetched),
            Step::Pass(span) => tabs.pass(span),
            Step::Sleep(span, still) => {
                for visit in &mut tabs.tabs {
                    visit.now.wall += span;
                    visit.now.steady += if still { 0 } else { span };
                }
                tabs.event(tab, Event::Wake);
            }
            Step::WallJump(by) => {
                for visit in &mut tabs.tabs {
                    visit.now.wall = visit.now.wall.saturating_add_signed(by);
                }
            }
        }
    }

    /// The tabs that show a job, by its id.
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (tab, visit) in self.tabs.tabs.iter().enumerate() {
            if let Some(job) = visit.shown().job {
                groups.entry(job.as_str().into()).or_default().push(tab);
            }
        }
        groups.into_values().collect()
    }

    /// Every submit that ever left: its key and what it carried.
    fn submits(&self) -> BTreeSet<(String, String)> {
        let sent = self.tabs.tabs.iter().flat_map(|visit| {
            let with_purposes = visit.sent.iter().zip(&visit.purposes);
            with_purposes.filter(|(_, purpose)| **purpose == Purpose::Submit)
        });
        let pair = sent.map(|(request, _)| {
            let mut keys = request.headers.iter();
            let key = keys.find(|(name, _)| name == "Idempotency-Key");
            let key = key.expect("a key").1.clone();
            (key, serde_json::to_string(body(request)).expect("JSON"))
        });
        pair.collect()
    }
}

fn wishes_a_submit(step: &Step) -> bool {
    matches!(step, Step::Click | Step::SendAgain)
        // One more try with fresh headers.
        || matches!(step, Step::Reply(401, _))
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(300)
    })]

    #[test]
    fn whatever_happens_in_them(
        at in 0..SERVICES.len(),
        steps in prop::collection::vec((0_usize..3, step()), 1..70),
    ) {
        let mut world = World::new(SERVICES[at]);
        let keyed = described(SERVICES[at].0).idempotency_header().is_some();
        for (tab, step) in steps {
            let tab = tab % world.tabs.tabs.len();
            let before = world.tabs.calls(Purpose::Submit);
            let answers = world.tabs.calls(Purpose::Answer);
            let wished = wishes_a_submit(&step);
            let answered = matches!(step, Step::Answer | Step::Reply(401, _));
            let repeating = world.tabs.tabs.iter().filter(|it| it.state() == State::Submitting);
            let repeating = if keyed { repeating.count() } else { 0 };
            world.take(tab, step);

            let submits = world.tabs.calls(Purpose::Submit) - before;
            prop_assert!(submits <= repeating.max(1), "{submits} at once");
            prop_assert!(wished || repeating > 0 || submits == 0, "a submit without a click");
            prop_assert!(answered || world.tabs.calls(Purpose::Answer) == answers);

            for group in world.groups() {
                let role = |role| group.iter().filter(|tab| world.tabs.roles[**tab] == role).count();
                let asking = group.iter().filter(|tab| world.tabs.tabs[**tab].is_flying(Purpose::Status)).count();
                if role(Role::Leading) == 1 && role(Role::Alone) == 0 {
                    prop_assert!(asking <= 1, "{asking} questions at once");
                }
            }
            for (visit, role) in world.tabs.tabs.iter().zip(&world.tabs.roles) {
                if *role == Role::Following && visit.shown().job.is_some() {
                    prop_assert!(!visit.is_flying(Purpose::Status), "a tab that follows asks");
                }
                let shown = visit.shown();
                if matches!(shown.state, State::Waiting | State::Asking) {
                    prop_assert!(visit.flying.is_some() || visit.timer.is_some(), "waits for nothing");
                }
                if shown.state == State::Submitting && !shown.sent_elsewhere {
                    prop_assert!(visit.flying.is_some() || visit.timer.is_some());
                    prop_assert!(visit.record().is_some(), "sent and not kept");
                }
                if shown.sent_elsewhere {
                    prop_assert_eq!((shown.state, visit.flying), (State::Submitting, None));
                }
            }
        }
        // One key a wish, and one wish a key, however many tabs sent it how often.
        let submits = world.submits();
        let keys: BTreeSet<&String> = submits.iter().map(|(key, _)| key).collect();
        let wishes: BTreeSet<&String> = submits.iter().map(|(_, wish)| wish).collect();
        prop_assert_eq!((keys.len(), wishes.len()), (submits.len(), submits.len()));
    }

    /// Whatever went before: once the service is well and somebody looks, every tab
    /// that waits comes to the deck.
    #[test]
    fn and_in_the_end_all_of_them_have_the_deck(
        at in 0..SERVICES.len(),
        steps in prop::collection::vec((0_usize..3, step()), 1..50),
    ) {
        let mut world = World::new(SERVICES[at]);
        for (tab, step) in steps {
            let tab = tab % world.tabs.tabs.len();
            world.take(tab, step);
        }
        // Locks are what they are again: one leads where several show a job.
        for tab in 0..world.tabs.tabs.len() {
            world.tabs.role(tab, Role::Following);
        }
        for group in world.groups() {
            world.tabs.lead(group[0]);
        }
        let from = world.tabs.tabs[0].now.steady;
        let waits = |visit: &Visit| matches!(visit.state(), State::Waiting | State::Asking | State::Submitting);
        while world.tabs.tabs.iter().any(waits) {
            let waited = world.tabs.tabs[0].now.steady - from;
            // The longest wait a service may ask for, and as much for the next.
            prop_assert!(waited < 15 * MINUTE, "{:?}", world.tabs.tabs.iter().map(Visit::state).collect::<Vec<_>>());
            for tab in 0..world.tabs.tabs.len() {
                if world.tabs.tabs[tab].flying.is_some() {
                    let reply = world.good(tab, world.service.3);
                    world.tabs.reply(tab, reply);
                }
            }
            world.tabs.pass(1_000);
        }
    }
}
