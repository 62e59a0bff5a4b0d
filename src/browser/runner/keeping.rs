//! What outlives the page: records and what was typed, kept as the job wants it,
//! and taken up again.

use super::{Inner, Runner, spawn};
use crate::browser::page::now;
use crate::browser::storage::Store;
use crate::browser::tabs::{self, Answer, Asking, has_locks};
use crate::job::{CallId, Event, Phase, Record, Resumed, Role, Round, Snapshot, State, saved};
use crate::json::Json;
use crate::request::{Draft, Field, FieldProblem, GenerationRequest, Problem};
use crate::text::{LONGEST, clean};
use std::rc::Rc;
use web_sys::AbortSignal;

impl Runner {
    /// The jobs that were made here before, the newest first, without the one that
    /// is shown.
    pub fn earlier(&self) -> Vec<Record> {
        self.0.earlier.borrow().clone()
    }

    /// Shows one of them again.
    pub fn reopen(&self, key: &str) {
        let found = self.earlier().into_iter().find(|it| it.key == key);
        if let Some(mut record) = found {
            // Who opens it wants to know how it is.
            if record.phase == Phase::Stopped {
                record.phase = Phase::Open;
            }
            self.0.resume(record, None, Vec::new());
        }
    }

    /// Forgets all that is kept of this user at this endpoint, and shows nothing of
    /// it any more, here and in other tabs.
    pub fn forget(&self) {
        let inner = &self.0;
        if let Some(store) = inner.store() {
            store.forget();
            let mut message = Json::map();
            message.put("forget", true);
            inner.tell_tabs(message);
        }
        inner.forget_here();
    }

    /// Whether the browser refuses to keep the job, so that the page should stay
    /// open.
    pub fn is_unsaved(&self) -> bool {
        self.0.unsaved.get()
    }
}

impl Inner {
    pub(super) fn store(&self) -> Option<Rc<Store>> {
        let engine = self.engine.borrow();
        engine.as_ref().map(|engine| engine.store.clone())
    }

    /// The records of this widget: several on a page keep apart.
    fn mine(&self, store: &Store) -> Vec<Record> {
        let mut records = store.records(now().wall);
        records.retain(|record| record.place == self.host.place);
        records
    }

    // Writing.

    /// Keeps a request that is about to leave, once it is sure that nobody else is
    /// sending the same one, or has done so meanwhile. Where somebody has, or the
    /// call was stopped, it must not leave: false.
    pub(super) async fn claim(
        self: &Rc<Self>,
        call: CallId,
        record: Box<Record>,
        signal: &AbortSignal,
    ) -> bool {
        let Some(store) = self.store() else {
            return true;
        };
        let name = sending_name(&store, &record);
        let held = self.sending.borrow().as_ref().map(|(of, _)| of.clone());
        let mut lock = None;
        let mut taken = false;
        if held.as_ref() != Some(&name) {
            match tabs::ask(&name, Asking::IfFree, Some(signal)).await {
                Answer::Held(mut held) => {
                    held.entrust(self.options().locks.clone());
                    lock = Some((name.clone(), held));
                }
                Answer::Unsupported => {}
                Answer::Taken | Answer::Stopped => taken = true,
            }
        }
        if signal.aborted() {
            return false;
        }
        let mut same = self.mine(&store);
        same.retain(|it| {
            it.is_same_wish(&record) || taken && it.job.is_none() && it.digest == record.digest
        });
        // The newest, since somebody is at it just now.
        let theirs = same.into_iter().max_by_key(|it| it.began).map(Box::new);
        if taken || theirs.is_some() {
            self.leave_to_others(call, name, theirs, record);
            return false;
        }
        if lock.is_some() {
            *self.sending.borrow_mut() = lock;
        }
        self.draft_of.replace(Some(record.key.clone()));
        self.keep_draft();
        self.keep(&record);
        self.tell_record(&record);
        true
    }

    /// Somebody else is sending what was asked for here: shows how that goes.
    fn leave_to_others(
        self: &Rc<Self>,
        call: CallId,
        name: String,
        theirs: Option<Box<Record>>,
        mine: Box<Record>,
    ) {
        self.flight.borrow_mut().take();
        // Of an earlier attempt: nobody would be waited for but ourselves.
        self.sending.take();
        let seen = theirs.is_some();
        let theirs = theirs.unwrap_or(mine);
        let key = theirs.key.clone();
        // What is typed here asked for that deck, too.
        self.draft_of.replace(Some(key.clone()));
        self.handle(Event::Joined { call, theirs });
        if seen {
            self.watch_sender(name, key);
        } else {
            // Nobody can wait for what is not to be seen, or not from here.
            self.handle(Event::Gone(key));
        }
    }

    /// Whether a record is still there.
    pub(super) fn is_kept(&self, key: &str) -> bool {
        let record = self.store().and_then(|store| store.record(key, now().wall));
        record.is_some()
    }

