//! A visit to a page without a page: a job, a clock that only moves when told
//! to, and a service that answers what the test says.

use slidewright::job::{
    CallId, Effect, Event, Fault, Happening, HostAnswer, Job, Moment, Purpose, Settings, Snapshot,
    State,
};
use slidewright::json::Json;
use slidewright::provider::{self, Body, HttpReply, HttpRequest, JobId, Provider, ReplyBody};
use slidewright::request::{Draft, Field, FileRef, Form, GenerationRequest, HostWishes};
use slidewright::status::{Site, Status};
use std::rc::Rc;

pub const MINUTE: u64 = 60_000;

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
    provider: Rc<dyn Provider>,
    keys: u32,
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
        };
        change(&mut settings);
        let now = Moment {
            steady: 5_000,
            wall: 1_780_000_000_000,
        };
        Visit {
            job: Job::new(provider.clone(), settings, 7, now),
            now,
            sent: Vec::new(),
            purposes: Vec::new(),
            flying: None,
            timer: None,
            told: Vec::new(),
            host_asked: None,
            reading: None,
            provider,
            keys: 0,
        }
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
        for effect in self.job.handle(event, self.now) {
            match effect {
                Effect::AskHost(request) => self.host_asked = Some(request),
                Effect::CancelHost => self.host_asked = None,
                Effect::Send {
                    call,
                    request,
                    purpose,
                    ..
                } => {
                    assert_eq!(self.flying, None, "two calls in flight");
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
            }
        }
    }

    /// Presses Generate; the host agrees at once.
    pub fn submit(&mut self) {
        self.press_generate();
        self.host_agrees();
    }

    pub fn press_generate(&mut self) {
        let request = Ok(request(&*self.provider, &[]));
        let key = self.fresh_key();
        self.event(Event::Submit { request, key });
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
