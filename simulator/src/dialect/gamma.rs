//! Gamma, version 1.0 of its generate API.
//!
//! Written from the digest of its documents. Not modelled: generations from a
//! template, folders, workspaces, and the warnings that a submit may carry.

use super::body::{self, Fault};
use super::{Call, Dialect, Purpose, download, page, segment_after, signed};
use crate::cors::Cors;
use crate::deck::{Brief, Format};
use crate::job::{Failure, Job, State};
use crate::json::{Map, Value, json};
use crate::service::Service;
use crate::{Reply, Request, WHOLE, digest};

#[derive(Debug)]
pub(crate) struct Gamma;

impl Dialect for Gamma {
    fn purpose(&self, call: &Call<'_>) -> Purpose {
        match route(call.path) {
            Some(Route::Submit) if call.method() == "POST" => Purpose::Submit,
            Some(Route::Status(_)) if call.method() == "GET" => Purpose::Status,
            Some(Route::File) => Purpose::Signed,
            Some(Route::View(_)) => Purpose::Page,
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
                Some((job, state)) => Reply::of_json(200, &told(job, state, call, service)),
            },
            Route::Themes => themes(call),
            Route::File => download::answer(call, service),
            Route::View(id) => page::of_deck(&id, service),
        }
    }

    fn refusal(&self, code: u16, purpose: Purpose) -> Reply {
        if !WHOLE {
            // Only scenarios that no worker knows ask for one.
            return Reply::empty(code);
        }
        let text = match code {
            400 => "Input validation errors",
            401 => "Invalid API key",
            402 => "Insufficient credits remaining",
            403 => "Forbidden",
            404 if purpose == Purpose::Status => UNKNOWN,
            404 => "Not Found",
            405 => "Method Not Allowed",
            429 => "Too many requests",
            500 => "An error occurred while generating",
            502 => "The request could not be processed at this time",
            _ => "Error",
        };
        error(code, text)
    }

    /// Not documented.
    fn cors(&self) -> Cors {
        Cors::None
    }

    fn id_field(&self) -> &'static str {
        "generationId"
    }

    fn status_field(&self) -> &'static str {
        "status"
    }

    fn page_fields(&self) -> &'static [&'static str] {
        &["gammaUrl"]
    }

    fn admits(&self, request: &Request, token: &str) -> bool {
        WHOLE && request.first("x-api-key") == Some(token)
    }
}

enum Route {
    Submit,
    Status(String),
    Themes,
    File,
    /// The page that `gammaUrl` leads to.
    View(String),
}

impl Route {
    fn methods(&self) -> &'static str {
        match self {
            Route::Submit => "POST",
            Route::Status(_) | Route::Themes => "GET",
            Route::File | Route::View(_) => "GET, HEAD",
        }
    }
}

fn route(path: &str) -> Option<Route> {
    if path.starts_with(EXPORTS) {
        return Some(Route::File);
    }
    let id = |prefix| segment_after(path, prefix);
    if let Some(id) = id("/v1.0/generations/") {
        return Some(Route::Status(id));
    }
    if let Some(id) = id("/docs/") {
        return Some(Route::View(id));
    }
    Some(match path {
        "/v1.0/generations" => Route::Submit,
        "/v1.0/themes" => Route::Themes,
        _ => return None,
    })
}

const EXPORTS: &str = "/exports/";
const UNKNOWN: &str = "Generation not found";

fn error(code: u16, text: &str) -> Reply {
    Reply::of_json(code, &json!({"message": text, "statusCode": code}))
}

fn submit(call: &Call<'_>, service: &mut Service) -> Reply {
    let ask = match Ask::read(call.request) {
        Ok(ask) => ask,
        Err(faults) => {
            // How several faults share the one message is not documented.
            return error(400, &body::lines(&faults));
        }
    };
    let mut deck = ask.brief.deck();
    let hostile = service.scenario().hostile;
    hostile.retitle(&mut deck);
    let id = service.fresh_hex(21);
    let deck_id = service.fresh_hex(15);
    let segment = hostile.file_segment(&deck_id);
    let path = ask
        .export
        .map(|format| format!("{EXPORTS}{segment}.{}", format.extension()));
    let reply = json!({"generationId": id});
    service.add_job(Job {
        id,
        deck_id,
        created_ms: call.now_ms,
        deck,
        format: ask.export.unwrap_or(Format::Pptx),
        path: path.unwrap_or_default(),
        ..Job::default()
    });
    Reply::of_json(201, &reply)
}

/// A submit that was understood.
struct Ask {
    brief: Brief,
    /// Without one there is a deck to look at and no file.
    export: Option<Format>,
}

/// Cards where the caller leaves the number open: not documented.
const USUAL: usize = 10;
/// The plan limit that the documents give as an example.
const MOST: i64 = 75;
const LONGEST_INPUT: usize = 400_000;

