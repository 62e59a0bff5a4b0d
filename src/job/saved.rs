//! What outlives a page: one record a wish (design "What is stored where").
//!
//! A record says that something was asked for, when, and what job came of it. It
//! holds no word of a visitor or a service, no address and no header: whoever
//! reads it later learns that there is a job, and asks the service about it.

use crate::json::Json;
use crate::provider::{Body, HttpRequest, JobId, Millis, Part};
use crate::text::{count_digits, hex};

/// The version of the format; records of another one are not believed.
const VERSION: f64 = 1.0;

/// So many jobs stay reachable.
pub const MOST: usize = 5;

/// The same request twice within this time, in milliseconds, is one wish.
const AT_ONCE: Millis = 10_000;

/// Longer keys and places than any of ours.
const LONGEST_NAME: usize = 200;

/// A wish and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The idempotency key of the wish; it names the record, too.
    pub key: String,
    /// The widget that it belongs to: several on a page keep apart by it.
    pub place: String,
    /// What was asked for, as a number that only the same request has: 16
    /// hexadecimal digits.
    pub digest: String,
    /// The job, once there is one.
    pub job: Option<JobId>,
    /// How far it is.
    pub phase: Phase,
    /// When the request left, in milliseconds since 1970.
    pub began: Millis,
    /// Time spent watching, in milliseconds: the deadline counts it.
    pub watched: Millis,
    /// Whether the visitor has turned to something else.
    pub left: bool,
    /// Whether its file was asked for.
    pub fetched: bool,
}

/// How far a wish is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// The request left; nobody knows yet whether it arrived.
    #[default]
    Sent,
    /// There is a job.
    Open,
    /// There is a job that the visitor does not want to be asked about.
    Stopped,
    /// There is a deck.
    Done,
    /// There will be none.
    Failed,
}

impl Phase {
    const ALL: [Phase; 5] = [
        Phase::Sent,
        Phase::Open,
        Phase::Stopped,
        Phase::Done,
        Phase::Failed,
    ];

    /// The word for it in a record.
    pub const fn name(self) -> &'static str {
        match self {
            Phase::Sent => "sent",
            Phase::Open => "open",
            Phase::Stopped => "stopped",
            Phase::Done => "done",
            Phase::Failed => "failed",
        }
    }
}

impl Record {
    /// Reads a record. Nothing where it is none of ours, contradicts itself, or is
    /// older than `life`: `wall` is now, both in milliseconds. A date in the
    /// future is believed only as far as a clock that was set back explains it.
    pub fn read(json: &Json, wall: Millis, life: Millis) -> Option<Record> {
        let name = |key: &str| {
            let text = json.text_of(key)?;
            let bounded = text.len() <= LONGEST_NAME && !text.chars().any(char::is_control);
            bounded.then(|| text.to_string())
        };
        let flag = |key: &str| json.get(key) == Some(&Json::Bool(true));
        let phase = json.text_of("phase")?;
        let job = json.text_of("job");
        let record = Record {
            key: name("key").filter(|key| !key.is_empty())?,
            place: name("place")?,
            digest: name("digest")?,
            // An id that no service could have given spoils the record.
            job: match job {
                Some(id) => Some(JobId::parse(id).filter(|job| job.as_str() == id)?),
                None if matches!(json.get("job"), None | Some(Json::Null)) => None,
                None => return None,
            },
            phase: *Phase::ALL.iter().find(|known| known.name() == phase)?,
            began: json.amount_of("began")?,
            watched: json.amount_of("watched")?,
            left: flag("left"),
            fetched: flag("fetched"),
        };
        let ours = json.get("v") == Some(&Json::Number(VERSION));
        let whole = (record.phase == Phase::Sent) == record.job.is_none();
        let fresh = record.began.abs_diff(wall) <= life;
        (ours && whole && fresh).then_some(record)
    }