    pub(super) fn keep(&self, record: &Record) {
        let Some(store) = self.store() else { return };
        self.unsaved.set(!store.save(record) && store.outlives_page);
        let mut mine = self.mine(&store);
        for key in saved::surplus(&mine) {
            if key != record.key {
                store.remove(&key);
                mine.retain(|record| record.key != key);
            }
        }
        self.list_earlier(mine);
    }

    pub(super) fn discard(&self, key: &str) {
        if let Some(store) = self.store() {
            store.remove(key);
        }
        self.look_for_earlier();
    }

    /// Keeps what was typed; once the deck is made, only which one it was.
    pub(super) fn keep_draft(&self) {
        let Some(store) = self.store() else { return };
        let shown = self.shown();
        if !self.has_draft(&shown) {
            return store.drop_draft();
        }
        let mut kept = Json::map();
        if let Some(key) = &shown.record {
            kept.put("current", key.as_str());
        }
        if let Some(key) = self.draft_of.borrow().as_ref() {
            kept.put("of", key.as_str());
        }
        // The draft has served once its own deck is made.
        if !self.has_served(&shown) {
            let draft = self.draft();
            let mut fields = Json::map();
            for field in Field::ALL {
                if let Some(value) = draft.value(*field) {
                    fields.put(field.name(), value);
                }
            }
            kept.put("fields", fields);
            let files = draft.files.iter();
            let mut names: Vec<_> = files.map(|file| Json::from(file.name.as_str())).collect();
            // What an earlier reload has lost is still to be chosen again.
            if let Some(Problem::ChooseAgain(lost)) = self.file_problem.borrow().as_ref() {
                names.push(lost.as_str().into());
            }
            kept.put("files", Json::List(names));
            kept.put("answer", self.answer.borrow().as_str());
            let rounds = shown.rounds.iter().map(|round| {
                let mut json = Json::map();
                for (name, text) in [("question", &round.question), ("answer", &round.answer)] {
                    if let Some(text) = text {
                        json.put(name, text.as_str());
                    }
                }
                json
            });
            kept.put("rounds", Json::List(rounds.collect()));
        }
        store.save_draft(&kept);
    }

    pub(super) fn has_served(&self, shown: &Snapshot) -> bool {
        shown.state == State::Done && *self.draft_of.borrow() == shown.record
    }

    fn has_draft(&self, shown: &Snapshot) -> bool {
        shown.record.is_some()
            || !shown.rounds.is_empty()
            || !self.answer.borrow().is_empty()
            || !self.draft.borrow().is_empty()
    }

    pub(super) fn look_for_earlier(&self) {
        if let Some(store) = self.store() {
            self.list_earlier(self.mine(&store));
        }
    }

    fn list_earlier(&self, mut rest: Vec<Record>) {
        let current = self.shown.borrow().record.clone();
        rest.retain(|record| record.job.is_some() && Some(&record.key) != current.as_ref());
        let mut earlier = Vec::new();
        // The newest first; by hand, since sorting is 2 KB.
        while let Some(newest) = rest.iter().max_by_key(|record| record.began).cloned() {
            rest.retain(|record| record.key != newest.key);
            earlier.push(newest);
        }
        *self.earlier.borrow_mut() = earlier;
    }

    // Reading.

    /// On a page just opened, or for a user who has just come: what was being
    /// typed, and the job that was waited for.
    pub(super) fn take_up(self: &Rc<Self>) {
        let Some(store) = self.store() else { return };
        let kept = store.draft();
        self.restore_draft(&kept);
        let records = self.mine(&store);
        self.list_earlier(records.clone());
        (self.changed)();
        // A job that the page names goes first.
        if self.options.borrow().job.is_some() {
            return;
        }
        let current = kept.text_of("current");
        let Some(record) = saved::to_take_up(&records, &self.host.place, current) else {
            return;
        };
        // What is typed here belongs to the job that this tab was at.
        let mine = kept.text_of("of") == Some(record.key.as_str());
        if mine {
            self.draft_of.replace(Some(record.key.clone()));
        }
        let request = self.request_of_draft().filter(|_| mine);
        let rounds = if mine { rounds_of(&kept) } else { Vec::new() };
        self.resume(record.clone(), request, rounds);
        if mine && let Some(answer) = kept.text_of("answer") {
            *self.answer.borrow_mut() = answer.into();
            // Once it is known what it belongs to, it is kept anyway.
            if !self.probing.get() {
                self.keep_draft();
            }
        }
    }

