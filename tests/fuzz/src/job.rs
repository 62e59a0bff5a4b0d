//! The state machine: any order of clicks, replies, faults and gaps in time, at
//! any provider.
//!
//! An input is a byte for the provider, a byte for the page's settings, and then
//! steps: a byte that says which, and up to two that say how. Replies are picked
//! from the provider's examples, so that few bytes lead far.

use crate::harness::{MINUTE, Visit, described, file, form};
use crate::{claims, fixtures, parse, reply, wire};
use slidewright::job::saved::to_take_up;
use slidewright::job::{
    Event, Fault, Happening, HostAnswer, Phase, Purpose, Record, Resumed, Role, Snapshot, State,
};
use slidewright::json::Json;
use slidewright::provider::{HttpReply, HttpRequest, JobId, Method, Provider};
use slidewright::request::{Draft, Field, Form};
use slidewright::status::Site;
use std::rc::Rc;

/// More steps tell nothing that fewer do not.
const MOST_STEPS: usize = 400;

/// The steps, in the order of their byte.
const STEPS: [Step; 36] = [
    Step::Click,
    Step::HostAgrees,
    Step::HostRefuses,
    Step::Reply,
    Step::Fault,
    Step::Pass,
    Step::Until,
    Step::Gap,
    Step::WallJump,
    Step::Visible,
    Step::Online,
    Step::Read,
    Step::Remove,
    Step::Answer,
    Step::Stop,
    Step::KeepWaiting,
    Step::SendAgain,
    Step::Retry,
    Step::Reset,
    Step::Watch,
    Step::Refresh,
    Step::Export,
    Step::Headers,
    Step::Edited,
    Step::StaleReply,
    Step::StaleRead,
    Step::Reload,
    Step::Resume,
    Step::Changed,
    Step::Gone,
    Step::Abandoned,
    Step::Heard,
    Step::Role,
    Step::Fetched,
    Step::Forget,
    Step::Joined,
];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Click,
    HostAgrees,
    HostRefuses,
    Reply,
    Fault,
    Pass,
    Until,
    Gap,
    WallJump,
    Visible,
    Online,
    Read,
    Remove,
    Answer,
    Stop,
    KeepWaiting,
    SendAgain,
    Retry,
    Reset,
    Watch,
    Refresh,
    Export,
    Headers,
    Edited,
    StaleReply,
    StaleRead,
    Reload,
    Resume,
    Changed,
    Gone,
    Abandoned,
    Heard,
    Role,
    Fetched,
    Forget,
    Joined,
}

impl Step {
    /// How many bytes say how.
    fn arguments(self) -> usize {
        match self {
            Step::Reply | Step::StaleReply | Step::Heard => 2,
            Step::Click | Step::Fault | Step::Pass | Step::Gap | Step::WallJump => 1,
            Step::Visible | Step::Online | Step::Read | Step::Remove | Step::Answer => 1,
            Step::HostRefuses | Step::Export | Step::Edited | Step::StaleRead => 1,
            Step::Reload | Step::Resume | Step::Changed | Step::Gone | Step::Role => 1,
            Step::Joined => 1,
            _ => 0,
        }
    }
}

const CODES: [u16; 16] = [
    200, 201, 202, 204, 304, 400, 401, 403, 404, 408, 409, 410, 422, 429, 500, 503,
];

const FAULTS: [Fault; 4] = [
    Fault::Network,
    Fault::TimedOut,
    Fault::TooLarge,
    Fault::NotSent,
];

const WAITS: [Option<&str>; 4] = [
    None,
    Some("1"),
    Some("99999999"),
    Some("Fri, 31 Dec 9999 23:59:59 GMT"),
];

/// What no example says, beside theirs.
const ODD_REPLIES: [&str; 8] = [
    "",
    "{}",
    "<html>",
    r#"["/app_data/a"]"#,
    r#"{"url":"https://b.example/u","fields":[],"download_url":"https://b.example/d"}"#,
    r#"{"url":"https://evil.example/u","fields":[],"download_url":"https://b.example/d"}"#,
    r#"{"url":"http://b.example/u","fields":[],"download_url":"https://b.example/d"}"#,
    r#"{"id":"x","job_id":"x","task_id":"x","generation_id":"x","generationId":"x","status":"odd"}"#,
];

