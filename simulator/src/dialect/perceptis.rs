//! Perceptis, version 1 of its API.
//!
//! Written from its status page and notes on its other pages. The documents
//! leave open what a submit answers, what `downloads` is before a job is done
//! (the scenario says), how many variants and slides there may be, and the
//! codes of some errors; each choice says so where it is made. Not modelled:
//! billing, and the agent interface beside the API.

use super::body::{self, Fault};
use super::{Call, Dialect, Purpose, download, segment_after, signed};
use crate::cors::Cors;
use crate::deck::{Brief, Deck};
use crate::hostile::{self, Hostile};
use crate::job::{Failure, Job, State};
use crate::json::{Map, Value, json};
use crate::request::decoded;
use crate::scenario::Unready;
use crate::service::Service;
use crate::{Reply, Request};

#[derive(Debug)]
pub(crate) struct Perceptis;

impl Dialect for Perceptis {
    fn purpose(&self, call: &Call<'_>) -> Purpose {
        match route(call.path) {
            Some(Route::Submit) if call.method() == "POST" => Purpose::Submit,
            Some(Route::Status(_)) if call.method() == "GET" => Purpose::Status,
            Some(Route::File) => Purpose::Signed,
            _ => Purpose::Other,
        }
    }

    fn answer(&self, call: &Call<'_>, service: &mut Service) -> Reply {
        let Some(route) = route(call.path) else {
            return error(404, "not_found", "Not found.");
        };
        let methods = route.methods();
        if !call.is_one_of(methods) {
            return self.refusal(405, Purpose::Other).with("allow", methods);
        }
        match route {
            Route::Submit => submit(call, service),
            Route::Status(id) => status(&id, call, service),
            Route::File => file(call, service),
        }
    }

    /// Documented are `invalid_request`, `not_found`, `idempotency_conflict`,
    /// `rate_limit_exceeded` and, from the agent interface,
    /// `insufficient_credits`; the other codes are plain words in their style.
    fn refusal(&self, code: u16, purpose: Purpose) -> Reply {
        let (name, message) = match code {
            401 => ("unauthorized", "Missing, invalid, or revoked API key."),
            402 => ("insufficient_credits", "Not enough credits."),
            403 => ("forbidden", "Organization is not eligible for API access."),
            404 if purpose == Purpose::Status => ("not_found", UNKNOWN),
            404 => ("not_found", "Not found."),
            409 => ("idempotency_conflict", CONFLICT),
            429 if purpose == Purpose::Status => ("rate_limit_exceeded", "Polling too quickly."),
            429 => ("rate_limit_exceeded", "Too many requests."),
            500.. => ("internal_error", "Something went wrong."),
            _ => ("invalid_request", "The request is not valid."),
        };
        error(code, name, message)
    }

    /// The documents say nothing about other origins.
    fn cors(&self) -> Cors {
        Cors::None
    }

    fn conflict(&self) -> Option<Reply> {
        Some(self.refusal(409, Purpose::Submit))
    }

    /// The header is documented, its value is not.
    fn retry_after(&self) -> Option<&'static str> {
        Some("2")
    }

    fn id_field(&self) -> &'static str {
        "job_id"
    }

    fn status_field(&self) -> &'static str {
        "status"
    }
}

const UNKNOWN: &str = "Unknown job, or the job was not created with this API key.";
const CONFLICT: &str = "This idempotency key was used with another request.";

#[derive(Debug)]
enum Route {
    Submit,
    Status(String),
    File,
}

impl Route {
    fn methods(&self) -> &'static str {
        match self {
            Route::Submit => "POST",
            Route::Status(_) => "GET",
            Route::File => "GET, HEAD",
        }
    }
}

fn route(path: &str) -> Option<Route> {
    if path == "/api/v1/generate" {
        return Some(Route::Submit);
    }
    if let Some(id) = segment_after(path, "/api/v1/status/") {
        return Some(Route::Status(id));
    }
    path.starts_with(FOLDER).then_some(Route::File)
}

const FOLDER: &str = "/downloads/";

/// `{job_id}.pptx`, with `-{variant}` after the id from the second on: the
/// documents show the first alone.
fn file_path(id: &str, variant: u64, service: &Service) -> String {
    let name = service.scenario().hostile.file_segment(id);
    match variant {
        1 => format!("{FOLDER}{name}.pptx"),
        _ => format!("{FOLDER}{name}-{variant}.pptx"),
    }
}