    fn restore_draft(&self, kept: &Json) {
        let mut draft = Draft::clone(&self.draft.borrow());
        if !draft.is_empty() {
            return;
        }
        if let Some(Json::Map(fields)) = kept.get("fields") {
            for (name, value) in fields {
                if let (Some(field), Some(value)) = (Field::named(name), value.text()) {
                    draft.set(field, value);
                }
            }
        }
        let files = kept.get("files").map_or(&[][..], Json::items);
        let names: Vec<&str> = files.iter().filter_map(Json::text).collect();
        if draft.is_empty() && names.is_empty() {
            return;
        }
        *self.draft.borrow_mut() = Rc::new(draft);
        if !names.is_empty() {
            let names = clean(&names.join(", "), LONGEST);
            *self.file_problem.borrow_mut() = Some(Problem::ChooseAgain(names));
        }
        self.revise();
    }

    /// Files that a reload has lost are asked for once, before a deck is made without
    /// them.
    pub(super) fn without_lost_files(&self) -> Result<(), Vec<FieldProblem>> {
        let lost = matches!(&*self.file_problem.borrow(), Some(Problem::ChooseAgain(_)));
        let problem = self.file_problem.borrow_mut().take_if(|_| lost);
        problem.map_or(Ok(()), |problem| {
            Err(vec![FieldProblem {
                field: Field::Files,
                problem,
            }])
        })
    }

    /// What the draft asks for, where that needs nothing that is gone.
    fn request_of_draft(&self) -> Option<GenerationRequest> {
        if self.file_problem.borrow().is_some() {
            return None;
        }
        let form = self.form();
        form.check(&self.draft.borrow()).ok()
    }

    /// Takes up a job. Whether its request is just being sent by another tab, the
    /// lock that goes with it tells.
    pub(super) fn resume(
        self: &Rc<Self>,
        record: Record,
        request: Option<GenerationRequest>,
        rounds: Vec<Round>,
    ) {
        let mut resumed = Box::new(Resumed {
            record,
            request,
            rounds,
            sending: false,
        });
        if resumed.record.job.is_some() {
            // Until it is known whether another tab leads.
            let role = if has_locks() {
                Role::Following
            } else {
                Role::Alone
            };
            self.handle(Event::Role(role));
            self.handle(Event::Resume(resumed));
            return;
        }
        let Some(store) = self.store() else { return };
        let name = sending_name(&store, &resumed.record);
        // Until then, nothing else is begun.
        self.probing.set(true);
        let weak = Rc::downgrade(self);
        spawn(Box::pin(async move {
            let answer = tabs::ask(&name, Asking::IfFree, None).await;
            let Some(inner) = super::alive(&weak) else {
                return;
            };
            inner.probing.set(false);
            // Meanwhile the answer may have come, or another user.
            let same = inner.store().is_some_and(|now| Rc::ptr_eq(&now, &store));
            let key = resumed.record.key.clone();
            let record = store.record(&key, now().wall).filter(|_| same);
            let Some(record) = record else {
                return inner.grant_waiting();
            };
            resumed.sending = matches!(answer, Answer::Taken);
            let watch = resumed.sending && record.job.is_none();
            drop(answer);
            resumed.record = record;
            inner.handle(Event::Resume(resumed));
            if watch {
                inner.watch_sender(name, key);
            }
            inner.grant_waiting();
        }));
    }

    /// Waits until the tab that sends a request has done so, or is gone.
    fn watch_sender(self: &Rc<Self>, name: String, key: String) {
        let weak = Rc::downgrade(self);
        spawn(Box::pin(async move {
            let answer = tabs::ask(&name, Asking::Patiently, None).await;
            drop(answer);
            let Some(inner) = super::alive(&weak) else {
                return;
            };
            let Some(store) = inner.store() else { return };
            inner.handle(match store.record(&key, now().wall) {
                None => Event::Gone(key),
                Some(record) if record.job.is_some() => Event::Changed(Box::new(record)),
                Some(_) if inner.shown().record != Some(key) => return,
                Some(_) => Event::Abandoned,
            });
        }));
    }

    // Forgetting.

    /// Another person uses the page now, or wants nothing kept.
    pub(super) fn forget_here(self: &Rc<Self>) {
        self.waiting.take();
        self.forget_typed();
        self.handle(Event::Forget);
        // Not read again: what another tab has just removed may still be seen here.
        self.earlier.take();
        self.revise();
        (self.changed)();
    }

    pub(super) fn forget_typed(&self) {
        self.draft.take();
        self.answer.take();
        self.file_problem.take();
        self.files.release_all();
        self.lists.take();
        self.lists_asked.take();
        self.end_saving(None);
    }
}

/// The lock that whoever sends a request holds.
fn sending_name(store: &Store, record: &Record) -> String {
    // What no other page can see concerns no other page.
    let what = if store.outlives_page {
        &record.digest
    } else {
        &record.key
    };
    store.name("/submit/", &[&record.place, "/", what].concat())
}

fn rounds_of(kept: &Json) -> Vec<Round> {
    let rounds = kept.get("rounds").map_or(&[][..], Json::items);
    let round = |round: &Json| Round {
        question: round.text_of("question").map(Into::into),
        answer: round.text_of("answer").map(Into::into),
    };
    rounds.iter().map(round).collect()
}
