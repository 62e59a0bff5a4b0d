//! Random visits to every service: any order of clicks, replies, faults, gaps in
//! time, reloads, tabs beside it, and people who leave.

use crate::fixtures::{FILES, reply};
use crate::harness::{HOUR, MINUTE, Visit, WORKING, answer, described, file, form, json, ok};
use proptest::prelude::*;
use slidewright::job::{Event, Fault, Happening, Phase, Purpose, Resumed, Role, State};
use slidewright::json::Json;
use slidewright::provider::{HttpReply, JobId, Method};
use slidewright::request::{Draft, Field, Kind};

#[derive(Clone, Debug)]
enum Step {
    Click(u32),
    Refused,
    HostAgrees,
    /// What the documents have as an answer to such a call.
    Said(usize),
    /// Anything they have, under any code.
    Odd(u16, usize),
    Fault(Fault),
    Pass(u64),
    Gap(u64),
    WallJump(i64),
    Visible(bool),
    Online(bool),
    Read(bool),
    Remove(u32),
    Answer(&'static str),
    Stop,
    KeepWaiting,
    SendAgain,
    Retry,
    Reset,
    Watch,
    Refresh,
    Export,
    Fetched,
    Headers,
    Role(Role),
    Heard(usize),
    Reload(u64),
    /// From the list of earlier ones; perhaps another tab is sending it.
    Reopen(usize, bool),
    /// Another tab is sending one of those kept, or has just had it taken.
    Joined(usize),
    ChangedElsewhere(Phase),
    Gone,
    Abandoned,
    Forget,
}

fn step() -> impl Strategy<Value = Step> {
    let codes = vec![
        200_u16, 200, 200, 202, 204, 307, 400, 401, 404, 408, 409, 410, 429, 500, 503,
    ];
    let code = prop::sample::select(codes);
    let fault = prop::sample::select(vec![
        Fault::Network,
        Fault::TimedOut,
        Fault::TooLarge,
        Fault::NotSent,
    ]);
    let role = prop::sample::select(vec![Role::Leading, Role::Following, Role::Alone]);
    let phase = prop::sample::select(vec![
        Phase::Open,
        Phase::Stopped,
        Phase::Done,
        Phase::Failed,
    ]);
    let in_the_page = prop_oneof![
        6 => (0_u32..4).prop_map(Step::Click),
        1 => Just(Step::Refused),
        6 => Just(Step::HostAgrees),
        6 => any::<bool>().prop_map(Step::Read),
        1 => (0_u32..4).prop_map(Step::Remove),
        5 => prop::sample::select(vec!["So", "", "Beekeepers"]).prop_map(Step::Answer),
        2 => Just(Step::Stop),
        2 => Just(Step::KeepWaiting),
        3 => Just(Step::SendAgain),
        2 => Just(Step::Retry),
        2 => Just(Step::Reset),
        1 => Just(Step::Watch),
        2 => Just(Step::Refresh),
        2 => Just(Step::Export),
        1 => Just(Step::Fetched),
        1 => Just(Step::Headers),
        1 => Just(Step::Forget),
    ];
    let around = prop_oneof![
        24 => (0_usize..40).prop_map(Step::Said),
        8 => (code, 0_usize..60).prop_map(|(code, body)| Step::Odd(code, body)),
        4 => fault.prop_map(Step::Fault),
        12 => (0_u64..5 * MINUTE).prop_map(Step::Pass),
        1 => (0_u64..8 * HOUR).prop_map(Step::Gap),
        1 => (-10_000_000_i64..10_000_000).prop_map(Step::WallJump),
        1 => any::<bool>().prop_map(Step::Visible),
        1 => any::<bool>().prop_map(Step::Online),
        3 => role.prop_map(Step::Role),
        3 => (0_usize..40).prop_map(Step::Heard),
        3 => (0_u64..2 * HOUR).prop_map(Step::Reload),
        1 => (0_usize..6, any::<bool>()).prop_map(|(at, sending)| Step::Reopen(at, sending)),
        2 => (0_usize..6).prop_map(Step::Joined),
        1 => phase.prop_map(Step::ChangedElsewhere),
        1 => Just(Step::Gone),
        1 => Just(Step::Abandoned),
    ];
    prop_oneof![2 => in_the_page, 3 => around]
}

/// A service with what its documents have it say.
struct Service {
    name: &'static str,
    /// The call that each example answers, and what it says.
    examples: Vec<(String, HttpReply)>,
}

impl Service {
    fn at(index: usize) -> Service {
        let (name, text) = FILES[index];
        let examples = json(text);
        let examples = examples.items().iter().filter_map(|example| {
            let call = example.text_of("call").filter(|call| *call != "request")?;
            Some((call.into(), reply(example)))
        });
        let mut examples: Vec<(String, HttpReply)> = examples.collect();
        // Where files go, no example of a whole conversation is told.
        for upload in [
            r#"["/app_data/a"]"#,
            r#"{"url":"https://b.example/u","fields":[],"download_url":"https://b.example/d"}"#,
            r#"{"url":"https://evil.example/u","fields":[],"download_url":"https://b.example/d"}"#,
        ] {
            examples.push(("upload".into(), ok(upload)));
        }
        Service { name, examples }
    }

