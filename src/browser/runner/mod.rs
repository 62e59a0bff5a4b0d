//! Carries out what a job wants: the one place where the core meets the page.
//!
//! Everything comes in through [`Runner::handle`], which may be called from
//! anywhere, also from within itself (a host's listener that calls a method):
//! events queue up, and no borrow is held while foreign code runs.

mod commands;
mod keeping;
mod leading;
mod lists;
mod saving;

pub use self::saving::Saving;

use super::descriptor::Fetched;
use super::fetch::{Call, send};
use super::files::Files;
use super::host::{self, Host, event_names};
use super::options::{ConfigProblem, Description, Options};
use super::page::{fresh_key, is_online, is_visible, now, seed, window};
use super::spawn;
use super::storage::Store;
use super::tabs::Lock;
use super::upload::send_form;
use super::value::Handler;
use crate::job::{CallId, Effect, Event, Fault, Happening, HostAnswer, Job, Purpose, Record};
use crate::job::{Settings, Snapshot, State};
use crate::json::Json;
use crate::provider::{Body, HttpRequest, JobId, Millis, Provider};
use crate::request::{Choice, Draft, Field, Form, Kind, Place, Problem};
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, EventTarget};

/// Runs the jobs of one widget. Dropping it stops everything it started.
pub struct Runner(Rc<Inner>);

type Callback = Box<dyn Fn()>;

/// A browser's timers count milliseconds in 31 bits.
const LONGEST_TIMER: u32 = i32::MAX as u32;

struct Inner {
    host: Host,
    engine: RefCell<Option<Engine>>,
    options: RefCell<Rc<Options>>,
    form: RefCell<Rc<Form>>,
    draft: RefCell<Rc<Draft>>,
    shown: RefCell<Rc<Snapshot>>,
    problem: RefCell<Option<ConfigProblem>>,
    queue: RefCell<VecDeque<Event>>,
    busy: Cell<bool>,
    ready: Cell<bool>,
    gone: Cell<bool>,
    revision: Cell<u32>,
    timer: RefCell<Option<Timeout>>,
    flight: RefCell<Option<Flight>>,
    followed: RefCell<Option<JobId>>,
    asking: RefCell<Option<AbortController>>,
    files: Rc<Files>,
    /// Why a file that was just chosen was not taken.
    file_problem: RefCell<Option<Problem>>,
    /// How much of the file under way has left, in percent.
    sent_share: Cell<u8>,
    /// What the account's own lists hold, and whether they were asked for.
    lists: RefCell<Vec<(Field, Vec<Choice>)>>,
    lists_asked: RefCell<Vec<Place>>,
    list_calls: RefCell<Vec<AbortController>>,
    /// The answer that is being typed.
    answer: RefCell<String>,
    saving: RefCell<Option<Saving>>,
    saving_stop: RefCell<Option<AbortController>>,
    /// A provider's description, from its own address, and the address that is
    /// being asked.
    fetched: RefCell<Fetched>,
    fetching: RefCell<Option<String>>,
    /// What was asked for while it was on its way.
    waiting: RefCell<Vec<Wish>>,
    changed: Callback,
    values: Box<dyn Fn() -> JsValue>,
    listeners: RefCell<Vec<Listener>>,
    /// What was made here before.
    earlier: RefCell<Vec<Record>>,
    /// Whether the browser refuses to keep anything.
    unsaved: Cell<bool>,
    /// What of the job the kept draft knows: it is written anew when that changes.
    kept: RefCell<(Option<String>, usize, State)>,
    /// The key of the wish that what is typed here became: only then it can be sent
    /// again from here.
    draft_of: RefCell<Option<String>>,
    lead: RefCell<Option<leading::Lead>>,
    line: RefCell<Option<leading::Line>>,
    /// Whether the page is in the back/forward cache.
    away: Cell<bool>,
    /// Whether it is being found out what became of a request: until then, nothing
    /// else is begun.
    probing: Cell<bool>,
    /// The lock that goes with a request on its way, and its name.
    sending: RefCell<Option<(String, Lock)>>,
}

/// What a script asked for before it was known how.
enum Wish {
    Submit(Option<Json>),
    Watch(JobId),
}

/// A call under way.
struct Flight {
    controller: AbortController,
    /// First on the host's `headers`, then on the request up to the body's end:
    /// either may take for ever.
    limit: Timeout,
    /// Whether it has left the page.
    left: Rc<Cell<bool>>,
}