struct Service {
    provider: Rc<dyn Provider>,
    form: Form,
    replies: Vec<HttpReply>,
}

thread_local! {
    /// Whether each step is printed, to see what an input does.
    static TELLS: bool = std::env::var_os("SLIDEWRIGHT_FUZZ_STEPS").is_some();
    static SERVICES: Vec<Service> = fixtures::FILES
        .iter()
        .map(|(name, examples)| Service {
            provider: described(name),
            form: form(&*described(name)),
            replies: bodies(examples).iter().map(|body| reply(200, body)).collect(),
        })
        .collect();
}

/// The odd ones first, so that they keep their numbers.
fn bodies(examples: &str) -> Vec<Vec<u8>> {
    let examples = parse(examples).expect("fixtures are JSON");
    let answers = |example: &&Json| example.text_of("call") != Some("request");
    let odd = ODD_REPLIES.iter().map(|body| body.as_bytes().to_vec());
    odd.chain(examples.items().iter().filter(answers).map(wire))
        .collect()
}

/// Goes through one visit.
pub fn run(data: &[u8]) {
    let [provider, settings, steps @ ..] = data else {
        return;
    };
    SERVICES.with(|services| {
        let service = &services[usize::from(*provider) % services.len()];
        Tour::new(service, *settings).go(steps);
    });
}

struct Tour<'a> {
    service: &'a Service,
    visit: Visit,
    /// What the page has set, a bit each.
    flags: u8,
    role: Role,
    /// The longest that the timer may be set to.
    patience: u64,
}

/// A page is opened.
fn open(service: &Service, flags: u8) -> Visit {
    Visit::to(service.provider.clone(), |settings| {
        settings.same_origin = flags & 1 == 0;
        settings.headers_may_change = flags & 2 == 0;
        if flags & 4 == 0 {
            settings.file_hosts = vec!["b.example".into()];
        }
        if flags & 8 != 0 {
            settings.deadline = MINUTE;
        }
        if flags & 16 != 0 {
            settings.site = Site::new("https://relay.example/p", None);
        }
        if flags & 32 != 0 {
            settings.place = None;
        }
    })
}

