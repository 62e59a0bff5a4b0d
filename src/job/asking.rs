//! Questions of the service and answers of the visitor.

use super::snapshot::{AnswerTrouble, Round, State};
use super::{Fault, Happening, Job, Purpose};
use crate::provider::{HttpReply, Millis, Refusal};
use crate::status::{Stage, Status};
use std::rc::Rc;

/// For so long after an answer, the very same question is taken for a reply that
/// had not heard of it yet.
const ECHO: Millis = 20_000;

impl Job {
    /// Sends an answer. One call at a time: a poll under way gives way, as its
    /// reply would be about the time before.
    pub(super) fn send_answer(&mut self, text: String) {
        let text = text.trim();
        if self.state != State::Asking || self.is_flying(Purpose::Answer) || text.is_empty() {
            return;
        }
        let Some(job) = &self.job else { return };
        let Some(request) = self.provider.answer(job, text) else {
            return;
        };
        self.drop_call();
        self.answer = Some(text.into());
        self.answer_trouble = None;
        self.asked_headers_again = false;
        self.due = None;
        self.send(Purpose::Answer, request);
    }

    pub(super) fn answer_reply(&mut self, outcome: Result<HttpReply, Fault>) {
        // What a service says of patience counts from here.
        self.last_poll = Some(self.now.steady);
        match outcome {
            Ok(reply) if reply.is_success() => {
                self.reached();
                self.close_round();
                self.answered_at = Some(self.now.steady);
                self.state = State::Waiting;
                let status = Rc::make_mut(&mut self.status);
                status.stage = Stage::Working;
                status.question = None;
                self.tell(Happening::Answered);
                self.wake_in(self.pacing.pace().first);
            }
            // Refused: it did not count, and may be put differently.
            Ok(reply) if reply.code < 500 && reply.code != 408 => {
                let said = Refusal::read(&reply, &*self.provider).text;
                let wait = self.wait_of(&reply);
                self.answer = None;
                self.answer_failed(AnswerTrouble::NotTaken(said), wait);
            }
            Err(Fault::NotSent) => {
                self.answer = None;
                self.answer_failed(AnswerTrouble::NotTaken(None), None);
            }
            // Whether it arrived, the next status tells: by then the question is
            // still there, or not.
            Ok(reply) => {
                let wait = self.wait_of(&reply);
                self.answer_failed(AnswerTrouble::NoReply, wait);
            }
            Err(_) => self.answer_failed(AnswerTrouble::NoReply, None),
        }
    }

    fn answer_failed(&mut self, trouble: AnswerTrouble, wait: Option<Millis>) {
        self.answer_trouble = Some(trouble);
        self.pacing.failed(wait);
        let wait = self.pacing.earliest();
        self.wake_in(wait);
    }

    /// Puts a question that is not waiting any more with those behind us, and
    /// takes a late echo of it for what it is.
    pub(super) fn hear_question(&mut self, status: &mut Status) {
        let asking = status.stage == Stage::Asking;
        if asking && status.question.is_none() && self.status.stage == Stage::Asking {
            // A reply that leaves the text out asks nothing new.
            status.question.clone_from(&self.status.question);
        }
        // Also where nobody was watching for a while.
        let open = self.status.stage == Stage::Asking;
        if open && (!asking || status.question != self.status.question) {
            self.close_round();
        }
        let recent = self
            .answered_at
            .is_some_and(|at| self.now.steady.saturating_sub(at) < ECHO);
        let last = self.rounds.last();
        if asking
            && recent
            && self.state == State::Waiting
            && last.is_some_and(|round| round.question == status.question)
        {
            status.stage = Stage::Working;
            status.question = None;
        }
    }

    /// The present question is answered, here or elsewhere.
    fn close_round(&mut self) {
        let question = self.status.question.clone();
        let answer = self.answer.take();
        Rc::make_mut(&mut self.rounds).push(Round { question, answer });
        self.answer_trouble = None;
    }
}