/// A job with what it was made from, so that a change can be noticed.
struct Engine {
    job: Job,
    provider: Rc<dyn Provider>,
    settings: Settings,
    /// What the page said when it named this endpoint: headers that it sets for
    /// another one later are not for this one.
    options: Rc<Options>,
    store: Rc<Store>,
}

impl Runner {
    /// A runner for a widget. `changed` is called after each change of what is
    /// to be shown; `values` collects the host's own form controls.
    pub fn new(
        host: Host,
        options: Options,
        changed: impl Fn() + 'static,
        values: impl Fn() -> JsValue + 'static,
    ) -> Runner {
        let inner = Rc::new(Inner {
            host,
            engine: RefCell::new(None),
            options: RefCell::new(Rc::default()),
            form: RefCell::new(Rc::default()),
            draft: RefCell::new(Rc::default()),
            shown: RefCell::new(Rc::default()),
            problem: RefCell::new(None),
            queue: RefCell::new(VecDeque::new()),
            busy: Cell::new(false),
            ready: Cell::new(false),
            gone: Cell::new(false),
            revision: Cell::new(0),
            timer: RefCell::new(None),
            flight: RefCell::new(None),
            followed: RefCell::new(None),
            asking: RefCell::new(None),
            files: Rc::default(),
            file_problem: RefCell::new(None),
            sent_share: Cell::new(0),
            lists: RefCell::new(Vec::new()),
            lists_asked: RefCell::new(Vec::new()),
            list_calls: RefCell::new(Vec::new()),
            answer: RefCell::new(String::new()),
            saving: RefCell::new(None),
            saving_stop: RefCell::new(None),
            fetched: RefCell::new(None),
            fetching: RefCell::new(None),
            waiting: RefCell::new(Vec::new()),
            changed: Box::new(changed),
            values: Box::new(values),
            listeners: RefCell::new(Vec::new()),
            earlier: RefCell::new(Vec::new()),
            unsaved: Cell::new(false),
            kept: RefCell::default(),
            draft_of: RefCell::new(None),
            lead: RefCell::new(None),
            line: RefCell::new(None),
            away: Cell::new(false),
            probing: Cell::new(false),
            sending: RefCell::new(None),
        });
        inner.listen();
        let runner = Runner(inner);
        runner.configure(options);
        runner
    }

    /// Takes other options. A change of provider or endpoint applies to the next
    /// job; everything else at once.
    pub fn configure(&self, options: Options) {
        let inner = &self.0;
        let old = inner.options.replace(Rc::new(options));
        inner.fetch_descriptor();
        inner.rebuild(&old);
        let new = inner.options();
        if !old.headers.is_same(&new.headers) {
            self.handle(Event::HeadersChanged);
        }
        inner.follow_named();
    }

    /// Takes an event and does all that follows from it.
    pub fn handle(&self, event: Event) {
        self.0.handle(event);
    }

    /// Wants a deck from what is in the form.
    pub fn submit(&self) {
        self.0.submit(None);
    }

    /// Wants a deck as a script says: its fields are laid over the draft.
    pub fn submit_with(&self, fields: &Json) {
        self.0.submit(Some(fields));
    }

    /// In doubt, once more.
    pub fn send_again(&self) {
        let key = fresh_key();
        self.handle(Event::SendAgain { key });
    }

    /// The same request once more, as a new one.
    pub fn retry(&self) {
        let key = fresh_key();
        self.handle(Event::Retry { key });
    }

    /// The visitor changed a field.
    pub fn edit(&self, field: Field, value: &str) {
        Rc::make_mut(&mut self.0.draft.borrow_mut()).set(field, value);
        self.0.keep_draft();
        self.handle(Event::Edited(field));
        self.tell_change(field, value);
    }

    /// The visitor chose files; those that the service does not take are named.
    /// False where there were none, or the form has no place for them now.
    pub fn attach(&self, list: &JsValue) -> bool {
        let inner = &self.0;
        let form = inner.form();
        let draft = inner.draft();
        let entry = form.entry_of(Field::Files);
        // Once the request is being prepared, another one would not go along.
        let drafting = inner.state() == State::Drafting;
        let entry =
            entry.filter(|entry| entry.is_free() && form.applies(entry, &draft) && drafting);
        let Some(Kind::Files(rules)) = entry.map(|entry| &entry.kind) else {
            return false;
        };
        let chosen = inner.files.take(list);
        if chosen.is_empty() {
            return false;
        }
        drop(draft);
        let mut problem = None;
        {
            let mut draft = inner.draft.borrow_mut();
            let files = &mut Rc::make_mut(&mut draft).files;
            for file in chosen {
                let wrong = if files.len() >= rules.most {
                    Some(Problem::TooManyFiles(rules.most))
                } else {
                    rules.problem(&file)
                };
                match wrong {
                    Some(wrong) => {
                        inner.files.release(file.handle);
                        problem = Some(wrong);
                    }
                    None => files.push(file),
                }
            }
        }
        *inner.file_problem.borrow_mut() = problem;
        self.files_changed();
        true
    }