    fn says(&self, purpose: Purpose, at: usize) -> HttpReply {
        let calls: &[&str] = match purpose {
            Purpose::Submit => &["submitted", "submitted", "submitted", "refused"],
            Purpose::Status => &["status"],
            Purpose::Answer => &["answered"],
            Purpose::Refresh => &["refreshed", "status"],
            Purpose::Export => &["exported"],
            Purpose::Upload(_) => &["upload"],
        };
        let call = calls[at % calls.len()];
        let fit: Vec<_> = self.examples.iter().filter(|(of, _)| of == call).collect();
        match fit.len() {
            0 => ok("{}"),
            count => fit[at / calls.len() % count].1.clone(),
        }
    }

    fn odd(&self, code: u16, at: usize) -> HttpReply {
        let wild = ["<html>", "", "{}", "[]", WORKING];
        match self.examples.get(at) {
            Some((_, reply)) => HttpReply {
                code,
                ..reply.clone()
            },
            None => answer(code, wild[at % wild.len()]),
        }
    }
}

/// What leaves because of a step, and may.
struct Wishes {
    anything: bool,
    a_submit: bool,
    an_answer: bool,
}

impl Wishes {
    fn of(step: &Step) -> Wishes {
        // One more try of whatever it was, with fresh headers.
        let once_more = matches!(step, Step::Odd(401, _) | Step::Said(_));
        let a_submit = matches!(
            step,
            Step::Click(_) | Step::HostAgrees | Step::SendAgain | Step::Retry
        );
        let anything = matches!(
            step,
            Step::KeepWaiting
                | Step::Watch
                | Step::Refresh
                | Step::Export
                | Step::Reload(_)
                | Step::Reopen(..)
                | Step::Joined(_)
                // An attempt elsewhere may bring the job that was in doubt.
                | Step::ChangedElsewhere(_)
        );
        Wishes {
            anything: anything || a_submit || once_more,
            a_submit: a_submit || once_more,
            an_answer: matches!(step, Step::Answer(_)) || once_more,
        }
    }
}

/// A visit, and what became of it over reloads.
struct World {
    service: Service,
    visit: Visit,
    /// The keys that were sent by pages that are gone.
    keys: Vec<String>,
    role: Role,
}

impl World {
    fn new(service: Service, same_origin: bool, headers_may_change: bool) -> World {
        let visit = Visit::to(described(service.name), |settings| {
            settings.same_origin = same_origin;
            settings.headers_may_change = headers_may_change;
            settings.file_hosts = vec!["b.example".into()];
        });
        World {
            service,
            visit,
            keys: Vec::new(),
            role: Role::Leading,
        }
    }

