//! Presenton: Cloud v1 and self-hosted (`presenton`), and Cloud v3
//! (`presenton-v3`).
//!
//! Sources: the OpenAPI of the status call and the asynchronous guide
//! (`seeds/000`, `001`), `providers.md` 1.1, and what running servers answered
//! (`presenton-observed.md`), which wins where they disagree:
//!
//! - One tolerant reading serves the Cloud and all three self-hosted contracts.
//!   `data` and `error` are filled in every state, so only the status word
//!   decides; `failed` (guide) and `error` (schema, servers) both mean failure.
//! - `remaining_slides` reaches 0 while export still runs: 0 remaining is not
//!   done.
//! - A task's error object carries a `status_code` of the server's own errands:
//!   its 401 is not the visitor's.

use super::refusal::{line, shown};
use super::{Accepted, HttpReply, HttpRequest, JobId, Millis, Pace, Provider};
use crate::json::Json;
use crate::request::{Choice, Field, FieldProblem, GenerationRequest, Kind, Offer, Place, Problem};
use crate::status::{Download, Link, LinkKind, Progress, Site, Stage, Status, TaskError};

/// The two dialects; they differ in paths and in a few names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presenton {
    /// Cloud v1 and every self-hosted release.
    V1,
    /// The current Cloud.
    V3,
}

/// Servers refuse more (`presenton-observed.md`, HTTP 400).
const MOST_SLIDES: u32 = 50;

/// With a table of contents they refuse fewer (`providers.md` 1.1).
const LEAST_WITH_CONTENTS: u32 = 3;

/// No limit is documented; this one is ours, so that a pasted book is refused
/// where it can still be shortened, and not by some server on the way.
const LONGEST_PROMPT: usize = 50_000;

const SECOND: Millis = 1000;

impl Presenton {
    fn submit_path(self) -> &'static str {
        match self {
            Presenton::V1 => "/api/v1/ppt/presentation/generate/async",
            Presenton::V3 => "/api/v3/presentation/generate/async",
        }
    }

    fn status_path(self) -> &'static str {
        match self {
            Presenton::V1 => "/api/v1/ppt/presentation/status/",
            Presenton::V3 => "/api/v3/async-task/status/",
        }
    }

    /// The member of the request body that a field becomes.
    fn member(self, field: Field) -> Option<&'static str> {
        let name = match (self, field) {
            (Presenton::V3, Field::Template) => "standard_template",
            (Presenton::V3, Field::SmartDesign) => "smart_design",
            (Presenton::V1, Field::SmartDesign) => return None,
            (_, Field::Prompt) => "content",
            (_, Field::SlideCount) => "n_slides",
            (_, Field::Language) => "language",
            (_, Field::Tone) => "tone",
            (_, Field::Template) => "template",
            (_, Field::DeckTheme) => "theme",
            (_, Field::Format) => "export_as",
            (_, Field::Verbosity) => "verbosity",
            (_, Field::Instructions) => "instructions",
            (_, Field::ContentGeneration) => "content_generation",
            (_, Field::ImageType) => "image_type",
            (_, Field::WebSearch) => "web_search",
            (_, Field::TableOfContents) => "include_table_of_contents",
            (_, Field::TitleSlide) => "include_title_slide",
            (_, Field::MarkdownEmphasis) => "markdown_emphasis",
        };
        Some(name)
    }
}

