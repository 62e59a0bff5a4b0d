//! One accepted request, and where it stands.

use crate::Scenario;
use crate::deck::{Deck, Format};
use crate::talk::Talk;

/// A generation that was accepted. What a service has no use for stays empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Job {
    pub(crate) id: String,
    /// The deck's own id.
    pub(crate) deck_id: String,
    pub(crate) created_ms: u64,
    /// When it was brought to its end before its time.
    pub(crate) finished_ms: Option<u64>,
    pub(crate) deck: Deck,
    pub(crate) format: Format,
    /// Where the finished file lies, decoded, from the service's root; empty
    /// where none is made.
    pub(crate) path: String,
    /// The slide count that the caller asked for, if any.
    pub(crate) asked: Option<usize>,
    /// The template that the caller chose, if any.
    pub(crate) template: Option<String>,
    /// How many versions of a single slide are made; none for a whole deck.
    pub(crate) variants: Option<u64>,
    /// The credentials that made it.
    pub(crate) owner: Option<String>,
    pub(crate) talk: Talk,
    /// The request's slides one by one, where the service tells how each fared.
    pub(crate) parts: Vec<Part>,
}

/// One slide of a request.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// The template slide that it is made from.
    pub(crate) template: String,
    /// Pages that it takes in the deck.
    pub(crate) pages: usize,
    pub(crate) failed: bool,
}

/// Why a task fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The service's own model key is bad.
    Key,
    /// The model behind the service refused.
    Model,
    /// The renderer is down.
    Renderer,
    /// The model's outline could not be read.
    Outline,
    /// The word `failed` alone, without a reason.
    Failed,
}

impl Failure {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "key" => Failure::Key,
            "model" => Failure::Model,
            "renderer" => Failure::Renderer,
            "outline" => Failure::Outline,
            "failed" => Failure::Failed,
            _ => return None,
        })
    }
}

/// Where a job stands at some time. Per mille are of the scenario's duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Nobody knows it any more.
    Forgotten,
    Working {
        permille: u64,
    },
    /// The server restarted when it had come this far.
    Lost {
        permille: u64,
    },
    Failed {
        permille: u64,
        why: Failure,
    },
    Completed,
}

impl Job {
    /// Where the job stands at `now_ms`. One that waits for an answer works,
    /// and gets no further.
    pub(crate) fn state(&self, scenario: &Scenario, now_ms: u64) -> State {
        let worked = self.permille(scenario, now_ms);
        let question = self.talk.next_mark().filter(|mark| *mark <= worked);
        let question = question.filter(|_| !self.is_over(now_ms));
        // The question comes before whatever else falls on its mark.
        let (permille, reached) = match question {
            Some(mark) => (mark, mark.saturating_sub(1)),
            None => (worked, worked),
        };
        if scenario.forget_at.is_some_and(|mark| mark <= reached) {
            return State::Forgotten;
        }
        let failure = scenario.fail.map(|why| State::Failed {
            permille: scenario.fail_at,
            why,
        });
        let restart = scenario.restart_at.map(|permille| State::Lost { permille });
        [failure, restart]
            .into_iter()
            .flatten()
            .filter(|state| state.mark() <= reached)
            .min_by_key(State::mark)
            .unwrap_or(if permille < 1000 {
                State::Working { permille }
            } else {
                State::Completed
            })
    }

    /// The index of the question that waits for an answer at `now_ms`.
    pub(crate) fn question(&self, scenario: &Scenario, now_ms: u64) -> Option<usize> {
        let mark = self.talk.next_mark()?;
        (self.state(scenario, now_ms) == State::Working { permille: mark })
            .then(|| self.talk.answered())
    }

    /// Takes an answer in and sets the job going again; no, where none is
    /// waited for.
    pub(crate) fn answer(&mut self, scenario: &Scenario, now_ms: u64, text: &str) -> bool {
        let (Some(index), Some(mark)) = (self.question(scenario, now_ms), self.talk.next_mark())
        else {
            return false;
        };
        let asked_ms = self.when(scenario, mark);
        self.talk.answer(now_ms.saturating_sub(asked_ms));
        self.deck.note(&format!("Answer {}: {text}", index + 1));
        true
    }

    /// Brings a job that still works to its end, past any question.
    pub(crate) fn finish(&mut self, scenario: &Scenario, now_ms: u64) {
        if matches!(self.state(scenario, now_ms), State::Working { .. }) {
            self.finished_ms = Some(now_ms);
        }
    }

    /// When the job was that many per mille through, in Unix milliseconds.
    pub(crate) fn when(&self, scenario: &Scenario, permille: u64) -> u64 {
        let by_itself = self
            .created_ms
            .saturating_add(part(scenario.duration_ms, permille))
            .saturating_add(self.talk.waited(permille));
        match (self.finished_ms, permille.checked_sub(1000)) {
            (None, _) => by_itself,
            (Some(end_ms), None) => by_itself.min(end_ms),
            (Some(end_ms), Some(after)) => end_ms.saturating_add(part(scenario.duration_ms, after)),
        }
    }

    /// Whether the job was brought to its end by then.
    fn is_over(&self, now_ms: u64) -> bool {
        self.finished_ms.is_some_and(|end_ms| end_ms <= now_ms)
    }

    /// How far the job would be if the next question had its answer.
    fn permille(&self, scenario: &Scenario, now_ms: u64) -> u64 {
        let duration = scenario.duration_ms;
        let worked = match self.finished_ms {
            Some(end_ms) if self.is_over(now_ms) => duration.saturating_add(now_ms - end_ms),
            _ => {
                let elapsed = now_ms.saturating_sub(self.created_ms);
                self.talk.worked(elapsed, |mark| part(duration, mark))
            }
        };
        match duration {
            // A generation that takes no time is past every mark at once.
            0 => u64::MAX,
            duration => worked.saturating_mul(1000) / duration,
        }
    }
}

/// So many per mille of a duration.
fn part(duration_ms: u64, permille: u64) -> u64 {
    duration_ms.saturating_mul(permille) / 1000
}

impl State {
    fn mark(&self) -> u64 {
        match self {
            State::Forgotten => 0,
            State::Working { permille }
            | State::Lost { permille }
            | State::Failed { permille, .. } => *permille,
            State::Completed => 1000,
        }
    }
}