/// The id and variant of a file's path.
fn file_at(path: &str) -> Option<(String, u64)> {
    let name = path.strip_prefix(FOLDER)?.strip_suffix(".pptx")?;
    let name = Hostile::file_named(name);
    // A job's id has itself four hyphens.
    let parts: Vec<&str> = name.split('-').collect();
    match parts.as_slice() {
        [id @ .., variant] if id.len() == 5 => Some((id.join("-"), variant.parse().ok()?)),
        _ => Some((name.to_owned(), 1)),
    }
}

fn error(code: u16, name: &str, message: &str) -> Reply {
    Reply::of_json(code, &json!({"error": {"code": name, "message": message}}))
}

/// Variants that may be asked for. The documents name no limit.
const VARIANTS: i64 = 10;
/// Slides of a deck. The documents have no field for it.
const SLIDES: usize = 8;
/// Templates of the organisation, by their names.
const TEMPLATES: [&str; 2] = ["Corporate", "Pitch"];
/// A name that two of its templates share.
const AMBIGUOUS: &str = "Shared";

/// A submit that was understood and may be done.
struct Ask {
    prompt: String,
    single: bool,
    template: Option<String>,
    variants: u64,
    images: usize,
}

impl Ask {
    fn read(request: &Request) -> Result<Self, Vec<Fault>> {
        body::read(request, |fields| {
            let prompt = fields.words("prompt");
            let output = fields.needs("output_type").then(|| {
                let words = ["single_slide", "deck"];
                fields.choice("output_type", &words, false)
            });
            let single = output.flatten().as_deref() == Some("single_slide");
            let variants = fields.count("variant_count", 1, VARIANTS);
            let images = fields.each("reference_images", |image| {
                let data = image.words("data").unwrap_or_default();
                let letter = |it: u8| it.is_ascii_alphanumeric() || b"+/=".contains(&it);
                if data.len() % 4 != 0 || !data.bytes().all(letter) {
                    let message = "Input should be base64";
                    image.fault("value_error", "data", message, &json!(data));
                }
                let kind = image.words("mime_type").unwrap_or_default();
                if !kind.is_empty() && !kind.starts_with("image/") {
                    let message = "Input should be an image type";
                    image.fault("value_error", "mime_type", message, &json!(kind));
                }
            });
            for (given, name) in [
                (variants.is_some(), "variant_count"),
                (!images.is_empty(), "reference_images"),
            ] {
                if given && !single {
                    let message = "Only for single_slide";
                    fields.fault("value_error", name, message, &Value::Null);
                }
            }
            for name in ["use_web_search", "use_knowledge_base"] {
                fields.switch(name);
            }
            Self {
                prompt: prompt.unwrap_or_default(),
                single,
                template: fields.text("template_name", true),
                variants: variants.map_or(1, |it| it as u64),
                images: images.len(),
            }
        })
    }

    fn deck(&self) -> Deck {
        let brief = Brief {
            content: self.prompt.clone(),
            count: if self.single { 1 } else { SLIDES },
            title_slide: true,
            ..Brief::default()
        };
        let mut deck = brief.deck();
        if let Some(template) = &self.template {
            deck.note(&format!("Template: {template}"));
        }
        if self.images > 0 {
            deck.note(&format!("Reference images: {}", self.images));
        }
        deck
    }
}

fn submit(call: &Call<'_>, service: &mut Service) -> Reply {
    let ask = match Ask::read(call.request) {
        Ok(ask) => ask,
        Err(faults) => return error(400, "invalid_request", &body::lines(&faults)),
    };
    match ask.template.as_deref() {
        Some(AMBIGUOUS) => {
            let text = format!("More than one template is named '{AMBIGUOUS}'.");
            return error(409, "ambiguous_template_name", &text);
        }
        Some(name) if !TEMPLATES.contains(&name) => {
            return error(404, "not_found", "No template has this name.");
        }
        _ => {}
    }
    let mut deck = ask.deck();
    service.scenario().hostile.retitle(&mut deck);
    let id = service.fresh_uuid();
    let reply = json!({"job_id": id, "status": "pending"});
    service.add_job(Job {
        deck_id: id.clone(),
        path: file_path(&id, 1, service),
        id,
        created_ms: call.now_ms,
        deck,
        template: ask.template,
        variants: ask.single.then_some(ask.variants),
        owner: owner(call),
        ..Job::default()
    });
    // Neither the code nor the other fields are documented.
    Reply::of_json(202, &reply)
}

