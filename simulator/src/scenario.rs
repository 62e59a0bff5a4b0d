//! What shall happen under one base path, read from its first segment.

use std::cell::Cell;
use std::error::Error;
use std::fmt;

use crate::WHOLE;
use crate::cors::Cors;
use crate::dialect::Dialect;
use crate::dialect::chronicle::Chronicle;
use crate::dialect::duomi::Duomi;
use crate::dialect::gamma::Gamma;
use crate::dialect::perceptis::Perceptis;
use crate::dialect::presenton::{Contract, Presenton};
use crate::dialect::presenton_v3::PresentonV3;
use crate::dialect::slidespeak::{SlideSpeak, Words};
use crate::hostile::Hostile;
use crate::job::Failure;
use crate::request::decoded;
use crate::retry_after::RetryAfter;
use crate::trouble::Trouble;

/// Longest generation and delay that a scenario may ask for: one day.
const LONGEST_MS: u64 = 24 * 60 * 60 * 1000;

/// Longest life of a signed link, and of a finished file: a week.
const LONGEST_LIFE_S: u64 = 7 * 24 * 60 * 60;

/// A parsed scenario: comma-separated tokens, the dialect first, then
/// `key=value` in any order, each key once.
///
/// | key | value |
/// | --- | --- |
/// | (dialect) | `presenton` (Cloud v1 and self-hosted), `presenton-v3` (current Cloud), `chronicle`, `duomi`, `gamma`, `perceptis`, `slidespeak` |
/// | `duration` | milliseconds that a generation takes (6000) |
/// | `fail` | `key`, `model`, `renderer`, `outline`, `failed` (the word alone): the task fails |
/// | `fail-at` | percent of the duration (50) |
/// | `restart-at` | percent at which the server restarts and loses the task |
/// | `forget-at` | percent (up to 1000) from which the task is unknown |
/// | `submit`, `status` | a word for what the call is answered instead, see below |
/// | `submit-times`, `status-times` | only the first N such calls |
/// | `accept` | `1`: a troubled submit makes its job all the same, a troubled answer is taken (refusals excepted) |
/// | `latency` | milliseconds before each reply |
/// | `rate` | calls a minute, then 429 |
/// | `drip-ms` | milliseconds that the word `drip` spreads a body over (3000) |
/// | `retry-after` | header value sent with 429 and 503: any text, `_` for a space, `~` for a comma; `date+N` and `date-N` for the date N seconds from then |
/// | `auth` | the key that calls and unsigned files need, in the service's own header |
/// | `auth-after` | from the N-th call on only |
/// | `cors` | `a` (`*`), `b` (echoed origin, credentials), `none` |
/// | `hostile` | `1`, `scripts`, `data`: tries what a page may fall for, see below |
/// | `run` | any word of letters, digits, `-`, `_`, `.`: keeps tests apart |
///
/// Not every dialect has:
///
/// | key | dialect | value |
/// | --- | --- | --- |
/// | `contract` | `presenton` | `cloud`, `a`, `b`, `c` (default): whose replies it gives |
/// | `life` | `duomi`, `gamma`, `perceptis`, `slidespeak` | seconds that a signed download link lives (3600), then it answers 403 |
/// | `questions` | `chronicle` | up to 20 (0): the job asks so often, and waits for each answer |
/// | `answer` | `chronicle` | a word for what the call that answers gets instead |
/// | `answer-times` | `chronicle` | only the first N such calls |
/// | `upload` | `chronicle` | a word for what the call that makes an upload target gets instead |
/// | `bucket` | `chronicle` | `same` (default): uploads go below the same base path; `other`: to the other loopback name, `localhost` for `127.0.0.1` and the reverse, which is another origin and lets any origin in |
/// | `bucket-fail` | `chronicle` | `1`: the bucket refuses every file |
/// | `public` | `chronicle` | `1`: the presentation is public |
/// | `renew` | `duomi` | `1` (default): each status call gives a fresh link; `0`: always the same |
/// | `bad-slides` | `duomi` | slides that fail, counted from 0, joined by `.` |
/// | `downloads` | `perceptis` | `missing` (default), `null`, `empty`: what it is before the job is done |
/// | `gone-after` | `perceptis` | seconds after its completion that a job keeps its files |
/// | `words` | `slidespeak` | `docs` (default: SENT, SUCCESS, FAILURE), `mcp` (PENDING, PROCESSING, SUCCESS, FAILED) |
///
/// Words for `submit` and `status`, and what goes over the wire. Whether the
/// call does its work: *no* means only with `accept=1`, *never* not even then.
///
/// | word | reply | work |
/// | --- | --- | --- |
/// | 400 401 402 403 404 405 409 410 413 422 425 428 429 | that code, in the service's own envelope; 401 and 428 without cross-origin headers | never |
/// | 408 500 502 503 504 | likewise; 500 and 502 without cross-origin headers | no |
/// | `problem` | 403, `application/problem+json` with title, detail, code and action | never |
/// | `307` | 307; its location is this base path, `/_moved`, and the same path and query, where the same call is answered without trouble. Both calls are in the log | never |
/// | `202empty`, `204` | that code, no body | no |
/// | `html` | 200, a page that wants a sign-in; with `status-times=N` a network that lets through after N calls | no |
/// | `empty` | 200, JSON by its type, no body | no |
/// | `garbage` | 200, JSON by its type, bytes that are neither JSON nor text | no |
/// | `text` | 200, `text/plain`, a sentence | no |
/// | `huge` | 200, 10 MB of JSON | no |
/// | `deep` | 200, 10,000 nested brackets | no |
/// | `truncated` | the first half of the true body, with that half's length: nothing is wrong but the JSON | no |
/// | `noid` | the truth without the job's id | no |
/// | `wrong-type` | the truth as `text/html` | yes |
/// | `octet-stream` | the truth as `application/octet-stream` | yes |
/// | `million` | the truth with a million characters in each text for people, or in a field `message` where it has none | yes |
/// | `long-text` | the truth with fifty million characters in the first such text, as some 50 KB of gzip (the format packs no tighter). Over sockets only: what a service worker makes up is not unpacked | yes |
/// | `unknown-word` | the truth with a status word nobody has heard of | yes |
/// | `backwards` (`status` alone) | progress shrinks from call to call, and stays at nothing | yes |
/// | `stale` (`status` alone) | out of order: of each job's replies the fourth, sixth, eighth … repeat what was true two replies ago | yes |
/// | `drop` | nothing: the connection is closed in order (FIN) without a byte | no |
/// | `hang` | nothing: the connection stays open, for ten minutes | no |
/// | `reset` | the true head with the whole length, half of the body, and the connection is closed in order (FIN) | no |
/// | `cut` | the same, and the connection is reset (RST) | no |
/// | `slow` | the truth, 16 bytes every 200 ms | yes |
/// | `drip` | the truth byte by byte, spread over `drip-ms` | yes |
/// | `reset-reused` (`submit` alone) | as `drop`, for the first submit of each idempotency key (for the first of all without a key), where it came on a connection that had carried a request before; any other is answered. So the browser's own repeat gets the first reply where it has a key, and makes a second job where it has none. WebKitGTK sends each POST on a connection of its own, and never meets this | yes |
///
/// `answer` has none of those for one call alone and no `noid`, and `upload`
/// not `unknown-word` either: there is no such field to spoil.
///
/// `hostile=1` puts markup, scripts, script links and direction overrides into
/// each text for people, whether of success or of refusal, `javascript:` into
/// links to pages, `data:` into those to pictures, and slashes, backslashes and
/// a drive into names of files (in their addresses, and when they are sent).
/// Files can still be had, except where a page resolves Presenton's plain
/// `path`, which climbs out of its folder. `hostile=scripts` and `hostile=data`
/// do the same and make every address, those of files included, a `javascript:`
/// or a `data:` one.
///
/// A service worker, which is downloaded, knows the keys that a demo needs alone:
/// `duration`, `fail`, `fail-at`, `status`, `status-times`, `run`, `life`, `questions`,
/// `bad-slides`; and of the words for calls, `drop`.
///
/// An unknown key, one that the dialect does not have, a bad value or a key
/// without the one that it refines is an error: a typing mistake in a test must
/// not pass for a quiet default.
#[derive(Clone, Debug)]
pub struct Scenario {
    pub(crate) dialect: &'static dyn Dialect,
    pub(crate) duration_ms: u64,
    pub(crate) fail: Option<Failure>,
    /// Per mille of the duration, like the two below.
    pub(crate) fail_at: u64,
    pub(crate) restart_at: Option<u64>,
    pub(crate) forget_at: Option<u64>,
    pub(crate) submit: Option<Trouble>,
    pub(crate) submit_times: u64,
    pub(crate) status: Option<Trouble>,
    pub(crate) status_times: u64,
    pub(crate) accept: bool,
    pub(crate) latency_ms: u64,
    pub(crate) drip_ms: u64,
    pub(crate) rate: Option<u64>,
    pub(crate) retry_after: Option<RetryAfter>,
    pub(crate) auth: Option<String>,
    pub(crate) auth_after: u64,
    pub(crate) cors: Cors,
    pub(crate) hostile: Hostile,
    /// Seconds that a signed link lives.
    pub(crate) life_s: u64,
    pub(crate) questions: usize,
    pub(crate) answer: Option<Trouble>,
    pub(crate) answer_times: u64,
    pub(crate) upload: Option<Trouble>,
    pub(crate) other_bucket: bool,
    pub(crate) bucket_fail: bool,
    pub(crate) public: bool,
    /// Whether each status call gives a fresh link.
    pub(crate) renew: bool,
    /// Slides that fail, counted from 0.
    pub(crate) bad_slides: Vec<usize>,
    pub(crate) downloads: Unready,
    /// Milliseconds since its completion that a job keeps its files.
    pub(crate) gone_after_ms: Option<u64>,
}

