//! Presenton, version 1 of its API: the Cloud and the self-hosted servers.
//!
//! Written from the Cloud's status page and guide and from transcripts of
//! self-hosted servers of July to November 2026. Three self-hosted contracts
//! live behind the same paths, see [`Contract`]. Not modelled: the synchronous
//! twins, webhooks, the editor's own routes, credits and deck lists.

mod brief;
mod lists;
mod task;

use self::brief::Ask;
use super::{Call, Dialect, Purpose, download, page, segment_after};
use crate::cors::Cors;
use crate::deck::Format;
use crate::job::{Job, State};
use crate::json::{Value, json};
use crate::request::decoded;
use crate::service::Service;
use crate::{Reply, WHOLE, multipart};

/// Whose replies version 1 gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contract {
    /// The Cloud, as its status page and guide have it.
    Cloud,
    /// Self-hosted 0.7.x, up to 8 July 2026: `data` null while running.
    A,
    /// Self-hosted from 9 July 2026: slide counts, and no link when done.
    B,
    /// Self-hosted from about August 2026: counts and links.
    C,
}

impl Contract {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "cloud" => Contract::Cloud,
            "a" => Contract::A,
            "b" => Contract::B,
            "c" => Contract::C,
            _ => return None,
        })
    }
}

/// Version 1 under one contract.
#[derive(Debug)]
pub(crate) struct Presenton(Contract);

impl Presenton {
    pub(crate) fn speaking(contract: Contract) -> &'static dyn Dialect {
        match contract {
            Contract::Cloud => &Presenton(Contract::Cloud),
            Contract::A => &Presenton(Contract::A),
            Contract::B => &Presenton(Contract::B),
            Contract::C => &Presenton(Contract::C),
        }
    }

    fn edition(&self) -> Edition {
        Edition {
            contract: self.0,
            version: 1,
        }
    }
}

impl Dialect for Presenton {
    fn purpose(&self, call: &Call<'_>) -> Purpose {
        purpose(call, route(self.0, call.path))
    }

    fn answer(&self, call: &Call<'_>, service: &mut Service) -> Reply {
        answer(self.edition(), route(self.0, call.path), call, service)
    }

    fn refusal(&self, code: u16, purpose: Purpose) -> Reply {
        refusal(code, purpose)
    }

    fn cors(&self) -> Cors {
        match self.0 {
            Contract::Cloud => Cors::None,
            Contract::A => Cors::Any,
            Contract::B | Contract::C => Cors::Echo,
        }
    }

    fn id_field(&self) -> &'static str {
        "id"
    }

    fn status_field(&self) -> &'static str {
        "status"
    }

    fn page_fields(&self) -> &'static [&'static str] {
        &["edit_path"]
    }
}

const SUBMIT: &str = "/api/v1/ppt/presentation/generate/async";

fn route(contract: Contract, path: &str) -> Option<Route> {
    if let Some(id) = segment_after(path, "/api/v1/ppt/presentation/status/") {
        return Some(Route::Status(id));
    }
    // Newer self-hosted servers answer here as well.
    if matches!(contract, Contract::B | Contract::C)
        && let Some(id) = segment_after(path, "/api/v1/async-tasks/status/")
    {
        return Some(Route::Status(id));
    }
    Some(match path {
        SUBMIT => Route::Submit,
        "/api/v1/ppt/presentation/generate/async/" => Route::Slashed(SUBMIT),
        "/api/v1/ppt/presentation/export" => Route::Export,
        "/api/v1/ppt/files/upload" => Route::Upload,
        "/api/v1/ppt/template/all" => Route::Templates,
        "/api/v1/ppt/themes/default" => Route::Themes { own: false },
        "/api/v1/ppt/themes/all" => Route::Themes { own: true },
        other => return Route::of_root(contract, other),
    })
}

/// Which of the published servers speaks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edition {
    pub(super) contract: Contract,
    /// Of the API: 1 or 3.
    pub(super) version: u8,
}

/// Where a path leads, whatever the version calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route {
    Submit,
    /// A path with a slash too many, and the right one.
    Slashed(&'static str),
    Status(String),
    Export,
    Upload,
    Templates,
    SmartDesigns,
    Themes {
        own: bool,
    },
    /// A finished file, by its decoded path.
    File(String),
    /// The page that stands for the editor.
    Editor,
}

impl Route {
    /// Files and pages, which lie at the root in every version.
    pub(super) fn of_root(contract: Contract, path: &str) -> Option<Self> {
        if path == "/presentation" {
            return Some(Route::Editor);
        }
        path.starts_with(folder(contract))
            .then(|| Route::File(decoded(path)))
    }

