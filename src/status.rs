//! Status and its parts: what a service said last, in one form for all
//! services, and fit to show. Every view shows these and nothing else.

use crate::text;

/// What a service said last about a job.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Status {
    /// How far the job is.
    pub stage: Stage,
    /// What the service says it is doing, cut and cleaned.
    pub step: Option<String>,
    /// The service's word for the part of the work it is at; the catalogue knows
    /// some.
    pub phase: Option<String>,
    /// How much is done, where the service tells.
    pub progress: Progress,
    /// What it asks, in [`Stage::Asking`], where it says so.
    pub question: Option<String>,
    /// Whether the deck lacks slides that were asked for.
    pub partial: bool,
    /// What became of each slide, where the service tells.
    pub slides: Vec<SlideResult>,
    /// Files to download.
    pub downloads: Vec<Download>,
    /// Pages to view or edit the deck.
    pub links: Vec<Link>,
    /// The service's name for the deck, where it has one beside the job's.
    pub deck: Option<String>,
    /// What the service's own account was charged, in its own unit; worth an
    /// event for the host, not a line for the visitor.
    pub credits: Option<u64>,
    /// The tokens that a model used for it; likewise for the host.
    pub tokens: Option<u64>,
}

/// What became of one slide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlideResult {
    /// Which, counted from 1.
    pub number: u32,
    /// How it ended, or did not yet.
    pub state: SlideState,
    /// The service's reason, fit to show.
    pub error: Option<String>,
}

/// How far one slide is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SlideState {
    /// Not made yet.
    #[default]
    Waiting,
    /// Made.
    Done,
    /// It will not be made.
    Failed,
}

/// How far a job is. Only the service's status word decides
/// (`presenton-observed.md`: data, error and links are filled in every state).
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stage {
    /// Accepted, not begun.
    Queued,
    /// At work. Also any word that is not known: the deadline bounds it.
    #[default]
    Working,
    /// Waiting for the visitor's answer.
    Asking,
    /// Over, with a deck.
    Done,
    /// Over, without one.
    Failed(TaskError),
}

impl Stage {
    /// Whether nothing more will happen to the job.
    pub fn is_terminal(&self) -> bool {
        matches!(self, Stage::Done | Stage::Failed(_))
    }
}

/// Why a service could not make a deck, in its own words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskError {
    /// The service's text, stripped of markup and cut.
    pub text: Option<String>,
    /// The service's code for it. An HTTP-like number in here is about the
    /// service's own errands, never about the visitor's rights.
    pub code: Option<String>,
}

/// How much of a deck is done: what is known, and nothing invented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Slides that are ready.
    pub slides_done: Option<u32>,
    /// Slides there will be.
    pub slides_total: Option<u32>,
    /// 0 to 100.
    pub percent: Option<u8>,
}

impl Progress {
    /// From two counts; more done than there are is shown as all done.
    pub fn slides(done: Option<u64>, total: Option<u64>) -> Progress {
        let total = total.and_then(sane_count).filter(|total| *total > 0);
        let done = done.and_then(sane_count);
        let (Some(done), Some(total)) = (done, total) else {
            return Progress {
                slides_total: total,
                ..Progress::default()
            };
        };
        let done = done.min(total);
        let percent = u64::from(done)
            .saturating_mul(100)
            .checked_div(u64::from(total));
        Progress {
            slides_done: Some(done),
            slides_total: Some(total),
            percent: percent.and_then(|percent| u8::try_from(percent).ok()),
        }
    }

    /// With the service's own figure; beyond 100 is 100.
    #[must_use]
    pub fn or_percent(mut self, percent: Option<u64>) -> Progress {
        let percent = percent.and_then(|percent| u8::try_from(percent.min(100)).ok());
        self.percent = percent.or(self.percent);
        self
    }

    /// Never back: a bar that shrinks tells the visitor that something was lost.
    #[must_use]
    pub fn at_least(self, earlier: Progress) -> Progress {
        let total = self.slides_total.or(earlier.slides_total);
        let done = self.slides_done.max(earlier.slides_done);
        Progress {
            slides_done: done.map(|done| total.map_or(done, |total| done.min(total))),
            slides_total: total,
            percent: self.percent.max(earlier.percent),
        }
    }
}