    fn files_changed(&self) {
        self.0.keep_draft();
        self.handle(Event::Edited(Field::Files));
        let draft = self.draft();
        let names: Vec<&str> = draft.files.iter().map(|file| file.name.as_str()).collect();
        self.tell_change(Field::Files, &names.join(", "));
    }

    fn tell_change(&self, field: Field, value: &str) {
        let mut detail = Json::map();
        detail.put("field", field.name());
        detail.put("value", value);
        self.0.host.tell(event_names::CHANGE, &detail, false);
    }

    /// The visitor takes a file back.
    pub fn detach(&self, handle: u32) {
        let inner = &self.0;
        inner.files.release(handle);
        let mut draft = inner.draft.borrow_mut();
        Rc::make_mut(&mut draft)
            .files
            .retain(|file| file.handle != handle);
        drop(draft);
        inner.file_problem.take();
        self.handle(Event::RemoveFile(handle));
        self.files_changed();
    }

    /// Why a file that was just chosen was not taken.
    pub fn file_problem(&self) -> Option<Problem> {
        self.0.file_problem.borrow().clone()
    }

    /// How much of the file under way has left, in percent.
    pub fn sent_share(&self) -> u8 {
        self.0.sent_share.get()
    }

    /// Asks for the account's own lists, the first time that the visitor turns to
    /// the part of the form that has their fields. A page that is only looked at
    /// asks nobody.
    pub fn want_lists(&self, place: Place) {
        self.0.want_lists(place);
    }

    /// The visitor types an answer.
    pub fn edit_answer(&self, text: &str) {
        *self.0.answer.borrow_mut() = text.into();
        self.0.keep_draft();
    }

    /// The answer that is being typed.
    pub fn answer_draft(&self) -> String {
        self.0.answer.borrow().clone()
    }

    /// Sends an answer; where nothing is asked, nothing happens.
    pub fn answer(&self, text: &str) {
        if self.0.state() == State::Asking {
            // It stays in the box until it has arrived.
            self.edit_answer(text);
            self.handle(Event::Answer(text.into()));
        }
    }

    /// A download was pressed; false where the host wants to do it itself.
    pub fn download_pressed(&self, format: &str) -> bool {
        let mut detail = host::detail(&self.0.shown.borrow());
        detail.put("format", format);
        let unhindered = self.0.host.tell(event_names::DOWNLOAD, &detail, true);
        self.handle(Event::Fetched);
        unhindered
    }

    /// The widget can be used: says so, and takes up what was kept.
    pub fn ready(&self) {
        let detail = host::detail(&self.0.shown.borrow());
        // What a listener asks for comes after what was asked for on an earlier visit.
        self.0.probing.set(true);
        self.0.host.tell(event_names::READY, &detail, false);
        self.0.probing.set(false);
        self.0.ready.set(true);
        self.0.take_up();
        self.0.grant_waiting();
    }

    /// What is to be shown.
    pub fn shown(&self) -> Rc<Snapshot> {
        self.0.shown()
    }

    /// The same, for scripts.
    pub fn snapshot(&self) -> Json {
        host::snapshot_json(&self.0.shown.borrow())
    }

    /// Why the widget cannot work, if so.
    pub fn problem(&self) -> Option<ConfigProblem> {
        self.0.problem.borrow().clone()
    }

    /// What has been typed.
    pub fn draft(&self) -> Rc<Draft> {
        self.0.draft()
    }

    /// What the form offers.
    pub fn form(&self) -> Rc<Form> {
        self.0.form()
    }

    /// The page's own text of a key.
    pub fn message(&self, key: &str) -> Option<String> {
        let options = self.0.options.borrow();
        let own = options.messages.iter().find(|(name, _)| name == key);
        own.map(|(_, text)| text.clone())
    }

    /// Grows with every change of what the views are built from.
    pub fn revision(&self) -> u32 {
        self.0.revision.get()
    }

