//! The life of a job: events and time in, effects out (design "The life of a
//! job" and "Pacing"). No browser, no clock, no input or output: a test runs a
//! ten-minute job in microseconds.
//!
//! What always holds, whatever comes in:
//!
//! - a request leaves only because the visitor or the host asked for it, and one
//!   that got no answer is never sent again by itself;
//! - at most one call is in flight;
//! - after a terminal state nothing is sent but what somebody asks for;
//! - past the deadline nothing is sent until somebody wants to keep waiting.

mod asking;
mod moment;
mod pacing;
mod results;
mod snapshot;
mod uploading;

use std::rc::Rc;

pub use self::moment::{Chance, Moment};
pub use self::pacing::{LONGEST_RETRY_AFTER, Pacing, retry_after};
pub use self::results::good_for;
pub use self::snapshot::{
    AnswerTrouble, Charged, Doubt, Failure, FailureKind, Notice, Round, Snapshot, State,
};

use crate::json::Json;
use crate::provider::{HttpReply, HttpRequest, JobId, Millis, Provider, Refusal};
use crate::request::{Field, FieldProblem, GenerationRequest};
use crate::status::{Site, Stage, Status};

/// A submit may take longer than a poll: services check accounts first.
const SUBMIT_LIMIT: Millis = 60_000;

/// A status is a small thing.
const POLL_LIMIT: Millis = 30_000;

/// So often a submit that got no answer is repeated by itself, where the service
/// takes a key that makes this harmless.
const REPEATS: u32 = 4;

/// So many times in a row a service may not know a job, or refuse to speak of
/// it, before it is believed: a job just made may not be everywhere yet.
const STRIKES: u32 = 3;

/// So many unreadable replies in a row are a service that speaks something else,
/// and not a hotel's login page in between.
const UNREADABLE_STRIKES: u32 = 6;

/// A wall clock that gains this on the steady one means that the machine slept.
const SLEPT: Millis = 10_000;

/// What a job must know of its surroundings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where it asks.
    pub site: Site,
    /// Time spent watching after which a job is overdue.
    pub deadline: Millis,
    /// Whether the endpoint is the page's own origin: then keys and marks can
    /// travel in headers, and a failed call is no hidden refusal.
    pub same_origin: bool,
    /// Whether asking the host's `headers` again could give others.
    pub headers_may_change: bool,
    /// Hosts beside the endpoint's that files may be sent to.
    pub file_hosts: Vec<String>,
}

/// Thirty minutes: no provider's documents promise a deck sooner or later.
pub const USUAL_DEADLINE: Millis = 1_800_000;

/// What happens to a job.
#[derive(Clone, Debug)]
pub enum Event {
    /// The visitor, or the host's script, wants a deck. `key` is fresh and
    /// random: it marks this one wish, however often it is sent.
    Submit {
        /// The checked draft, or what is wrong with it.
        request: Result<GenerationRequest, Vec<FieldProblem>>,
        /// The idempotency key.
        key: String,
    },
    /// The host's `beforeSubmit` has decided.
    HostAnswered(HostAnswer),
    /// A call ended.
    Reply {
        /// Which.
        call: CallId,
        /// How.
        outcome: Result<HttpReply, Fault>,
    },
    /// The timer asked for by [`Effect::Wake`] went off.
    Wake,
    /// The page is seen, or not any more.
    Visible(bool),
    /// The browser thinks it is on a network, or not. A hint.
    Online(bool),
    /// The host has set other `headers`.
    HeadersChanged,
    /// The visitor changed a field.
    Edited(Field),
    /// Do not ask any more.
    Stop,
    /// Ask again, after all.
    KeepWaiting,
    /// Follow a job made elsewhere.
    Watch(JobId),
    /// The visitor's answer to the service's question.
    Answer(String),
    /// A file was read, in Base64; nothing where it could not be.
    FileRead {
        /// Which.
        handle: u32,
        /// What is in it.
        data: Option<String>,
    },
    /// The visitor takes a file back.
    RemoveFile(u32),
    /// Ask for fresh links.
    RefreshLinks,
    /// Ask for the finished deck in another format.
    Export(String),
    /// In doubt, and the visitor wants to risk it.
    SendAgain,
    /// Once more, as a new request.
    Retry {
        /// A fresh key.
        key: String,
    },
    /// Back to the form.
    Reset,
}

