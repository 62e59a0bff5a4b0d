//! SlideSpeak, version 1 of its API.
//!
//! Written from the digest of its documents. Not modelled: version 2, uploads
//! of documents (their ids are taken as they come), account and branding. How
//! it words an HTTP error is not documented: `{"message"}` here.

use super::body::{self, Fault};
use super::{Call, Dialect, Purpose, download, segment_after, signed};
use crate::cors::Cors;
use crate::deck::{Brief, Format};
use crate::job::{Failure, Job, State};
use crate::json::{Value, json};
use crate::service::Service;
use crate::{Reply, Request, WHOLE};

/// Whose words for a task's status are used: its sources disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Words {
    /// The documents: SENT, SUCCESS, FAILURE.
    Docs,
    /// The vendor's MCP server: PENDING, PROCESSING, SUCCESS, FAILED.
    Mcp,
}

impl Words {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "docs" => Words::Docs,
            "mcp" => Words::Mcp,
            _ => return None,
        })
    }
}

#[derive(Debug)]
pub(crate) struct SlideSpeak(Words);

impl SlideSpeak {
    pub(crate) fn speaking(words: Words) -> &'static dyn Dialect {
        match words {
            Words::Docs => &SlideSpeak(Words::Docs),
            Words::Mcp => &SlideSpeak(Words::Mcp),
        }
    }
}

impl Dialect for SlideSpeak {
    fn purpose(&self, call: &Call<'_>) -> Purpose {
        match route(call.path) {
            Some(Route::Submit) if call.method() == "POST" => Purpose::Submit,
            Some(Route::Status(_)) if call.method() == "GET" => Purpose::Status,
            Some(Route::File) => Purpose::Signed,
            Some(Route::Image(_)) => Purpose::Page,
            _ => Purpose::Other,
        }
    }

    fn answer(&self, call: &Call<'_>, service: &mut Service) -> Reply {
        let Some(route) = route(call.path) else {
            return error(404, "Not Found");
        };
        if !call.is_one_of(route.methods()) {
            return error(405, "Method Not Allowed").with("allow", route.methods());
        }
        match route {
            Route::Submit => submit(call, service),
            Route::Status(id) => match service.known(&id, call.now_ms) {
                None => error(404, UNKNOWN),
                Some((job, state)) => Reply::of_json(200, &told(self.0, job, state, call, service)),
            },
            Route::Download(id) => match service.finished(&id, call.now_ms) {
                None => error(404, "Presentation not found"),
                Some(job) => {
                    let end_ms = signed::end_of(service, call.now_ms);
                    let url = signed::link(call, &call.root(), &job.path, end_ms);
                    Reply::of_json(200, &json!({"url": url}))
                }
            },
            Route::Templates => templates(call),
            Route::Image(name) => image(&name),
            Route::File => download::answer(call, service),
        }
    }

    fn refusal(&self, code: u16, purpose: Purpose) -> Reply {
        if !WHOLE {
            // Only scenarios that no worker knows ask for one.
            return Reply::empty(code);
        }
        let text = match code {
            400 | 422 => "Invalid request",
            401 => "Invalid API key",
            402 => "Not enough credits",
            403 => "Forbidden",
            404 if purpose == Purpose::Status => UNKNOWN,
            404 => "Not Found",
            405 => "Method Not Allowed",
            429 => "Too many requests",
            500 => "Internal Server Error",
            503 => "Service unavailable",
            _ => "Error",
        };
        error(code, text)
    }

    /// Not documented.
    fn cors(&self) -> Cors {
        Cors::None
    }

    fn id_field(&self) -> &'static str {
        "task_id"
    }

    fn status_field(&self) -> &'static str {
        "task_status"
    }

    fn admits(&self, request: &Request, token: &str) -> bool {
        WHOLE && request.first("x-api-key") == Some(token)
    }
}

enum Route {
    Submit,
    Status(String),
    /// A fresh address of a finished file.
    Download(String),
    Templates,
    /// A picture of a template.
    Image(String),
    File,
}

impl Route {
    fn methods(&self) -> &'static str {
        match self {
            Route::Submit => "POST",
            Route::Status(_) | Route::Download(_) | Route::Templates => "GET",
            Route::Image(_) | Route::File => "GET, HEAD",
        }
    }
}

fn route(path: &str) -> Option<Route> {
    if path.starts_with(FILES) {
        return Some(Route::File);
    }
    let id = |prefix| segment_after(path, prefix);
    if let Some(id) = id("/api/v1/task_status/") {
        return Some(Route::Status(id));
    }
    if let Some(id) = id("/api/v1/presentation/download/") {
        return Some(Route::Download(id));
    }
    if let Some(name) = id(IMAGES) {
        return Some(Route::Image(name));
    }
    Some(match path {
        "/api/v1/presentation/generate" => Route::Submit,
        "/api/v1/presentation/templates" => Route::Templates,
        _ => return None,
    })
}

const FILES: &str = "/files/";
const IMAGES: &str = "/images/";
const UNKNOWN: &str = "Task not found";

fn error(code: u16, text: &str) -> Reply {
    Reply::of_json(code, &json!({"message": text}))
}