/// How a field is told that has nothing to tell yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unready {
    Missing,
    Null,
    Empty,
}

/// Why a segment is no scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    /// The token at fault, or the key that it lacks.
    pub token: String,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "scenario token `{}`: {}", self.token, self.reason)
    }
}

impl Error for ScenarioError {}

impl Scenario {
    /// Parses a path segment, percent-encoded or not.
    ///
    /// # Errors
    ///
    /// Names the first token that is unknown, mistyped, repeated or alone.
    pub fn parse(segment: &str) -> Result<Self, ScenarioError> {
        let text = decoded(segment);
        let mut tokens = text.split(',');
        let name = tokens.next().unwrap_or_default();
        let stranger = || fault(name, &format!("no such dialect: {}", DIALECTS.join(", ")));
        if !DIALECTS.contains(&name) {
            return Err(stranger());
        }
        let given = Given::read(name, tokens)?;
        let contract = rare(|| given.map("contract", "one of cloud, a, b, c", Contract::parse));
        let words = rare(|| given.map("words", "one of docs, mcp", Words::parse));
        let dialect: &'static dyn Dialect = match name {
            "presenton" => Presenton::speaking(contract.unwrap_or(Contract::C)),
            "presenton-v3" => &PresentonV3,
            "chronicle" => &Chronicle,
            "duomi" => &Duomi,
            "gamma" => &Gamma,
            "perceptis" => &Perceptis,
            "slidespeak" => SlideSpeak::speaking(words.unwrap_or(Words::Docs)),
            _ => return Err(stranger()),
        };
        let trouble = "a code or word listed in the documentation";
        let scenario = Self {
            dialect,
            duration_ms: given.number("duration", 0, LONGEST_MS).unwrap_or(6000),
            fail: given.map(
                "fail",
                "one of key, model, renderer, outline, failed",
                Failure::parse,
            ),
            fail_at: given.number("fail-at", 0, 100).unwrap_or(50) * 10,
            restart_at: rare(|| given.number("restart-at", 0, 100)).map(|it| it * 10),
            forget_at: rare(|| given.number("forget-at", 0, 1000)).map(|it| it * 10),
            submit: rare(|| {
                given.map("submit", trouble, |word| {
                    trouble_but(word, &[Trouble::Backwards, Trouble::Stale])
                })
            }),
            submit_times: rare(|| given.number("submit-times", 1, u64::MAX)).unwrap_or(u64::MAX),
            status: given.map("status", trouble, |word| {
                trouble_but(word, &[Trouble::ResetReused])
            }),
            status_times: given
                .number("status-times", 1, u64::MAX)
                .unwrap_or(u64::MAX),
            accept: rare(|| given.flag("accept")),
            latency_ms: rare(|| given.number("latency", 0, LONGEST_MS)).unwrap_or(0),
            rate: rare(|| given.number("rate", 0, u64::MAX)),
            drip_ms: rare(|| given.number("drip-ms", 0, LONGEST_MS)).unwrap_or(3000),
            retry_after: rare(|| given.map("retry-after", "a header's value", RetryAfter::parse)),
            auth: rare(|| {
                given.map("auth", "visible characters", |value| {
                    let visible = !value.is_empty() && value.bytes().all(|b| b.is_ascii_graphic());
                    visible.then(|| value.to_owned())
                })
            }),
            auth_after: rare(|| given.number("auth-after", 1, u64::MAX)).unwrap_or(1),
            cors: rare(|| given.map("cors", "one of a, b, none", Cors::parse))
                .unwrap_or(dialect.cors()),
            hostile: rare(|| given.map("hostile", "one of 0, 1, scripts, data", Hostile::parse))
                .unwrap_or(Hostile::No),
            life_s: given.number("life", 0, LONGEST_LIFE_S).unwrap_or(3600),
            questions: given.number("questions", 0, 20).unwrap_or(0) as usize,
            answer: rare(|| {
                given.map("answer", trouble, |word| {
                    trouble_but(word, &[Trouble::NoId]).filter(|it| !it.is_of_one_call())
                })
            }),
            answer_times: rare(|| given.number("answer-times", 1, u64::MAX)).unwrap_or(u64::MAX),
            upload: rare(|| {
                given.map("upload", trouble, |word| {
                    let not = [Trouble::NoId, Trouble::UnknownWord];
                    trouble_but(word, &not).filter(|it| !it.is_of_one_call())
                })
            }),
            other_bucket: rare(|| {
                given.map("bucket", "same or other", |word| match word {
                    "same" => Some(false),
                    "other" => Some(true),
                    _ => None,
                })
            })
            .unwrap_or(false),
            bucket_fail: rare(|| given.flag("bucket-fail")),
            public: rare(|| given.flag("public")),
            renew: given.value("renew").is_none() || given.flag("renew"),
            bad_slides: given
                .map("bad-slides", "numbers joined by `.`", |value| {
                    let number = |it: &str| {
                        let digits = !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit());
                        it.parse().ok().filter(|_| digits)
                    };
                    value.split('.').map(number).collect()
                })
                .unwrap_or_default(),
            downloads: rare(|| {
                given.map("downloads", "one of missing, null, empty", Unready::parse)
            })
            .unwrap_or(Unready::Missing),
            gone_after_ms: rare(|| given.number("gone-after", 0, LONGEST_LIFE_S))
                .map(|it| it * 1000),
        };
        given.map(
            "run",
            "letters, digits, `-`, `_`, `.`; at most 64",
            |value| {
                let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
                (!value.is_empty() && value.len() <= 64 && value.bytes().all(plain)).then_some(())
            },
        );
        if let Some(fault) = given.fault.take() {
            return Err(fault);
        }
        let troubles = [
            scenario.submit,
            scenario.status,
            scenario.answer,
            scenario.upload,
        ];
        if WHOLE && given.value("drip-ms").is_some() && !troubles.contains(&Some(Trouble::Drip)) {
            return Err(fault("drip-ms", "needs the word `drip`"));
        }
        for (key, refined) in REFINEMENTS {
            let alone = refined.iter().all(|it| given.value(it).is_none());
            if WHOLE && given.value(key).is_some() && alone {
                let names = refined.join("=` or `");
                return Err(fault(key, &format!("needs `{names}=`")));
            }
        }
        Ok(scenario)
    }
}

