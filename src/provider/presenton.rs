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
use super::{Accepted, HttpReply, HttpRequest, JobId, Millis, Pace, Part, Provider, Upload};
use crate::json::Json;
use crate::outline;
use crate::request::{
    Choice, Field, FieldProblem, FileRef, FileRules, GenerationRequest, Kind, Offer, Place, Problem,
};
use crate::status::{
    Download, Link, LinkKind, Progress, Site, Stage, Status, TaskError, format_of,
};
use crate::text::split_scheme;

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

/// What recent releases take (`providers.md` 1.1, "Upload"; early ones take
/// fewer), and the self-hosted ones' limit for each file; how many is ours.
const FILE_ENDINGS: &str = "pdf txt pptx docx doc md csv xlsx xls ppt html htm";
const LARGEST_FILE: u64 = 100_000_000;
const MOST_FILES: usize = 10;

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
            (Presenton::V1, Field::Outline) => "slides_markdown",
            (Presenton::V3, Field::Outline) => "slides",
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
            (_, Field::Files) => "files",
            _ => return None,
        };
        Some(name)
    }

    /// An outline's slides as they were typed; their number is then the deck's.
    fn put_outline(self, body: &mut Json, outline: &str) {
        let slides = outline::read(outline);
        let texts = slides.iter().map(|slide| match self {
            Presenton::V1 => slide.source.as_str().into(),
            Presenton::V3 => {
                let mut item = Json::map();
                item.put("content", slide.source.as_str());
                item
            }
        });
        let member = self.member(Field::Outline).unwrap_or_default();
        body.put(member, Json::List(texts.collect()));
        body.put("n_slides", u32::try_from(slides.len()).unwrap_or(u32::MAX));
    }

    fn export_path(self) -> &'static str {
        match self {
            Presenton::V1 => "/api/v1/ppt/presentation/export",
            Presenton::V3 => "/api/v3/presentation/export",
        }
    }
}