fn submit(call: &Call<'_>, service: &mut Service) -> Reply {
    let ask = match Ask::read(call.request) {
        Ok(ask) => ask,
        Err(faults) => {
            return error(400, &body::lines(&faults));
        }
    };
    let mut deck = ask.brief.deck();
    let hostile = service.scenario().hostile;
    hostile.retitle(&mut deck);
    let id = service.fresh_uuid();
    let deck_id = service.fresh_uuid();
    let segment = hostile.file_segment(&deck_id);
    let reply = json!({"task_id": id});
    service.add_job(Job {
        id,
        path: format!("{FILES}{segment}.{}", ask.format.extension()),
        deck_id,
        created_ms: call.now_ms,
        deck,
        format: ask.format,
        ..Job::default()
    });
    Reply::of_json(200, &reply)
}

/// A submit that was understood.
struct Ask {
    brief: Brief,
    format: Format,
}

/// Slides where the caller leaves the number open, and the most: neither is
/// documented.
const USUAL: usize = 10;
const MOST: i64 = 100;

/// Those of branding are left out: their full names are not documented.
const FLAGS: [(&str, bool); 5] = [
    ("fetch_images", true),
    ("use_document_images", false),
    ("add_speaker_notes", false),
    ("use_general_knowledge", true),
    ("use_wording_from_document", false),
];

impl Ask {
    fn read(request: &Request) -> Result<Self, Vec<Fault>> {
        body::read(request, |fields| {
            let content = fields.text("plain_text", true).unwrap_or_default();
            let documents = fields.texts("document_uuids");
            let count = fields.count("length", 1, MOST);
            for name in ["template", "language", "custom_user_instructions"] {
                fields.text(name, true);
            }
            fields.choice("tone", &TONES, true);
            fields.choice("verbosity", &["concise", "standard", "text-heavy"], true);
            for (name, absent) in FLAGS {
                fields.flag(name, absent);
            }
            let title_slide = fields.flag("include_cover", true);
            let contents_slide = fields.flag("include_table_of_contents", false);
            let format = fields.choice("response_format", &["powerpoint", "pdf"], true);
            if content.trim().is_empty() && documents.is_empty() {
                fields.fault_here("missing", "Either plain_text or document_uuids is required");
            }
            Self {
                brief: Brief {
                    content: match content.trim() {
                        "" => format!("Presentation from {} documents", documents.len()),
                        text => text.to_owned(),
                    },
                    outlines: Vec::new(),
                    count: count.unwrap_or(USUAL),
                    title_slide,
                    contents_slide,
                },
                format: match format.as_deref() {
                    Some("pdf") => Format::Pdf,
                    _ => Format::Pptx,
                },
            }
        })
    }
}

const TONES: [&str; 6] = [
    "default",
    "casual",
    "professional",
    "funny",
    "educational",
    "sales_pitch",
];

/// Per mille of the duration at which the MCP server's task is taken up.
const STARTED: u64 = 100;

/// `{task_id, task_status, task_result, task_info}`. What is in `task_info` is
/// not documented.
fn told(words: Words, job: &Job, state: State, call: &Call<'_>, service: &Service) -> Value {
    let (word, result) = match state {
        State::Working { permille } | State::Lost { permille } => {
            let word = match words {
                Words::Docs => "SENT",
                Words::Mcp if permille < STARTED => "PENDING",
                Words::Mcp => "PROCESSING",
            };
            (word, Value::Null)
        }
        State::Failed { why, .. } => {
            let word = match words {
                Words::Docs => "FAILURE",
                Words::Mcp => "FAILED",
            };
            (word, json!(reason(why)))
        }
        State::Completed | State::Forgotten => {
            // The result is stored with the task, so its link grows old; a
            // fresh one is had from the download route.
            let made_ms = job.when(service.scenario(), 1000);
            let end_ms = signed::end_of(service, made_ms);
            let url = signed::link(call, &call.root(), &job.path, end_ms);
            ("SUCCESS", json!({"url": url, "request_id": job.deck_id}))
        }
    };
    json!({
        "task_id": job.id,
        "task_status": word,
        "task_result": result,
        "task_info": null,
    })
}

/// The texts are the simulator's own: only that they are texts is documented.
fn reason(why: Failure) -> Option<&'static str> {
    Some(match why {
        Failure::Key => "The model's API key is invalid.",
        Failure::Model => "The model did not answer.",
        Failure::Renderer => "The slides could not be rendered.",
        Failure::Outline => "No outline could be made of this text.",
        Failure::Failed => return None,
    })
}

const TEMPLATES: [&str; 4] = ["default", "aurora", "lavender", "monolith"];

/// `[{name, images{cover, content}}]`.
fn templates(call: &Call<'_>) -> Reply {
    let entry = |name: &&str| {
        let image = |kind| format!("{}{IMAGES}{name}-{kind}.png", call.root());
        json!({"name": name, "images": {"cover": image("cover"), "content": image("content")}})
    };
    let all: Vec<Value> = TEMPLATES.iter().map(entry).collect();
    Reply::of_json(200, &Value::Array(all))
}

fn image(name: &str) -> Reply {
    let known = name
        .strip_suffix(".png")
        .and_then(|it| it.rsplit_once('-'))
        .filter(|(name, kind)| TEMPLATES.contains(name) && ["cover", "content"].contains(kind));
    let Some((template, kind)) = known else {
        return error(404, "Not Found");
    };
    download::picture(&format!("{template} {kind}"), "")
}