/// What is read of a key that no service worker knows.
fn rare<T: Default>(read: impl FnOnce() -> T) -> T {
    if WHOLE { read() } else { T::default() }
}

impl Unready {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "missing" => Unready::Missing,
            "null" => Unready::Null,
            "empty" => Unready::Empty,
            _ => return None,
        })
    }
}

/// The trouble of that name, unless it means nothing to the call.
fn trouble_but(word: &str, not: &[Trouble]) -> Option<Trouble> {
    Trouble::parse(word).filter(|it| !not.contains(it))
}

/// The names that a scenario may begin with.
const DIALECTS: [&str; 7] = [
    "presenton",
    "presenton-v3",
    "chronicle",
    "duomi",
    "gamma",
    "perceptis",
    "slidespeak",
];

/// Keys that every dialect has.
const KEYS: [&str; 19] = [
    "duration",
    "fail",
    "fail-at",
    "restart-at",
    "forget-at",
    "submit",
    "submit-times",
    "status",
    "status-times",
    "accept",
    "latency",
    "drip-ms",
    "rate",
    "retry-after",
    "auth",
    "auth-after",
    "cors",
    "hostile",
    "run",
];

/// Keys that only some dialects have, and those.
const OWN: [(&str, &[&str]); 14] = [
    ("contract", &["presenton"]),
    ("life", &["duomi", "gamma", "perceptis", "slidespeak"]),
    ("questions", &["chronicle"]),
    ("answer", &["chronicle"]),
    ("answer-times", &["chronicle"]),
    ("upload", &["chronicle"]),
    ("bucket", &["chronicle"]),
    ("bucket-fail", &["chronicle"]),
    ("public", &["chronicle"]),
    ("renew", &["duomi"]),
    ("bad-slides", &["duomi"]),
    ("downloads", &["perceptis"]),
    ("gone-after", &["perceptis"]),
    ("words", &["slidespeak"]),
];

