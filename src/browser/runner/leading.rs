//! Which tab asks: the visible one leads, and passes on what it hears (design
//! "Pacing"). A lock that is given back, or lost with its tab, goes to the next.

use super::{Inner, Listener, spawn};
use crate::browser::page::{is_visible, now};
use crate::browser::storage::LONGEST_LIFE;
use crate::browser::tabs::{self, Answer, Asking, Lock, has_locks};
use crate::browser::to_js;
use crate::browser::value::{from_js, invoke, property};
use crate::job::{Event, Phase, Record, Role, State};
use crate::json::Json;
use crate::provider::{HttpReply, JobId, ReplyBody};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, EventTarget};

/// The format of messages; others are not believed.
const VERSION: u32 = 1;

/// This tab's part in watching a job.
pub(super) struct Lead {
    job: JobId,
    /// Stops asking for the lock.
    asking: AbortController,
    lock: Option<Lock>,
}

impl Drop for Lead {
    fn drop(&mut self) {
        self.asking.abort();
    }
}

/// The line to other tabs; it closes when it is dropped.
pub(super) struct Line {
    channel: JsValue,
    _listener: Option<Listener>,
}

impl Drop for Line {
    fn drop(&mut self) {
        invoke(&self.channel, "close", &[]);
    }
}

impl Inner {
    // Who leads.

    /// Takes part for the job that is watched now, if it is another one.
    pub(super) fn mind_lead(self: &Rc<Self>) {
        let shown = self.shown();
        let watching = matches!(shown.state, State::Waiting | State::Asking);
        let wanted = shown.job.clone().filter(|_| watching);
        let at = self.lead.borrow().as_ref().map(|lead| lead.job.clone());
        if wanted == at || self.away.get() {
            return;
        }
        self.lead.take();
        if let Some(job) = wanted {
            let first = if is_visible() {
                Asking::Robbing
            } else {
                Asking::IfFree
            };
            self.seek_lead(job, first);
        }
    }

    fn seek_lead(self: &Rc<Self>, job: JobId, first: Asking) {
        let (Some(store), Ok(asking)) = (self.store(), AbortController::new()) else {
            return;
        };
        let signal = asking.signal();
        let name = store.name("/lead/", job.as_str());
        self.lead.replace(Some(Lead {
            job,
            asking,
            lock: None,
        }));
        let weak = Rc::downgrade(self);
        spawn(Box::pin(async move {
            let mut how = first;
            loop {
                let answer = tabs::ask(&name, how, Some(&signal)).await;
                let inner = super::alive(&weak);
                let Some(inner) = inner.filter(|_| !signal.aborted()) else {
                    return;
                };
                let inner = match answer {
                    Answer::Stopped => return,
                    Answer::Unsupported => return inner.handle(Event::Role(Role::Alone)),
                    Answer::Taken => inner,
                    Answer::Held(mut lock) => {
                        let over = lock.over();
                        lock.entrust(inner.options().locks.clone());
                        if let Some(lead) = inner.lead.borrow_mut().as_mut() {
                            lead.lock = Some(lock);
                        }
                        inner.handle(Event::Role(Role::Leading));
                        drop(inner);
                        let given_back = JsFuture::from(over).await.is_ok();
                        let inner = super::alive(&weak);
                        let Some(inner) = inner.filter(|_| !given_back && !signal.aborted()) else {
                            return;
                        };
                        // Robbed by a tab that is being looked at.
                        if let Some(lead) = inner.lead.borrow_mut().as_mut() {
                            lead.lock = None;
                        }
                        inner
                    }
                };
                inner.handle(Event::Role(Role::Following));
                how = Asking::Patiently;
            }
        }));
    }

    /// Takes the lead: this tab is being looked at, or nothing has been heard of
    /// the one that leads.
    pub(super) fn rob_lead(self: &Rc<Self>) {
        let lead = self.lead.borrow();
        let follows = lead.as_ref().filter(|lead| lead.lock.is_none());
        let job = follows.map(|lead| lead.job.clone());
        drop(lead);
        if let Some(job) = job {
            self.seek_lead(job, Asking::Robbing);
        }
    }

    /// The page was turned to, or from.
    pub(super) fn looked_at(self: &Rc<Self>) {
        let visible = is_visible();
        if visible {
            self.rob_lead();
        } else if self
            .lead
            .borrow()
            .as_ref()
            .is_some_and(|lead| lead.lock.is_some())
        {
            // Another one may be seen, in a window beside it.
            let mut message = Json::map();
            message.put("hidden", true);
            self.tell_tabs(message);
        }
        self.handle(Event::Visible(visible));
    }

    /// The page goes, perhaps to come back: with a lock, an open line or a call under
    /// way, a browser would not keep it.
    pub(super) fn rest_page(self: &Rc<Self>) {
        let watching = self.lead.borrow().is_some();
        if watching {
            self.handle(Event::Role(Role::Following));
        }
        self.away.set(true);
        self.lead.take();
        self.line.take();
    }

