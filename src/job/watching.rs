//! Watching a job: when it is asked about, what the replies come to, and when
//! that is over.

use super::snapshot::{Charged, Failure, FailureKind, Notice, State};
use super::{Effect, Fault, Happening, Job, Pacing, Phase, Purpose, Role, retry_after};
use crate::provider::{HttpReply, JobId, Millis, Refusal};
use crate::status::{Stage, Status};

/// So many times in a row a service may not know a job, or refuse to speak of
/// it, before it is believed: a job just made may not be everywhere yet.
const STRIKES: u32 = 3;

/// So many unreadable replies in a row are a service that speaks something else,
/// and not a hotel's login page in between.
const UNREADABLE_STRIKES: u32 = 6;

impl Job {
    /// Starts to wait for a job.
    pub(super) fn follow(&mut self, job: JobId) {
        self.job = Some(job);
        self.state = State::Waiting;
        self.show(Status {
            stage: Stage::Queued,
            ..Status::default()
        });
        self.started = self.now.wall;
        self.followed = self.now.steady;
        self.forget_words();
        self.watched = 0;
        self.saved_watched = 0;
        self.strikes = 0;
        self.last_poll = None;
        self.asked_headers_again = false;
        self.resuming = false;
        self.sent_elsewhere = false;
        self.heard = self.now.steady;
        self.pacing = Pacing::new(self.provider.pace());
    }

    pub(super) fn poll_reply(&mut self, outcome: Result<HttpReply, Fault>) {
        let reply = match outcome {
            Ok(reply) => reply,
            Err(Fault::NotSent) => return self.trouble(Notice::SignedOut, None),
            Err(Fault::TooLarge) => return self.unreadable(None),
            Err(Fault::Network | Fault::TimedOut) => {
                return self.trouble(self.unreachable(), None);
            }
        };
        if self.role == Role::Leading {
            self.want(Effect::Share(reply.clone()));
        }
        self.hear(&reply);
    }

    /// What the service said about the job, to this tab or to the one that leads.
    pub(super) fn hear(&mut self, reply: &HttpReply) {
        let wait = self.wait_of(reply);
        match reply.code {
            200..300 => self.read_status(reply),
            401 | 403 | 407 | 428 => self.trouble(Notice::SignedOut, wait),
            404 | 410 => self.strike(FailureKind::JobUnknown, reply, wait),
            429 => self.trouble(Notice::SlowDown, wait),
            408 | 425 | 500.. => self.trouble(Notice::Unreachable, wait),
            _ => self.strike(FailureKind::StatusRefused, reply, wait),
        }
    }

    pub(super) fn unreachable(&self) -> Notice {
        if self.online {
            Notice::Unreachable
        } else {
            Notice::Offline
        }
    }

    /// How long the service wants to be left alone.
    pub(super) fn wait_of(&self, reply: &HttpReply) -> Option<Millis> {
        retry_after(reply.retry_after.as_deref()?, self.now.wall)
    }

