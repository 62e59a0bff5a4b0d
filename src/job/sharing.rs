//! One wish in several places: kept for the next visit, taken up again, and
//! followed by every tab that shows it, of which one asks (design "Pacing").

use super::saved::{Phase, Record, digest};
use super::snapshot::{Doubt, Round, State};
use super::{CallId, Effect, Happening, Job, Purpose};
use crate::provider::{HttpReply, HttpRequest, JobId, Millis, Refusal};
use crate::request::GenerationRequest;
use std::rc::Rc;

/// For so long a tab follows another one in silence before it takes its place.
const PATIENCE: Millis = 120_000;

/// A lock may be free a moment before what was kept under it is seen: so long
/// nobody is taken for gone.
const GRACE: Millis = 1_000;

/// Time spent watching is saved so often.
const SAVE_EVERY: Millis = 15_000;

/// What a tab is to the job that it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// It asks, and tells the others.
    #[default]
    Leading,
    /// Another one asks.
    Following,
    /// Nobody can tell whether there are others: each asks half as often.
    Alone,
}

/// A record that was found, with what else there is of it.
#[derive(Clone, Debug)]
pub struct Resumed {
    /// The record.
    pub record: Record,
    /// What the visitor had asked for, if this tab still knows: without it, it
    /// cannot be sent again.
    pub request: Option<GenerationRequest>,
    /// The questions that are behind us.
    pub rounds: Vec<Round>,
    /// Whether somebody is sending the request just now.
    pub sending: bool,
}

impl Job {
    /// Takes up the job of a record, in place of nothing or of one that is over.
    pub(super) fn resume(&mut self, resumed: Resumed) {
        if !self.is_idle() {
            return;
        }
        let Resumed {
            mut record,
            request,
            rounds,
            sending,
        } = resumed;
        if self.record.as_ref().map(|mine| &mine.key) == Some(&record.key) {
            self.record = None;
        }
        self.forget_job();
        self.wish = request;
        self.request = None;
        self.key.clone_from(&record.key);
        if record.left {
            record.left = false;
            self.want(Effect::Save(Box::new(record.clone())));
        }
        let job = record.job.clone();
        let stopped = record.phase == Phase::Stopped;
        let (began, watched) = (record.began, record.watched);
        self.record = Some(record);
        match job {
            Some(job) => {
                self.follow(job);
                self.rounds = Rc::new(rounds);
                self.started = began;
                self.watched = watched;
                self.saved_watched = watched;
                if stopped {
                    self.state = State::Stopped;
                } else {
                    self.resuming = true;
                }
            }
            None if sending => {
                self.started = began;
                self.sent_elsewhere = true;
                self.state = State::Submitting;
            }
            None => self.interrupted(),
        }
        self.tell(Happening::Resumed);
        self.poll();
    }

    /// Waits for what comes of the same request in another tab, as if it had left
    /// here.
    pub(super) fn join(&mut self, call: CallId, theirs: Record) {
        if self.in_flight.is_none_or(|flight| flight.call != call) {
            return;
        }
        self.in_flight = None;
        self.due = None;
        self.notice = None;
        self.doubted = false;
        self.sent_elsewhere = true;
        self.started = theirs.began;
        self.key.clone_from(&theirs.key);
        self.record = Some(theirs.clone());
        if self.stop_wanted {
            self.stop();
        } else {
            // It may be taken already.
            self.changed_elsewhere(theirs);
        }
    }

    /// The request may have arrived, and the page that sent it is gone.
    fn interrupted(&mut self) {
        self.sent_elsewhere = false;
        self.doubted = true;
        self.state = State::Uncertain;
        self.doubt = Some(Doubt {
            interrupted: true,
            harmless: self.provider.idempotency_header().is_some(),
            ..Doubt::default()
        });
    }

    /// Who sent it has ended; what came of it, if anything, is still on its way
    /// from there.
    pub(super) fn abandoned(&mut self) {
        if self.sent_elsewhere {
            self.wake_in(GRACE);
        }
    }

    pub(super) fn lost(&mut self) {
        self.interrupted();
        self.tell(Happening::Error);
    }

    /// In doubt, once more: the request as it was agreed on; after a reload the
    /// host has to agree anew.
    pub(super) fn send_again(&mut self, key: String) {
        if self.state != State::Uncertain {
            return;
        }
        self.spare_key = key;
        if self.request.is_some() {
            self.post();
        } else if let Some(wish) = self.wish.clone() {
            self.state = State::Preparing;
            self.want(Effect::AskHost(wish));
        }
    }

    /// What was agreed on will not be sent; what may have arrived stays in doubt.
    pub(super) fn back_to_form(&mut self) {
        self.state = if self.doubted {
            State::Uncertain
        } else {
            State::Drafting
        };
    }

    // The record.

    /// The request is about to leave. One that may have arrived keeps its key only
    /// if it is the very same.
    pub(super) fn note_intent(&mut self, request: &HttpRequest) {
        let Some(place) = self.settings.place.clone() else {
            return;
        };
        let digest = digest(request);
        if let Some(old) = &self.record {
            if old.digest == digest {
                return;
            }
            self.key = std::mem::take(&mut self.spare_key);
            self.drop_record();
        }
        self.record = Some(Record {
            key: self.key.clone(),
            place,
            digest,
            began: self.now.wall,
            ..Record::default()
        });
    }

    pub(super) fn note_job(&mut self) {
        let job = self.job.clone();
        self.change_record(|record| {
            record.job = job;
            record.phase = Phase::Open;
        });
    }