/// What the host's `beforeSubmit` says.
#[derive(Clone, Debug)]
pub enum HostAnswer {
    /// Send this.
    Go(Box<GenerationRequest>),
    /// Do not send it.
    Refused(Box<Refusal>),
    /// Do not send it, and say nothing.
    Cancelled,
}

/// Why a call brought no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It did not get through, or the browser hides what came back.
    Network,
    /// It took too long.
    TimedOut,
    /// The reply is larger than any real one.
    TooLarge,
    /// It never left the page: the host's `headers` failed.
    NotSent,
}

/// Tells calls apart, so that a late reply to an earlier one is noticed.
pub type CallId = u32;

/// What is to be done for a job.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask the host's `beforeSubmit`.
    AskHost(GenerationRequest),
    /// Stop asking it.
    CancelHost,
    /// Make a call.
    Send {
        /// Its name.
        call: CallId,
        /// What it is for.
        purpose: Purpose,
        /// What to send.
        request: HttpRequest,
        /// When to give up, from sending to the body's end; for an upload, how
        /// long it may stand still.
        limit: Millis,
    },
    /// Read a file; [`Event::FileRead`] brings it.
    ReadFile(u32),
    /// Drop a call; its reply does not matter any more.
    Abort(CallId),
    /// Set the timer, in place of any earlier one.
    Wake(Millis),
    /// Clear the timer.
    Sleep,
    /// Tell the host.
    Tell(Happening),
}

/// What a call is for; the host's `headers` is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To have a deck made.
    Submit,
    /// To see how it is.
    Status,
    /// To answer its question.
    Answer,
    /// To get fresh links.
    Refresh,
    /// To have a finished deck in another format.
    Export,
    /// To send the file of this handle.
    Upload(u32),
}

impl Purpose {
    /// The word that the host's `headers` is told.
    pub const fn name(self) -> &'static str {
        match self {
            Purpose::Submit => "submit",
            Purpose::Status => "status",
            Purpose::Answer => "answer",
            Purpose::Refresh => "refresh",
            Purpose::Export => "export",
            Purpose::Upload(_) => "upload",
        }
    }
}

/// What a host may want to hear of; the [`Snapshot`] has the details.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// The service took the request: there is a job now.
    Accepted,
    /// The service said something about the job.
    Status,
    /// The service asks the visitor something.
    Question,
    /// The visitor's answer arrived.
    Answered,
    /// The deck is there.
    Complete,
    /// Something went wrong: refused, failed, or in doubt.
    Error,
    /// The widget stopped asking.
    Stopped,
}

/// One widget's job, from the empty form to the finished deck.
pub struct Job {
    provider: Rc<dyn Provider>,
    settings: Settings,
    chance: Chance,
    pacing: Pacing,
    state: State,
    now: Moment,
    next_call: CallId,
    in_flight: Option<InFlight>,
    /// What was asked for, before the host had its say: what a retry asks again.
    wish: Option<GenerationRequest>,
    /// What the host agreed to: what is sent.
    request: Option<GenerationRequest>,
    key: String,
    job: Option<JobId>,
    status: Rc<Status>,
    /// When the links in it were given.
    linked: Moment,
    /// The format that was asked for last, beside the deck's own.
    exporting: String,
    /// The questions that are behind us.
    rounds: Rc<Vec<Round>>,
    /// The answer under way, or of which nobody knows whether it arrived.
    answer: Option<String>,
    answer_trouble: Option<AnswerTrouble>,
    answered_at: Option<Millis>,
    /// What the service calls the files that it has.
    uploaded: Vec<(u32, Json)>,
    /// The reply that named the place for the file under way.
    target: Option<Json>,
    reading: Option<u32>,
    /// What was sent last, as the provider made it, to be sent once more.
    sent: Option<HttpRequest>,
    repeats: u32,
    /// Whether an earlier attempt of this wish may have arrived.
    doubted: bool,
    notice: Option<Notice>,
    refusal: Option<Rc<Refusal>>,
    failure: Option<Failure>,
    doubt: Option<Doubt>,
    started: Millis,
    watched: Millis,
    last_poll: Option<Millis>,
    due: Option<Millis>,
    strikes: u32,
    struck: Option<FailureKind>,
    asked_headers_again: bool,
    stop_wanted: bool,
    hidden: bool,
    online: bool,
    effects: Vec<Effect>,
}