    fn methods(&self) -> &'static str {
        match self {
            Route::Submit | Route::Slashed(_) | Route::Export | Route::Upload => "POST",
            Route::File(_) | Route::Editor => "GET, HEAD",
            _ => "GET",
        }
    }
}

pub(super) fn purpose(call: &Call<'_>, route: Option<Route>) -> Purpose {
    match route {
        Some(Route::Submit) if call.method() == "POST" => Purpose::Submit,
        Some(Route::Status(_)) if call.method() == "GET" => Purpose::Status,
        Some(Route::Themes { own: false }) => Purpose::Open,
        Some(Route::File(_)) => Purpose::File,
        Some(Route::Editor) => Purpose::Page,
        _ => Purpose::Other,
    }
}

pub(super) fn answer(
    edition: Edition,
    route: Option<Route>,
    call: &Call<'_>,
    service: &mut Service,
) -> Reply {
    let Some(route) = route else {
        return detail(404, "Not Found");
    };
    if !call.is_one_of(route.methods()) {
        return detail(405, "Method Not Allowed").with("allow", route.methods());
    }
    match route {
        Route::Submit => submit(edition, call, service),
        Route::Slashed(path) => {
            Reply::empty(307).with("location", &format!("{}{path}", call.root()))
        }
        Route::Status(id) => status(edition, &id, call, service),
        Route::Export => export(edition, call, service),
        Route::Upload => upload(edition, call, service),
        Route::Templates => lists::templates(edition, call),
        Route::SmartDesigns => lists::smart_designs(call),
        Route::Themes { own } => lists::themes(own),
        Route::File(path) => file(edition, &path, call, service),
        Route::Editor => {
            let id = call.request.parameter("id").unwrap_or_default();
            page::of_deck(&id, service)
        }
    }
}

/// An error as the server writes one: its HTTP code and one line.
pub(super) fn refusal(code: u16, purpose: Purpose) -> Reply {
    if !WHOLE {
        // Only scenarios that no worker knows ask for one.
        return Reply::empty(code);
    }
    let text = match code {
        400 => "Number of slides cannot be greater than 50",
        401 => "Unauthorized",
        402 => "Not enough credits",
        403 => "Forbidden",
        404 if purpose == Purpose::Status => UNKNOWN,
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        413 => "File size must be less than 100MB.",
        422 => {
            let faults = [json!({
                "type": "missing",
                "loc": ["body", "content"],
                "msg": "Field required",
                "input": {"n_slides": 3},
            })];
            return Reply::of_json(422, &json!({"detail": faults}));
        }
        425 => "Too Early",
        428 => {
            let body = json!({"detail": "Login setup is required", "setup_required": true});
            return Reply::of_json(428, &body);
        }
        429 => "Too many requests. Please try again later.",
        500 => return Reply::of(500, "text/plain; charset=utf-8", "Internal Server Error"),
        502 => return proxy_page(502, "Bad Gateway"),
        503 => return proxy_page(503, "Service Temporarily Unavailable"),
        504 => return proxy_page(504, "Gateway Time-out"),
        _ => "Error",
    };
    detail(code, text)
}

const UNKNOWN: &str = "No presentation generation task found";

/// What the proxy in front of the server says when it is down.
fn proxy_page(code: u16, reason: &str) -> Reply {
    let page = format!(
        "<html>\r\n<head><title>{code} {reason}</title></head>\r\n<body>\r\n\
         <center><h1>{code} {reason}</h1></center>\r\n</body>\r\n</html>\r\n"
    );
    Reply::of(code, "text/html", page)
}

fn detail(code: u16, text: &str) -> Reply {
    Reply::of_json(code, &json!({"detail": text}))
}

fn submit(edition: Edition, call: &Call<'_>, service: &mut Service) -> Reply {
    let ask = match Ask::read(edition, call.request) {
        Ok(ask) => ask,
        Err(refusal) => return refusal,
    };
    let mut deck = ask.brief.deck();
    let hostile = service.scenario().hostile;
    hostile.retitle(&mut deck);
    let digits = match edition.contract {
        Contract::Cloud => 10,
        _ => 64,
    };
    let id = format!("task-{}", service.fresh_hex(digits));
    let deck_id = service.fresh_uuid();
    let name = hostile.file_name(&file_name(&deck.title));
    let job = Job {
        path: file_path(edition.contract, &deck_id, &name, ask.format),
        id,
        deck_id,
        created_ms: call.now_ms,
        format: ask.format,
        deck,
        asked: ask.asked,
        ..Job::default()
    };
    let body = task::task(edition, &job, State::Working { permille: 0 }, call, service);
    service.add_job(job);
    Reply::of(200, "application/json", body)
}