/// Keys that mean nothing without another, or one of several.
const REFINEMENTS: [(&str, &[&str]); 6] = [
    ("fail-at", &["fail"]),
    ("submit-times", &["submit"]),
    ("status-times", &["status"]),
    ("answer-times", &["answer"]),
    ("accept", &["submit", "answer"]),
    ("auth-after", &["auth"]),
];

/// What a service worker knows, which is downloaded: what a demo shows. The others are
/// there to try a page.
const OF_A_WORKER: [&str; 9] = [
    "duration",
    "fail",
    "fail-at",
    "status",
    "status-times",
    "run",
    "life",
    "questions",
    "bad-slides",
];

/// The `key=value` tokens, each known and given once.
struct Given<'a> {
    pairs: Vec<(&'a str, &'a str)>,
    /// The first value that is none.
    fault: Cell<Option<ScenarioError>>,
}

impl<'a> Given<'a> {
    fn read(dialect: &str, tokens: impl Iterator<Item = &'a str>) -> Result<Self, ScenarioError> {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for token in tokens {
            let Some((key, value)) = token.split_once('=') else {
                return Err(fault(token, "not of the form key=value"));
            };
            if WHOLE {
                let own = OWN.iter().find(|(known, _)| *known == key);
                match own {
                    Some((_, owners)) if !owners.contains(&dialect) => {
                        return Err(fault(key, &format!("only for {}", owners.join(", "))));
                    }
                    None if !KEYS.contains(&key) => return Err(fault(key, "unknown key")),
                    _ => {}
                }
            } else if !OF_A_WORKER.contains(&key) {
                return Err(fault(key, "not in a service worker"));
            }
            if pairs.iter().any(|(known, _)| *known == key) {
                return Err(fault(key, "given twice"));
            }
            pairs.push((key, value));
        }
        Ok(Self {
            pairs,
            fault: Cell::new(None),
        })
    }

    fn value(&self, key: &str) -> Option<&'a str> {
        let found = self.pairs.iter().find(|(known, _)| *known == key);
        found.map(|(_, value)| *value)
    }

    /// What the value says. Where that is nothing, the fault is kept for later: to leave
    /// at each of thirty keys takes more code than all the rest.
    fn map<T>(&self, key: &str, expected: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = self.value(key)?;
        let parsed = parse(value);
        if parsed.is_none() {
            self.note(key, value, expected);
        }
        parsed
    }

    fn note(&self, key: &str, value: &str, expected: &str) {
        let first = self.fault.take();
        let first = first.unwrap_or_else(|| fault(key, &format!("`{value}` is not {expected}")));
        self.fault.set(Some(first));
    }

    fn number(&self, key: &str, least: u64, most: u64) -> Option<u64> {
        let value = self.value(key)?;
        let digits = value.bytes().all(|b| b.is_ascii_digit());
        let number = value.parse().ok().filter(|_| digits);
        let number = number.filter(|it| (least..=most).contains(it));
        if number.is_none() {
            let expected = format!("a whole number from {least} to {most}");
            self.note(key, value, &expected);
        }
        number
    }

    fn flag(&self, key: &str) -> bool {
        let flag = self.map(key, "0 or 1", |value| match value {
            "0" => Some(false),
            "1" => Some(true),
            _ => None,
        });
        flag.unwrap_or(false)
    }
}

fn fault(token: &str, reason: &str) -> ScenarioError {
    ScenarioError {
        token: token.to_owned(),
        reason: reason.to_owned(),
    }
}
