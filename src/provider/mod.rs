//! Providers: one dialect a file. Each turns a generation request into an HTTP
//! request and an HTTP reply into a status, and says what its form can offer and
//! how it wants to be paced. Nothing above this floor names one.
//!
//! Most services can be described in JSON ([`Descriptor`]), the built-in ones
//! like those that a page brings along; Presenton cannot, and is Rust. How to add
//! one: `docs/providers.md`.

mod descriptor;
mod http;
mod presenton;
mod refusal;

use std::rc::Rc;

pub use self::descriptor::{Descriptor, DescriptorError};
pub use self::http::{Body, HttpReply, HttpRequest, Method, Part, ReplyBody};
pub use self::presenton::Presenton;
pub(crate) use self::refusal::first_words;
pub use self::refusal::{Action, Refusal};

use crate::json::Json;
use crate::request::{Choice, Field, FieldProblem, FileRef, GenerationRequest, Offer};
use crate::status::{Download, Site, Stage, Status};
use crate::text;

/// A span of time, in milliseconds.
pub type Millis = u64;

/// One dialect: how a service is asked and how its replies are read.
pub trait Provider {
    /// The name by which a page asks for it.
    fn name(&self) -> &str;

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

    /// The header in which the service takes a key that makes a repeated submit
    /// harmless. Only then is one repeated that got no answer.
    fn idempotency_header(&self) -> Option<&str> {
        None
    }

    /// Reads the 2xx reply to [`submit`](Provider::submit). Nothing where no job
    /// can be made out: then nobody knows whether there is one.
    fn accepted(&self, reply: &HttpReply, site: &Site) -> Option<Accepted>;

    /// Asks how a job is.
    fn poll(&self, job: &JobId) -> HttpRequest;

    /// Reads the 2xx reply to [`poll`](Provider::poll). Nothing where it is no
    /// status.
    fn status(&self, reply: &HttpReply, job: &JobId, site: &Site) -> Option<Status>;

    /// Answers the question of a job. Nothing where the service asks none.
    fn answer(&self, _job: &JobId, _text: &str) -> Option<HttpRequest> {
        None
    }

    /// After how long a link of unknown life is better renewed before it is
    /// used. Nothing where links last, or cannot be renewed.
    fn link_age(&self) -> Option<Millis> {
        None
    }

    /// Asks for fresh links to a finished deck. Most services give them with the
    /// status.
    fn refresh(&self, job: &JobId, _status: &Status) -> HttpRequest {
        self.poll(job)
    }

    /// Reads the 2xx reply to [`refresh`](Provider::refresh). Nothing where it
    /// holds no finished deck.
    fn refreshed(
        &self,
        reply: &HttpReply,
        job: &JobId,
        _known: &Status,
        site: &Site,
    ) -> Option<Status> {
        let status = self.status(reply, job, site);
        status.filter(|status| status.stage == Stage::Done)
    }

    /// The kinds of file that a finished deck can also be had in, separated by
    /// spaces.
    fn exports(&self) -> &'static str {
        ""
    }

    /// Asks for a finished deck in another format.
    fn export(&self, _deck: &str, _format: &str) -> Option<HttpRequest> {
        None
    }

    /// Reads the 2xx reply to [`export`](Provider::export).
    fn exported(&self, _reply: &HttpReply, _job: &JobId, _site: &Site) -> Option<Download> {
        None
    }

    /// The lists that an account has of its own, and where to ask for each.
    fn lists(&self) -> Vec<(Field, String)> {
        Vec::new()
    }

    /// Reads the 2xx reply about one of the [`lists`](Provider::lists).
    fn listed(&self, _field: Field, _reply: &HttpReply) -> Vec<Choice> {
        Vec::new()
    }

    /// Whether files go to a place that a reply names, often on another host.
    fn uploads_elsewhere(&self) -> bool {
        false
    }

    /// What to do with a file before the submit.
    fn upload(&self, _file: &FileRef) -> Upload {
        Upload::Impossible
    }

    /// What to do next with a file, from the 2xx reply to the last call for it.
    /// `target` is the reply that named the place, where there was one.
    fn uploaded(&self, _file: &FileRef, _reply: &HttpReply, _target: Option<&Json>) -> Upload {
        Upload::Impossible
    }

    /// How the request's body has a file that was read, in Base64.
    fn inlined(&self, _file: &FileRef, base64: &str) -> Json {
        base64.into()
    }
}

/// The next step for a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Upload {
    /// Read it; it travels inside the request.
    Read,
    /// Send this.
    Send(HttpRequest),
    /// Send this to the place that a reply named; its answer need not be read.
    SendTo(HttpRequest, Json),
    /// The service has it, and calls it so.
    Done(Json),
    /// The service did not say what it should have said, or takes no files.
    Impossible,
}

/// Reads a JSON document; pages have a decoder of their own.
pub type Decode = fn(&str) -> Option<Json>;

/// The provider of a name, if there is one.
pub fn named(name: &str, decode: Decode) -> Option<Rc<dyn Provider>> {
    let description = match name {
        "presenton" => return Some(Rc::new(Presenton::V1)),
        "presenton-v3" => return Some(Rc::new(Presenton::V3)),
        "chronicle" => include_str!("chronicle.json"),
        "duomi" => include_str!("duomi.json"),
        "perceptis" => include_str!("perceptis.json"),
        _ => return None,
    };
    // `tests/core` holds every one of them to the schema.
    let descriptor = Descriptor::new(decode(description)?).ok()?;
    Some(Rc::new(descriptor))
}

/// The names that [`named`] knows, for messages to the host's developer.
pub const NAMES: &str = "presenton presenton-v3 chronicle duomi perceptis";

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

/// A service's name for a deck. It goes into paths as a job's does, and has the same
/// bounds.
fn deck_id(id: &str) -> Option<String> {
    JobId::parse(id).map(|id| id.0)
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
