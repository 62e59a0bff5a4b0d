//! Duomi SlideKit: slides of an analysed template, filled with the caller's
//! own texts and tables.
//!
//! Written from its status page and the digest of its other pages. Not
//! modelled: upload and analysis of templates, matching, chart updates. The
//! deck shows what was sent, not the look of a template.

mod order;
mod status;
mod templates;

use self::order::Order;
use super::body::Fault;
use super::{Call, Dialect, Purpose, download, segment_after};
use crate::cors::Cors;
use crate::deck::Deck;
use crate::job::{Job, Part};
use crate::json::{Value, json};
use crate::request::decoded;
use crate::service::Service;
use crate::stamp::Stamp;
use crate::{Reply, Request, WHOLE};

/// The organisation that every key here belongs to.
const ORGANISATION: &str = "acme";

#[derive(Debug)]
pub(crate) struct Duomi;

impl Dialect for Duomi {
    fn purpose(&self, call: &Call<'_>) -> Purpose {
        match route(call.path) {
            Some(Route::Deck | Route::Single) if call.method() == "POST" => Purpose::Submit,
            Some(Route::Status(_)) if call.method() == "GET" => Purpose::Status,
            Some(Route::File | Route::TemplateFile(_)) => Purpose::Signed,
            _ => Purpose::Other,
        }
    }

    fn answer(&self, call: &Call<'_>, service: &mut Service) -> Reply {
        let Some(route) = route(call.path) else {
            return detail(404, "Not Found");
        };
        if !call.is_one_of(route.methods()) {
            return detail(405, "Method Not Allowed").with("allow", route.methods());
        }
        match route {
            Route::Deck => submit(Order::of_deck(call.request), call, service),
            Route::Single => submit(Order::of_slide(call.request), call, service),
            Route::Status(id) => status(&id, call, service),
            Route::Templates => templates::list(call, service),
            Route::File => download::answer(call, service),
            Route::TemplateFile(id) => templates::file(&id, call, service),
        }
    }

    fn refusal(&self, code: u16, purpose: Purpose) -> Reply {
        if !WHOLE {
            // Only scenarios that no worker knows ask for one.
            return Reply::empty(code);
        }
        let text = match code {
            400 => "Invalid request",
            401 => "Missing or invalid API key",
            403 => FOREIGN,
            404 if purpose == Purpose::Status => UNKNOWN,
            404 => "Not Found",
            405 => "Method Not Allowed",
            422 => {
                let input = json!({});
                return unprocessable(&[Fault::missing("slides", &input)]);
            }
            429 => "Too many pending or processing generations",
            500 => {
                let error = json!({
                    "code": "INTERNAL_SERVER_ERROR",
                    "message": "An unexpected error occurred",
                    "details": {},
                });
                return Reply::of_json(500, &json!({"error": error}));
            }
            503 => "Service unavailable",
            _ => "Error",
        };
        detail(code, text)
    }

    /// Not documented; it is to be kept behind a gateway.
    fn cors(&self) -> Cors {
        Cors::None
    }

    fn id_field(&self) -> &'static str {
        "generation_id"
    }

    fn status_field(&self) -> &'static str {
        "status"
    }

    /// The key, or the header that test deployments may accept in its place.
    fn admits(&self, request: &Request, token: &str) -> bool {
        request.first("x-api-key") == Some(token)
            || request.first("x-org-name") == Some(ORGANISATION)
    }
}

enum Route {
    Deck,
    Single,
    Status(String),
    Templates,
    File,
    TemplateFile(String),
}

impl Route {
    fn methods(&self) -> &'static str {
        match self {
            Route::Deck | Route::Single => "POST",
            Route::Status(_) | Route::Templates => "GET",
            Route::File | Route::TemplateFile(_) => "GET, HEAD",
        }
    }
}

fn route(path: &str) -> Option<Route> {
    if let Some(name) = path.strip_prefix(templates::FOLDER) {
        return name
            .strip_suffix(".pptx")
            .map(|id| Route::TemplateFile(decoded(id)));
    }
    if path.starts_with(FOLDER) {
        return Some(Route::File);
    }
    let status = path.strip_suffix("/status");
    let id = status.and_then(|it| segment_after(it, "/api/v1/presentations/"));
    if let Some(id) = id {
        return Some(Route::Status(id));
    }
    Some(match path {
        "/api/v1/presentations/generate-deck" => Route::Deck,
        "/api/v1/presentations/generate" => Route::Single,
        "/api/v1/templates" => Route::Templates,
        _ => return None,
    })
}

const FOLDER: &str = "/download/";
const UNKNOWN: &str = "Generation not found";
const FOREIGN: &str = "org_name does not match the organization of the API key";

fn detail(code: u16, text: &str) -> Reply {
    Reply::of_json(code, &json!({"detail": text}))
}

fn unprocessable(faults: &[Fault]) -> Reply {
    let faults: Vec<Value> = faults.iter().map(Fault::short).collect();
    Reply::of_json(422, &json!({"detail": faults}))
}

fn submit(order: Result<Order, Reply>, call: &Call<'_>, service: &mut Service) -> Reply {
    let order = match order {
        Ok(order) => order,
        Err(refusal) => return refusal,
    };
    if order.organisation.is_some_and(|name| name != ORGANISATION) {
        return detail(403, FOREIGN);
    }
    let bad = &service.scenario().bad_slides;
    let mut parts = Vec::new();
    let mut slides = Vec::new();
    for (index, slide) in order.slides.into_iter().enumerate() {
        let failed = bad.contains(&index);
        parts.push(Part {
            template: slide.template,
            pages: slide.pages.len(),
            failed,
        });
        if !failed {
            slides.extend(slide.pages);
        }
    }
    let title = slides.first().map(|slide| slide.heading.clone());
    let mut deck = Deck {
        title: title.unwrap_or_default(),
        slides,
    };
    let hostile = service.scenario().hostile;
    hostile.retitle(&mut deck);
    let id = format!("gen_{}", service.fresh_hex(12));
    let job = Job {
        path: match deck.slides.len() {
            0 => String::new(),
            _ => format!("{FOLDER}{}.pptx", hostile.file_segment(&id)),
        },
        deck_id: id.clone(),
        id,
        created_ms: call.now_ms,
        deck,
        asked: Some(parts.len()),
        parts,
        ..Job::default()
    };
    let reply = json!({
        "generation_id": job.id,
        "status": "pending",
        "status_url": format!("{}/api/v1/presentations/{}/status", call.root(), job.id),
        "created_at": Stamp::Seconds.write(job.created_ms),
        "message": "Generation request accepted",
    });
    service.add_job(job);
    Reply::of_json(202, &reply)
}

fn status(id: &str, call: &Call<'_>, service: &Service) -> Reply {
    match service.known(id, call.now_ms) {
        None => detail(404, UNKNOWN),
        Some((job, state)) => Reply::of_json(200, &status::told(job, state, call, service)),
    }
}
