//! A visit to a page without a page: a job, a clock that only moves when told
//! to, and a service that answers what the test says.

use slidewright::job::{
    CallId, Effect, Event, Fault, Happening, HostAnswer, Job, Moment, Purpose, Record, Resumed,
    Round, Settings, Snapshot, State, saved,
};
use slidewright::json::Json;
use slidewright::provider::{self, Body, HttpReply, HttpRequest, JobId, Provider, ReplyBody};
use slidewright::request::{Draft, Field, FileRef, Form, GenerationRequest, HostWishes};
use slidewright::status::{Site, Status};
use std::rc::Rc;

pub const MINUTE: u64 = 60_000;
pub const HOUR: u64 = 60 * MINUTE;

/// For so long a page believes what it kept.
pub const LIFE: u64 = 24 * HOUR;

pub fn json(text: &str) -> Json {
    serde_json::from_str(text).expect("the test's own JSON")
}

pub fn ok(body: &str) -> HttpReply {
    answer(200, body)
}

/// A reply whose body is JSON if it reads as JSON, as pages have it.
pub fn answer(code: u16, body: &str) -> HttpReply {
    let body = match serde_json::from_str(body) {
        Ok(json) => ReplyBody::Json(json),
        Err(_) => ReplyBody::Text(body.into()),
    };
    HttpReply {
        code,
        problem: false,
        retry_after: None,
        body,
    }
}

/// A problem document (RFC 9457), as a relay sends it.
pub fn problem(code: u16, body: &str) -> HttpReply {
    HttpReply {
        problem: true,
        ..answer(code, body)
    }
}

pub fn presenton() -> Rc<dyn Provider> {
    named("presenton")
}

pub fn named(name: &str) -> Rc<dyn Provider> {
    provider::named(name, |text| serde_json::from_str(text).ok()).expect("a provider of that name")
}

/// A built-in provider, or one of the shipped descriptors.
pub fn described(name: &str) -> Rc<dyn Provider> {
    crate::fixtures::provider(name, |text| serde_json::from_str(text).ok())
}

pub fn file(handle: u32, name: &str) -> FileRef {
    FileRef {
        handle,
        name: name.into(),
        media_type: String::new(),
        size: 1000,
    }
}

/// A good draft with files.
pub fn request_with_files(
    provider: &dyn Provider,
    fields: &[(Field, &str)],
    files: &[FileRef],
) -> GenerationRequest {
    let mut draft = request(provider, fields).to_draft();
    draft.files = files.to_vec();
    form(provider).check(&draft).expect("a good draft")
}

/// The body of a request as JSON.
pub fn body(request: &HttpRequest) -> &Json {
    match &request.body {
        Body::Json(json) => json,
        other => panic!("no JSON: {other:?}"),
    }
}

/// A reply that says when to come back.
pub fn later(code: u16, retry_after: &str) -> HttpReply {
    HttpReply {
        retry_after: Some(retry_after.into()),
        ..answer(code, "{}")
    }
}

pub fn form(provider: &dyn Provider) -> Form {
    // What a page has to say for a service of structured slides.
    let slides = (Field::TemplateSlides, "text=slide_1".into());
    let host = HostWishes {
        presets: vec![slides],
        ..HostWishes::default()
    };
    Form::new(provider.offers(), &host)
}

pub fn request(provider: &dyn Provider, fields: &[(Field, &str)]) -> GenerationRequest {
    let mut draft = Draft::default().with(Field::Prompt, "Bees");
    for (field, value) in fields {
        draft.set(*field, value);
    }
    form(provider).check(&draft).expect("a good draft")
}

/// What Presenton's status call says, read as the job of this id.
pub fn read_status(body: &str) -> Status {
    let id = JobId::parse("task-1").expect("an id");
    presenton()
        .status(&ok(body), &id, &Site::new("/relay", None))
        .expect("a status")
}

pub const ACCEPTED: &str =
    r#"{"id":"task-1","status":"pending","message":"Queued for generation","data":null}"#;