#[derive(Clone, Copy)]
struct InFlight {
    call: CallId,
    purpose: Purpose,
}

impl Job {
    /// A widget that waits for its visitor. `seed` is for jitter.
    pub fn new(provider: Rc<dyn Provider>, settings: Settings, seed: u64, now: Moment) -> Job {
        Job {
            pacing: Pacing::new(provider.pace()),
            provider,
            settings,
            chance: Chance::new(seed),
            state: State::Drafting,
            now,
            next_call: 0,
            in_flight: None,
            wish: None,
            request: None,
            key: String::new(),
            job: None,
            status: Rc::default(),
            linked: Moment::default(),
            exporting: String::new(),
            rounds: Rc::default(),
            answer: None,
            answer_trouble: None,
            answered_at: None,
            uploaded: Vec::new(),
            target: None,
            reading: None,
            sent: None,
            repeats: 0,
            doubted: false,
            notice: None,
            refusal: None,
            failure: None,
            doubt: None,
            started: 0,
            watched: 0,
            last_poll: None,
            due: None,
            strikes: 0,
            struck: None,
            asked_headers_again: false,
            stop_wanted: false,
            hidden: false,
            online: true,
            effects: Vec::new(),
        }
    }

    /// What is to be shown.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            provider: self.provider.name().into(),
            state: self.state,
            job: self.job.clone(),
            status: self.status.clone(),
            linked: self.linked,
            link_age: self.provider.link_age(),
            exports: self.provider.exports(),
            rounds: self.rounds.clone(),
            answering: self.is_flying(Purpose::Answer),
            answer_trouble: self.answer_trouble.clone(),
            uploading: match self.in_flight {
                Some(InFlight {
                    purpose: Purpose::Upload(handle),
                    ..
                }) => Some(handle),
                _ => self.reading,
            },
            notice: self.notice.clone(),
            refusal: self.refusal.clone(),
            failure: self.failure.clone(),
            doubt: self.doubt.clone(),
            started: self.started,
            stopping: self.stop_wanted,
            can_retry: self.wish.is_some(),
            refreshing: self.is_flying(Purpose::Refresh) || self.is_flying(Purpose::Export),
        }
    }

    fn is_flying(&self, purpose: Purpose) -> bool {
        self.in_flight.is_some_and(|call| call.purpose == purpose)
    }

    /// Whether a service is asked again and again how the job is.
    fn is_watching(&self) -> bool {
        matches!(self.state, State::Waiting | State::Asking)
    }

    /// Whether the host may change the surroundings: only between jobs.
    pub fn is_idle(&self) -> bool {
        !matches!(
            self.state,
            State::Preparing
                | State::Submitting
                | State::Uncertain
                | State::Waiting
                | State::Asking
        )
    }

    /// Takes what may change under a job: all but where it asks.
    pub fn adjust(&mut self, settings: &Settings) {
        self.settings.deadline = settings.deadline;
        self.settings.headers_may_change = settings.headers_may_change;
        self.settings.file_hosts.clone_from(&settings.file_hosts);
        self.settings
            .site
            .links_base
            .clone_from(&settings.site.links_base);
    }

    /// Takes what happened, and when; gives back what is to be done about it, in
    /// order. Events that make no sense in the present state change nothing.
    pub fn handle(&mut self, event: Event, now: Moment) -> Vec<Effect> {
        let slept = self.advance(now);
        match event {
            Event::Submit { request, key } => self.submit(request, key),
            Event::HostAnswered(answer) => self.host_answered(answer),
            Event::Reply { call, outcome } => self.reply(call, outcome),
            Event::Wake => self.wake(),
            Event::Visible(visible) => {
                self.hidden = !visible;
                if visible {
                    self.bring_forward();
                }
            }
            Event::Online(online) => {
                self.online = online;
                if online {
                    self.bring_forward();
                }
            }
            Event::HeadersChanged => {
                if self.notice == Some(Notice::SignedOut) {
                    self.bring_forward();
                }
            }
            Event::Edited(field) => self.edited(field),
            Event::Stop => self.stop(),
            Event::KeepWaiting => self.keep_waiting(),
            Event::Watch(job) => self.watch(job),
            Event::Answer(text) => self.send_answer(text),
            Event::FileRead { handle, data } => self.file_read(handle, data),
            Event::RemoveFile(handle) => self.remove_file(handle),
            Event::RefreshLinks => self.refresh_links(),
            Event::Export(format) => self.export(&format),
            Event::SendAgain => {
                if self.state == State::Uncertain {
                    self.post();
                }
            }
            Event::Retry { key } => {
                let wish = self.wish.clone();
                if let Some(request) = wish.filter(|_| self.state == State::Failed) {
                    self.submit(Ok(request), key);
                }
            }
            Event::Reset => self.reset(),
        }
        if slept {
            self.bring_forward();
        }
        std::mem::take(&mut self.effects)
    }

    /// Moves the clocks on, counts the time spent watching, and tells whether the
    /// machine slept meanwhile.
    fn advance(&mut self, now: Moment) -> bool {
        let steady = now.steady.saturating_sub(self.now.steady);
        let wall = now.wall.saturating_sub(self.now.wall);
        if self.is_watching() {
            // A gap in the timers (sleep, a frozen page) counts as one interval:
            // nobody waited through it.
            let planned = self.due.unwrap_or(0).saturating_sub(self.now.steady);
            let most = if self.in_flight.is_some() {
                POLL_LIMIT
            } else {
                planned.max(self.pacing.pace().usual)
            };
            self.watched = self.watched.saturating_add(steady.min(most));
        }
        self.now = Moment {
            steady: now.steady.max(self.now.steady),
            wall: now.wall,
        };
        wall > steady.saturating_add(SLEPT)
    }

    fn want(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    fn tell(&mut self, happening: Happening) {
        self.want(Effect::Tell(happening));
    }

    fn show(&mut self, status: Status) {
        self.status = Rc::new(status);
    }

    // Before there is a job.

    fn submit(&mut self, request: Result<GenerationRequest, Vec<FieldProblem>>, key: String) {
        if !self.is_idle() {
            return;
        }
        self.forget_job();
        match request.and_then(|request| self.checked(request)) {
            Ok(request) => {
                self.key = key;
                self.wish = Some(request.clone());
                self.request = None;
                self.doubted = false;
                self.state = State::Preparing;
                self.want(Effect::AskHost(request));
            }
            Err(fields) => self.refuse_fields(fields),
        }
    }

    fn checked(&self, request: GenerationRequest) -> Result<GenerationRequest, Vec<FieldProblem>> {
        let problems = self.provider.check(&request);
        if problems.is_empty() {
            Ok(request)
        } else {
            Err(problems)
        }
    }

    fn host_answered(&mut self, answer: HostAnswer) {
        // It decides once.
        if self.state != State::Preparing || self.request.is_some() {
            return;
        }
        match answer {
            HostAnswer::Go(request) => match self.checked(*request) {
                Ok(mut request) => {
                    // Files that the visitor took back meanwhile.
                    if let Some(wish) = &self.wish {
                        request.keep_files_of(wish);
                    }
                    self.request = Some(request);
                    self.upload_next();
                }
                Err(fields) => self.refuse_fields(fields),
            },
            HostAnswer::Refused(refusal) => self.refuse(*refusal),
            HostAnswer::Cancelled => self.state = State::Drafting,
        }
    }

    /// Back to the form, with what is wrong; the draft is the view's and stays.
    fn refuse(&mut self, refusal: Refusal) {
        self.state = State::Drafting;
        self.stop_wanted = false;
        self.notice = None;
        self.refusal = Some(Rc::new(refusal));
        self.tell(Happening::Error);
    }

    fn refuse_fields(&mut self, fields: Vec<FieldProblem>) {
        self.refuse(Refusal {
            fields,
            ..Refusal::default()
        });
    }

    fn edited(&mut self, field: Field) {
        if let Some(refusal) = &mut self.refusal
            && refusal.fields.iter().any(|problem| problem.field == field)
        {
            let refusal = Rc::make_mut(refusal);
            refusal.fields.retain(|problem| problem.field != field);
            let nothing_said =
                refusal.text.is_none() && refusal.title.is_none() && refusal.code == 0;
            if refusal.fields.is_empty() && nothing_said {
                self.refusal = None;
            }
        }
    }

    /// The one place from which a submit leaves.
    fn post(&mut self) {
        let Some(request) = &self.request else { return };
        let request = self.provider.submit(request);
        self.doubt = None;
        self.state = State::Submitting;
        self.asked_headers_again = false;
        self.repeats = 0;
        self.pacing = Pacing::new(self.provider.pace());
        self.send(Purpose::Submit, request);
    }

    fn send(&mut self, purpose: Purpose, mut request: HttpRequest) {
        self.sent = Some(request.clone());
        let documented = self.provider.idempotency_header();
        let mut keyed = documented.map(str::to_string);
        if self.settings.same_origin && !request.is_elsewhere() {
            // So a relay can tell the call from a forged cross-site request,
            // and a browser's own repeat of a submit from a second one.
            request.headers.push(("X-Slidewright".into(), "1".into()));
            keyed = keyed.or_else(|| Some("Idempotency-Key".into()));
        }
        if let Some(header) = keyed.filter(|_| purpose == Purpose::Submit) {
            request.headers.push((header, self.key.clone()));
        }
        let call = self.next_call;
        self.next_call = self.next_call.wrapping_add(1);
        self.in_flight = Some(InFlight { call, purpose });
        let limit = match purpose {
            Purpose::Submit | Purpose::Export => SUBMIT_LIMIT,
            _ => POLL_LIMIT,
        };
        self.want(Effect::Send {
            call,
            purpose,
            request,
            limit,
        });
    }

    // Replies.

    fn reply(&mut self, call: CallId, outcome: Result<HttpReply, Fault>) {
        let Some(flight) = self.in_flight.filter(|flight| flight.call == call) else {
            return;
        };
        self.in_flight = None;
        let signed_out = matches!(&outcome, Ok(reply) if reply.code == 401);
        // Who wanted to stop meanwhile does not want it sent once more.
        let wanted = !self.stop_wanted;
        // A place that a reply named knows nothing of the host's headers.
        let ours = self.sent.as_ref().is_some_and(|sent| !sent.is_elsewhere());
        let may_change = self.settings.headers_may_change && !self.asked_headers_again;
        if signed_out && wanted && ours && may_change {
            // The service refused before it did anything, so asking once more
            // with fresh headers cannot make a second job.
            self.asked_headers_again = true;
            self.send_once_more(flight.purpose);
            return;
        }
        match flight.purpose {
            Purpose::Submit => self.submit_reply(outcome),
            Purpose::Status => self.poll_reply(outcome),
            Purpose::Answer => self.answer_reply(outcome),
            Purpose::Refresh => self.refresh_reply(outcome),
            Purpose::Export => self.export_reply(outcome),
            Purpose::Upload(handle) => self.upload_reply(handle, outcome),
        }
    }

    fn send_once_more(&mut self, purpose: Purpose) {
        if let Some(request) = self.sent.take() {
            self.send(purpose, request);
        }
    }

    fn submit_reply(&mut self, outcome: Result<HttpReply, Fault>) {
        let reply = match outcome {
            Ok(reply) => reply,
            Err(Fault::NotSent) if self.doubted => return self.doubt(Doubt::default()),
            Err(Fault::NotSent) => {
                return self.refuse(Refusal {
                    name: Some("headers-failed".into()),
                    ..Refusal::default()
                });
            }
            Err(_) => {
                let doubt = Doubt {
                    maybe_signed_out: !self.settings.same_origin,
                    ..Doubt::default()
                };
                return self.no_answer(doubt, None);
            }
        };
        if reply.is_success() {
            match self.provider.accepted(&reply, &self.settings.site) {
                Some(accepted) => self.accept(accepted.job, accepted.status),
                None => self.doubt(Doubt {
                    code: Some(reply.code),
                    said: crate::provider::first_words(&reply),
                    ..Doubt::default()
                }),
            }
        } else if reply.code == 408 || reply.code >= 500 {
            let doubt = Doubt {
                code: Some(reply.code),
                said: Refusal::read(&reply, &*self.provider).text,
                ..Doubt::default()
            };
            self.no_answer(doubt, self.wait_of(&reply));
        } else {
            let refusal = Refusal::read(&reply, &*self.provider);
            // What has nothing to do with the request says nothing about an
            // earlier attempt, which may have arrived.
            // A key that is taken (409) most likely is so because that one did.
            let of_caller = matches!(reply.code, 300..=399 | 401 | 403 | 407 | 409 | 428 | 429);
            if of_caller && self.doubted {
                self.doubt(Doubt {
                    code: Some(reply.code),
                    said: refusal.text,
                    ..Doubt::default()
                });
            } else {
                self.refuse(refusal);
            }
        }
    }

    /// Nobody knows whether the request arrived. Where the service takes a key
    /// that makes a repeat harmless, it is repeated; otherwise nobody but the
    /// visitor goes on.
    fn no_answer(&mut self, doubt: Doubt, wait: Option<Millis>) {
        let harmless = self.provider.idempotency_header().is_some();
        self.doubted = true;
        if harmless && self.repeats < REPEATS && !self.stop_wanted {
            self.repeats = self.repeats.saturating_add(1);
            self.notice = Some(self.unreachable());
            self.pacing.failed(wait);
            self.schedule();
        } else {
            self.doubt(doubt);
        }
    }

    fn doubt(&mut self, mut doubt: Doubt) {
        self.doubted = true;
        doubt.harmless = self.provider.idempotency_header().is_some();
        self.state = State::Uncertain;
        self.doubt = Some(doubt);
        self.notice = None;
        self.due = None;
        self.stop_wanted = false;
        self.tell(Happening::Error);
    }

    fn accept(&mut self, job: JobId, status: Status) {
        self.follow(job);
        self.tell(Happening::Accepted);
        if std::mem::take(&mut self.stop_wanted) && !status.stage.is_terminal() {
            self.show(status);
            self.rest(State::Stopped, Happening::Stopped);
        } else {
            self.take(status);
            if self.is_watching() {
                self.wake_in(self.pacing.pace().first);
            }
        }
    }

    /// Starts to wait for a job.
    fn follow(&mut self, job: JobId) {
        self.job = Some(job);
        self.state = State::Waiting;
        self.show(Status {
            stage: Stage::Queued,
            ..Status::default()
        });
        self.started = self.now.wall;
        self.rounds = Rc::default();
        self.answer = None;
        self.answer_trouble = None;
        self.answered_at = None;
        self.watched = 0;
        self.strikes = 0;
        self.last_poll = None;
        self.notice = None;
        self.refusal = None;
        self.failure = None;
        self.doubt = None;
        self.asked_headers_again = false;
        self.pacing = Pacing::new(self.provider.pace());
    }

    fn poll_reply(&mut self, outcome: Result<HttpReply, Fault>) {
        let reply = match outcome {
            Ok(reply) => reply,
            Err(Fault::NotSent) => return self.trouble(Notice::SignedOut, None),
            Err(Fault::TooLarge) => return self.unreadable(None),
            Err(Fault::Network | Fault::TimedOut) => {
                return self.trouble(self.unreachable(), None);
            }
        };
        let wait = self.wait_of(&reply);
        match reply.code {
            200..300 => self.read_status(&reply),
            401 | 403 | 407 | 428 => self.trouble(Notice::SignedOut, wait),
            404 | 410 => self.strike(FailureKind::JobUnknown, &reply, wait),
            429 => self.trouble(Notice::SlowDown, wait),
            408 | 425 | 500.. => self.trouble(Notice::Unreachable, wait),
            _ => self.strike(FailureKind::StatusRefused, &reply, wait),
        }
    }

    fn unreachable(&self) -> Notice {
        if self.online {
            Notice::Unreachable
        } else {
            Notice::Offline
        }
    }

    /// How long the service wants to be left alone.
    fn wait_of(&self, reply: &HttpReply) -> Option<Millis> {
        retry_after(reply.retry_after.as_deref()?, self.now.wall)
    }

    fn read_status(&mut self, reply: &HttpReply) {
        let Some(job) = &self.job else { return };
        match self.provider.status(reply, job, &self.settings.site) {
            Some(status) => {
                self.reached();
                self.take(status);
                if self.is_watching() {
                    self.schedule();
                }
            }
            // Some services say "not yet" without a word.
            None if reply.code == 202 => {
                self.reached();
                self.schedule();
            }
            None => self.unreadable(crate::provider::first_words(reply)),
        }
    }

    /// The service answered as it should.
    fn reached(&mut self) {
        self.pacing.succeeded();
        self.strikes = 0;
        self.asked_headers_again = false;
        self.notice = None;
    }

    fn take(&mut self, mut status: Status) {
        self.hear_question(&mut status);
        let earlier = &self.status;
        status.progress = status.progress.at_least(earlier.progress);
        if earlier.stage == Stage::Working && status.stage == Stage::Queued {
            status.stage = Stage::Working;
        }
        if status.step.is_none() && !status.stage.is_terminal() {
            status.step.clone_from(&earlier.step);
        }
        let asked_before = earlier.stage == Stage::Asking && earlier.question == status.question;
        self.linked = self.now;
        self.show(status);
        self.tell(Happening::Status);
        match &self.status.stage {
            Stage::Done => self.rest(State::Done, Happening::Complete),
            Stage::Failed(error) => {
                let failure = Failure {
                    kind: FailureKind::Task,
                    said: error.text.clone(),
                    charged: Charged::Unknown,
                };
                self.fail(failure);
            }
            Stage::Asking => {
                self.state = State::Asking;
                if !asked_before {
                    self.tell(Happening::Question);
                }
            }
            Stage::Queued | Stage::Working => self.state = State::Waiting,
        }
    }

    fn fail(&mut self, failure: Failure) {
        self.failure = Some(failure);
        self.rest(State::Failed, Happening::Error);
    }

    /// Nothing more happens by itself.
    fn rest(&mut self, state: State, happening: Happening) {
        self.state = state;
        self.notice = None;
        self.due = None;
        self.stop_wanted = false;
        if let Some(flight) = self.in_flight.take() {
            self.want(Effect::Abort(flight.call));
        }
        self.want(Effect::Sleep);
        self.tell(happening);
    }

    /// A question failed; the job goes on, and so do the questions.
    fn trouble(&mut self, notice: Notice, wait: Option<Millis>) {
        self.strikes = 0;
        self.ask_later(notice, wait);
    }

    fn ask_later(&mut self, notice: Notice, wait: Option<Millis>) {
        self.notice = Some(notice);
        self.pacing.failed(wait);
        self.schedule();
    }

    /// A question was answered in a way that may be final.
    fn strike(&mut self, kind: FailureKind, reply: &HttpReply, wait: Option<Millis>) {
        if self.strike_out(kind, STRIKES) {
            let said = Refusal::read(reply, &*self.provider).text;
            self.fail(Failure {
                kind,
                said,
                charged: Charged::Unknown,
            });
        } else {
            self.pacing.failed(wait);
            self.schedule();
        }
    }

    /// Counts answers of one kind in a row; true where there were `most`.
    fn strike_out(&mut self, kind: FailureKind, most: u32) -> bool {
        if self.struck.replace(kind) != Some(kind) {
            self.strikes = 0;
        }
        self.strikes = self.strikes.saturating_add(1);
        self.strikes >= most
    }

    fn unreadable(&mut self, said: Option<String>) {
        if self.strike_out(FailureKind::Unreadable, UNREADABLE_STRIKES) {
            self.fail(Failure {
                kind: FailureKind::Unreadable,
                said,
                charged: Charged::Unknown,
            });
        } else {
            self.ask_later(Notice::Unreadable(said), None);
        }
    }

    // Time.

    fn schedule(&mut self) {
        let random = self.chance.roll();
        // A question waits for the visitor; meanwhile it is only looked whether
        // somebody answered it elsewhere.
        let patient = self.hidden || self.state == State::Asking;
        let delay = self.pacing.delay(self.watched, patient, random);
        self.wake_in(delay);
    }

    fn wake_in(&mut self, delay: Millis) {
        self.due = Some(self.now.steady.saturating_add(delay));
        self.want(Effect::Wake(delay));
    }

    fn wake(&mut self) {
        let Some(due) = self.due else { return };
        let left = due.saturating_sub(self.now.steady);
        if left > 0 {
            // Timers may go off a little early, or for an earlier plan.
            self.want(Effect::Wake(left));
        } else if self.state == State::Submitting && self.in_flight.is_none() {
            self.send_once_more(Purpose::Submit);
        } else {
            self.poll();
        }
    }

    /// Somebody looks again, or the network is back: the next question comes now,
    /// if the last one is long enough ago.
    fn bring_forward(&mut self) {
        if !self.is_watching() || self.in_flight.is_some() {
            return;
        }
        // The first question has its time, too.
        let earliest = match self.last_poll {
            Some(last) => last.saturating_add(self.pacing.earliest()),
            None => self.due.unwrap_or(0),
        };
        let wait = earliest.saturating_sub(self.now.steady);
        if wait == 0 {
            self.poll();
        } else if self.due.is_none_or(|due| due > earliest) {
            self.wake_in(wait);
        }
    }

    fn poll(&mut self) {
        if !self.is_watching() || self.in_flight.is_some() {
            return;
        }
        let Some(job) = &self.job else { return };
        // Judged only after one question, so that a job taken up again late is
        // not called overdue unseen.
        if self.watched >= self.settings.deadline && self.last_poll.is_some() {
            return self.rest(State::Overdue, Happening::Stopped);
        }
        let request = self.provider.poll(job);
        self.due = None;
        self.last_poll = Some(self.now.steady);
        self.want(Effect::Sleep);
        self.send(Purpose::Status, request);
    }

    // What the visitor and the host want.

    fn stop(&mut self) {
        match self.state {
            State::Waiting | State::Asking => self.rest(State::Stopped, Happening::Stopped),
            // Between two attempts nothing is under way that could bring an id.
            State::Submitting if self.in_flight.is_none() => {
                self.doubt(Doubt::default());
                self.want(Effect::Sleep);
            }
            // The reply may still bring a job's id; without it the job is lost.
            State::Submitting => self.stop_wanted = true,
            State::Preparing => {
                self.want(Effect::CancelHost);
                self.drop_call();
                self.reading = None;
                self.state = State::Drafting;
            }
            _ => {}
        }
    }

    fn keep_waiting(&mut self) {
        let lost_sight = self.failure.as_ref().is_some_and(Failure::may_be_watched);
        let can = match self.state {
            State::Stopped | State::Overdue => true,
            State::Failed => lost_sight,
            _ => false,
        };
        if !can || self.job.is_none() {
            return;
        }
        self.state = State::Waiting;
        self.failure = None;
        self.watched = 0;
        self.strikes = 0;
        self.asked_headers_again = false;
        self.bring_forward();
    }

    fn watch(&mut self, job: JobId) {
        if matches!(self.state, State::Preparing | State::Submitting) {
            return;
        }
        self.drop_call();
        self.wish = None;
        self.request = None;
        self.follow(job);
        self.poll();
    }

    fn reset(&mut self) {
        match self.state {
            State::Submitting | State::Preparing => self.stop(),
            _ => {
                // The files may be large, and their deck is made.
                self.uploaded.clear();
                self.request = None;
                self.sent = None;
                self.drop_call();
                self.forget_job();
                self.state = State::Drafting;
                self.want(Effect::Sleep);
            }
        }
    }

    fn drop_call(&mut self) {
        if let Some(flight) = self.in_flight.take() {
            self.want(Effect::Abort(flight.call));
        }
    }

    fn forget_job(&mut self) {
        self.drop_call();
        self.job = None;
        self.show(Status::default());
        self.notice = None;
        self.refusal = None;
        self.failure = None;
        self.doubt = None;
        self.due = None;
        self.answer = None;
        self.answer_trouble = None;
        self.rounds = Rc::default();
        self.stop_wanted = false;
    }
}