    /// The record as it is stored.
    pub fn to_json(&self) -> Json {
        let mut json = Json::map();
        json.put("v", Json::Number(VERSION));
        json.put("key", self.key.as_str());
        json.put("place", self.place.as_str());
        json.put("digest", self.digest.as_str());
        if let Some(job) = &self.job {
            json.put("job", job.as_str());
        }
        json.put("phase", self.phase.name());
        json.put("began", Json::Number(self.began as f64));
        json.put("watched", Json::Number(self.watched as f64));
        for (name, is) in [("left", self.left), ("fetched", self.fetched)] {
            if is {
                json.put(name, true);
            }
        }
        json
    }

    /// Whether this has become a job of which `wish`, which has not been sent, is
    /// only a repetition: the same one, or the same request just before it, asked
    /// for in another place.
    pub fn is_same_wish(&self, wish: &Record) -> bool {
        let close = self.began.saturating_add(AT_ONCE) > wish.began;
        let repeated = self.digest == wish.digest && !self.left && close;
        self.job.is_some() && (self.key == wish.key || repeated)
    }

    /// Whether something may still be had by it once the visitor turns away.
    pub(super) fn is_worth_keeping(&self) -> bool {
        !matches!(self.phase, Phase::Sent | Phase::Failed)
    }
}

/// The record that a widget takes up when its page is opened: the one that its own
/// tab was at (`current`), or the last that was not left.
pub fn to_take_up<'a>(
    records: &'a [Record],
    place: &str,
    current: Option<&str>,
) -> Option<&'a Record> {
    let mine = || records.iter().filter(|record| record.place == place);
    let at = mine().find(|record| Some(record.key.as_str()) == current);
    let open = mine().filter(|record| !record.left);
    at.or_else(|| open.max_by_key(|record| record.began))
}

/// The keys of those that have to go, so that [`MOST`] are left: first those
/// whose file was fetched, then those that were left, then the oldest.
pub fn surplus(records: &[Record]) -> Vec<String> {
    let mut left: Vec<&Record> = records.iter().collect();
    let mut over = Vec::new();
    // No sorting: for a handful of records it would cost more bytes than it saves
    // steps.
    while left.len() > MOST {
        let first = left
            .iter()
            .min_by_key(|record| (!record.fetched, !record.left, record.began));
        let Some(key) = first.map(|record| record.key.clone()) else {
            break;
        };
        left.retain(|record| record.key != key);
        over.push(key);
    }
    over
}

/// A number for a request, by which the same one is known again: FNV-1a, 64 bits,
/// over where it goes and what it carries. It hides nothing from who guesses the
/// text.
pub fn digest(request: &HttpRequest) -> String {
    let mut sum = Sum(14_695_981_039_346_656_037);
    sum.text(&request.path);
    match &request.body {
        Body::None => {}
        Body::Json(json) => sum.json(json),
        Body::Form(parts) => {
            for part in parts {
                match part {
                    Part::Text(name, value) => {
                        sum.text(name);
                        sum.text(value);
                    }
                    Part::File(name, _) => sum.text(name),
                }
            }
        }
    }
    sum.0.to_be_bytes().into_iter().flat_map(hex).collect()
}

struct Sum(u64);

impl Sum {
    fn text(&mut self, text: &str) {
        // Its length first, so that neighbours cannot be mistaken for each other.
        for byte in count_digits(text.len()).bytes().chain([b':']) {
            self.byte(byte);
        }
        for byte in text.bytes() {
            self.byte(byte);
        }
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(1_099_511_628_211);
    }

    // A document of ours; it nests no deeper than the host's own body.
    fn json(&mut self, json: &Json) {
        match json {
            Json::Null => self.byte(b'0'),
            Json::Bool(value) => self.byte(if *value { b't' } else { b'f' }),
            Json::Number(number) => {
                self.byte(b'n');
                for byte in number.to_bits().to_be_bytes() {
                    self.byte(byte);
                }
            }
            Json::Text(text) => self.text(text),
            Json::List(items) => {
                self.byte(b'[');
                for item in items {
                    self.json(item);
                }
                self.byte(b']');
            }
            Json::Map(members) => {
                self.byte(b'{');
                for (name, value) in members {
                    self.text(name);
                    self.json(value);
                }
                self.byte(b'}');
            }
        }
    }
}