pub const WORKING: &str = r#"{"id":"task-1","status":"processing","message":"Generating slides","data":{"created_slides":1,"remaining_slides":2}}"#;
pub const COMPLETED: &str = r#"{"id":"task-1","status":"completed","message":"Presentation generation completed","data":{"path":"/app_data/exports/Bees.pptx"}}"#;

pub struct Visit {
    pub job: Job,
    pub now: Moment,
    /// Everything sent, in order.
    pub sent: Vec<HttpRequest>,
    /// What each of these was for.
    pub purposes: Vec<Purpose>,
    /// The call that waits for its reply.
    pub flying: Option<CallId>,
    /// When the timer goes off.
    pub timer: Option<u64>,
    pub told: Vec<Happening>,
    pub host_asked: Option<GenerationRequest>,
    /// The file that is to be read.
    pub reading: Option<u32>,
    /// What outlives the page, as storage would have it.
    pub kept: Vec<Record>,
    /// What was passed on to tabs that follow.
    pub shared: Vec<HttpReply>,
    /// How often it wanted to take the lead.
    pub leads: usize,
    /// All that goes beyond this page, in order: what is kept, dropped, shared.
    pub passed: Vec<Effect>,
    /// What was asked for last, as the tab remembers it over a reload.
    pub wish: Option<GenerationRequest>,
    /// The digests of what another tab is sending just now.
    pub locked: Vec<String>,
    pub provider: Rc<dyn Provider>,
    settings: Settings,
    pub keys: u32,
}