impl Tour<'_> {
    fn new(service: &Service, flags: u8) -> Tour<'_> {
        let pace = service.provider.pace();
        Tour {
            service,
            visit: open(service, flags),
            flags,
            role: Role::Leading,
            // Tabs that cannot see each other are twice as patient.
            patience: 2 * (4 * pace.longest).max(pace.first).max(5 * MINUTE),
        }
    }

    fn go(mut self, mut steps: &[u8]) {
        for _ in 0..MOST_STEPS {
            let Some((step, rest)) = steps.split_first() else {
                break;
            };
            let step = STEPS[usize::from(*step) % STEPS.len()];
            let Some((how, rest)) = rest.split_at_checked(step.arguments()) else {
                break;
            };
            steps = rest;
            if TELLS.with(|tells| *tells) {
                eprintln!("{:?}: {step:?} {how:?}", self.visit.state());
            }
            self.take(step, how);
        }
        self.keys_mark_wishes();
    }

    /// One step, and what holds of every one.
    fn take(&mut self, step: Step, how: &[u8]) {
        let before = self.visit.state();
        let sent = self.visit.sent.len();
        let submits = self.visit.calls(Purpose::Submit);
        let answers = self.visit.calls(Purpose::Answer);
        let polls = self.visit.calls(Purpose::Status);
        let follows = self.role == Role::Following;
        // One more try with fresh headers may follow a 401.
        let refused = step == Step::Reply && self.code(how[0]) == 401;
        self.perform(step, how);

        let keyed = self.service.provider.idempotency_header().is_some();
        let uploading =
            before == State::Preparing && matches!(step, Step::Reply | Step::Read | Step::Remove);
        let repeats = keyed && before == State::Submitting;
        let more = self.visit.calls(Purpose::Submit) - submits;
        let agreed = matches!(step, Step::HostAgrees | Step::SendAgain) || refused;
        assert!(
            more == 0 || agreed || uploading || repeats,
            "a submit by itself"
        );
        assert!(more <= 1, "one wish is one request");
        let more = self.visit.calls(Purpose::Answer) - answers;
        assert!(
            more == 0 || step == Step::Answer || refused,
            "an answer by itself"
        );
        let resting = !matches!(
            before,
            State::Preparing | State::Submitting | State::Waiting | State::Asking
        );
        let wished = asks(step) || refused;
        assert!(
            !resting || wished || self.visit.sent.len() == sent,
            "something by itself"
        );
        let polled = self.visit.calls(Purpose::Status) > polls;
        assert!(!follows || !polled || !by_itself(step), "two tabs ask");

        let shown = self.visit.shown();
        self.something_is_waited_for(&shown);
        self.headers_go_where_they_should(sent);
        let keeps = self.flags & 32 == 0;
        let left = self.visit.calls(Purpose::Submit) > submits;
        assert!(
            !left || !keeps || shown.record.is_some(),
            "a submit without a record"
        );
        what_is_shown_is_fit_to_show(&shown);
        self.what_is_kept_can_be_read(&shown);
    }

    fn code(&self, how: u8) -> u16 {
        CODES[usize::from(how) % CODES.len()]
    }

    fn reply(&self, how: &[u8]) -> HttpReply {
        let replies = &self.service.replies;
        HttpReply {
            code: self.code(how[0]),
            problem: how[0] & 64 != 0,
            retry_after: WAITS[usize::from(how[0] >> 4) % WAITS.len()].map(Into::into),
            ..replies[usize::from(how[1]) % replies.len()].clone()
        }
    }

    fn perform(&mut self, step: Step, how: &[u8]) {
        let first = how.first().copied().unwrap_or(0);
        let small = u32::from(first % 4);
        let visit = &mut self.visit;
        match step {
            Step::Click => click(visit, self.service, small),
            Step::HostAgrees => visit.host_agrees(),
            Step::HostRefuses => {
                visit.host_asked = None;
                visit.event(Event::HostAnswered(if first & 1 == 0 {
                    HostAnswer::Cancelled
                } else {
                    HostAnswer::Refused(Box::default())
                }));
            }
            Step::Reply if visit.flying.is_some() => {
                let reply = self.reply(how);
                self.visit.reply(reply);
            }
            Step::Fault if visit.flying.is_some() => {
                visit.fault(FAULTS[usize::from(first) % FAULTS.len()].clone());
            }
            Step::Reply | Step::Fault => {}
            Step::Pass => visit.pass(span(first)),
            Step::Until => {
                if let Some(at) = visit.timer {
                    visit.pass(at.saturating_sub(visit.now.steady));
                }
            }
            Step::Gap => {
                visit.step(span(first));
                visit.event(Event::Wake);
            }
            Step::WallJump => {
                let by = span(first).cast_signed();
                let by = if first & 1 == 0 { by } else { -by };
                visit.now.wall = visit.now.wall.saturating_add_signed(by);
                visit.event(Event::Wake);
            }
            Step::Visible => visit.event(Event::Visible(first & 1 == 0)),
            Step::Online => visit.event(Event::Online(first & 1 == 0)),
            Step::Read => {
                if let Some(handle) = visit.reading.take() {
                    let data = (first & 1 == 0).then(|| "QQ==".to_string());
                    visit.event(Event::FileRead { handle, data });
                }
            }
            Step::Remove => visit.event(Event::RemoveFile(small)),
            Step::Answer => {
                let text = ["So", "", "Beekeepers", " \n"][usize::from(first % 4)];
                visit.event(Event::Answer(text.into()));
            }
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
            Step::Export => {
                let format = ["pdf", "pptx", "png", "exe"][usize::from(first % 4)];
                visit.event(Event::Export(format.into()));
            }
            Step::Headers => visit.event(Event::HeadersChanged),
            Step::Edited => {
                let field = Field::ALL[usize::from(first) % Field::ALL.len()];
                visit.event(Event::Edited(field));
            }
            // Of a call that is over, or was never made.
            Step::StaleReply => {
                let call = visit.flying.map_or(7, |call| call.wrapping_sub(1));
                let outcome = Ok(self.reply(how));
                self.visit.event(Event::Reply { call, outcome });
            }
            Step::StaleRead => {
                let handle = visit.reading.map_or(small, |handle| handle + 1);
                visit.event(Event::FileRead { handle, data: None });
            }
            Step::Reload => self.reload(first),
            Step::Resume => {
                let record = self.record(first);
                self.resume(record, first);
            }
            Step::Changed => {
                let record = Box::new(self.record(first));
                self.visit.event(Event::Changed(record));
            }
            Step::Gone => {
                let key = self.record(first).key;
                self.visit.event(Event::Gone(key));
            }
            Step::Abandoned => visit.event(Event::Abandoned),
            Step::Heard => {
                let reply = self.reply(how);
                self.visit.event(Event::Heard(reply));
            }
            Step::Role => {
                self.role = [Role::Leading, Role::Following, Role::Alone][usize::from(first % 3)];
                visit.event(Event::Role(self.role));
            }
            Step::Fetched => visit.event(Event::Fetched),
            Step::Forget => visit.event(Event::Forget),
            Step::Joined => self.join(first),
        }
        let leads = matches!(self.visit.purposes.last(), Some(Purpose::Submit));
        if step == Step::Watch || leads && step == Step::Reply {
            // Who has just made a job leads until it hears of another.
            self.role = Role::Leading;
        }
    }

    /// The page is closed and opened again; what was kept is taken up.
    fn reload(&mut self, how: u8) {
        let mut fresh = open(self.service, self.flags);
        std::mem::swap(&mut self.visit.job, &mut fresh.job);
        self.visit.flying = None;
        self.visit.timer = None;
        self.visit.host_asked = None;
        self.visit.reading = None;
        self.role = Role::Leading;
        let record = to_take_up(&self.visit.kept, "deck", None).cloned();
        if let Some(record) = record {
            self.resume(record, how);
        }
    }

    /// Another tab is sending what was to be sent here, or has just had it taken.
    fn join(&mut self, how: u8) {
        let record = self.record(how);
        self.keep(&record);
        let theirs = Box::new(record);
        let submit = self.visit.is_flying(Purpose::Submit);
        let flying = self.visit.flying.take_if(|_| submit);
        // And of a call that is over.
        let call = flying.unwrap_or(u32::MAX);
        self.visit.event(Event::Joined { call, theirs });
    }

    /// Somebody keeps it, or it would not have been found.
    fn keep(&mut self, record: &Record) {
        let kept = &mut self.visit.kept;
        if !kept.iter().any(|kept| kept.key == record.key) {
            kept.push(record.clone());
        }
    }

    fn resume(&mut self, record: Record, how: u8) {
        let mut draft = Draft::default();
        draft.set(Field::Prompt, "Bees");
        let request = self.service.form.check(&draft).ok();
        self.keep(&record);
        self.visit.event(Event::Resume(Box::new(Resumed {
            record,
            request: request.filter(|_| how & 1 == 0),
            rounds: Vec::new(),
            sending: how & 2 != 0,
        })));
    }

    /// One of those kept, as another tab may have changed it, or a stranger's.
    fn record(&self, how: u8) -> Record {
        let kept = &self.visit.kept;
        let mut record = match kept.get(usize::from(how >> 6)) {
            Some(record) => record.clone(),
            None => Record {
                key: "theirs".into(),
                place: "deck".into(),
                digest: "0".repeat(16),
                began: self.visit.now.wall,
                ..Record::default()
            },
        };
        if how & 4 != 0 {
            record.job = JobId::parse("w");
        }
        if record.job.is_some() {
            let phases = [Phase::Open, Phase::Stopped, Phase::Done, Phase::Failed];
            record.phase = phases[usize::from(how >> 3) % phases.len()];
        }
        record.left = how & 32 != 0;
        record
    }

    fn something_is_waited_for(&self, shown: &Snapshot) {
        let visit = &self.visit;
        let flying = visit.flying.is_some();
        let keyed = self.service.provider.idempotency_header().is_some();
        let state = shown.state;
        let holds = match state {
            State::Waiting | State::Asking => flying || visit.timer.is_some(),
            State::Submitting if shown.sent_elsewhere => true,
            State::Submitting => flying || keyed && visit.timer.is_some(),
            State::Preparing => flying || visit.reading.is_some() || visit.host_asked.is_some(),
            // Links and formats may be asked for.
            State::Done => true,
            _ => !flying,
        };
        assert!(holds, "nothing to come of {state:?}");
        if let Some(at) = visit.timer {
            let wait = at.saturating_sub(visit.now.steady);
            assert!(wait <= self.patience, "a timer of {wait} ms");
        }
    }

    fn headers_go_where_they_should(&self, before: usize) {
        let documented = self.service.provider.idempotency_header();
        let header = documented.unwrap_or("Idempotency-Key");
        let visit = &self.visit;
        for (request, purpose) in visit.sent.iter().zip(&visit.purposes).skip(before) {
            let keys = request.headers.iter().filter(|(name, _)| name == header);
            let wanted =
                *purpose == Purpose::Submit && (documented.is_some() || self.flags & 1 == 0);
            assert_eq!(keys.count(), usize::from(wanted), "keys of {purpose:?}");
            if request.is_elsewhere() {
                assert!(matches!(purpose, Purpose::Upload(_)));
                assert!(request.headers.is_empty(), "headers for a stranger");
                assert!(
                    request.path.starts_with("https://b.example/"),
                    "{}",
                    request.path
                );
            } else {
                claims::stays_at_the_endpoint(request);
            }
            let reads = matches!(purpose, Purpose::Status | Purpose::Refresh);
            assert_eq!(request.method == Method::Get, reads, "{purpose:?}");
        }
    }

    /// What this page notes is kept, and is read again as it was.
    fn what_is_kept_can_be_read(&self, shown: &Snapshot) {
        let kept = &self.visit.kept;
        // Whatever changed is the last.
        if let Some(record) = kept.last() {
            let json = record.to_json();
            let read = Record::read(&json, record.began, 0);
            assert_eq!(read.as_ref(), Some(record), "{}", crate::document(&json));
        }
        if let Some(key) = &shown.record {
            assert!(
                kept.iter().any(|record| record.key == *key),
                "{key} is not kept"
            );
        }
        let keys: Vec<_> = kept.iter().map(|record| &record.key).collect();
        let twice = |at: usize| keys[..at].contains(&keys[at]);
        assert!(!(0..keys.len()).any(twice), "two records of one wish");
    }

    /// One key a request, however often it was sent, and answers only where some
    /// were sent.
    fn keys_mark_wishes(&self) {
        let documented = self.service.provider.idempotency_header();
        let header = documented.unwrap_or("Idempotency-Key");
        let visit = &self.visit;
        let mut marked: Vec<(&str, &HttpRequest)> = Vec::new();
        for request in &visit.sent {
            let mut headers = request.headers.iter();
            let Some((_, key)) = headers.find(|(name, _)| name == header) else {
                continue;
            };
            match marked.iter().find(|(known, _)| known == key) {
                Some((_, first)) => assert!(
                    first.path == request.path && first.body == request.body,
                    "the key of one request on another"
                ),
                None => marked.push((key, request)),
            }
        }
        assert!(visit.heard(Happening::Answered) <= visit.calls(Purpose::Answer));
        assert!(visit.heard(Happening::Accepted) <= visit.calls(Purpose::Submit));
    }
}

