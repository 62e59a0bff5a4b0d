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
//! - past the deadline nothing is sent until somebody wants to keep waiting;
//! - no submit leaves before its record is to be kept, and no job is asked about
//!   before its own is;
//! - where another tab leads, this one asks nothing by itself.

mod asking;
mod moment;
mod pacing;
mod results;
pub mod saved;
mod sharing;
mod snapshot;
mod submitting;
mod uploading;
mod watching;

use std::rc::Rc;

pub use self::moment::{Chance, Moment};
pub use self::pacing::{LONGEST_RETRY_AFTER, Pacing, retry_after};
pub use self::results::good_for;
pub use self::saved::{Phase, Record};
pub use self::sharing::{Resumed, Role};
pub use self::snapshot::{
    AnswerTrouble, Charged, Doubt, Failure, FailureKind, Notice, Round, Snapshot, State,
};

use crate::json::Json;
use crate::provider::{HttpReply, HttpRequest, JobId, Millis, Provider, Refusal};
use crate::request::{Field, FieldProblem, GenerationRequest};
use crate::status::{Site, Status};

/// A submit may take longer than a poll: services check accounts first.
const SUBMIT_LIMIT: Millis = 60_000;

/// A status is a small thing.
const POLL_LIMIT: Millis = 30_000;

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
    /// The widget's name, by which its records are told from those of others on
    /// the page. Nothing: no record is kept.
    pub place: Option<String>,
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
    SendAgain {
        /// A fresh key, for the case that it is not the same request any more.
        key: String,
    },
    /// A record was found: of an earlier visit, or of another tab.
    Resume(Box<Resumed>),
    /// A submit never left the page: another tab, or another widget of the same
    /// name, is sending the same request, or has just had it taken.
    Joined {
        /// Which.
        call: CallId,
        /// What they keep of it.
        theirs: Box<Record>,
    },
    /// Another tab has changed the record of this job.
    Changed(Box<Record>),
    /// The record of this key is gone: the request was refused in another tab.
    Gone(String),
    /// The tab that was sending the request of this job ended before it knew.
    Abandoned,
    /// The service said this to the tab that leads.
    Heard(HttpReply),
    /// This tab leads now, or follows another one.
    Role(Role),
    /// A download was pressed.
    Fetched,
    /// Another person uses the page now, or all shall be forgotten: nothing of
    /// the job is shown any more, or kept by it.
    Forget,
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
        /// For a submit: what to keep at the moment it leaves, and not later.
        record: Option<Box<Record>>,
    },
    /// Keep this, in place of what was kept under its key.
    Save(Box<Record>),
    /// Do not keep what stands under this key.
    Drop(String),
    /// Tell the tabs that follow what the service said.
    Share(HttpReply),
    /// Nothing was heard of the tab that leads for long: take its place.
    Lead,
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
    /// The job of an earlier visit, or of another tab, was taken up.
    Resumed,
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
    /// For the case that a request in doubt is not the same any more.
    spare_key: String,
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
    /// When it was first waited for here, on the steady clock.
    followed: Millis,
    watched: Millis,
    last_poll: Option<Millis>,
    due: Option<Millis>,
    strikes: u32,
    struck: Option<FailureKind>,
    asked_headers_again: bool,
    stop_wanted: bool,
    hidden: bool,
    online: bool,
    /// What is kept of the wish, where anything is.
    record: Option<Record>,
    /// How much of [`watched`](Job::watched) it holds.
    saved_watched: Millis,
    role: Role,
    /// When the tab that leads was heard of last.
    heard: Millis,
    /// Whether another tab is sending the request.
    sent_elsewhere: bool,
    /// Whether the service has said nothing yet since the job was taken up.
    resuming: bool,
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
            spare_key: String::new(),
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
            followed: 0,
            watched: 0,
            last_poll: None,
            due: None,
            strikes: 0,
            struck: None,
            asked_headers_again: false,
            stop_wanted: false,
            hidden: false,
            online: true,
            record: None,
            saved_watched: 0,
            role: Role::Leading,
            heard: 0,
            sent_elsewhere: false,
            resuming: false,
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
            resuming: self.resuming,
            record: self.record.as_ref().map(|record| record.key.clone()),
            sent_elsewhere: self.sent_elsewhere,
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
                    // One that is on its way has the old ones; where a function gives
                    // them, it was perhaps this very call that made the host change it.
                    if self.is_flying(Purpose::Status) && !self.settings.headers_may_change {
                        self.drop_call();
                    }
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
            Event::SendAgain { key } => self.send_again(key),
            Event::Resume(resumed) => self.resume(*resumed),
            Event::Joined { call, theirs } => self.join(call, *theirs),
            Event::Changed(record) => self.changed_elsewhere(*record),
            Event::Gone(key) => self.gone_elsewhere(&key),
            Event::Abandoned => self.abandoned(),
            Event::Heard(reply) => self.heard(reply),
            Event::Role(role) => self.take_role(role),
            Event::Fetched => self.fetched(),
            Event::Forget => self.forget_all(),
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

    fn send(&mut self, purpose: Purpose, mut request: HttpRequest) {
        self.sent = Some(request.clone());
        let documented = self.provider.idempotency_header();
        let mut keyed = documented.map(str::to_string);
        if self.settings.same_origin && !request.is_elsewhere() {
            request.mark();
            // And a browser's own repeat of a submit from a second one.
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
        let record = self.record.clone().map(Box::new);
        self.want(Effect::Send {
            call,
            purpose,
            request,
            limit,
            record: record.filter(|_| purpose == Purpose::Submit),
        });
    }

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

    fn stop(&mut self) {
        match self.state {
            State::Waiting | State::Asking => self.stopped(),
            // What another tab sends, this one need not watch.
            State::Submitting if self.sent_elsewhere => {
                self.forget_job();
                self.state = State::Drafting;
            }
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
                self.back_to_form();
            }
            _ => {}
        }
    }

    fn reset(&mut self) {
        match self.state {
            State::Submitting | State::Preparing => self.stop(),
            _ => {
                if self.state == State::Done {
                    // The files may be large, and their deck is made.
                    self.uploaded.clear();
                    self.request = None;
                    self.sent = None;
                }
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
        self.leave();
        self.drop_call();
        self.job = None;
        self.show(Status::default());
        self.forget_words();
        self.due = None;
        self.stop_wanted = false;
        self.resuming = false;
        self.doubted = false;
        self.started = 0;
        self.linked = Moment::default();
    }

    /// What was said of one job, and to it, is nothing to the next.
    fn forget_words(&mut self) {
        self.notice = None;
        self.refusal = None;
        self.failure = None;
        self.doubt = None;
        self.rounds = Rc::default();
        self.answer = None;
        self.answer_trouble = None;
        self.answered_at = None;
    }
}