impl Visit {
    pub fn new() -> Visit {
        Visit::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut Settings)) -> Visit {
        Visit::to(presenton(), change)
    }

    /// A visit to another provider.
    pub fn to(provider: Rc<dyn Provider>, change: impl FnOnce(&mut Settings)) -> Visit {
        let mut settings = Settings {
            site: Site::new("/relay", None),
            deadline: 30 * MINUTE,
            same_origin: true,
            headers_may_change: true,
            file_hosts: Vec::new(),
            place: Some("deck".into()),
        };
        change(&mut settings);
        let now = Moment {
            steady: 5_000,
            wall: 1_780_000_000_000,
        };
        Visit::on(provider, settings, now)
    }

    fn on(provider: Rc<dyn Provider>, settings: Settings, now: Moment) -> Visit {
        Visit {
            job: Job::new(provider.clone(), settings.clone(), 7, now),
            now,
            sent: Vec::new(),
            purposes: Vec::new(),
            flying: None,
            timer: None,
            told: Vec::new(),
            host_asked: None,
            reading: None,
            kept: Vec::new(),
            shared: Vec::new(),
            leads: 0,
            passed: Vec::new(),
            wish: None,
            locked: Vec::new(),
            provider,
            settings,
            keys: 0,
        }
    }

    /// The page opened once more in another tab, or after its end: what was kept
    /// is there, and nothing has been taken up yet. A steady clock begins anew
    /// with each page.
    pub fn opened_after(&self, span: u64) -> Visit {
        let now = Moment {
            steady: 300,
            wall: self.now.wall + span,
        };
        let mut visit = Visit::on(self.provider.clone(), self.settings.clone(), now);
        let read = |record: &Record| Record::read(&record.to_json(), now.wall, LIFE);
        visit.kept = self.kept.iter().filter_map(read).collect();
        visit.keys = self.keys + 1_000;
        visit
    }

    /// This tab after a reload: it takes up what it was at.
    pub fn reloaded(&self) -> Visit {
        self.reloaded_after(1_000)
    }

    /// This tab, closed for a while and restored.
    pub fn reloaded_after(&self, span: u64) -> Visit {
        let mut visit = self.opened_after(span);
        visit.wish.clone_from(&self.wish);
        let shown = self.shown();
        let rounds = shown.rounds.to_vec();
        visit.take_up(shown.record.as_deref(), false, rounds);
        visit
    }

    /// Takes up what a page would when it opens.
    pub fn take_up(&mut self, current: Option<&str>, sending: bool, rounds: Vec<Round>) {
        let place = self.settings.place.clone().unwrap_or_default();
        if let Some(record) = saved::to_take_up(&self.kept, &place, current).cloned() {
            // What was typed in this tab belongs to the job that it was at.
            let mine = current == Some(record.key.as_str());
            if !mine {
                self.wish = None;
            }
            let request = self.wish.clone();
            let rounds = if mine { rounds } else { Vec::new() };
            self.event(Event::Resume(Box::new(Resumed {
                record,
                request,
                rounds,
                sending,
            })));
        }
    }

    /// What is kept of what is shown.
    pub fn record(&self) -> Option<&Record> {
        let key = self.shown().record?;
        self.kept.iter().find(|kept| kept.key == key)
    }

    /// Whether a call for this is in flight.
    pub fn is_flying(&self, purpose: Purpose) -> bool {
        self.flying.is_some() && self.purposes.last() == Some(&purpose)
    }

    /// A visit that waits for an accepted job.
    pub fn waiting() -> Visit {
        let mut visit = Visit::new();
        visit.submit();
        visit.reply(ok(ACCEPTED));
        assert_eq!(visit.state(), State::Waiting);
        visit
    }

    /// A visit to a built-in provider, or to a shipped descriptor.
    pub fn at(name: &str) -> Visit {
        Visit::to(described(name), |_| {})
    }

    /// The same, waiting for the job that a reply to the submit made.
    pub fn waiting_at(name: &str, accepted: &str) -> Visit {
        let mut visit = Visit::at(name);
        visit.submit();
        visit.reply(answer(202, accepted));
        assert_eq!(visit.state(), State::Waiting);
        visit
    }

    /// Presses Generate for this request; the host agrees at once.
    pub fn submit_request(&mut self, request: GenerationRequest) {
        let key = self.fresh_key();
        let request = Ok(request);
        self.event(Event::Submit { request, key });
        self.host_agrees();
    }

    /// Presses Generate with files; the host agrees at once.
    pub fn submit_files(&mut self, fields: &[(Field, &str)], files: &[FileRef]) {
        let request = request_with_files(&*self.provider, fields, files);
        self.submit_request(request);
    }

    /// What was sent last.
    pub fn last(&self) -> &HttpRequest {
        self.sent.last().expect("something was sent")
    }

    /// How many calls there were for a purpose.
    pub fn calls(&self, purpose: Purpose) -> usize {
        self.purposes.iter().filter(|of| **of == purpose).count()
    }

    /// How often the host was told of something.
    pub fn heard(&self, happening: Happening) -> usize {
        self.told.iter().filter(|of| **of == happening).count()
    }

    pub fn fresh_key(&mut self) -> String {
        self.keys += 1;
        format!("key-{}", self.keys)
    }

    pub fn event(&mut self, event: Event) {
        let mut sent_elsewhere = None;
        for effect in self.job.handle(event, self.now) {
            match effect {
                Effect::AskHost(request) => {
                    self.wish = Some(request.clone());
                    self.host_asked = Some(request);
                }
                Effect::CancelHost => self.host_asked = None,
                Effect::Send {
                    call,
                    request,
                    purpose,
                    record,
                    ..
                } => {
                    assert_eq!(self.flying, None, "two calls in flight");
                    let digest = record.as_ref().map(|record| record.digest.clone());
                    if digest.is_some_and(|it| self.locked.contains(&it)) {
                        // It never leaves.
                        sent_elsewhere = Some(call).zip(record);
                        continue;
                    }
                    // It is kept at the moment it leaves.
                    if let Some(record) = record {
                        self.keep(*record);
                    }
                    self.purposes.push(purpose);
                    self.flying = Some(call);
                    self.sent.push(request);
                }
                Effect::Abort(call) => {
                    assert_eq!(self.flying, Some(call), "aborts what is not in flight");
                    self.flying = None;
                }
                Effect::Wake(delay) => self.timer = Some(self.now.steady + delay),
                Effect::Sleep => self.timer = None,
                Effect::ReadFile(handle) => self.reading = Some(handle),
                Effect::Tell(happening) => self.told.push(happening),
                Effect::Save(record) => self.keep(*record),
                Effect::Drop(key) => {
                    self.kept.retain(|kept| kept.key != key);
                    self.passed.push(Effect::Drop(key));
                }
                Effect::Share(reply) => {
                    self.passed.push(Effect::Share(reply.clone()));
                    self.shared.push(reply);
                }
                Effect::Lead => {
                    self.leads += 1;
                    self.passed.push(Effect::Lead);
                }
            }
        }
        if let Some((call, record)) = sent_elsewhere {
            let same = self.kept.iter().filter(|it| {
                it.digest == record.digest && (it.job.is_none() || it.is_same_wish(&record))
            });
            let theirs = same
                .max_by_key(|it| it.began)
                .map_or(record, |it| Box::new(it.clone()));
            self.event(Event::Joined { call, theirs });
        }
    }

    fn keep(&mut self, record: Record) {
        self.kept.retain(|kept| kept.key != record.key);
        self.kept.push(record.clone());
        self.passed.push(Effect::Save(Box::new(record)));
    }

    /// In doubt, presses "Send again".
    pub fn send_again(&mut self) {
        let key = self.fresh_key();
        self.event(Event::SendAgain { key });
        self.host_agrees();
    }

    /// Presses Generate; the host agrees at once.
    pub fn submit(&mut self) {
        self.press_generate();
        self.host_agrees();
    }

    pub fn press_generate(&mut self) {
        self.press_generate_for("Bees");
    }

    /// Presses Generate for a topic.
    pub fn press_generate_for(&mut self, topic: &str) {
        let outline = format!("# {topic}");
        let mut fields = vec![(Field::Prompt, topic)];
        if self.wants_outlines() {
            fields.push((Field::Outline, &outline));
        }
        let request = Ok(request(&*self.provider, &fields));
        let key = self.fresh_key();
        self.event(Event::Submit { request, key });
    }

    fn wants_outlines(&self) -> bool {
        let offers = self.provider.offers();
        offers
            .iter()
            .any(|offer| offer.field == Field::Outline && offer.required)
    }

    pub fn host_agrees(&mut self) {
        if let Some(request) = self.host_asked.take() {
            self.event(Event::HostAnswered(HostAnswer::Go(Box::new(request))));
        }
    }

    pub fn reply(&mut self, reply: HttpReply) {
        let call = self.flying.take().expect("a call in flight");
        self.event(Event::Reply {
            call,
            outcome: Ok(reply),
        });
    }

    pub fn fault(&mut self, fault: Fault) {
        let call = self.flying.take().expect("a call in flight");
        self.event(Event::Reply {
            call,
            outcome: Err(fault),
        });
    }

    /// Lets time pass on both clocks; the timer goes off on the way.
    pub fn pass(&mut self, span: u64) {
        let end = self.now.steady + span;
        while let Some(at) = self.timer.filter(|at| *at <= end) {
            self.timer = None;
            self.step(at.saturating_sub(self.now.steady));
            self.event(Event::Wake);
        }
        self.step(end - self.now.steady);
    }

    /// Moves the clocks without anything going off.
    pub fn step(&mut self, span: u64) {
        self.now.steady += span;
        self.now.wall += span;
    }

    /// Until the next poll leaves; tells how long that took.
    pub fn until_poll(&mut self) -> u64 {
        let from = self.now.steady;
        while self.flying.is_none() {
            let at = self.timer.expect("a timer");
            self.pass(at - self.now.steady);
        }
        self.now.steady - from
    }

    /// Until the next poll leaves, or until there will be none.
    pub fn until_poll_or_rest(&mut self) {
        while self.flying.is_none()
            && let Some(at) = self.timer
        {
            self.pass(at.saturating_sub(self.now.steady));
        }
    }

    /// One poll and its answer.
    pub fn poll(&mut self, reply: HttpReply) {
        self.until_poll();
        self.reply(reply);
    }

    pub fn state(&self) -> State {
        self.shown().state
    }

    pub fn shown(&self) -> Snapshot {
        self.job.snapshot()
    }

    pub fn submits(&self) -> usize {
        use slidewright::provider::Method;
        self.sent
            .iter()
            .filter(|request| request.method == Method::Post)
            .count()
    }

    pub fn keys(&self) -> Vec<&str> {
        self.sent
            .iter()
            .flat_map(|request| &request.headers)
            .filter(|(name, _)| *name == "Idempotency-Key")
            .map(|(_, value)| value.as_str())
            .collect()
    }
}
