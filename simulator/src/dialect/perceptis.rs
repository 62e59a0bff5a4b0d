//! Perceptis, version 1 of its API.
//!
//! Written from its status page and notes on its other pages. The documents
//! leave open what a submit answers, what `downloads` is before a job is done
//! (the scenario says), how many variants and slides there may be, and the
//! codes of some errors; each choice says so where it is made. Not modelled:
//! billing, and the agent interface beside the API.

use serde_json::{Map, Value, json};

use super::fields::Fields;
use super::{Call, Dialect, Purpose, hostile, served, signed};
use crate::cors::Cors;
use crate::deck::{Brief, Deck, Format};
use crate::job::{Failure, Job, State};
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
            Some(Route::File { .. }) => Purpose::Signed,
            _ => Purpose::Other,
        }
    }

    fn answer(&self, call: &Call<'_>, service: &mut Service) -> Reply {
        let Some(route) = route(call.path) else {
            return error(404, "not_found", "Not found.");
        };
        let methods = route.methods();
        if !call.is_any_of(methods) {
            return self.refusal(405, Purpose::Other).with("allow", methods);
        }
        match route {
            Route::Submit => submit(call, service),
            Route::Status(id) => status(&id, call, service),
            Route::File { id, variant } => file(&id, variant, call, service),
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
    /// `/downloads/{job_id}.pptx`, with `-{variant}` after the id from the
    /// second on: the documents show the first alone.
    File {
        id: String,
        variant: u64,
    },
}

impl Route {
    fn methods(&self) -> &'static str {
        match self {
            Route::Submit => "POST",
            Route::Status(_) => "GET",
            Route::File { .. } => "GET, HEAD",
        }
    }
}

fn route(path: &str) -> Option<Route> {
    if path == "/api/v1/generate" {
        return Some(Route::Submit);
    }
    if let Some(id) = path.strip_prefix("/api/v1/status/") {
        return (!id.is_empty() && !id.contains('/')).then(|| Route::Status(decoded(id)));
    }
    let name = path.strip_prefix("/downloads/")?.strip_suffix(".pptx")?;
    // A job's id has itself four hyphens.
    let parts: Vec<&str> = name.split('-').collect();
    let (id, variant) = match parts.as_slice() {
        [id @ .., variant] if id.len() == 5 => (id.join("-"), variant.parse().ok()?),
        _ => (name.to_owned(), 1),
    };
    Some(Route::File { id, variant })
}

fn file_path(id: &str, variant: u64) -> String {
    match variant {
        1 => format!("/downloads/{id}.pptx"),
        _ => format!("/downloads/{id}-{variant}.pptx"),
    }
}

fn error(code: u16, name: &str, message: &str) -> Reply {
    Reply::of_json(code, &json!({"error": {"code": name, "message": message}}))
}

/// Variants that may be asked for. The documents name no limit.
const VARIANTS: u64 = 10;
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
    fn read(request: &Request) -> Result<Self, String> {
        let mut fields = Fields::read(request)?;
        let images = fields.objects("reference_images")?;
        for image in &images {
            let data = image.needed("data")?;
            let letter = |it: u8| it.is_ascii_alphanumeric() || b"+/=".contains(&it);
            if data.len() % 4 != 0 || !data.bytes().all(letter) {
                return Err("reference_images data must be base64".to_owned());
            }
            if !image.needed("mime_type")?.starts_with("image/") {
                return Err("reference_images mime_type must be an image type".to_owned());
            }
        }
        let prompt = fields.needed("prompt")?;
        fields.needed("output_type")?;
        let output = fields.choice("output_type", &["single_slide", "deck"])?;
        let single = output == Some("single_slide");
        let variants = fields.whole("variant_count", 1, VARIANTS)?;
        for (given, name) in [
            (variants.is_some(), "variant_count"),
            (!images.is_empty(), "reference_images"),
        ] {
            if given && !single {
                return Err(format!("{name} is only for single_slide"));
            }
        }
        fields.flag("use_web_search")?;
        fields.flag("use_knowledge_base")?;
        Ok(Self {
            prompt: prompt.to_owned(),
            single,
            template: fields.text("template_name")?.map(str::to_owned),
            variants: variants.unwrap_or(1),
            images: images.len(),
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
        Err(why) => return error(400, "invalid_request", &why),
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
    if service.scenario().hostile {
        hostile::retitle(&mut deck);
    }
    let id = service.fresh_uuid();
    let reply = json!({"job_id": id, "status": "pending"});
    service.add_job(Job {
        deck_id: id.clone(),
        path: file_path(&id, 1),
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
    let own = service.job(id).filter(|job| job.owner == owner(call));
    let stand = own.map(|job| (job, job.state(scenario, call.now_ms)));
    let Some((job, state)) = stand.filter(|(_, state)| *state != State::Forgotten) else {
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
        State::Failed { why, .. } => failure(why, scenario.hostile),
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
    let expires_ms = call.now_ms.saturating_add(scenario.life_ms);
    let variants = job.variants.unwrap_or(1);
    let mut entries: Vec<Value> = (1..=variants)
        .map(|variant| {
            let url = signed::link(call, &root, &file_path(&job.id, variant), expires_ms);
            json!({"url": url, "format": "pptx", "variant": variant})
        })
        .collect();
    if scenario.hostile {
        // One too many, and no address that a page may follow.
        let url = "javascript:alert('url')";
        entries.push(json!({"url": url, "format": "pptx", "variant": variants + 1}));
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
fn failure(why: Failure, hostile: bool) -> Value {
    let message = match why {
        Failure::Key => "The model provider rejected the service's key.",
        Failure::Model => "The model provider refused the request.",
        Failure::Renderer => "The slides could not be rendered.",
        Failure::Outline => "No outline could be made from the prompt.",
        Failure::Failed => "Generation failed.",
    };
    let message = match hostile {
        true => hostile::text(message, "error"),
        false => message.to_owned(),
    };
    json!({"code": "generation_failed", "message": message})
}

/// What the object store behind a signed link sends.
fn file(id: &str, variant: u64, call: &Call<'_>, service: &Service) -> Reply {
    if let Err(refusal) = signed::check(call) {
        return refusal;
    }
    let job = service.finished(id, call.now_ms);
    let job = job.filter(|job| !gone(job, call, service));
    let Some(job) = job.filter(|job| (1..=job.variants.unwrap_or(1)).contains(&variant)) else {
        return signed::refusal(404, "NoSuchKey", "The specified key does not exist.");
    };
    let mut deck = job.deck.clone();
    if job.variants.is_some_and(|count| count > 1) {
        deck.note(&format!("Variant {variant}"));
    }
    let path = file_path(id, variant);
    let name = path.rsplit('/').next().unwrap_or_default();
    served::file(&deck, Format::Pptx, name)
}