impl Provider for Presenton {
    fn name(&self) -> &str {
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
        let files = FileRules {
            endings: FILE_ENDINGS.into(),
            most: MOST_FILES,
            largest: LARGEST_FILE,
            enough: true,
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
        let offer = Offer::new;
        let mut offers = vec![
            offer(Field::Prompt, Kind::Text { longest }, Place::Main, ""),
            offer(Field::Outline, Kind::Text { longest }, Place::More, ""),
            offer(Field::Files, Kind::Files(files), Place::More, ""),
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
        let sent_as = |field: &&Field| self.member(**field) == Some(member);
        Field::ALL.iter().find(sent_as).copied()
    }

    fn check(&self, request: &GenerationRequest) -> Vec<FieldProblem> {
        let contents = request.switch(Field::TableOfContents) == Some(true);
        let min = if contents { LEAST_WITH_CONTENTS } else { 1 };
        let max = MOST_SLIDES;
        // The slides of an outline are the deck's, whatever the count says.
        let (field, slides) = match request.text(Field::Outline) {
            Some(text) => {
                let slides = outline::read(text).len();
                (Field::Outline, u32::try_from(slides).ok())
            }
            None => (Field::SlideCount, request.count(Field::SlideCount)),
        };
        if slides.is_some_and(|slides| !(min..=max).contains(&slides)) {
            let problem = match field {
                Field::Outline => Problem::SlidesNotInRange { min, max },
                _ => Problem::NotInRange { min, max },
            };
            return vec![FieldProblem { field, problem }];
        }
        Vec::new()
    }

    fn submit(&self, request: &GenerationRequest) -> HttpRequest {
        let mut body = Json::map();
        for field in Field::ALL.iter().copied() {
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
                // Below, since its number of slides is the deck's.
                Field::Outline => {}
                _ => body.put(member, value),
            }
        }
        if let Some(outline) = request.text(Field::Outline) {
            self.put_outline(&mut body, outline);
        }
        if self == &Presenton::V1 && body.get("content").is_none() {
            // Self-hosted releases want it in any case (`presenton-observed.md`).
            body.put("content", request.whole_prompt().as_str());
        }
        if !request.uploaded().is_empty() {
            body.put("files", Json::List(request.uploaded().to_vec()));
        }
        // The documents allow either; a smart design goes without a template.
        if body.get("smart_design").is_some() {
            body.merge(&Json::Map(vec![("standard_template".into(), Json::Null)]));
        }
        HttpRequest::post(self.submit_path(), request.finish(body, "/files"))
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

    fn exports(&self) -> &'static str {
        match self {
            Presenton::V1 => "pptx pdf",
            Presenton::V3 => "pptx pdf png",
        }
    }

    fn export(&self, deck: &str, format: &str) -> Option<HttpRequest> {
        let mut body = Json::map();
        body.put("id", deck);
        body.put("export_as", format);
        Some(HttpRequest::post(self.export_path(), body))
    }

    fn exported(&self, reply: &HttpReply, job: &JobId, site: &Site) -> Option<Download> {
        download(reply.json(), job, site)
    }

    fn lists(&self) -> Vec<(Field, String)> {
        let lists: &[_] = match self {
            Presenton::V1 => &[(Field::Template, "/api/v1/ppt/template/all")],
            Presenton::V3 => &[
                (Field::Template, "/api/v3/standard-template/all"),
                (Field::DeckTheme, "/api/v3/theme/all"),
                (Field::SmartDesign, "/api/v3/smart-design/all"),
            ],
        };
        lists
            .iter()
            .map(|(field, path)| (*field, (*path).to_string()))
            .collect()
    }

    /// A plain list, `{items}` (templates of later releases) or `{results}`
    /// (smart designs).
    fn listed(&self, _field: Field, reply: &HttpReply) -> Vec<Choice> {
        let json = reply.json();
        let inner = json.get("items").or_else(|| json.get("results"));
        let items = inner.unwrap_or(json).items().iter().take(MOST_CHOICES);
        let choice = |item: &Json| {
            let value = item.get("id")?.identifier()?;
            let picture = item.text_of("thumbnail");
            let picture = picture.or_else(|| item.text_of("thumbnail_url"));
            Some(Choice {
                label: item
                    .text_of("name")
                    .or(Some(&value))
                    .and_then(line)
                    .unwrap_or_default(),
                thumbnail: picture.unwrap_or_default().into(),
                value,
                ..Choice::default()
            })
        };
        items.filter_map(choice).collect()
    }

    fn upload(&self, file: &FileRef) -> Upload {
        let path = match self {
            Presenton::V1 => "/api/v1/ppt/files/upload",
            Presenton::V3 => "/api/v3/files/upload",
        };
        let part = Part::File("files".into(), file.handle);
        Upload::Send(HttpRequest::post_form(path, vec![part]))
    }

    /// One opaque value a file; they are sent back unchanged.
    fn uploaded(&self, _file: &FileRef, reply: &HttpReply, _target: Option<&Json>) -> Upload {
        match reply.json().items().first() {
            Some(value) => Upload::Done(value.clone()),
            None => Upload::Impossible,
        }
    }
}

/// A longer list is cut: nobody looks through it.
const MOST_CHOICES: usize = 500;

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
        deck: data
            .text_of("presentation_id")
            .filter(|_| done)
            .and_then(super::deck_id),
        credits: data.amount_of("credits_consumed"),
        stage,
        ..Status::default()
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
    Some(Download {
        url: site.file(path, job.as_str())?,
        format: format_of(path),
        // A relative one is a file of the server's own, behind its sign-in.
        private: split_scheme(path).is_none(),
        ..Download::default()
    })
}

fn edit_link(data: &Json, site: &Site) -> Option<Link> {
    let url = site.page(data.text_of("edit_path")?)?;
    Some(Link {
        url,
        kind: LinkKind::Edit,
        private: false,
    })
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
