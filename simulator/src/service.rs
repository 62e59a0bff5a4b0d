//! One base path: its jobs, its log, and the order in which a call is checked.

use std::collections::VecDeque;

use crate::bucket::Bucket;
use crate::cors::Cors;
use crate::deck::{Deck, Format};
use crate::dialect::{Call, MOVED, Purpose};
use crate::job::{Job, State};
use crate::json::{Value, json};
use crate::log::Log;
use crate::stale::Stale;
use crate::trouble::Trouble;
use crate::{Reply, Request, Scenario, WHOLE, digest};

/// Jobs kept; older ones become unknown.
const JOBS: usize = 256;
/// Files made by export kept.
const EXPORTS: usize = 256;
/// Idempotency keys kept.
const KEYS: usize = 1000;

#[derive(Debug)]
pub(crate) struct Service {
    segment: String,
    scenario: Scenario,
    jobs: VecDeque<Job>,
    exports: VecDeque<Export>,
    /// The latest time of any call.
    latest_ms: u64,
    /// Counts everything that needed an id at that time.
    made: u64,
    jobs_made: u64,
    calls: u64,
    /// Submits received, refused ones included.
    submits: u64,
    /// Submits that were let through, for `submit-times`.
    submits_passed: u64,
    statuses: u64,
    stale: Stale,
    /// Answers to questions, for `answer-times`.
    answers: u64,
    /// Times of the calls of the last minute, for the rate limit.
    recent: VecDeque<u64>,
    /// Idempotency keys in order of first use.
    keys: VecDeque<Key>,
    /// A submit without a key met `reset-reused`.
    reset: bool,
    bucket: Bucket,
    log: Log,
}

/// An idempotency key that was received.
#[derive(Debug)]
struct Key {
    value: String,
    first: Option<First>,
    /// A submit with it met `reset-reused`.
    reset: bool,
}

/// The submit that made a job under an idempotency key.
#[derive(Debug)]
struct First {
    body: String,
    reply: Reply,
}

/// A file made from a finished deck on request.
#[derive(Debug)]
struct Export {
    path: String,
    deck: Deck,
    format: Format,
    at_ms: u64,
}

impl Service {
    pub(crate) fn new(segment: &str, scenario: Scenario) -> Self {
        Self {
            segment: segment.to_owned(),
            scenario,
            jobs: VecDeque::new(),
            exports: VecDeque::new(),
            latest_ms: 0,
            made: 0,
            jobs_made: 0,
            calls: 0,
            submits: 0,
            submits_passed: 0,
            statuses: 0,
            stale: Stale::default(),
            answers: 0,
            recent: VecDeque::new(),
            keys: VecDeque::new(),
            reset: false,
            bucket: Bucket::default(),
            log: Log::default(),
        }
    }

    /// Answers a call. `path` is what follows the scenario.
    pub(crate) fn handle(&mut self, now_ms: u64, path: &str, request: &Request) -> Reply {
        if now_ms > self.latest_ms {
            (self.latest_ms, self.made) = (now_ms, 0);
        }
        if CONTROLS.contains(&path) {
            return self.control(now_ms, path, request);
        }
        let reply = self.answer(now_ms, path, request);
        let reply = Reply {
            delay_ms: self.scenario.latency_ms,
            ..reply
        };
        self.log.note(now_ms, path, request, &reply);
        reply
    }

    fn answer(&mut self, now_ms: u64, path: &str, request: &Request) -> Reply {
        let base = format!("/sim/{}", self.segment);
        let true_path = path.strip_prefix(MOVED).filter(|it| it.starts_with('/'));
        let call = Call {
            now_ms,
            path: true_path.unwrap_or(path),
            base: &base,
            request,
            moved: true_path.is_some(),
        };
        let purpose = self.scenario.dialect.purpose(&call);
        let cors = match purpose {
            Purpose::Bucket if self.scenario.other_bucket => Cors::Any,
            _ => self.scenario.cors,
        };
        if let Some(reply) = cors.preflight(request) {
            return reply;
        }
        if purpose == Purpose::Submit {
            self.submits += 1;
            if let Some(key) = request.first("idempotency-key") {
                self.note_key(key);
            }
        }
        // Only the API's own layer adds the headers, the file proxy does not.
        if matches!(purpose, Purpose::File | Purpose::Signed | Purpose::Page) {
            return self
                .barred(&call, purpose)
                .unwrap_or_else(|| self.dialect_answer(&call));
        }
        let reply = match self.barred(&call, purpose) {
            Some(refusal) => refusal,
            None => match purpose {
                Purpose::Submit => self.submit(&call),
                Purpose::Status => self.status(&call),
                Purpose::Answer => self.take_answer(&call),
                Purpose::Target => self.make_target(&call),
                _ => self.dialect_answer(&call),
            },
        };
        let dialect = self.scenario.dialect;
        let retry_after = match (&self.scenario.retry_after, reply.status) {
            (Some(value), 429 | 503) if WHOLE => Some(value.written(now_ms)),
            (None, 429) if WHOLE => dialect.retry_after().map(str::to_owned),
            _ => None,
        };
        let reply = match retry_after {
            Some(value) => reply.with("retry-after", &value),
            None => reply,
        };
        let reply = match (purpose, reply.status) {
            // What it holds is to be sent back as it came.
            (Purpose::Target, ..400) => reply,
            _ => self.scenario.hostile.spread(reply, dialect.page_fields()),
        };
        cors.opened(request, reply)
    }