/// No deck has more slides; a larger number is a service's mistake.
fn sane_count(count: u64) -> Option<u32> {
    u32::try_from(count).ok().filter(|count| *count <= 100_000)
}

/// A finished file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Download {
    /// Where it is: http(s), or relative to the page.
    pub url: String,
    /// The kind of file, in lower case: `pptx`, `pdf`.
    pub format: String,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// For how many seconds the address is good, from when it was given.
    pub life: Option<u64>,
    /// Which version of the deck it is, where there are several.
    pub variant: Option<u32>,
    /// Whether the file is kept behind the same sign-in as the service's calls.
    pub private: bool,
}

/// The kind of file by its name's or address's ending, in lower case; empty where
/// it has none.
pub fn format_of(path: &str) -> String {
    // In a file name on a server's disk `?` and `#` are letters like any other.
    let name = match text::split_scheme(path) {
        Some((_, rest)) => rest.split(['?', '#']).next().unwrap_or(rest),
        None => path,
    };
    match text::split_last(name, b'.') {
        Some((_, ending))
            if ending.len() <= 5 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric()) =>
        {
            ending.to_ascii_lowercase()
        }
        _ => String::new(),
    }
}

/// A page to view or edit the deck.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Where it is: http(s), or relative to the page.
    pub url: String,
    /// What it is for.
    pub kind: LinkKind,
    /// Whether only people with an account at the service can open it.
    pub private: bool,
}

/// What a [`Link`] is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkKind {
    /// To look at the deck.
    #[default]
    View,
    /// To change it.
    Edit,
}

/// Where relative addresses in replies lead (design "URLs").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The provider's root: an origin, or a relay's path. No slash at the end.
    pub endpoint: String,
    /// Where files and pages live, if not there.
    pub links_base: Option<String>,
}

impl Site {
    /// A site from what a page says; slashes at the end make no difference.
    pub fn new(endpoint: &str, links_base: Option<&str>) -> Site {
        let trimmed = |root: &str| root.trim().trim_end_matches('/').to_string();
        Site {
            endpoint: trimmed(endpoint),
            links_base: links_base.map(trimmed),
        }
    }

    /// The address of a finished file. An absolute http(s) address is kept as it
    /// is. Anything else is a file name on the service's disk: each segment is
    /// encoded, and `mark` (the job) is added as a query, because self-hosted
    /// servers give two decks of one title the same path and let caches keep it
    /// for a year. Addresses with another scheme give nothing.
    pub fn file(&self, path: &str, mark: &str) -> Option<String> {
        match address(path)? {
            Address::Absolute(url) => Some(url.into()),
            Address::Relative(path) => {
                let mut url = self.base();
                for segment in path.split('/') {
                    if !matches!(segment, "" | "." | "..") {
                        url.push('/');
                        url.push_str(&text::encode_segment(segment));
                    }
                }
                url.push_str("?job=");
                url.push_str(&text::encode_segment(mark));
                Some(url)
            }
        }
    }

    /// The address of a page; its path and query are kept as given.
    pub fn page(&self, path: &str) -> Option<String> {
        match address(path)? {
            Address::Absolute(url) => Some(url.into()),
            // One slash, whatever was there: two would name another host.
            Address::Relative(path) => {
                let mut url = self.base();
                url.push('/');
                url.push_str(path.trim_start_matches(['/', '\\']));
                Some(url)
            }
        }
    }

    fn base(&self) -> String {
        self.links_base.as_ref().unwrap_or(&self.endpoint).clone()
    }
}

enum Address<'a> {
    Absolute(&'a str),
    Relative(&'a str),
}

fn address(path: &str) -> Option<Address<'_>> {
    let path = path.trim();
    if path.is_empty() || path.chars().any(char::is_control) {
        return None;
    }
    match path.split_once(':') {
        Some((scheme, rest)) if is_web(scheme) && rest.starts_with("//") => {
            Some(Address::Absolute(path))
        }
        // A colon later on is part of a file name ("/exports/Q3: results.pptx").
        Some((scheme, _)) if !scheme.contains(['/', ' ']) => None,
        _ => Some(Address::Relative(path)),
    }
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}