fn what_is_shown_is_fit_to_show(shown: &Snapshot) {
    let site = Site::new("/relay", None);
    claims::of_status(&shown.status, &site);
    assert!(!shown.answering || shown.state == State::Asking);
    assert!(shown.uploading.is_none() || shown.state == State::Preparing);
    assert!(!shown.refreshing || shown.state == State::Done);
    assert!(!shown.stopping || shown.state == State::Submitting);
    assert!(shown.doubt.is_some() || shown.state != State::Uncertain);
    assert_eq!(shown.failure.is_some(), shown.state == State::Failed);
    assert!(shown.refusal.is_none() || shown.state == State::Drafting);
    if shown.state == State::Waiting || shown.state == State::Asking {
        assert!(shown.job.is_some(), "waits for no job");
    }
}

/// Whether a step is somebody's wish that something be sent.
fn asks(step: Step) -> bool {
    matches!(
        step,
        Step::Click
            | Step::HostAgrees
            | Step::KeepWaiting
            | Step::SendAgain
            | Step::Retry
            | Step::Watch
            | Step::Refresh
            | Step::Export
            | Step::Reload
            | Step::Resume
    )
}

/// Whether a step is nobody's wish at all.
fn by_itself(step: Step) -> bool {
    matches!(
        step,
        Step::Pass
            | Step::Until
            | Step::Gap
            | Step::WallJump
            | Step::Visible
            | Step::Online
            | Step::Headers
            | Step::Heard
            | Step::Changed
    )
}