fn status(edition: Edition, id: &str, call: &Call<'_>, service: &Service) -> Reply {
    match service.known(id, call.now_ms) {
        None => detail(404, UNKNOWN),
        Some((job, state)) => {
            let body = task::task(edition, job, state, call, service);
            Reply::of(200, "application/json", body)
        }
    }
}

/// Another file of a finished deck: `{id, export_as}`.
fn export(edition: Edition, call: &Call<'_>, service: &mut Service) -> Reply {
    let body = match brief::object(call.request) {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let Some(id) = body.get("id").and_then(Value::as_str) else {
        return brief::missing("id", &Value::Object(body));
    };
    let word = body.get("export_as").map_or(Some("pptx"), Value::as_str);
    let Some(format) = word.and_then(|word| brief::format(edition, word)) else {
        return brief::unknown_format(edition, body.get("export_as"));
    };
    let Some(job) = service.finished(id, call.now_ms) else {
        return detail(404, "Presentation not found");
    };
    let name = file_name(&job.deck.title);
    let name = service.scenario().hostile.file_name(&name);
    let path = file_path(edition.contract, id, &name, format);
    let deck = job.deck.clone();
    let mut links = task::links(edition.contract, call, id, &path);
    if edition.contract == Contract::Cloud {
        links.push(("credits_consumed", json!(0)));
    }
    service.add_export(path, deck, format, call.now_ms);
    Reply::of_json(200, &Value::Object(links.into_iter().collect()))
}

/// Source files: repeatable field `files`, answered with opaque values.
fn upload(edition: Edition, call: &Call<'_>, service: &mut Service) -> Reply {
    let content_type = call.request.first("content-type").unwrap_or_default();
    let parts = multipart::parts(content_type, &call.request.body).unwrap_or_default();
    let files: Vec<_> = parts
        .iter()
        .filter(|part| part.name == "files" && part.file.is_some())
        .collect();
    if files.is_empty() {
        return brief::missing("files", &Value::Null);
    }
    let accepted = lists::upload_types(edition);
    let mut values = Vec::new();
    for part in files {
        let name = part.file.as_deref().unwrap_or_default();
        let extension = name.rsplit_once('.').map(|(_, it)| it.to_ascii_lowercase());
        if !extension.is_some_and(|it| accepted.contains(&it.as_str())) {
            let list = accepted.iter().map(|it| format!(".{it}"));
            let list = list.collect::<Vec<_>>().join(", ");
            let text = format!("File '{name}' not accepted. Accepted types: {list}");
            return detail(400, &text);
        }
        if edition.contract != Contract::Cloud && part.body.len() > 100 * 1024 * 1024 {
            let text = format!("File '{name}' exceeded max upload size of 100 MB");
            return detail(400, &text);
        }
        values.push(json!(format!("upload-{}/{name}", service.fresh_hex(12))));
    }
    Reply::of_json(200, &Value::Array(values))
}

fn file(edition: Edition, path: &str, call: &Call<'_>, service: &Service) -> Reply {
    let Some((deck, format)) = service.file(path, call.now_ms) else {
        return proxy_page(404, "Not Found");
    };
    let reply = download::sent(deck, format, download::last_segment(path), service);
    // What the Cloud's file host sends is not known, so nothing is made up.
    match edition.contract {
        Contract::Cloud => reply,
        _ if reply.status != 200 => reply,
        _ => reply.with("cache-control", "public, immutable, max-age=31536000"),
    }
}

fn folder(contract: Contract) -> &'static str {
    match contract {
        Contract::Cloud => "/static/user_data/",
        _ => "/app_data/exports/",
    }
}

/// Where a finished file lies. Self-hosted servers name it by its title alone,
/// so that two decks of one title share a path.
fn file_path(contract: Contract, deck_id: &str, name: &str, format: Format) -> String {
    let folder = folder(contract);
    let extension = format.extension();
    match contract {
        Contract::Cloud => {
            let name = name.replace(' ', "_");
            format!("{folder}{deck_id}/{name}.{extension}")
        }
        _ => format!("{folder}{name}.{extension}"),
    }
}

/// The title without what no file name may hold; spaces stay, even two.
fn file_name(title: &str) -> String {
    let fit = |it: &char| !it.is_control() && !"/\\:*?\"<>|".contains(*it);
    let name: String = title.chars().filter(fit).take(120).collect();
    match name.trim_matches([' ', '.']) {
        "" => "presentation".to_owned(),
        name => name.to_owned(),
    }
}