    /// Only a job has phases: while that is unknown, the record says so.
    pub(super) fn note_phase(&mut self, phase: Phase) {
        let watched = self.watched;
        let follows = self.role == Role::Following && phase != Phase::Stopped;
        if let Some(record) = &mut self.record
            && record.job.is_some()
            && record.phase != phase
        {
            record.phase = phase;
            record.watched = watched;
            // The tab that leads writes it.
            if !follows {
                self.save_record();
            }
        }
    }

    /// How far the record knows it to be, from this visit or an earlier one.
    pub(super) fn was(&self, phase: Phase) -> bool {
        let record = self.record.as_ref();
        record.is_some_and(|record| record.phase == phase)
    }

    pub(super) fn note_watched(&mut self) {
        let gained = self.watched.saturating_sub(self.saved_watched);
        if self.role != Role::Following && gained >= SAVE_EVERY {
            self.keep_watched();
        }
    }

    /// Time spent watching, as it is now.
    pub(super) fn keep_watched(&mut self) {
        let watched = self.watched;
        self.change_record(|record| record.watched = watched);
        self.saved_watched = watched;
    }

    pub(super) fn fetched(&mut self) {
        self.change_record(|record| record.fetched = true);
    }

    fn change_record(&mut self, change: impl FnOnce(&mut Record)) {
        if let Some(record) = &mut self.record {
            change(record);
            self.save_record();
        }
    }

    fn save_record(&mut self) {
        if let Some(record) = self.record.clone() {
            self.want(Effect::Save(Box::new(record)));
        }
    }

    pub(super) fn drop_record(&mut self) {
        if let Some(record) = self.record.take() {
            self.want(Effect::Drop(record.key));
        }
    }

    /// The visitor turns to something else. What may still be had stays
    /// reachable.
    pub(super) fn leave(&mut self) {
        // What another tab sends is its own.
        if std::mem::take(&mut self.sent_elsewhere) {
            self.record = None;
        }
        match &mut self.record {
            Some(record) if record.is_worth_keeping() => {
                record.left = true;
                self.save_record();
                self.record = None;
            }
            _ => self.drop_record(),
        }
    }

    pub(super) fn forget_all(&mut self) {
        if self.state == State::Preparing {
            self.want(Effect::CancelHost);
            self.reading = None;
        }
        self.record = None;
        self.wish = None;
        self.request = None;
        self.sent = None;
        self.uploaded.clear();
        self.forget_job();
        self.state = State::Drafting;
        self.want(Effect::Sleep);
    }

    // Other tabs.

    pub(super) fn changed_elsewhere(&mut self, record: Record) {
        if self.record.as_ref().map(|mine| &mine.key) != Some(&record.key) {
            return;
        }
        let unknown = self.sent_elsewhere || self.state == State::Uncertain;
        match &record.job {
            Some(job) if unknown => {
                let job: JobId = job.clone();
                let began = record.began;
                self.record = Some(record);
                self.follow(job);
                self.started = began;
                self.tell(Happening::Resumed);
                self.wake_in(self.pacing.pace().first);
            }
            Some(_) if self.role == Role::Following => {
                let stop = record.phase == Phase::Stopped && self.is_watching();
                self.watched = self.watched.max(record.watched);
                self.record = Some(record);
                if stop {
                    self.rest(State::Stopped);
                    self.tell(Happening::Stopped);
                }
            }
            // Who leads knows the rest better.
            _ => {
                if let Some(mine) = &mut self.record {
                    mine.fetched |= record.fetched;
                }
            }
        }
    }

    pub(super) fn gone_elsewhere(&mut self, key: &str) {
        let mine = self.record.as_ref().is_some_and(|mine| mine.key == key);
        if mine && self.sent_elsewhere {
            self.sent_elsewhere = false;
            self.record = None;
            self.state = State::Drafting;
            // Who asked for it here, too, is told why it comes back.
            if self.request.is_some() {
                self.refuse(Refusal {
                    name: Some("sent-elsewhere".into()),
                    ..Refusal::default()
                });
            }
        } else if mine && self.state == State::Submitting {
            // Somebody has given it up who did not know that it was sent again.
            self.save_record();
        }
    }

    pub(super) fn take_role(&mut self, role: Role) {
        let before = std::mem::replace(&mut self.role, role);
        self.heard = self.now.steady;
        if role == Role::Following {
            if self.is_flying(Purpose::Status) {
                self.drop_call();
            }
            if self.is_watching() && self.due.is_none() && self.in_flight.is_none() {
                self.wake_in(PATIENCE);
            }
        } else if before == Role::Following {
            if self.resuming && self.last_poll.is_none() {
                self.poll();
            } else {
                self.bring_forward();
            }
        }
    }

    /// Who has just made a job, or was told to watch it, asks, until it hears of
    /// another.
    pub(super) fn lead_unless_alone(&mut self) {
        if self.role == Role::Following {
            self.role = Role::Leading;
        }
    }

    /// The tab that leads passes on what the service told it.
    pub(super) fn heard(&mut self, reply: HttpReply) {
        if self.role == Role::Following && self.is_watching() {
            self.heard = self.now.steady;
            self.last_poll = Some(self.now.steady);
            // While an answer is on its way, nobody knows what it was said before.
            if !self.is_flying(Purpose::Answer) {
                self.hear(&reply);
            }
        }
    }

    /// It may be frozen, asleep or gone without a word.
    pub(super) fn mind_the_leader(&mut self) {
        let silence = self.now.steady.saturating_sub(self.heard);
        if silence >= PATIENCE {
            self.heard = self.now.steady;
            self.want(Effect::Lead);
        }
        self.wake_in(PATIENCE);
    }
}