impl Provider for Presenton {
    fn name(&self) -> &'static str {
        match self {
            Presenton::V1 => "presenton",
            Presenton::V3 => "presenton-v3",
        }
    }

    fn offers(&self) -> Vec<Offer> {
        let v3 = *self == Presenton::V3;
        // Members that self-hosted releases do not document are offered by the
        // current Cloud alone; elsewhere a host may still ask for them.
        let cloud_only = if v3 { Place::More } else { Place::Hidden };
        let (templates, formats) = if v3 {
            (V3_TEMPLATES, "pptx pdf png")
        } else {
            (V1_TEMPLATES, "pptx pdf")
        };
        let languages_offered = Kind::Choice {
            values: languages().map(|(tag, _)| Choice::known(tag)).collect(),
            open: true,
        };
        let longest = LONGEST_PROMPT;
        let slides = Kind::Count {
            min: 1,
            max: MOST_SLIDES,
        };
        let offer = |field, kind, place, preset| Offer {
            field,
            kind,
            place,
            preset,
        };
        let mut offers = vec![
            offer(Field::Prompt, Kind::Text { longest }, Place::Main, ""),
            offer(Field::SlideCount, slides, Place::Main, "8"),
            offer(Field::Format, one_of(formats, false), Place::Main, "pptx"),
            offer(Field::Language, languages_offered, Place::Main, ""),
            offer(Field::Tone, one_of(TONES, false), Place::More, ""),
            offer(Field::Template, one_of(templates, true), Place::More, ""),
            offer(Field::DeckTheme, one_of(THEMES, true), cloud_only, ""),
            offer(
                Field::Verbosity,
                one_of(VERBOSITIES, false),
                Place::More,
                "",
            ),
            offer(
                Field::ContentGeneration,
                one_of(CONTENT_GENERATIONS, false),
                cloud_only,
                "",
            ),
            offer(Field::ImageType, one_of(IMAGE_TYPES, false), cloud_only, ""),
            offer(Field::Instructions, Kind::Text { longest }, Place::More, ""),
            offer(Field::WebSearch, Kind::Switch, Place::More, "false"),
            offer(Field::TableOfContents, Kind::Switch, Place::More, "false"),
            offer(Field::TitleSlide, Kind::Switch, Place::More, "true"),
            offer(Field::MarkdownEmphasis, Kind::Switch, Place::Hidden, ""),
        ];
        if v3 {
            offers.push(offer(
                Field::SmartDesign,
                Kind::Choice {
                    values: Vec::new(),
                    open: true,
                },
                Place::Hidden,
                "",
            ));
        }
        offers
    }

    /// No figures are documented, only "bounded backoff with a capped delay"
    /// (`providers.md` 1.1): a deck takes a minute or more, so two seconds are
    /// lively enough, and ten are polite to a long one.
    fn pace(&self) -> Pace {
        Pace {
            first: SECOND,
            usual: 2 * SECOND,
            longest: 10 * SECOND,
            floor: SECOND,
        }
    }

    fn field_of(&self, member: &str) -> Option<Field> {
        Field::ALL
            .into_iter()
            .find(|field| self.member(*field) == Some(member))
    }

    fn check(&self, request: &GenerationRequest) -> Vec<FieldProblem> {
        let contents = request.switch(Field::TableOfContents) == Some(true);
        let slides = request.count(Field::SlideCount);
        if contents && slides.is_some_and(|slides| slides < LEAST_WITH_CONTENTS) {
            return vec![FieldProblem {
                field: Field::SlideCount,
                problem: Problem::NotInRange {
                    min: LEAST_WITH_CONTENTS,
                    max: MOST_SLIDES,
                },
            }];
        }
        Vec::new()
    }

    fn submit(&self, request: &GenerationRequest) -> HttpRequest {
        let mut body = Json::map();
        for field in Field::ALL {
            let (Some(member), Some(value)) = (self.member(field), request.text(field)) else {
                continue;
            };
            match field {
                Field::SlideCount => {
                    if let Some(count) = request.count(field) {
                        body.put(member, count);
                    }
                }
                Field::WebSearch
                | Field::TableOfContents
                | Field::TitleSlide
                | Field::MarkdownEmphasis => body.put(member, value == "true"),
                Field::Language => body.put(member, language_name(value).as_str()),
                _ => body.put(member, value),
            }
        }
        // The documents allow either; a smart design goes without a template.
        if body.get("smart_design").is_some() {
            body.merge(&Json::Map(vec![("standard_template".into(), Json::Null)]));
        }
        HttpRequest::post(self.submit_path(), request.finish(body))
    }

    fn accepted(&self, reply: &HttpReply, site: &Site) -> Option<Accepted> {
        let job = JobId::parse(&reply.json().get("id")?.identifier()?)?;
        let status = read(reply.json(), &job, site);
        Some(Accepted { job, status })
    }

    fn poll(&self, job: &JobId) -> HttpRequest {
        let mut path = self.status_path().to_string();
        path.push_str(&job.segment());
        HttpRequest::get(path)
    }

    fn status(&self, reply: &HttpReply, job: &JobId, site: &Site) -> Option<Status> {
        let json = reply.json();
        // The schema gives `status` a default, so an object without it still is
        // a status, if anything in it looks like one.
        let is_status = json.text_of("status").is_some()
            || json.get("id").is_some() && json.get("created_at").is_some();
        is_status.then(|| read(json, job, site))
    }
}

