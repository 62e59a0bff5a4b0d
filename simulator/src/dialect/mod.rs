//! One service a file, behind one trait.
//!
//! To add a service: write its file here, from its documents; implement
//! [`Dialect`]; name it in `Scenario::parse`. What several services share:
//!
//! - `body`: a JSON body, read field by field
//! - `download`: files as they are sent
//! - `signed`: addresses that carry their own permission
//! - `page`: what stands for a service's own view or editor of a deck

mod body;
pub(crate) mod chronicle;
mod download;
pub(crate) mod duomi;
pub(crate) mod gamma;
mod page;
pub(crate) mod perceptis;
pub(crate) mod presenton;
pub(crate) mod presenton_v3;
mod signed;
pub(crate) mod slidespeak;

use std::fmt::Debug;

use crate::cors::Cors;
use crate::request::decoded;
use crate::service::Service;
use crate::{Reply, Request, WHOLE};

/// How one service speaks.
pub(crate) trait Dialect: Debug + Sync {
    /// What a call is for; decides which checks and troubles meet it.
    fn purpose(&self, call: &Call<'_>) -> Purpose;

    /// The true answer to a call that was let through.
    fn answer(&self, call: &Call<'_>, service: &mut Service) -> Reply;

    /// The service's answer with an error code, where the code is all that is
    /// asked for.
    fn refusal(&self, code: u16, purpose: Purpose) -> Reply;

    /// What browsers on other origins are told unless the scenario says.
    fn cors(&self) -> Cors;

    /// Whether the call carries the token that the scenario asks for.
    fn admits(&self, request: &Request, token: &str) -> bool {
        WHOLE && request.first("authorization") == Some(&format!("Bearer {token}"))
    }

    /// What a known idempotency key with another body is answered; none where
    /// the service does not look at the body.
    fn conflict(&self) -> Option<Reply> {
        None
    }

    /// The `Retry-After` of a 429 where the scenario names none.
    fn retry_after(&self) -> Option<&'static str> {
        None
    }

    /// The JSON field that holds a job's id.
    fn id_field(&self) -> &'static str;

    /// The JSON field that holds a job's status word.
    fn status_field(&self) -> &'static str;

    /// The JSON fields that hold the address of a page for people.
    fn page_fields(&self) -> &'static [&'static str] {
        &[]
    }
}

/// A request to one base path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'a> {
    /// Unix time in milliseconds.
    pub(crate) now_ms: u64,
    /// The service's own path, percent-encoded as it came.
    pub(crate) path: &'a str,
    /// `/sim/{scenario}`, for links that must be absolute.
    pub(crate) base: &'a str,
    pub(crate) request: &'a Request,
    /// It followed a redirect to get here.
    pub(crate) moved: bool,
}

impl Call<'_> {
    pub(crate) fn method(&self) -> &str {
        &self.request.method
    }

    /// Whether the method is in a list such as `GET, HEAD`.
    pub(crate) fn is_one_of(&self, methods: &str) -> bool {
        methods.split(", ").any(|it| it == self.method())
    }

    /// Where a redirect leads: the same call, at another path.
    pub(crate) fn moved(&self) -> String {
        let query = match self.request.query.as_str() {
            "" => String::new(),
            query => format!("?{query}"),
        };
        let site = &self.request.site;
        format!("{site}{}{MOVED}{}{query}", self.base, self.path)
    }

    /// The service's root as the caller reached it, without a slash at the end.
    pub(crate) fn root(&self) -> String {
        match self.request.site.as_str() {
            "" => {
                let host = self.request.first("host").unwrap_or("localhost");
                format!("http://{host}{}", self.base)
            }
            site => format!("{site}{}", self.base),
        }
    }
}

/// In front of a path that a redirect led to.
pub(crate) const MOVED: &str = "/_moved";

/// The one decoded segment that follows the prefix, where the path has no more.
fn segment_after(path: &str, prefix: &str) -> Option<String> {
    let segment = path.strip_prefix(prefix)?;
    (!segment.is_empty() && !segment.contains('/')).then(|| decoded(segment))
}

/// What a call is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Submit,
    Status,
    /// Answers a question that a job asks.
    Answer,
    /// Makes a place that a file can be sent to.
    Target,
    /// Any other call of the API.
    Other,
    /// A call of the API that needs no credentials.
    Open,
    /// A finished file.
    File,
    /// A file behind a signed address, which is all the credentials it needs.
    Signed,
    /// The object store that takes and gives source files.
    Bucket,
    /// A page for people.
    Page,
}