    /// What the page says.
    pub fn options(&self) -> Rc<Options> {
        self.0.options()
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        let inner = &self.0;
        inner.gone.set(true);
        inner.listeners.borrow_mut().clear();
        inner.timer.borrow_mut().take();
        inner.queue.borrow_mut().clear();
        inner.away.set(true);
        inner.lead.take();
        inner.stop_asking();
        let beside = inner.list_calls.take().into_iter();
        for call in beside.chain(inner.saving_stop.take()) {
            call.abort();
        }
        // A submit on its way is left to arrive: aborting it would not unmake the
        // deck. What comes of it is kept for the next visit.
        let submitting = inner.state() == State::Submitting;
        let left = |flight: &Flight| flight.left.get();
        if !(submitting && inner.flight.borrow().as_ref().is_some_and(left)) {
            inner.drop_flight();
            inner.sending.take();
            inner.line.take();
        }
    }
}

impl Inner {
    // What is kept here, each in one place: a borrow is checked, and that weighs.

    #[inline(never)]
    fn shown(&self) -> Rc<Snapshot> {
        self.shown.borrow().clone()
    }

    #[inline(never)]
    fn state(&self) -> State {
        self.shown.borrow().state
    }

    #[inline(never)]
    fn job(&self) -> Option<JobId> {
        self.shown.borrow().job.clone()
    }

    #[inline(never)]
    fn options(&self) -> Rc<Options> {
        self.options.borrow().clone()
    }

    #[inline(never)]
    fn form(&self) -> Rc<Form> {
        self.form.borrow().clone()
    }

    #[inline(never)]
    fn draft(&self) -> Rc<Draft> {
        self.draft.borrow().clone()
    }

    // From options to a job.

    fn rebuild(self: &Rc<Self>, old: &Options) {
        let options = self.options();
        let same_service = old.provider == options.provider
            && old.endpoint == options.endpoint
            && old.descriptor == options.descriptor;
        let same_user =
            old.user_scope == options.user_scope && old.headers.is_alike(&options.headers);
        if !(same_service && same_user) {
            // Another account's lists are none of this one's.
            self.lists.take();
            self.lists_asked.take();
        }
        let texts_same =
            old.messages == options.messages && old.provider_text == options.provider_text;
        let checked = options.check(&self.fetched.borrow());
        match checked {
            Err(problem) => {
                // Who has signed out is not shown any more, whatever else is wrong.
                if old.user_scope != options.user_scope && self.engine.borrow().is_some() {
                    self.forget_here();
                    self.engine.take();
                    self.lead.take();
                    self.line.take();
                }
                let old = self.problem.replace(Some(problem.clone()));
                if old.as_ref() != Some(&problem) && problem != ConfigProblem::Loading {
                    self.complain(&problem);
                }
            }
            Ok((provider, settings)) => {
                self.problem.replace(None);
                let offers = self.offers(&*provider, &options);
                let form = Rc::new(Form::new(offers, &options.wishes));
                let form_same = self.form.replace(form.clone()) == form;
                if !(texts_same && form_same) {
                    self.revise();
                }
                let drafting = self.state() == State::Drafting;
                if self.renew_engine(drafting, provider, settings) {
                    self.publish();
                    if self.ready.get() {
                        self.take_up();
                    }
                }
            }
        }
        self.publish();
    }

    /// Once for each job named, as soon as it is known where to ask.
    fn follow_named(self: &Rc<Self>) {
        let named = self.options.borrow().job.as_deref().and_then(JobId::parse);
        let may_ask = self.problem.borrow().is_none();
        if may_ask && *self.followed.borrow() != named {
            self.followed.borrow_mut().clone_from(&named);
            if let Some(job) = named {
                self.handle(Event::Watch(job));
            }
        }
    }

    fn fetch_descriptor(self: &Rc<Self>) {
        let options = self.options();
        let Some(Description::At(url)) = &options.descriptor else {
            return;
        };
        let known = self
            .fetched
            .borrow()
            .as_ref()
            .is_some_and(|(of, _)| of == url);
        if options.provider != "custom" || known {
            return;
        }
        let url = url.clone();
        if self.fetching.replace(Some(url.clone())).as_ref() == Some(&url) {
            return;
        }
        let weak = Rc::downgrade(self);
        spawn(Box::pin(async move {
            let fetched = super::descriptor::fetch(&url).await;
            let Some(inner) = alive(&weak) else {
                return;
            };
            // The page may have named another one meanwhile.
            if inner.fetching.borrow().as_ref() != Some(&url) {
                return;
            }
            inner.fetching.take();
            *inner.fetched.borrow_mut() = Some((url, fetched));
            let options = inner.options();
            inner.rebuild(&options);
            inner.follow_named();
            inner.grant_waiting();
        }));
    }

