//! Providers: one dialect a file. Each turns a generation request into an HTTP
//! request and an HTTP reply into a status, and says what its form can offer and
//! how it wants to be paced. Nothing above this floor names one.
//!
//! To add a provider, write its file beside `presenton.rs`, add it to
//! [`named`], and replay its documents' examples in `tests/core`.

mod http;
mod presenton;
mod refusal;

use std::rc::Rc;

pub use self::http::{Body, HttpReply, HttpRequest, Method, ReplyBody};
pub use self::presenton::Presenton;
pub(crate) use self::refusal::first_words;
pub use self::refusal::{Action, Refusal};

use crate::request::{Field, FieldProblem, GenerationRequest, Offer};
use crate::status::{Site, Status};
use crate::text;

/// A span of time, in milliseconds.
pub type Millis = u64;

/// One dialect: how a service is asked and how its replies are read.
pub trait Provider {
    /// The name by which a page asks for it.
    fn name(&self) -> &'static str;

    /// The fields its form can have.
    fn offers(&self) -> Vec<Offer>;

    /// How often it wants to be asked.
    fn pace(&self) -> Pace;

    /// The field that a member of its request body stands for, so that its
    /// complaint about the one is shown at the other.
    fn field_of(&self, member: &str) -> Option<Field>;

    /// What is wrong with fields that are right each by itself.
    fn check(&self, _request: &GenerationRequest) -> Vec<FieldProblem> {
        Vec::new()
    }

    /// Asks for a deck.
    fn submit(&self, request: &GenerationRequest) -> HttpRequest;

    /// Reads the 2xx reply to [`submit`](Provider::submit). Nothing where no job
    /// can be made out: then nobody knows whether there is one.
    fn accepted(&self, reply: &HttpReply, site: &Site) -> Option<Accepted>;

    /// Asks how a job is.
    fn poll(&self, job: &JobId) -> HttpRequest;

    /// Reads the 2xx reply to [`poll`](Provider::poll). Nothing where it is no
    /// status.
    fn status(&self, reply: &HttpReply, job: &JobId, site: &Site) -> Option<Status>;
}

/// The provider of a name, if there is one.
pub fn named(name: &str) -> Option<Rc<dyn Provider>> {
    match name {
        "presenton" => Some(Rc::new(Presenton::V1)),
        "presenton-v3" => Some(Rc::new(Presenton::V3)),
        _ => None,
    }
}

/// The names that [`named`] knows, for messages to the host's developer.
pub const NAMES: [&str; 2] = ["presenton", "presenton-v3"];

/// A request that became a job.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    /// The job.
    pub job: JobId,
    /// What the service said of it at once; a job may be born finished.
    pub status: Status,
}

/// A service's name for a job: not empty, bounded, nothing unprintable, so that
/// it can be kept, shown and put into a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct JobId(String);

impl JobId {
    /// Longer ids than any service's; a longer one is not believed.
    const LONGEST: usize = 256;

    /// An id from a reply, a page or a saved record.
    pub fn parse(id: &str) -> Option<JobId> {
        let id = id.trim();
        let bounded = !id.is_empty() && id.len() <= JobId::LONGEST;
        // Encoding keeps dots, and a path of `..` would name something else.
        let plain = !matches!(id, "." | "..") && !id.chars().any(char::is_control);
        (bounded && plain).then(|| JobId(id.into()))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id as one segment of a path.
    pub fn segment(&self) -> String {
        text::encode_segment(&self.0)
    }
}

/// How a provider wants to be asked for a job's status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// From the acceptance to the first question.
    pub first: Millis,
    /// Between questions at the beginning.
    pub usual: Millis,
    /// Between questions about a job that takes long.
    pub longest: Millis,
    /// Never sooner after the last question, whatever happens.
    pub floor: Millis,
}