    /// The refusal of a call that may not pass: signed out, or too many.
    fn barred(&mut self, call: &Call<'_>, purpose: Purpose) -> Option<Reply> {
        if matches!(
            purpose,
            Purpose::Page | Purpose::Open | Purpose::Signed | Purpose::Bucket
        ) {
            return None;
        }
        if !WHOLE {
            return None;
        }
        self.calls += 1;
        if let Some(token) = &self.scenario.auth
            && self.calls >= self.scenario.auth_after
            && !self.scenario.dialect.admits(call.request, token)
        {
            return Some(self.scenario.dialect.refusal(401, purpose));
        }
        if purpose == Purpose::File {
            return None;
        }
        let limit = self.scenario.rate?;
        let past = |time: &u64| call.now_ms.saturating_sub(*time) >= 60_000;
        while self.recent.front().is_some_and(past) {
            self.recent.pop_front();
        }
        if self.recent.len() as u64 >= limit {
            return Some(self.scenario.dialect.refusal(429, purpose));
        }
        self.recent.push_back(call.now_ms);
        None
    }

    fn submit(&mut self, call: &Call<'_>) -> Reply {
        self.submits_passed += u64::from(!call.moved);
        let trouble = self.scenario.submit.filter(|_| WHOLE && !call.moved);
        let trouble = trouble.filter(|_| self.submits_passed <= self.scenario.submit_times);
        let trouble = trouble.filter(|it| *it != Trouble::ResetReused || self.resets(call.request));
        let key = call.request.first("idempotency-key").map(str::to_owned);
        // As a relay does: the trouble may be met again, the job is made once.
        let first = key.as_deref().and_then(|key| self.first(key));
        let truth = match first {
            Some(first) => {
                let conflict = self.scenario.dialect.conflict();
                let conflict = conflict.filter(|_| first.body != comparable(call.request));
                Some(conflict.unwrap_or_else(|| first.reply.clone()))
            }
            None if self.accepts(trouble) => {
                let before = self.jobs_made;
                let reply = self.dialect_answer(call);
                // A refusal made nothing, so a repeat is judged afresh.
                if self.jobs_made > before {
                    self.keep_first(key.as_deref(), call.request, &reply);
                }
                Some(reply)
            }
            None => {
                trouble.filter(|it| it.spoils()).map(|_| {
                    // What the answer would have been, without the job.
                    let before = self.jobs_made;
                    let reply = self.dialect_answer(call);
                    if self.jobs_made > before {
                        self.jobs.pop_back();
                        self.jobs_made = before;
                    }
                    reply
                })
            }
        };
        self.told(trouble, call, Purpose::Submit, truth)
    }

    fn status(&mut self, call: &Call<'_>) -> Reply {
        self.statuses += u64::from(!call.moved);
        let trouble = self.scenario.status.filter(|_| !call.moved);
        let trouble = trouble.filter(|_| self.statuses <= self.scenario.status_times);
        let truth = match trouble {
            Some(Trouble::Backwards) if WHOLE => {
                let step = 750u64.saturating_sub(250 * (self.statuses - 1).min(3));
                self.dialect_answer(&self.rewound(call, step))
            }
            Some(Trouble::Stale) if WHOLE => {
                let truth = self.dialect_answer(call);
                self.stale.told(call.path, truth)
            }
            Some(it) if !it.spoils() => return self.told(trouble, call, Purpose::Status, None),
            _ => self.dialect_answer(call),
        };
        self.told(trouble, call, Purpose::Status, Some(truth))
    }