impl Ask {
    fn read(request: &Request) -> Result<Self, Vec<Fault>> {
        body::read(request, |fields| {
            let content = if fields.needs("inputText") {
                fields.short_text("inputText", LONGEST_INPUT)
            } else {
                None
            };
            let null = fields.present("inputText").is_some_and(Value::is_null);
            if null || content.as_deref() == Some("") {
                let message = "String should have at least 1 character";
                fields.fault("string_too_short", "inputText", message, &json!(content));
            }
            fields.choice("textMode", &["generate", "condense", "preserve"], true);
            let formats = ["presentation", "document", "social", "webpage"];
            fields.choice("format", &formats, true);
            fields.text("themeId", true);
            let count = fields.count("numCards", 1, MOST);
            fields.choice("cardSplit", &["auto", "inputTextBreaks"], true);
            fields.short_text("additionalInstructions", 5000);
            let export = fields.choice("exportAs", &["pptx", "pdf", "png"], true);
            if let Some(mut text) = fields.group("textOptions") {
                let amounts = ["brief", "medium", "detailed", "extensive"];
                text.choice("amount", &amounts, true);
                text.short_text("tone", 500);
                text.short_text("audience", 500);
                text.text("language", true);
            }
            if let Some(mut image) = fields.group("imageOptions") {
                for name in ["source", "model", "style"] {
                    image.text(name, true);
                }
            }
            if let Some(mut card) = fields.group("cardOptions") {
                card.text("dimensions", true);
                card.group("headerFooter");
            }
            if let Some(mut sharing) = fields.group("sharingOptions") {
                sharing.text("workspaceAccess", true);
                sharing.text("externalAccess", true);
                sharing.group("emailOptions");
            }
            if fields.texts("folderIds").len() > 10 {
                let message = "List should have at most 10 items";
                fields.fault("too_long", "folderIds", message, &Value::Null);
            }
            Self {
                brief: Brief {
                    content: content.unwrap_or_default(),
                    outlines: Vec::new(),
                    count: count.unwrap_or(USUAL),
                    title_slide: true,
                    contents_slide: false,
                },
                export: export.and_then(|word| match word.as_str() {
                    // A picture of each card, in an archive.
                    "png" => Some(Format::Pictures),
                    word => Format::parse(word),
                }),
            }
        })
    }
}

/// Credits that the workspace began with, and what a card costs: made up.
const CREDITS: usize = 5000;
const CARD: usize = 3;

/// The generation by state: pending until it has ended, without any progress.
fn told(job: &Job, state: State, call: &Call<'_>, service: &Service) -> Value {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("generationId", json!(job.id));
    match state {
        State::Working { .. } | State::Lost { .. } | State::Forgotten => {
            put("status", json!("pending"));
        }
        State::Failed { why, .. } => {
            put("status", json!("failed"));
            if let Some((code, text)) = reason(why) {
                put("error", json!({"message": text, "statusCode": code}));
            }
        }
        State::Completed => {
            put("status", json!("completed"));
            put("gammaId", json!(job.deck_id));
            let view = format!("{}/docs/{}", call.root(), job.deck_id);
            put("gammaUrl", json!(view));
            if !job.path.is_empty() {
                // Signed once, when the file was made. Whether asking again
                // renews it is not documented.
                let made_ms = job.when(service.scenario(), 1000);
                let end_ms = signed::end_of(service, made_ms);
                let link = signed::link(call, &call.root(), &job.path, end_ms);
                put("exportUrl", json!(link));
            }
            let spent = job.deck.slides.len() * CARD;
            let left = CREDITS.saturating_sub(spent);
            put("credits", json!({"deducted": spent, "remaining": left}));
        }
    }
    Value::Object(fields)
}

/// Codes are those that the documents list; the texts are the simulator's own.
fn reason(why: Failure) -> Option<(u16, &'static str)> {
    Some(match why {
        Failure::Key => (401, "Invalid API key"),
        Failure::Model => (500, "An error occurred while generating"),
        Failure::Renderer => (502, "The export could not be made"),
        Failure::Outline => (400, "No cards could be made of this text"),
        Failure::Failed => return None,
    })
}

const THEMES: [(&str, &str); 5] = [
    ("ash", "Ash"),
    ("coral-glow", "Coral Glow"),
    ("gold-leaf", "Gold Leaf"),
    ("night-sky", "Night Sky"),
    ("spruce", "Spruce"),
];
/// Themes on one page unless `limit` says: few, so that paging is met.
const THEMES_A_PAGE: usize = 3;

/// `{data, hasMore, nextCursor}`. The names of the query's parameters are not
/// documented: `limit` and `after` (the cursor). Nor are an entry's fields
/// beyond what a choice needs.
fn themes(call: &Call<'_>) -> Reply {
    let asked = |name: &str| call.request.parameter(name).filter(|it| !it.is_empty());
    let limit = asked("limit").map_or(Some(THEMES_A_PAGE), |it| it.parse().ok());
    let Some(limit) = limit.filter(|it| (1..=100).contains(it)) else {
        return error(400, "limit should be a whole number from 1 to 100");
    };
    let first = match asked("after") {
        None => Some(0),
        Some(cursor) => THEMES
            .iter()
            .position(|(id, _)| cursor == cursor_after(id))
            .map(|it| it + 1),
    };
    let Some(first) = first else {
        return error(400, "after is no cursor");
    };
    let shown = &THEMES[first..(first + limit).min(THEMES.len())];
    let entry = |(id, name): &(&str, &str)| json!({"id": id, "name": name});
    let more = first + limit < THEMES.len();
    let next = shown.last().filter(|_| more);
    let body = json!({
        "data": shown.iter().map(entry).collect::<Vec<_>>(),
        "hasMore": more,
        "nextCursor": next.map(|(id, _)| cursor_after(id)),
    });
    Reply::of_json(200, &body)
}

fn cursor_after(id: &str) -> String {
    digest::hex(&["theme", id], 16)
}