fn read(json: &Json, job: &JobId, site: &Site) -> Status {
    let word = json.text_of("status").unwrap_or("pending");
    let data = json.get("data").unwrap_or(&Json::Null);
    let stage = match word.trim().to_ascii_lowercase().as_str() {
        // "pending" means queued or running on most releases; the message tells.
        "pending" => Stage::Queued,
        "completed" => Stage::Done,
        "error" | "failed" => Stage::Failed(task_error(json)),
        _ => Stage::Working,
    };
    let done = stage == Stage::Done;
    let said = json.text_of("message").and_then(line);
    Status {
        // The last message only says in the service's words what the view says
        // in ours.
        step: said.filter(|_| !stage.is_terminal()),
        progress: slides(data),
        downloads: done
            .then(|| download(data, job, site))
            .into_iter()
            .flatten()
            .collect(),
        links: done
            .then(|| edit_link(data, site))
            .into_iter()
            .flatten()
            .collect(),
        credits: data.amount_of("credits_consumed"),
        stage,
    }
}

fn slides(data: &Json) -> Progress {
    let created = data.amount_of("created_slides");
    let remaining = data.amount_of("remaining_slides");
    let total = created
        .zip(remaining)
        .map(|(created, remaining)| created.saturating_add(remaining));
    Progress::slides(created, total)
}

fn download(data: &Json, job: &JobId, site: &Site) -> Option<Download> {
    let path = data.text_of("path")?;
    // In a file name on a server's disk these are letters like any other.
    let name = match path.split_once("://") {
        Some((_, rest)) => rest.split(['?', '#']).next().unwrap_or(rest),
        None => path,
    };
    let format = match name.rsplit_once('.') {
        Some((_, ending)) if ending.len() <= 5 && !ending.contains('/') => {
            ending.to_ascii_lowercase()
        }
        _ => String::new(),
    };
    Some(Download {
        url: site.file(path, job.as_str())?,
        format,
        size: None,
    })
}

fn edit_link(data: &Json, site: &Site) -> Option<Link> {
    let url = site.page(data.text_of("edit_path")?)?;
    let kind = LinkKind::Edit;
    Some(Link { url, kind })
}

/// `{status_code, detail}`; other shapes are read as far as they go.
fn task_error(json: &Json) -> TaskError {
    let error = json.get("error").unwrap_or(&Json::Null);
    let text = ["detail", "message", "error"]
        .iter()
        .find_map(|place| error.text_of(place))
        .or_else(|| error.text())
        .or_else(|| json.text_of("message"));
    TaskError {
        text: text.and_then(shown),
        code: error.get("status_code").and_then(Json::identifier),
    }
}

/// A choice of the values in a text, one a word.
fn one_of(values: &str, open: bool) -> Kind {
    Kind::Choice {
        values: values.split(' ').map(Choice::known).collect(),
        open,
    }
}

const TONES: &str = "default casual professional funny educational sales_pitch";
const VERBOSITIES: &str = "concise standard text-heavy";
const CONTENT_GENERATIONS: &str = "preserve enhance condense";
const IMAGE_TYPES: &str = "stock ai-generated";
const V1_TEMPLATES: &str = "general modern standard swift";
const V3_TEMPLATES: &str =
    "neo-general neo-modern neo-standard neo-swift general modern standard swift";
const THEMES: &str = "edge-yellow light-rose mint-blue professional-blue professional-dark";

/// The languages offered, tag and English name. The service takes any name as
/// free text, so a host may offer others by `choices`.
const LANGUAGES: &str = "ar Arabic bn Bengali bg Bulgarian ca Catalan zh Chinese hr Croatian \
    cs Czech da Danish nl Dutch en English et Estonian fi Finnish fr French de German el Greek \
    he Hebrew hi Hindi hu Hungarian id Indonesian it Italian ja Japanese ko Korean lv Latvian \
    lt Lithuanian ms Malay nb Norwegian fa Persian pl Polish pt Portuguese ro Romanian \
    sr Serbian sk Slovak sl Slovenian es Spanish sw Swahili sv Swedish ta Tamil th Thai \
    tr Turkish uk Ukrainian ur Urdu vi Vietnamese";

/// Tag and English name of each language offered.
fn languages() -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut words = LANGUAGES.split(' ');
    std::iter::from_fn(move || Some((words.next()?, words.next()?)))
}

/// The service wants a language's English name, a region in brackets after it.
/// What is no known tag is passed on, as the free text it may be.
fn language_name(tag: &str) -> String {
    let (language, region) = tag.split_once(['-', '_']).unwrap_or((tag, ""));
    let known = languages().find(|(known, _)| known.eq_ignore_ascii_case(language));
    match known {
        None => tag.into(),
        Some((_, name)) if region.is_empty() => name.into(),
        Some((_, name)) => [name, " (", region, ")"].concat(),
    }
}
