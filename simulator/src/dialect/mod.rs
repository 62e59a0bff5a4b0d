//! One service a file, behind one trait.
//!
//! To add a service: write its file here, from its documents; implement
//! [`Dialect`]; name it in `Scenario::parse`. What several services share:
//!
//! - `fields`: a JSON body, read field by field
//! - `served`: files and pages as they are sent
//! - `signed`: addresses that carry their own permission
//! - `hostile`: texts that try what a page may fall for

pub(crate) mod chronicle;
pub(crate) mod perceptis;
pub(crate) mod presenton;
pub(crate) mod presenton_v3;

mod fields;
mod hostile;
mod served;
mod signed;

use std::fmt::Debug;

use crate::cors::Cors;
use crate::service::Service;
use crate::{Reply, Request};

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

    /// Whether a request shows the key that the scenario asks for.
    fn knows(&self, request: &Request, key: &str) -> bool {
        request.first("authorization") == Some(&format!("Bearer {key}"))
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
}

impl Call<'_> {
    pub(crate) fn method(&self) -> &str {
        &self.request.method
    }

    /// Whether the method is one of a list such as `GET, HEAD`.
    pub(crate) fn is_any_of(&self, methods: &str) -> bool {
        methods.split(", ").any(|method| method == self.method())
    }

    /// The service's root as the caller reached it, without a slash at the end.
    pub(crate) fn root(&self) -> String {
        let host = self.request.first("host").unwrap_or("localhost");
        format!("http://{host}{}", self.base)
    }
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
    /// A finished file whose address is its permission.
    Signed,
    /// The object store that takes and gives source files.
    Bucket,
    /// A page for people.
    Page,
}