    /// What was asked for while it was not known how.
    fn grant_waiting(self: &Rc<Self>) {
        for wish in self.waiting.take() {
            match wish {
                Wish::Submit(fields) => self.submit(fields.as_ref()),
                Wish::Watch(job) => self.handle(Event::Watch(job)),
            }
        }
    }

    /// The views have to be built anew.
    fn revise(&self) {
        self.revision.set(self.revision.get().wrapping_add(1));
    }

    /// Brings the job machine in line with what the page says. Where it has to
    /// ask elsewhere it is made anew, if `may_replace` and none is at work; what
    /// it may learn under way it learns at once, and another user has another
    /// job at once. True where it was made anew.
    fn renew_engine(
        self: &Rc<Self>,
        may_replace: bool,
        provider: Rc<dyn Provider>,
        mut settings: Settings,
    ) -> bool {
        let options = self.options();
        settings.place = Some(self.host.place.clone());
        let mut user = None;
        {
            let mut slot = self.engine.borrow_mut();
            if let Some(engine) = slot.as_mut() {
                let same_user = engine.options.user_scope == options.user_scope
                    && engine.options.resume == options.resume;
                let same = engine.provider.name() == provider.name()
                    && engine.settings.site.endpoint == settings.site.endpoint
                    && engine.options.descriptor == options.descriptor;
                if same && same_user {
                    engine.job.adjust(&settings);
                    engine.options = options.clone();
                    return false;
                }
                if same_user && !(may_replace && engine.job.is_idle()) {
                    return false;
                }
                user = (!same_user).then(|| engine.options.user_scope.clone());
            }
        }
        if let Some(before) = user {
            // Who has just signed in goes on with what they began to write.
            let draft = self.draft();
            self.forget_typed();
            if before.is_empty() {
                if let Some(store) = self.store() {
                    store.drop_draft();
                }
                *self.draft.borrow_mut() = draft;
            } else {
                self.waiting.take();
            }
            self.stop_asking();
            self.timer.take();
            self.sending.take();
            self.revise();
        }
        let endpoint = &settings.site.endpoint;
        let store = Store::open(&options, provider.name(), endpoint, &self.host.place);
        let mut job = Job::new(provider.clone(), settings.clone(), seed(), now());
        // A job that has not begun asks for nothing.
        job.handle(Event::Visible(is_visible()), now());
        job.handle(Event::Online(is_online()), now());
        *self.engine.borrow_mut() = Some(Engine {
            job,
            provider,
            settings,
            options,
            store: Rc::new(store),
        });
        self.drop_flight();
        self.lead.take();
        // What is kept for it is read before anything is written.
        self.kept.take();
        self.open_line();
        true
    }

    fn complain(&self, problem: &ConfigProblem) {
        let code = match problem {
            ConfigProblem::UnknownProvider(_) => "unknown-provider",
            ConfigProblem::NoEndpoint => "no-endpoint",
            ConfigProblem::BadEndpoint(_) => "bad-endpoint",
            ConfigProblem::NoDescriptor => "no-descriptor",
            ConfigProblem::BadDescriptor(_) | ConfigProblem::Loading => "bad-descriptor",
        };
        web_sys::console::error_1(&problem.for_developers().into());
        let mut detail = Json::map();
        detail.put("code", code);
        detail.put("charged", "no");
        self.host.tell(event_names::ERROR, &detail, false);
    }

    fn submit(self: &Rc<Self>, fields: Option<&Json>) {
        if self.probing.get() || *self.problem.borrow() == Some(ConfigProblem::Loading) {
            self.waiting
                .borrow_mut()
                .push(Wish::Submit(fields.cloned()));
            return;
        }
        let form = self.form();
        let mut draft = Draft::clone(&self.draft.borrow());
        let request = match fields {
            None => self.without_lost_files().and_then(|()| form.check(&draft)),
            Some(fields) => {
                draft = host::draft_from(fields, draft);
                let request = form.unlocked().check(&draft);
                // What the visitor sees is what the visitor sends next time; a
                // body of the script's own is for this request alone.
                draft.body = None;
                *self.draft.borrow_mut() = Rc::new(draft);
                self.keep_draft();
                self.revise();
                (self.changed)();
                request
            }
        };
        let key = fresh_key();
        self.handle(Event::Submit { request, key });
    }