    pub(super) fn come_back(self: &Rc<Self>) {
        // Every page is shown once without having been away.
        if !self.away.replace(false) {
            return;
        }
        self.open_line();
        // It may have been forgotten meanwhile, by another tab; what has not left yet
        // is not kept yet.
        let key = self.shown().record.clone();
        let flight = self.flight.borrow();
        let kept = flight.as_ref().is_none_or(|flight| flight.left.get());
        drop(flight);
        let forgotten = key.filter(|key| kept && !self.unsaved.get() && !self.is_kept(key));
        if let Some(key) = forgotten {
            // What another tab was sending has been refused there, more likely.
            if self.shown().sent_elsewhere {
                self.handle(Event::Gone(key));
            } else {
                self.forget_here();
            }
        }
        self.mind_lead();
        self.look_for_earlier();
        self.handle(Event::Visible(is_visible()));
    }

    // What tabs tell each other.

    pub(super) fn open_line(self: &Rc<Self>) {
        self.line.take();
        let channel = self.store().and_then(|store| tabs::channel(&store.scope));
        let Some(channel) = channel else { return };
        let target: EventTarget = channel.clone().unchecked_into();
        let listener = Listener::new(&target, "message", self, |inner, event| {
            let message = property(event, "data").and_then(|data| from_js(&data));
            if let Some(message) = message {
                inner.told(&message);
            }
        });
        self.line.replace(Some(Line {
            channel,
            _listener: listener,
        }));
    }

    pub(super) fn tell_tabs(&self, mut message: Json) {
        message.put("v", VERSION);
        let engine = self.engine.borrow();
        if let Some(engine) = engine.as_ref() {
            message.put("provider", engine.provider.name());
        }
        if let Some(line) = self.line.borrow().as_ref() {
            invoke(&line.channel, "postMessage", &[to_js(&message)]);
        }
    }

    pub(super) fn tell_record(&self, record: &Record) {
        let mut message = Json::map();
        message.put("record", record.to_json());
        self.tell_tabs(message);
    }

    pub(super) fn tell_gone(&self, key: &str) {
        let mut message = Json::map();
        message.put("gone", key);
        self.tell_tabs(message);
    }

    pub(super) fn pass_on(&self, reply: &HttpReply) {
        let Some(job) = self.job() else {
            return;
        };
        let mut message = Json::map();
        message.put("job", job.as_str());
        message.put("code", u32::from(reply.code));
        message.put("problem", reply.problem);
        if let Some(wait) = &reply.retry_after {
            message.put("wait", wait.as_str());
        }
        match &reply.body {
            ReplyBody::Json(json) => message.put("json", json.clone()),
            ReplyBody::Text(text) => message.put("text", text.as_str()),
        }
        self.tell_tabs(message);
    }

    fn told(self: &Rc<Self>, message: &Json) {
        if message.amount_of("v") != Some(u64::from(VERSION)) || self.gone.get() {
            return;
        }
        if message.get("forget").is_some() {
            // What was typed here is this tab's own.
            if let Some(store) = self.store() {
                store.forget();
            }
            return self.forget_here();
        }
        let engine = self.engine.borrow();
        let provider = engine
            .as_ref()
            .map(|engine| engine.provider.name().to_string());
        drop(engine);
        if message.text_of("provider") != provider.as_deref() {
            return;
        }
        if message.get("hidden").is_some() {
            if is_visible() {
                self.rob_lead();
            }
        } else if let Some(key) = message.text_of("gone") {
            self.handle(Event::Gone(key.into()));
            self.show_earlier();
        } else if let Some(record) = message.get("record") {
            if let Some(record) = Record::read(record, now().wall, LONGEST_LIFE) {
                self.told_record(record);
            }
            self.show_earlier();
        } else if let Some(reply) = reply_in(message) {
            let shown = self.job();
            if message.text_of("job") == shown.as_ref().map(JobId::as_str) {
                self.handle(Event::Heard(reply));
            }
        }
    }

    /// What another tab keeps may be in the list here.
    fn show_earlier(&self) {
        self.look_for_earlier();
        (self.changed)();
    }

    /// Another tab, or a widget of the same name on this page, has a new job: who
    /// shows an empty form, or is not being looked at, follows.
    fn told_record(self: &Rc<Self>, record: Record) {
        let shown = self.shown();
        // What is in the list was begun before; its visitor may have turned from it.
        let listed = self.earlier.borrow().iter().any(|it| it.key == record.key);
        let known = listed || shown.record.as_ref() == Some(&record.key);
        let mine = record.place == self.host.place && !record.left;
        let begun = matches!(record.phase, Phase::Sent | Phase::Open);
        let idle =
            shown.state == State::Drafting && (self.draft.borrow().is_empty() || !is_visible());
        // Without locks nobody can tell whether a request is still on its way.
        let clear = record.job.is_some() || has_locks();
        let spans_tabs = clear && self.store().is_some_and(|store| store.spans_tabs);
        if !known && mine && begun && idle && spans_tabs {
            self.resume(record, None, Vec::new());
        } else {
            self.handle(Event::Changed(Box::new(record)));
        }
    }
}

fn reply_in(message: &Json) -> Option<HttpReply> {
    let code = u16::try_from(message.amount_of("code")?).ok()?;
    let body = match (message.get("json"), message.text_of("text")) {
        (Some(json), _) => ReplyBody::Json(json.clone()),
        (None, text) => ReplyBody::Text(text?.into()),
    };
    Some(HttpReply {
        code,
        problem: message.get("problem") == Some(&Json::Bool(true)),
        retry_after: message.text_of("wait").map(Into::into),
        body,
    })
}