    fn click(&mut self, files: u32) {
        let provider = self.visit.provider.clone();
        let mut draft = Draft::default()
            .with(Field::Prompt, "Bees")
            .with(Field::Outline, "# Bees")
            .with(Field::OutputType, "single_slide");
        let offers = provider.offers();
        let rules = offers.iter().find_map(|offer| match &offer.kind {
            Kind::Files(rules) => Some(rules),
            _ => None,
        });
        if let Some(rules) = rules {
            let ending = rules.endings.split(' ').next().unwrap_or_default();
            let name = format!("a.{ending}");
            draft.files = (0..files).map(|handle| file(handle, &name)).collect();
        }
        let request = form(&*provider).check(&draft);
        let key = self.visit.fresh_key();
        self.visit.event(Event::Submit { request, key });
    }

    fn take(&mut self, step: Step) {
        let visit = &mut self.visit;
        match step {
            Step::Click(files) => self.click(files),
            Step::Refused => {
                let key = visit.fresh_key();
                let request = Err(Vec::new());
                visit.event(Event::Submit { request, key });
            }
            Step::HostAgrees => visit.host_agrees(),
            Step::Said(at) => {
                if let Some(purpose) = visit.purposes.last().filter(|_| visit.flying.is_some()) {
                    let reply = self.service.says(*purpose, at);
                    visit.reply(reply);
                }
            }
            Step::Odd(code, at) if visit.flying.is_some() => {
                visit.reply(self.service.odd(code, at));
            }
            Step::Fault(fault) if visit.flying.is_some() => visit.fault(fault),
            Step::Odd(..) | Step::Fault(_) => {}
            Step::Pass(span) => visit.pass(span),
            Step::Gap(span) => {
                visit.step(span);
                visit.event(Event::Wake);
            }
            Step::WallJump(by) => {
                visit.now.wall = visit.now.wall.saturating_add_signed(by);
                visit.event(Event::Wake);
            }
            Step::Visible(visible) => visit.event(Event::Visible(visible)),
            Step::Online(online) => visit.event(Event::Online(online)),
            Step::Read(whole) => {
                if let Some(handle) = visit.reading.take() {
                    let data = whole.then(|| "QQ==".to_string());
                    visit.event(Event::FileRead { handle, data });
                }
            }
            Step::Remove(handle) => visit.event(Event::RemoveFile(handle)),
            Step::Answer(text) => visit.event(Event::Answer(text.into())),
            Step::Stop => visit.event(Event::Stop),
            Step::KeepWaiting => visit.event(Event::KeepWaiting),
            Step::SendAgain => visit.send_again(),
            Step::Retry => {
                let key = visit.fresh_key();
                visit.event(Event::Retry { key });
            }
            Step::Reset => visit.event(Event::Reset),
            Step::Watch => visit.event(Event::Watch(JobId::parse("w").expect("an id"))),
            Step::Refresh => visit.event(Event::RefreshLinks),
            Step::Export => visit.event(Event::Export("pdf".into())),
            Step::Fetched => visit.event(Event::Fetched),
            Step::Headers => visit.event(Event::HeadersChanged),
            Step::Role(role) => {
                self.role = role;
                visit.event(Event::Role(role));
            }
            Step::Heard(at) => {
                let reply = self.service.says(Purpose::Status, at);
                visit.event(Event::Heard(reply));
            }
            Step::Reload(span) => {
                self.keys.extend(visit.keys().into_iter().map(String::from));
                self.visit = visit.reloaded_after(span);
                self.role = Role::Leading;
            }
            Step::Reopen(at, sending) => {
                let record = visit.kept.get(at).cloned();
                if let Some(record) = record {
                    visit.event(Event::Resume(Box::new(Resumed {
                        sending: sending && record.job.is_none(),
                        record,
                        request: None,
                        rounds: Vec::new(),
                    })));
                }
            }
            Step::Joined(at) if visit.is_flying(Purpose::Submit) => {
                if let (Some(record), Some(call)) = (visit.kept.get(at).cloned(), visit.flying) {
                    visit.flying = None;
                    let theirs = Box::new(record);
                    visit.event(Event::Joined { call, theirs });
                }
            }
            Step::Joined(_) => {}
            Step::ChangedElsewhere(phase) => {
                // What is being sent here is nobody else's to change.
                let shown = visit.shown();
                let mine = shown.state == State::Submitting && !shown.sent_elsewhere;
                let record = visit.record().filter(|_| !mine).cloned();
                if let Some(mut record) = record {
                    record.phase = phase;
                    record.job = record.job.or_else(|| JobId::parse("elsewhere"));
                    visit.kept.retain(|kept| kept.key != record.key);
                    visit.kept.push(record.clone());
                    visit.event(Event::Changed(Box::new(record)));
                }
            }
            Step::Gone => {
                // Only a refusal drops a record that another tab sends.
                let shown = visit.shown();
                if let Some(key) = shown.record.filter(|_| shown.sent_elsewhere) {
                    visit.kept.retain(|kept| kept.key != key);
                    visit.event(Event::Gone(key));
                }
            }
            Step::Abandoned => visit.event(Event::Abandoned),
            Step::Forget => {
                visit.event(Event::Forget);
                visit.kept.clear();
            }
        }
    }