    // The queue.

    fn handle(self: &Rc<Self>, event: Event) {
        self.queue.borrow_mut().push_back(event);
        if self.busy.replace(true) {
            return;
        }
        loop {
            let next = self.queue.borrow_mut().pop_front();
            let Some(event) = next else { break };
            self.step(event);
        }
        self.busy.set(false);
    }

    fn step(self: &Rc<Self>, event: Event) {
        // A page that is not set up says so, and asks nobody.
        let asks = matches!(
            event,
            Event::Submit { .. } | Event::Watch(_) | Event::Retry { .. }
        );
        let problem = self.problem.borrow().clone();
        if asks && problem.is_some() {
            if let Event::Watch(job) = event
                && problem == Some(ConfigProblem::Loading)
            {
                self.waiting.borrow_mut().push(Wish::Watch(job));
            }
            return;
        }
        // Following another job leaves the one that is waited for.
        let state = self.state();
        if matches!(event, Event::Watch(_))
            && matches!(state, State::Waiting | State::Asking | State::Uncertain)
        {
            self.step(Event::Reset);
        }
        // What waited for the last job's end applies to the next one.
        if matches!(event, Event::Submit { .. } | Event::Watch(_) | Event::Reset) {
            let checked = self.options.borrow().check(&self.fetched.borrow());
            if let Ok((provider, settings)) = checked {
                self.renew_engine(true, provider, settings);
            }
            self.end_saving(None);
        }
        // With the deck made, its topic has served.
        if matches!(event, Event::Reset) && self.has_served(&self.shown()) {
            self.draft.take();
            self.files.release_all();
        }
        let effects = {
            let mut slot = self.engine.borrow_mut();
            match slot.as_mut() {
                Some(engine) => engine.job.handle(event, now()),
                None => return,
            }
        };
        self.publish();
        let store = self.store();
        for effect in effects {
            // A listener may name another user: what is left was for the one before,
            // and must not be kept under the new name.
            let same = |(before, now): (Rc<Store>, Rc<Store>)| Rc::ptr_eq(&before, &now);
            if !store.clone().zip(self.store()).is_some_and(same) {
                break;
            }
            // A host may remove the element in any event. What came of a request
            // is kept all the same.
            let kept = matches!(effect, Effect::Save(_) | Effect::Drop(_));
            if kept || !self.gone.get() {
                self.perform(effect);
            }
        }
        // Only now, when what came of it is kept, and others have been told.
        if self.state() != State::Submitting {
            self.sending.take();
        }
        if !self.gone.get() {
            self.mind_lead();
        }
    }

    fn publish(self: &Rc<Self>) {
        let snapshot = self
            .engine
            .borrow()
            .as_ref()
            .map(|engine| Rc::new(engine.job.snapshot()));
        if let Some(now) = snapshot {
            let before = self.shown.replace(now.clone());
            // What was being typed was for another question.
            if before.job != now.job || before.rounds.len() != now.rounds.len() {
                self.answer.take();
            }
            let kept = (now.record.clone(), now.rounds.len(), now.state);
            if self.gone.get() {
                return;
            }
            if self.kept.replace(kept.clone()) != kept {
                self.keep_draft();
                self.look_for_earlier();
            }
        }
        (self.changed)();
    }

    // Effects.

