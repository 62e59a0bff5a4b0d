//! What a job asks its caller while it runs.

/// Questions, evenly spread over the work. While one waits, the work stands
/// still; an answer sets it going again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Talk {
    questions: usize,
    /// How long each answered question had waited, in milliseconds.
    waits: Vec<u64>,
}

impl Talk {
    pub(crate) fn of(questions: usize) -> Self {
        Self {
            questions,
            waits: Vec::new(),
        }
    }

    /// How many questions there are in all.
    pub(crate) fn questions(&self) -> usize {
        self.questions
    }

    /// How many were answered, which is the index of the next question.
    pub(crate) fn answered(&self) -> usize {
        self.waits.len()
    }

    /// The per mille of the work at which the next question comes.
    pub(crate) fn next_mark(&self) -> Option<u64> {
        let next = self.waits.len();
        (next < self.questions).then(|| self.mark(next))
    }

    /// The next question has its answer, for which it waited so long.
    pub(crate) fn answer(&mut self, waited_ms: u64) {
        self.waits.push(waited_ms);
    }

    /// Of the time since the job was made, what it did not spend waiting for
    /// the answers it got; `part` is the working time up to a per mille.
    pub(crate) fn worked(&self, elapsed_ms: u64, part: impl Fn(u64) -> u64) -> u64 {
        let waits = self.waits.iter().enumerate();
        waits.fold(elapsed_ms, |worked, (index, waited_ms)| {
            let reached = part(self.mark(index));
            if worked <= reached {
                worked
            } else {
                worked.saturating_sub(*waited_ms).max(reached)
            }
        })
    }

    /// How long the job had waited for answers when it came to this per mille.
    pub(crate) fn waited(&self, permille: u64) -> u64 {
        let waits = self.waits.iter().enumerate();
        waits
            .filter(|(index, _)| self.mark(*index) < permille)
            .fold(0, |sum, (_, waited_ms)| sum.saturating_add(*waited_ms))
    }

    fn mark(&self, question: usize) -> u64 {
        1000 * (question as u64 + 1) / (self.questions as u64 + 1)
    }
}