    /// The call as if it had come when the newest job was that far through.
    fn rewound<'a>(&self, call: &Call<'a>, permille: u64) -> Call<'a> {
        let newest = self.jobs.back();
        Call {
            now_ms: newest.map_or(call.now_ms, |job| job.when(&self.scenario, permille)),
            ..*call
        }
    }

    /// An answer to a job's question.
    fn take_answer(&mut self, call: &Call<'_>) -> Reply {
        self.answers += u64::from(!call.moved);
        let trouble = self.scenario.answer.filter(|_| WHOLE && !call.moved);
        let trouble = trouble.filter(|_| self.answers <= self.scenario.answer_times);
        let truth = if self.accepts(trouble) {
            Some(self.dialect_answer(call))
        } else {
            trouble.filter(|it| it.spoils()).map(|_| {
                // What the reply would have been, while the question waits on.
                let before = self.jobs.clone();
                let reply = self.dialect_answer(call);
                self.jobs = before;
                reply
            })
        };
        self.told(trouble, call, Purpose::Answer, truth)
    }

    /// A place for a file to be sent to; one that nobody heard of does no harm.
    fn make_target(&mut self, call: &Call<'_>) -> Reply {
        let trouble = self.scenario.upload.filter(|_| WHOLE && !call.moved);
        let wanted = trouble.is_none_or(Trouble::spoils);
        let truth = wanted.then(|| self.dialect_answer(call));
        self.told(trouble, call, Purpose::Target, truth)
    }

    /// Whether the call does its work, whatever is told about it.
    fn accepts(&self, trouble: Option<Trouble>) -> bool {
        trouble.is_none_or(|it| it.is_harmless() || (self.scenario.accept && !it.is_refusal()))
    }

    fn told(
        &self,
        trouble: Option<Trouble>,
        call: &Call<'_>,
        purpose: Purpose,
        truth: Option<Reply>,
    ) -> Reply {
        match (trouble, truth) {
            (Some(trouble), truth) => trouble.told(&self.scenario, call, purpose, truth),
            (None, Some(truth)) => truth,
            (None, None) => Reply::empty(500),
        }
    }

    fn dialect_answer(&mut self, call: &Call<'_>) -> Reply {
        let dialect = self.scenario.dialect;
        dialect.answer(call, self)
    }

    fn first(&self, key: &str) -> Option<&First> {
        let known = self.keys.iter().find(|known| known.value == key);
        known.and_then(|known| known.first.as_ref())
    }

    fn note_key(&mut self, key: &str) {
        if self.keys.iter().any(|known| known.value == key) {
            return;
        }
        if self.keys.len() == KEYS {
            self.keys.pop_front();
        }
        self.keys.push_back(Key {
            value: key.to_owned(),
            first: None,
            reset: false,
        });
    }

    fn keep_first(&mut self, key: Option<&str>, request: &Request, reply: &Reply) {
        let mut known = self.keys.iter_mut();
        if let Some(known) = known.find(|known| Some(known.value.as_str()) == key) {
            known.first = Some(First {
                body: comparable(request),
                reply: reply.clone(),
            });
        }
    }

    /// Whether a submit is to meet `reset-reused`: on a connection that carried
    /// another request before, the first time of its key. Those without a key
    /// have one time together.
    fn resets(&mut self, request: &Request) -> bool {
        if !request.reused {
            return false;
        }
        let key = request.first("idempotency-key");
        let known = key.and_then(|key| self.keys.iter_mut().find(|known| known.value == key));
        let reset = match known {
            Some(known) => &mut known.reset,
            None => &mut self.reset,
        };
        !std::mem::replace(reset, true)
    }

    /// What was in the service's memory is gone; what the simulator itself
    /// counts, and the object store keeps, is not.
    fn restart(&mut self) {
        self.jobs.clear();
        self.exports.clear();
        self.recent.clear();
        self.stale = Stale::default();
        for key in &mut self.keys {
            key.first = None;
        }
    }

    /// The simulator's own paths: open to every origin, in no log.
    fn control(&mut self, now_ms: u64, path: &str, request: &Request) -> Reply {
        let reply = match (request.method.as_str(), path) {
            ("OPTIONS", _) if WHOLE => Reply::empty(204)
                .with("access-control-allow-methods", "GET, POST")
                .with("access-control-allow-headers", "*"),
            ("GET", "/_log") if WHOLE => Reply::of_json(
                200,
                &json!({
                    "requests": self.log.requests(),
                    "jobs": self.jobs_made,
                    "submits": self.submits,
                    "keys": self.keys.iter().map(|key| &key.value).collect::<Vec<_>>(),
                }),
            )
            .with("cache-control", "no-store"),
            ("POST", "/_reset") if WHOLE => {
                *self = Service::new(&self.segment, self.scenario.clone());
                Reply::of_json(200, &json!({"reset": true}))
            }
            ("POST", "/_restart") if WHOLE => {
                self.restart();
                Reply::of_json(200, &json!({"restarted": true}))
            }
            ("POST", "/_finish") => match self.jobs.back_mut() {
                Some(job) => {
                    job.finish(&self.scenario, now_ms);
                    Reply::of_json(200, &json!({"finished": job.id}))
                }
                None => Reply::of_json(409, &json!({"error": "there is no job"})),
            },
            _ => Reply::of_json(
                405,
                &json!({"error": "GET _log, POST _reset, POST _restart, POST _finish"}),
            ),
        };
        reply.with("access-control-allow-origin", "*")
    }
}