    fn perform(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Tell(happening) => self.tell(happening),
            Effect::Wake(delay) => self.wake_in(delay),
            Effect::Sleep => {
                self.timer.borrow_mut().take();
            }
            Effect::Abort(_) => self.drop_flight(),
            Effect::CancelHost => self.stop_asking(),
            Effect::AskHost(request) => self.ask_host(request),
            Effect::ReadFile(handle) => {
                let weak = Rc::downgrade(self);
                let files = self.files.clone();
                spawn(Box::pin(async move {
                    let data = files.read(handle).await;
                    if let Some(inner) = alive(&weak) {
                        inner.handle(Event::FileRead { handle, data });
                    }
                }));
            }
            Effect::Send {
                call,
                purpose,
                request,
                limit,
                record,
            } => self.send(call, purpose, request, limit, record),
            // Of a widget that is gone, what was forgotten since stays so.
            Effect::Save(record) if self.gone.get() && !self.is_kept(&record.key) => {}
            Effect::Save(record) => {
                self.keep(&record);
                self.tell_record(&record);
            }
            Effect::Drop(key) => {
                self.discard(&key);
                self.tell_gone(&key);
            }
            Effect::Share(reply) => self.pass_on(&reply),
            Effect::Lead => self.rob_lead(),
        }
    }

    fn drop_flight(&self) {
        // Taken out first: a host's own listener may run within.
        let flight = self.flight.borrow_mut().take();
        if let Some(flight) = flight {
            flight.controller.abort();
        }
    }

    fn stop_asking(&self) {
        let asking = self.asking.borrow_mut().take();
        if let Some(asking) = asking {
            asking.abort();
        }
    }

    fn tell(&self, happening: Happening) {
        let name = match happening {
            Happening::Accepted => event_names::ACCEPTED,
            Happening::Status => event_names::STATUS,
            Happening::Question => event_names::QUESTION,
            Happening::Answered => event_names::ANSWER,
            Happening::Complete => event_names::COMPLETE,
            Happening::Error => event_names::ERROR,
            Happening::Stopped => event_names::STOP,
            Happening::Resumed => event_names::RESUME,
        };
        let shown = self.shown();
        let mut detail = match happening {
            Happening::Question | Happening::Answered => {
                host::round_detail(&shown, happening == Happening::Answered)
            }
            _ => host::detail(&shown),
        };
        if happening == Happening::Complete {
            detail.put("charged", crate::job::Charged::Yes.name());
        }
        self.host.tell(name, &detail, false);
    }

    fn wake_in(self: &Rc<Self>, delay: Millis) {
        let inner = Rc::downgrade(self);
        // What is more than the browser's timers can count would go off at once.
        let delay = u32::try_from(delay).unwrap_or(LONGEST_TIMER);
        let delay = delay.min(LONGEST_TIMER);
        let timer = Timeout::new(delay, move || {
            if let Some(inner) = inner.upgrade() {
                inner.handle(Event::Wake);
            }
        });
        *self.timer.borrow_mut() = Some(timer);
    }

    fn ask_host(self: &Rc<Self>, request: crate::request::GenerationRequest) {
        let asked = self.engine.borrow().as_ref().map(|engine| {
            let provider = engine.provider.clone();
            (provider, engine.options.clone())
        });
        let (Some((provider, options)), Ok(controller)) = (asked, AbortController::new()) else {
            return self.handle(Event::HostAnswered(HostAnswer::Cancelled));
        };
        let signal = controller.signal();
        *self.asking.borrow_mut() = Some(controller);
        let weak = Rc::downgrade(self);
        let host = self.host.clone();
        let form = self.form();
        let values = (self.values)();
        spawn(Box::pin(async move {
            let answer = host
                .agree(&options, &*provider, &form, request, &signal, values)
                .await;
            if signal.aborted() {
                return;
            }
            if let Some(inner) = weak.upgrade() {
                inner.asking.borrow_mut().take();
                inner.handle(Event::HostAnswered(answer));
            }
        }));
    }

    fn send(
        self: &Rc<Self>,
        call: CallId,
        purpose: Purpose,
        request: HttpRequest,
        limit: Millis,
        record: Option<Box<Record>>,
    ) {
        let call_id = call;
        let asked = self.engine.borrow().as_ref().map(|engine| {
            let endpoint = engine.settings.site.endpoint.clone();
            (endpoint, engine.options.clone())
        });
        let (Some((endpoint, options)), Ok(controller)) = (asked, AbortController::new()) else {
            return self.handle(Event::Reply {
                call,
                outcome: Err(Fault::NotSent),
            });
        };
        let signal = controller.signal();
        let left = Rc::new(Cell::new(false));
        let flight = Flight {
            limit: self.limit(call, purpose, limit, &controller, &left),
            controller,
            left: left.clone(),
        };
        *self.flight.borrow_mut() = Some(flight);
        self.sent_share.set(0);
        let job = self.job();
        let weak = Rc::downgrade(self);
        let files = self.files.clone();
        spawn(Box::pin(async move {
            // Headers are for the endpoint alone.
            let headers = if request.is_elsewhere() {
                Ok(Vec::new())
            } else {
                host::headers(&options, purpose.name(), job.as_ref(), &signal).await
            };
            // Stopped, timed out or removed while the host looked for them.
            if signal.aborted() || alive(&weak).is_none() {
                return;
            }
            // Held until a submit's reply is kept, whatever becomes of the widget.
            let mut held = None;
            let outcome = match headers {
                Err(()) => Err(Fault::NotSent),
                Ok(host_headers) => {
                    if let (Some(inner), Some(record)) = (weak.upgrade(), record) {
                        if !inner.claim(call, record, &signal).await {
                            return;
                        }
                        held = Some(inner);
                    }
                    left.set(true);
                    if let Some(inner) = weak.upgrade() {
                        inner.restart_limit(call, purpose, limit);
                    }
                    let call = Call {
                        endpoint,
                        request,
                        host_headers,
                        credentials: options.credentials,
                        signal: signal.clone(),
                    };
                    if matches!(call.request.body, Body::Form(_)) {
                        let weak = weak.clone();
                        let on_progress = Box::new(move |share| {
                            if let Some(inner) = weak.upgrade() {
                                // As long as it moves, it may go on.
                                inner.restart_limit(call_id, purpose, limit);
                                inner.sent_share.set(share);
                                (inner.changed)();
                            }
                        });
                        send_form(&call, &files, on_progress).await
                    } else {
                        send(call).await
                    }
                }
            };
            let Some(inner) = weak.upgrade() else { return };
            if signal.aborted() {
                return;
            }
            if outcome == Err(Fault::TooLarge) {
                inner.drop_flight();
            }
            inner.flight.borrow_mut().take();
            inner.handle(Event::Reply { call, outcome });
            drop(held);
        }));
    }

    /// The service has its whole time, however long the host took.
    fn restart_limit(self: &Rc<Self>, call: CallId, purpose: Purpose, limit: Millis) {
        if let Some(flight) = self.flight.borrow_mut().as_mut() {
            flight.limit = self.limit(call, purpose, limit, &flight.controller, &flight.left);
        }
    }

    /// Ends a call that takes too long.
    fn limit(
        self: &Rc<Self>,
        call: CallId,
        purpose: Purpose,
        limit: Millis,
        controller: &AbortController,
        left: &Rc<Cell<bool>>,
    ) -> Timeout {
        let weak = Rc::downgrade(self);
        let (controller, left) = (controller.clone(), left.clone());
        Timeout::new(u32::try_from(limit).unwrap_or(u32::MAX), move || {
            controller.abort();
            let Some(inner) = weak.upgrade() else { return };
            let outcome = if left.get() || purpose != Purpose::Submit {
                Err(Fault::TimedOut)
            } else {
                // The host never gave its headers: nothing has been sent.
                Err(Fault::NotSent)
            };
            inner.handle(Event::Reply { call, outcome });
        })
    }

    // The page.

    fn listen(self: &Rc<Self>) {
        let Some(window) = window() else { return };
        let mut listeners = Vec::new();
        if let Some(document) = window.document() {
            listeners.push(Listener::new(
                &document,
                "visibilitychange",
                self,
                |inner, _| inner.looked_at(),
            ));
        }
        for name in ["online", "offline"] {
            listeners.push(Listener::new(&window, name, self, |inner, _| {
                inner.handle(Event::Online(is_online()));
            }));
        }
        // Of two windows side by side the one in use leads.
        listeners.push(Listener::new(&window, "focus", self, |inner, _| {
            inner.rob_lead();
        }));
        // Into the back/forward cache, and back: timers stood still meanwhile.
        listeners.push(Listener::new(&window, "pagehide", self, |inner, _| {
            inner.rest_page();
        }));
        listeners.push(Listener::new(&window, "pageshow", self, |inner, _| {
            inner.come_back();
        }));
        *self.listeners.borrow_mut() = listeners.into_iter().flatten().collect();
    }
}

/// The widget, if it is still on its page.
fn alive(weak: &Weak<Inner>) -> Option<Rc<Inner>> {
    weak.upgrade().filter(|inner| !inner.gone.get())
}

/// A listener on the page that goes when it is dropped.
struct Listener {
    target: EventTarget,
    name: &'static str,
    handler: Handler,
}

impl Listener {
    fn new(
        target: &EventTarget,
        name: &'static str,
        inner: &Rc<Inner>,
        then: fn(&Rc<Inner>, &JsValue),
    ) -> Option<Listener> {
        let weak: Weak<Inner> = Rc::downgrade(inner);
        let handler = Handler::new(move |event| {
            if let Some(inner) = weak.upgrade() {
                then(&inner, &event);
            }
        });
        target
            .add_event_listener_with_callback(name, handler.as_ref().unchecked_ref())
            .ok()?;
        Some(Listener {
            target: target.clone(),
            name,
            handler,
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // It fails only where there is nothing to remove.
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, self.handler.as_ref().unchecked_ref());
    }
}