fn click(visit: &mut Visit, service: &Service, files: u32) {
    let mut draft = Draft::default()
        .with(Field::Prompt, "Bees")
        .with(Field::OutputType, "single_slide");
    let ending = if service.provider.name() == "perceptis" {
        "png"
    } else {
        "pdf"
    };
    draft.files = (0..files)
        .map(|handle| file(handle, &format!("bees.{ending}")))
        .collect();
    let request = service.form.check(&draft);
    let key = visit.fresh_key();
    visit.event(Event::Submit { request, key });
}

/// From 16 ms to four hours and a half.
fn span(how: u8) -> u64 {
    let base = 16_u64 << (how % 20);
    base + base * u64::from(how / 20) / 13
}

/// A visit to every provider for each of its examples: asked for, accepted,
/// answered with the example again and again.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (provider, (_, examples)) in fixtures::FILES.iter().enumerate() {
        let provider = u8::try_from(provider).expect("a byte");
        let examples = parse(examples).expect("fixtures are JSON");
        let answers = |example: &&Json| example.text_of("call") != Some("request");
        let calls = examples.items().iter().filter(answers);
        let calls: Vec<_> = calls.map(|example| example.text_of("call")).collect();
        let place = |at: usize| u8::try_from(ODD_REPLIES.len() + at).expect("a byte");
        let accepted = calls.iter().position(|call| *call == Some("submitted"));
        let accepted = place(accepted.expect("an accepted request"));
        for at in 0..calls.len() {
            let mut seed = vec![provider, 0];
            let files = u8::try_from(at % 3).expect("a byte");
            push(&mut seed, Step::Click, &[files]);
            push(&mut seed, Step::HostAgrees, &[]);
            for _ in 0..files {
                push(&mut seed, Step::Read, &[0]);
                push(&mut seed, Step::Reply, &[0, 3 + u8::from(provider != 0)]);
                push(&mut seed, Step::Reply, &[0, 4]);
            }
            push(&mut seed, Step::Reply, &[0, accepted]);
            for _ in 0..3 {
                push(&mut seed, Step::Until, &[]);
                push(&mut seed, Step::Reply, &[0, place(at)]);
                push(&mut seed, Step::Answer, &[0]);
                push(&mut seed, Step::Reply, &[0, 1]);
            }
            push(&mut seed, Step::Refresh, &[]);
            push(&mut seed, Step::Reply, &[0, place(at)]);
            push(&mut seed, Step::Export, &[0]);
            push(&mut seed, Step::Reply, &[0, place(at)]);
            push(&mut seed, Step::Fetched, &[]);
            push(&mut seed, Step::Reload, &[0]);
            push(&mut seed, Step::Reply, &[0, place(at)]);
            push(&mut seed, Step::Role, &[1]);
            push(&mut seed, Step::Heard, &[0, place(at)]);
            push(&mut seed, Step::Stop, &[]);
            push(&mut seed, Step::KeepWaiting, &[]);
            push(&mut seed, Step::Reset, &[]);
            seeds.push(seed);
        }
    }
    seeds
}

fn push(seed: &mut Vec<u8>, step: Step, how: &[u8]) {
    assert_eq!(how.len(), step.arguments());
    let byte = STEPS.iter().position(|of| *of == step).expect("a step");
    seed.push(u8::try_from(byte).expect("a byte"));
    seed.extend(how);
}