    fn all_keys(&self) -> Vec<String> {
        let now = self.visit.keys().into_iter().map(String::from);
        self.keys.iter().cloned().chain(now).collect()
    }
}

fn is_resting(state: State) -> bool {
    matches!(
        state,
        State::Done
            | State::Failed
            | State::Stopped
            | State::Overdue
            | State::Drafting
            | State::Uncertain
    )
}

/// What is true of any visit at any time.
fn holds(visit: &Visit, role: Role, same_origin: bool) -> Result<(), TestCaseError> {
    let keyed = visit.provider.idempotency_header().is_some();
    let shown = visit.shown();
    let busy = visit.flying.is_some() || visit.timer.is_some();
    match shown.state {
        State::Waiting | State::Asking => prop_assert!(busy, "waits for nothing"),
        State::Submitting if shown.sent_elsewhere => prop_assert!(visit.flying.is_none()),
        State::Submitting => {
            prop_assert!(visit.flying.is_some() || keyed && visit.timer.is_some());
        }
        State::Preparing => {
            let host = visit.host_asked.is_some();
            prop_assert!(visit.flying.is_some() || visit.reading.is_some() || host);
        }
        State::Done => {}
        resting => prop_assert!(visit.flying.is_none(), "{resting:?}"),
    }
    prop_assert!(!shown.answering || shown.state == State::Asking);
    prop_assert!(shown.uploading.is_none() || shown.state == State::Preparing);
    prop_assert!(!shown.sent_elsewhere || shown.state == State::Submitting);
    let watching = matches!(shown.state, State::Waiting | State::Asking);
    prop_assert!(
        !shown.resuming || watching,
        "resuming while {:?}",
        shown.state
    );
    let asks = visit.is_flying(Purpose::Status);
    prop_assert!(!asks || role != Role::Following, "a tab that follows asks");

    // What is under way is kept, by the key under which it left.
    let of_a_wish = matches!(shown.state, State::Submitting | State::Uncertain);
    prop_assert!(!of_a_wish || visit.record().is_some(), "sent and not kept");
    if let Some(record) = visit.record() {
        prop_assert_eq!(record.job.is_none(), record.phase == Phase::Sent);
        if shown.job.is_some() {
            prop_assert_eq!(&record.job, &shown.job);
        }
        prop_assert!(!(of_a_wish && record.job.is_some()), "in doubt about a job");
    }
    for record in &visit.kept {
        let text = serde_json::to_string::<Json>(&record.to_json()).expect("JSON");
        prop_assert!(!text.contains("Bees"), "{}", text);
    }

    for (request, purpose) in visit.sent.iter().zip(&visit.purposes) {
        let key = request
            .headers
            .iter()
            .any(|(name, _)| name == "Idempotency-Key");
        prop_assert_eq!(key, *purpose == Purpose::Submit && (keyed || same_origin));
        if *purpose == Purpose::Submit {
            prop_assert_eq!(request.method, Method::Post);
        }
        if request.is_elsewhere() {
            prop_assert!(request.headers.is_empty());
            prop_assert!(request.path.starts_with("https://b.example/"));
        }
    }
    prop_assert!(visit.heard(Happening::Answered) <= visit.calls(Purpose::Answer));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(400)
    })]

    #[test]
    fn over_any_visit(
        at in 0..FILES.len(),
        steps in prop::collection::vec(step(), 1..100),
        same_origin: bool,
        headers_may_change: bool,
    ) {
        // The harness itself checks that two calls are never in flight.
        let mut world = World::new(Service::at(at), same_origin, headers_may_change);
        let keyed = world.visit.provider.idempotency_header().is_some();
        for step in steps {
            let before = world.visit.shown();
            let sent = world.visit.sent.len();
            let answers = world.visit.calls(Purpose::Answer);
            let submits = world.visit.calls(Purpose::Submit);
            let wishes = Wishes::of(&step);
            let reloads = matches!(step, Step::Reload(_));
            let watches = matches!(step, Step::Watch);
            let accepted = world.visit.heard(Happening::Accepted);
            let mut uploading = before.state == State::Preparing;
            uploading &= matches!(step, Step::Odd(..) | Step::Read(_) | Step::Remove(_));
            world.take(step);
            let visit = &world.visit;
            // Whose job it is, leads, until it hears of another.
            let accepted = !reloads && visit.heard(Happening::Accepted) > accepted;
            let watches = watches && visit.shown().job == JobId::parse("w");
            if (accepted || watches) && world.role == Role::Following {
                world.role = Role::Leading;
            }

            // A page just opened counts anew.
            let (sent, submits, answers) = if reloads { (0, 0, 0) } else { (sent, submits, answers) };
            let answers = visit.calls(Purpose::Answer) - answers;
            prop_assert!(wishes.an_answer || answers == 0, "an answer by itself");
            let submits = visit.calls(Purpose::Submit) - submits;
            let repeats = keyed && before.state == State::Submitting && !before.sent_elsewhere;
            prop_assert!(wishes.a_submit && !reloads || uploading || repeats || submits == 0, "a submit by itself");
            prop_assert!(submits <= 1);
            let resting = is_resting(before.state);
            prop_assert!(!resting || wishes.anything || visit.sent.len() == sent, "something by itself");
            prop_assert!(!reloads || visit.sent.len() <= 1, "one question to begin with");
            holds(visit, world.role, same_origin)?;
        }
        // One key a wish, however often it was sent, and over reloads.
        let mut keys = world.all_keys();
        keys.dedup();
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        prop_assert_eq!(keys.len(), count, "a key came back after another");
        prop_assert!(keys.iter().all(|key| !key.is_empty()));
    }

    #[test]
    fn questions_end_with_the_deadline(fault_every in 1_usize..6, hidden: bool, alone: bool, reload_every in 40_usize..400) {
        let mut visit = Visit::waiting();
        let mut polls = 0_usize;
        let mut begun = Vec::new();
        while visit.state() == State::Waiting {
            visit.event(Event::Visible(!hidden));
            if alone {
                visit.event(Event::Role(Role::Alone));
            }
            visit.until_poll_or_rest();
            if visit.flying.is_none() { break; }
            polls += 1;
            if polls.is_multiple_of(fault_every) { visit.fault(Fault::Network); } else { visit.reply(ok(WORKING)); }
            if polls.is_multiple_of(reload_every) && visit.state() == State::Waiting {
                begun.push(visit.now.steady);
                visit = visit.reloaded();
            }
            prop_assert!(polls < 4_000, "{}", begun.len());
        }
        prop_assert_eq!(visit.state(), State::Overdue);
    }
}