    pub(super) fn read_status(&mut self, reply: &HttpReply) {
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
    pub(super) fn reached(&mut self) {
        self.pacing.succeeded();
        self.strikes = 0;
        self.asked_headers_again = false;
        self.resuming = false;
        self.notice = None;
    }

    pub(super) fn take(&mut self, mut status: Status) {
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
            Stage::Done => self.rest_done(),
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
        if self.is_watching() {
            self.note_watched();
        }
    }

    pub(super) fn fail(&mut self, failure: Failure) {
        // What was said on an earlier visit is no news.
        let news = !self.was(Phase::Failed);
        // A service that does not know the job may still be asked again.
        let phase = match failure.kind {
            FailureKind::Task | FailureKind::JobUnknown => Phase::Failed,
            FailureKind::StatusRefused | FailureKind::Unreadable => Phase::Open,
        };
        self.note_phase(phase);
        self.failure = Some(failure);
        self.rest(State::Failed);
        if news {
            self.tell(Happening::Error);
        }
    }

    fn rest_done(&mut self) {
        // A deck that was ready on an earlier visit is no news.
        let news = !self.was(Phase::Done);
        self.note_phase(Phase::Done);
        self.rest(State::Done);
        if news {
            self.tell(Happening::Complete);
        }
    }

    /// The visitor does not want to wait any more.
    pub(super) fn stopped(&mut self) {
        self.note_phase(Phase::Stopped);
        self.rest(State::Stopped);
        self.tell(Happening::Stopped);
    }

    /// Nothing more happens by itself.
    pub(super) fn rest(&mut self, state: State) {
        self.state = state;
        self.notice = None;
        self.due = None;
        self.stop_wanted = false;
        self.resuming = false;
        if let Some(flight) = self.in_flight.take() {
            self.want(Effect::Abort(flight.call));
        }
        self.want(Effect::Sleep);
    }

    /// A question failed; the job goes on, and so do the questions.
    pub(super) fn trouble(&mut self, notice: Notice, wait: Option<Millis>) {
        self.strikes = 0;
        self.ask_later(notice, wait);
    }

    pub(super) fn ask_later(&mut self, notice: Notice, wait: Option<Millis>) {
        self.note_watched();
        self.notice = Some(notice);
        self.put_off(wait);
    }

    fn put_off(&mut self, wait: Option<Millis>) {
        if wait.is_some() {
            // The service counts from its reply.
            self.last_poll = Some(self.now.steady);
        }
        self.pacing.failed(wait);
        self.schedule();
    }

    /// A question was answered in a way that may be final.
    pub(super) fn strike(&mut self, kind: FailureKind, reply: &HttpReply, wait: Option<Millis>) {
        if self.strike_out(kind, STRIKES) {
            let said = Refusal::read(reply, &*self.provider).text;
            self.fail(Failure {
                kind,
                said,
                charged: Charged::Unknown,
            });
        } else {
            self.put_off(wait);
        }
    }

    /// Counts answers of one kind in a row; true where there were `most`.
    pub(super) fn strike_out(&mut self, kind: FailureKind, most: u32) -> bool {
        if self.struck.replace(kind) != Some(kind) {
            self.strikes = 0;
        }
        self.strikes = self.strikes.saturating_add(1);
        self.strikes >= most
    }

    pub(super) fn unreadable(&mut self, said: Option<String>) {
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

    pub(super) fn schedule(&mut self) {
        let random = self.chance.roll();
        // A question waits for the visitor; meanwhile it is only looked whether
        // somebody answered it elsewhere.
        let patient = self.hidden || self.state == State::Asking;
        let delay = self.pacing.delay(self.watched, patient, random);
        // Tabs that cannot agree on one that asks, ask half as often each.
        let tabs = if self.role == Role::Alone { 2 } else { 1 };
        self.wake_in(delay.saturating_mul(tabs));
    }

    pub(super) fn wake_in(&mut self, delay: Millis) {
        self.due = Some(self.now.steady.saturating_add(delay));
        self.want(Effect::Wake(delay));
    }

    pub(super) fn wake(&mut self) {
        let Some(due) = self.due else { return };
        let left = due.saturating_sub(self.now.steady);
        if left > 0 {
            // Timers may go off a little early, or for an earlier plan.
            self.want(Effect::Wake(left));
        } else if self.sent_elsewhere {
            self.lost();
        } else if self.state == State::Submitting && self.in_flight.is_none() {
            self.send_once_more(Purpose::Submit);
        } else {
            self.poll();
        }
    }

    /// Somebody looks again, or the network is back: the next question comes now,
    /// if the last one is long enough ago.
    pub(super) fn bring_forward(&mut self) {
        if !self.is_watching() || self.in_flight.is_some() || self.role == Role::Following {
            return;
        }
        // The first question has its time, too.
        let earliest = match self.last_poll {
            Some(last) => last.saturating_add(self.pacing.earliest()),
            None => self.followed.saturating_add(self.pacing.pace().first),
        };
        let wait = earliest.saturating_sub(self.now.steady);
        if wait == 0 {
            self.poll();
        } else if self.due.is_none_or(|due| due > earliest) {
            self.wake_in(wait);
        }
    }

    pub(super) fn poll(&mut self) {
        if !self.is_watching() || self.in_flight.is_some() {
            return;
        }
        if self.role == Role::Following {
            return self.mind_the_leader();
        }
        let Some(job) = &self.job else { return };
        // Judged only after one question, so that a job taken up again late is
        // not called overdue unseen.
        let late = self.watched >= self.settings.deadline && self.last_poll.is_some();
        if late && !self.was(Phase::Done) {
            self.keep_watched();
            self.rest(State::Overdue);
            return self.tell(Happening::Stopped);
        }
        let request = self.provider.poll(job);
        self.due = None;
        self.last_poll = Some(self.now.steady);
        self.want(Effect::Sleep);
        self.send(Purpose::Status, request);
    }

    pub(super) fn keep_waiting(&mut self) {
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
        self.saved_watched = 0;
        self.strikes = 0;
        self.asked_headers_again = false;
        self.heard = self.now.steady;
        self.note_phase(Phase::Open);
        self.keep_watched();
        self.bring_forward();
        if self.role == Role::Following {
            self.schedule();
        }
    }

    pub(super) fn watch(&mut self, job: JobId) {
        if matches!(self.state, State::Preparing | State::Submitting) {
            return;
        }
        self.leave();
        self.drop_call();
        self.wish = None;
        self.request = None;
        self.lead_unless_alone();
        self.follow(job);
        self.poll();
    }
}
