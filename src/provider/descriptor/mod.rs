//! A provider described in JSON: paths, fields, status words, places in replies.
//!
//! The description is checked once against [`schema`] and then read where it is
//! needed; no struct mirrors it, since that would be larger than all that it does
//! (every byte here is downloaded by every visitor). Pointers are JSON pointers
//! (RFC 6901); where several stand side by side, the first that leads anywhere
//! counts. `docs/providers.md` explains every member.

mod form;
mod reading;
mod schema;

pub use self::schema::DescriptorError;

use super::{Accepted, HttpReply, HttpRequest, JobId, Millis, Pace, Provider, Upload};
use crate::json::Json;
use crate::request::{Choice, Field, FieldProblem, FileRef, GenerationRequest, Offer};
use crate::status::{Site, Stage, Status, format_of};
use crate::text::encode_segment;

/// A provider made from its description.
#[derive(Clone, Debug, PartialEq)]
pub struct Descriptor {
    json: Json,
}

impl Descriptor {
    /// Takes a description. Errors: the first member that is wrong, missing or
    /// unknown.
    pub fn new(json: Json) -> Result<Descriptor, DescriptorError> {
        schema::check(&json)?;
        Ok(Descriptor { json })
    }

    /// The text that the description has somewhere; empty where it has none.
    fn text(&self, at: &str) -> &str {
        self.json.pointer(at).and_then(Json::text).unwrap_or("")
    }

    fn has(&self, at: &str) -> bool {
        self.json.pointer(at).is_some()
    }

    fn amount(&self, at: &str) -> Option<u64> {
        self.json.pointer(at)?.amount()
    }

    fn is_set(&self, at: &str) -> bool {
        self.json.pointer(at) == Some(&Json::Bool(true))
    }

    /// What a pointer of the description leads to in a reply.
    fn find<'a>(&self, at: &str, reply: &'a Json) -> Option<&'a Json> {
        let found = |pointer| reply.pointer(pointer).filter(|found| **found != Json::Null);
        self.json.pointer(at)?.text()?.split(' ').find_map(found)
    }

    fn find_text<'a>(&self, at: &str, reply: &'a Json) -> Option<&'a str> {
        let found = |pointer| reply.pointer(pointer).and_then(Json::text);
        self.json.pointer(at)?.text()?.split(' ').find_map(found)
    }

    fn find_amount(&self, at: &str, reply: &Json) -> Option<u64> {
        self.find(at, reply)?.amount()
    }

    /// Whether a word is among those that the description lists.
    fn is_word(&self, at: &str, word: &str) -> bool {
        !word.is_empty() && self.text(at).split(' ').any(|known| known == word)
    }

    /// A path of the description with what stands for `{id}` or `{deck}` in it.
    fn path(&self, at: &str, value: &str) -> String {
        let path = self.text(at);
        let Some((before, rest)) = path.split_once('{') else {
            return path.into();
        };
        let after = rest.split_once('}').map_or("", |(_, after)| after);
        [before, &encode_segment(value), after].concat()
    }

    fn with_headers(&self, mut request: HttpRequest) -> HttpRequest {
        if let Some(Json::Map(headers)) = self.json.get("headers") {
            for (name, value) in headers {
                let value = value.text().unwrap_or_default();
                request.headers.push((name.clone(), value.into()));
            }
        }
        request
    }

    fn get(&self, path: String) -> HttpRequest {
        self.with_headers(HttpRequest::get(path))
    }

    /// The deck whose links have a place of their own to be renewed at.
    fn renewed_deck<'a>(&self, status: &'a Status) -> Option<&'a str> {
        let deck = status.deck.as_deref();
        deck.filter(|_| self.has("/refresh/path"))
    }

    fn seconds(&self, at: &str) -> Option<Millis> {
        Some(self.amount(at)?.saturating_mul(1000))
    }
}

impl Provider for Descriptor {
    fn name(&self) -> &str {
        match self.text("/name") {
            "" => "custom",
            name => name,
        }
    }

