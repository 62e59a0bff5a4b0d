//! What is to be shown of a job, and told to the host.

use super::moment::Moment;
use crate::provider::{JobId, Millis, Refusal};
use crate::status::Status;
use std::rc::Rc;

/// The states of a job's life (design "The life of a job").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum State {
    /// The form.
    #[default]
    Drafting,
    /// The host's `beforeSubmit` is deciding.
    Preparing,
    /// The request is on its way.
    Submitting,
    /// Nobody knows whether it arrived.
    Uncertain,
    /// The service is at work.
    Waiting,
    /// The service asks the visitor something.
    Asking,
    /// The deck is there.
    Done,
    /// There will be no deck, or none that can be seen.
    Failed,
    /// Nobody asks any more; the deck may still be made.
    Stopped,
    /// It takes longer than anybody expected.
    Overdue,
}

impl State {
    /// The name under which hosts see it: in events, in `snapshot`, in `:state()`.
    pub const fn name(self) -> &'static str {
        match self {
            State::Drafting => "drafting",
            State::Preparing => "preparing",
            State::Submitting => "submitting",
            State::Uncertain => "uncertain",
            State::Waiting => "waiting",
            State::Asking => "asking",
            State::Done => "done",
            State::Failed => "failed",
            State::Stopped => "stopped",
            State::Overdue => "overdue",
        }
    }
}

/// All that a view needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// The provider's name.
    pub provider: String,
    /// Where the job is in its life.
    pub state: State,
    /// The job, once there is one.
    pub job: Option<JobId>,
    /// What the service said last.
    pub status: Rc<Status>,
    /// When its links were given.
    pub linked: Moment,
    /// After how long links of unknown life are better renewed before use.
    pub link_age: Option<Millis>,
    /// The kinds of file that the finished deck can also be had in.
    pub exports: &'static str,
    /// The questions that are behind us, with their answers.
    pub rounds: Rc<Vec<Round>>,
    /// Whether an answer is on its way.
    pub answering: bool,
    /// Why the last answer may not have arrived.
    pub answer_trouble: Option<AnswerTrouble>,
    /// The file that is being sent or read.
    pub uploading: Option<u32>,
    /// Trouble with the connection; goes as soon as a reply comes.
    pub notice: Option<Notice>,
    /// Why the last request was not taken.
    pub refusal: Option<Rc<Refusal>>,
    /// Why there is no deck.
    pub failure: Option<Failure>,
    /// What is known about a request without an answer.
    pub doubt: Option<Doubt>,
    /// When the job was accepted, or first watched: milliseconds since 1970.
    pub started: Millis,
    /// Whether it stops as soon as the request is answered.
    pub stopping: bool,
    /// Whether the same request could be made anew.
    pub can_retry: bool,
    /// The key of what is kept of it.
    pub record: Option<String>,
    /// Whether the job was taken up, and the service has said nothing since.
    pub resuming: bool,
    /// Whether another tab is sending the request.
    pub sent_elsewhere: bool,
    /// Whether fresh links are on their way.
    pub refreshing: bool,
}

/// A question that was answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// What was asked, if the service said so.
    pub question: Option<String>,
    /// What was answered here; nothing where it was answered elsewhere.
    pub answer: Option<String>,
}

/// What became of an answer that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerTrouble {
    /// It never left the page, or was refused; what the service said.
    NotTaken(Option<String>),
    /// Nobody knows whether it arrived.
    NoReply,
}

/// Trouble with the connection, over a job that goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The browser has no network, and a request failed.
    Offline,
    /// No answer, or one that says "not now".
    Unreachable,
    /// The service asks for patience (429).
    SlowDown,
    /// The service does not know who asks.
    SignedOut,
    /// Something answers that is not the service; its first words.
    Unreadable(Option<String>),
    /// The service gave the same links as before, though their time is over.
    SameLinks,
    /// The deck could not be had in the format asked for; what the service said.
    NotExported(Option<String>),
}

/// A request without a readable answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doubt {
    /// The HTTP status, if there was one.
    pub code: Option<u16>,
    /// What came back, its first words.
    pub said: Option<String>,
    /// Whether a refusal without CORS headers may hide behind it.
    pub maybe_signed_out: bool,
    /// Whether sending it again can make no second deck.
    pub harmless: bool,
    /// Whether the page was left before an answer came.
    pub interrupted: bool,
}

/// Why there is no deck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// In which way.
    pub kind: FailureKind,
    /// What the service said, stripped of markup.
    pub said: Option<String>,
    /// Whether it cost something.
    pub charged: Charged,
}

impl Failure {
    /// Whether the job itself may be well, so that watching on makes sense.
    pub fn may_be_watched(&self) -> bool {
        self.kind != FailureKind::Task
    }
}

/// In which way there is no deck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// The service tried, and could not.
    Task,
    /// The service does not know the job.
    JobUnknown,
    /// The service does not say how the job is.
    StatusRefused,
    /// What answers cannot be understood.
    Unreadable,
}

impl FailureKind {
    /// The stable code that hosts see in `slidewright-error`.
    pub const fn code(self) -> &'static str {
        match self {
            FailureKind::Task => "job-failed",
            FailureKind::JobUnknown => "job-unknown",
            FailureKind::StatusRefused => "status-refused",
            FailureKind::Unreadable => "unreadable-reply",
        }
    }
}

/// Whether the host's account was charged for a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charged {
    /// Nothing was begun.
    No,
    /// Nobody says.
    Unknown,
    /// A deck was made.
    Yes,
}

impl Charged {
    /// The word that hosts see.
    pub const fn name(self) -> &'static str {
        match self {
            Charged::No => "no",
            Charged::Unknown => "unknown",
            Charged::Yes => "yes",
        }
    }
}