/// Paths below a base path that are the simulator's own.
const CONTROLS: [&str; 4] = ["/_log", "/_reset", "/_restart", "/_finish"];

/// A digest of the body that the order of JSON fields does not change.
fn comparable(request: &Request) -> String {
    let text = match Value::read(&request.body) {
        Ok(value) => value.to_string(),
        Err(_) => String::from_utf8_lossy(&request.body).into_owned(),
    };
    digest::hex(&[&text], 32)
}

/// What a dialect may ask of its base path.
impl Service {
    pub(crate) fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// An id's hexadecimal digits, different on every call.
    pub(crate) fn fresh_hex(&mut self, digits: usize) -> String {
        let [time, count] = self.fresh();
        digest::hex(&[&self.segment, &time, &count], digits)
    }

    /// A fresh id in the form of a UUID.
    pub(crate) fn fresh_uuid(&mut self) -> String {
        let [time, count] = self.fresh();
        digest::uuid(&[&self.segment, &time, &count])
    }

    /// A time, and a number of that time. So an id is the same where calls are
    /// repeated at their times, whether or not all that came before is.
    fn fresh(&mut self) -> [String; 2] {
        self.made += 1;
        [self.latest_ms, self.made].map(|number| number.to_string())
    }

    pub(crate) fn add_job(&mut self, job: Job) {
        if !WHOLE {
            // Nobody resets a demo: its trouble is for each job.
            self.statuses = 0;
        }
        if self.jobs.len() == JOBS {
            self.jobs.pop_front();
        }
        self.jobs.push_back(job);
        self.jobs_made += 1;
    }

    /// The job of that id and where it stands, unless it is forgotten.
    pub(crate) fn known(&self, id: &str, now_ms: u64) -> Option<(&Job, State)> {
        let job = self.jobs.iter().find(|job| job.id == id)?;
        let state = job.state(&self.scenario, now_ms);
        (state != State::Forgotten).then_some((job, state))
    }

    /// Answers the question of a job; no, where none waits.
    pub(crate) fn answer_question(&mut self, id: &str, now_ms: u64, text: &str) -> bool {
        let job = self.jobs.iter_mut().find(|job| job.id == id);
        job.is_some_and(|job| job.answer(&self.scenario, now_ms, text))
    }

    pub(crate) fn bucket(&self) -> &Bucket {
        &self.bucket
    }

    pub(crate) fn bucket_mut(&mut self) -> &mut Bucket {
        &mut self.bucket
    }

    pub(crate) fn jobs(&self) -> impl Iterator<Item = &Job> {
        self.jobs.iter()
    }

    /// The finished job that made this deck.
    pub(crate) fn finished(&self, deck_id: &str, now_ms: u64) -> Option<&Job> {
        self.jobs.iter().find(|job| {
            job.deck_id == deck_id && job.state(&self.scenario, now_ms) == State::Completed
        })
    }

    pub(crate) fn add_export(&mut self, path: String, deck: Deck, format: Format, at_ms: u64) {
        if self.exports.len() == EXPORTS {
            self.exports.pop_front();
        }
        self.exports.push_back(Export {
            path,
            deck,
            format,
            at_ms,
        });
    }

    /// The file at a decoded path: of all that were written there, the last.
    pub(crate) fn file(&self, path: &str, now_ms: u64) -> Option<(&Deck, Format)> {
        let finished = self.jobs.iter().filter(|job| {
            job.path == path && job.state(&self.scenario, now_ms) == State::Completed
        });
        let made = finished.map(|job| (job.when(&self.scenario, 1000), &job.deck, job.format));
        let exported = self.exports.iter().filter(|export| export.path == path);
        made.chain(exported.map(|it| (it.at_ms, &it.deck, it.format)))
            .max_by_key(|(at_ms, ..)| *at_ms)
            .map(|(_, deck, format)| (deck, format))
    }
}