    fn offers(&self) -> Vec<Offer> {
        form::offers(self)
    }

    fn pace(&self) -> Pace {
        let seconds = |at, usual: Millis| self.seconds(at).unwrap_or(usual);
        let usual = seconds("/pace/interval", 5000);
        Pace {
            first: seconds("/pace/first", usual),
            usual,
            longest: seconds("/pace/maxInterval", 15_000),
            floor: seconds("/pace/minInterval", 1000),
        }
    }

    fn field_of(&self, member: &str) -> Option<Field> {
        form::field_of(self, member)
    }

    fn check(&self, request: &GenerationRequest) -> Vec<FieldProblem> {
        form::check(self, request)
    }

    fn submit(&self, request: &GenerationRequest) -> HttpRequest {
        let files = self.text("/fields/files/to");
        let body = request.finish(form::body(self, request), files);
        self.with_headers(HttpRequest::post(self.text("/submit/path"), body))
    }

    fn idempotency_header(&self) -> Option<&str> {
        Some(self.text("/submit/idempotency")).filter(|name| !name.is_empty())
    }

    fn accepted(&self, reply: &HttpReply, site: &Site) -> Option<Accepted> {
        let json = reply.json();
        let job = JobId::parse(&self.find("/submit/id", json)?.identifier()?)?;
        let status = reading::status(self, json, site);
        Some(Accepted { job, status })
    }

    fn poll(&self, job: &JobId) -> HttpRequest {
        self.get(self.path("/status/path", job.as_str()))
    }

    fn status(&self, reply: &HttpReply, _job: &JobId, site: &Site) -> Option<Status> {
        let json = reply.json();
        let is_status = self.find_text("/status/word", json).is_some()
            || self.find("/submit/id", json).is_some();
        is_status.then(|| reading::status(self, json, site))
    }

    fn answer(&self, job: &JobId, text: &str) -> Option<HttpRequest> {
        self.has("/question/path").then(|| {
            let path = self.path("/question/path", job.as_str());
            let mut body = Json::map();
            body.put_at(self.text("/question/to"), text.into());
            self.with_headers(HttpRequest::post(&path, body))
        })
    }

    fn link_age(&self) -> Option<Millis> {
        self.seconds("/refresh/after")
    }

    fn refresh(&self, job: &JobId, status: &Status) -> HttpRequest {
        match self.renewed_deck(status) {
            Some(deck) => self.get(self.path("/refresh/path", deck)),
            None => self.poll(job),
        }
    }

    fn refreshed(
        &self,
        reply: &HttpReply,
        job: &JobId,
        known: &Status,
        site: &Site,
    ) -> Option<Status> {
        if self.renewed_deck(known).is_none() {
            let status = self.status(reply, job, site);
            return status.filter(|status| status.stage == Stage::Done);
        }
        let url = site.page(self.find_text("/refresh/url", reply.json())?)?;
        let mut status = known.clone();
        let mut download = status.downloads.pop().unwrap_or_default();
        download.format = format_of(&url);
        download.url = url;
        status.downloads = vec![download];
        Some(status)
    }

    fn lists(&self) -> Vec<(Field, String)> {
        let Some(Json::Map(lists)) = self.json.get("lists") else {
            return Vec::new();
        };
        let list = |(name, list): &(String, Json)| {
            Some((Field::named(name)?, list.text_of("path")?.to_string()))
        };
        lists.iter().filter_map(list).collect()
    }

    fn listed(&self, field: Field, reply: &HttpReply) -> Vec<Choice> {
        reading::list(self, field, reply.json())
    }

    fn uploads_elsewhere(&self) -> bool {
        self.has("/upload/url")
    }

    fn upload(&self, file: &FileRef) -> Upload {
        form::upload(self, file)
    }

    fn uploaded(&self, file: &FileRef, reply: &HttpReply, target: Option<&Json>) -> Upload {
        form::uploaded(self, file, reply.json(), target)
    }

    fn inlined(&self, file: &FileRef, base64: &str) -> Json {
        form::item(self, file, "{data}", base64)
    }
}