fn owner(call: &Call<'_>) -> Option<String> {
    call.request.first("authorization").map(str::to_owned)
}

/// `pending` up to this per mille. The documents do not say how long it lasts.
const PROCESSING: u64 = 100;

fn status(id: &str, call: &Call<'_>, service: &Service) -> Reply {
    let scenario = service.scenario();
    let known = service.known(id, call.now_ms);
    let Some((job, state)) = known.filter(|(job, _)| job.owner == owner(call)) else {
        return error(404, "not_found", UNKNOWN);
    };
    let word = match state {
        // A server that restarted never writes to the job again.
        State::Working { permille } | State::Lost { permille } => match permille {
            0..PROCESSING => "pending",
            _ => "processing",
        },
        State::Failed { .. } => "failed",
        State::Completed | State::Forgotten => "completed",
    };
    let mut fields = Map::new();
    fields.insert("job_id".to_owned(), json!(job.id));
    fields.insert("status".to_owned(), json!(word));
    let output = match job.variants {
        Some(_) => "single_slide",
        None => "deck",
    };
    fields.insert("output_type".to_owned(), json!(output));
    let downloads = match (state, scenario.downloads) {
        (State::Completed, _) => Some(downloads(job, call, service)),
        (State::Failed { .. }, _) | (_, Unready::Missing) => None,
        (_, Unready::Null) => Some(Value::Null),
        (_, Unready::Empty) => Some(json!([])),
    };
    if let Some(downloads) = downloads {
        fields.insert("downloads".to_owned(), downloads);
    }
    let error = match state {
        State::Failed { why, .. } => failure(why),
        _ => Value::Null,
    };
    fields.insert("error".to_owned(), error);
    Reply::of_json(200, &Value::Object(fields))
}

/// Links to a finished job's files, new ones on every call.
fn downloads(job: &Job, call: &Call<'_>, service: &Service) -> Value {
    let scenario = service.scenario();
    if gone(job, call, service) {
        return json!([]);
    }
    let root = call.root();
    let until_ms = signed::end_of(service, call.now_ms);
    let variants = job.variants.unwrap_or(1);
    let mut entries: Vec<Value> = (1..=variants)
        .map(|variant| {
            let url = signed::link(call, &root, &file_path(&job.id, variant, service), until_ms);
            json!({"url": url, "format": "pptx", "variant": variant})
        })
        .collect();
    if scenario.hostile.is_on() {
        // Some too many, and no address that a page may follow.
        let traps = hostile::traps();
        let traps = traps.iter().zip(variants + 1..);
        entries.extend(
            traps.map(|(url, variant)| json!({"url": url, "format": "pptx", "variant": variant})),
        );
    }
    Value::Array(entries)
}

/// Whether the files of a finished job are kept no longer.
fn gone(job: &Job, call: &Call<'_>, service: &Service) -> bool {
    let scenario = service.scenario();
    let done = job.when(scenario, 1000);
    let kept = scenario.gone_after_ms;
    kept.is_some_and(|kept| done.saturating_add(kept) <= call.now_ms)
}

/// The inner shape is not documented: taken to be that of the other errors.
fn failure(why: Failure) -> Value {
    let message = match why {
        Failure::Key => "The model provider rejected the service's key.",
        Failure::Model => "The model provider refused the request.",
        Failure::Renderer => "The slides could not be rendered.",
        Failure::Outline => "No outline could be made from the prompt.",
        Failure::Failed => "Generation failed.",
    };
    json!({"code": "generation_failed", "message": message})
}

/// What the object store behind a signed link sends.
fn file(call: &Call<'_>, service: &Service) -> Reply {
    if let Err(refusal) = signed::check(call) {
        return refusal;
    }
    let path = decoded(call.path);
    let found = file_at(&path).and_then(|(id, variant)| {
        let job = service.finished(&id, call.now_ms)?;
        let made = (1..=job.variants.unwrap_or(1)).contains(&variant);
        (made && !gone(job, call, service)).then_some((job, variant))
    });
    let Some((job, variant)) = found else {
        return signed::nothing_there();
    };
    let mut deck = job.deck.clone();
    if job.variants.is_some_and(|count| count > 1) {
        deck.note(&format!("Variant {variant}"));
    }
    download::sent(&deck, job.format, download::last_segment(&path), service)
}
